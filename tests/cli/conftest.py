"""A pipeline that needs no language model: it finds what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dragoman.model import Actors, Chronology, Event, EventType, Parsed, Published, Slot, Span, Status
from dragoman.pipeline import STAGES, Pipeline
from dragoman.settings import Settings


def talks(parsed: Parsed, *_: object) -> tuple[Event, ...]:
    """One meeting for each "talks" in the text."""
    text, found, at = parsed.document.text, [], -1
    while (at := text.find("talks", at + 1)) >= 0:
        number = f"{len(found):02}{parsed.document.id[:1]}"
        span = Span.of(text, at, at + 5)
        found.append(
            Event(
                number,
                EventType.MEETING,
                Slot(Status.HELD),
                Slot(("RUS", "USA")),
                (span,),
                date=Slot("2022-01-10"),
            )
        )
    return tuple(found)


STEPS: dict[str, Callable[..., object]] = {
    "temporal": lambda *_: Chronology((), Published("2022-01-10", "stated")),
    "actors": lambda *_: Actors((), {}),
    "events": talks,
    "statements": lambda *_: (),
    "defects": lambda *_: (),
}


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of these tests reads with the stand-in."""

    class Words:
        def parse(self, document: Any) -> Parsed:
            return Parsed(document, (), (), ())

    stages = tuple(replace(stage, run=STEPS.get(stage.name, stage.run)) for stage in STAGES)

    def build(settings: Settings | None = None) -> Pipeline:
        language: Any = Words()
        return Pipeline(language, settings or Settings(), stages)

    monkeypatch.setattr(Pipeline, "build", staticmethod(build))
