"""Places: in which state a city lies, and at which city a site stands."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from dragoman.actors.fold import fold
from dragoman.actors.gazetteer import Sense
from dragoman.actors.tables import cities

# A city this many times larger than its namesakes needs no context.
_MUCH_LARGER = 4


@dataclass(frozen=True, slots=True)
class Where:
    """A place as the record names it, with the rule that found its state."""

    name: str
    country: str | None
    granularity: str
    rule: str


def place_of(
    text: str, sense: Sense | None, *, stated: str | None, mentioned: Container[str], label: str
) -> Where:
    """
    The place that a name stands for.

    Args:
        text: the name as the report has it.
        sense: what the tables know of it, if anything.
        stated: the state that the report names right after it ("Santiago, Chile").
        mentioned: states that the report names; they decide between namesakes.
        label: GPE or LOC.
    """
    if sense is not None:
        if sense.kind == "state":
            return Where(sense.name, sense.country, "country", "actor.place.state")
        if sense.kind in {"capital", "metonym"}:
            name = text if sense.kind == "capital" else sense.city
            return Where(name, stated or sense.country, "city", f"actor.place.{sense.kind}")
        if sense.kind == "site":
            return Where(sense.city or text, sense.country, "city", "actor.place.site")
        if sense.kind == "city":
            return Where(text, stated or sense.country, "city", "actor.place.table")
        return Where(text, sense.country, "region", "actor.place.region")
    if stated:
        return Where(text, stated, "city", "actor.place.stated")
    rows = cities().get(fold(text), ())
    here = [row for row in rows if row[0] in mentioned]
    if here:
        return Where(text, here[0][0], "city", "actor.place.city-of-mentioned-state")
    if rows and (len(rows) == 1 or rows[0][1] >= _MUCH_LARGER * rows[1][1]) and label == "GPE":
        return Where(text, rows[0][0], "city", "actor.place.largest-city")
    if rows and label == "GPE":
        return Where(text, None, "city", "actor.place.several-cities")
    return Where(text, None, "region" if label == "LOC" else "", "actor.place.unknown")


@cache
def us_states() -> frozenset[str]:
    """Folded short forms of the states of the United States that follow a city ("Calif.")."""
    return frozenset(
        {"calif.", "mass.", "n.y.", "md.", "va.", "d.c.", "pa.", "fla.", "ill.", "conn.", "tex.", "mich."}
    )
