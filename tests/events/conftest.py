"""Reports built by hand for the rules of the events room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dragoman.events.scene import Scene
from dragoman.model import Entity, EntityKind, Parsed, Reason, Timex, TimexType
from dragoman.testing import make_actors, make_chronology, make_parsed


def state(code: str, name: str) -> Entity:
    return Entity(f"state:{code}", EntityKind.STATE, name, (code,), country=code)


def city(name: str, country: str) -> Entity:
    return Entity(f"place:{name}", EntityKind.PLACE, name, country=country, granularity="city")


def person(name: str, code: str) -> Entity:
    return Entity(f"person:{name}", EntityKind.PERSON, name, (code,))


KNOWN = {
    "Norway": state("NOR", "Norway"),
    "Finland": state("FIN", "Finland"),
    "Chad": state("TCD", "Chad"),
    "Sudan": state("SDN", "Sudan"),
    "Oslo": city("Oslo", "NOR"),
    "Helsinki": city("Helsinki", "FIN"),
    "Moro": person("Ana Moro", "NOR"),
    "Salo": person("Olli Salo", "FIN"),
    "Virta": person("Eeva Virta", "FIN"),
    "Council": Entity("forum:council", EntityKind.FORUM, "Northern Council", ("NOR", "FIN")),
}


def timex_of(
    parsed: Parsed,
    words: str,
    edtf: str | None,
    value: str | None = None,
    kind: TimexType = TimexType.DATE,
) -> Timex:
    at = next(token.i for token in parsed.tokens if token.text == words)
    return Timex(parsed.span(at, at + 1), at, at + 1, kind, value or edtf or "X", edtf, Reason("test.timex"))


@pytest.fixture
def make_scene() -> Callable[..., Scene]:
    """A scene from a spec; ``dates`` are (word, EDTF[, TIMEX value[, type]])."""

    def build(spec: str, *dates: Sequence[Any], published: str | None = None, **fields: Any) -> Scene:
        parsed = make_parsed(spec, published=published, **fields)
        timexes = [timex_of(parsed, *date) for date in dates]
        return Scene(parsed, make_chronology(published, timexes=timexes), make_actors(parsed, KNOWN))

    return build
