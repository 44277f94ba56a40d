"""Events of short reports that we wrote, by the codebook."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dragoman.actors import find_actors
from dragoman.events import find_events
from dragoman.language import Language, load_language
from dragoman.model import Block, BlockKind, DateWitness, Document, Event, WitnessKind
from dragoman.temporal import date_report

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def document_of(case: dict[str, Any]) -> Document:
    title = case.get("title")
    body = case["text"].strip()
    text = f"{title}\n\n{body}" if title else body
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            kind = BlockKind.HEADLINE if line == title else BlockKind.PARAGRAPH
            blocks.append(Block(start, start + len(line), kind))
        start += len(line) + 1
    witnesses = (DateWitness(WitnessKind.STATED, case["published"]),) if case["published"] else ()
    place = case.get("place")
    return Document("case", text, tuple(blocks), title=title, place=place, witnesses=witnesses)


def param(case: dict[str, Any]) -> Any:
    wrong = case.get("wrong")
    marks = [pytest.mark.xfail(reason=wrong, strict=True, raises=AssertionError)] if wrong else []
    return pytest.param(case, id=case["name"], marks=marks)


def row(event: Event) -> dict[str, Any]:
    return {
        "type": str(event.type), "status": str(event.status.value), "parties": sorted(event.parties.value),
        "by": list(event.by.value), "to": list(event.to.value), "mediators": list(event.mediators.value),
        "place": event.place.value, "date": event.date.value or "", "subject": event.subject.value or "",
    }  # fmt: skip


@pytest.mark.parametrize("case", [param(case) for case in CASES])
def test_the_report_gives_the_events_of_a_careful_reader(case: dict[str, Any], language: Language) -> None:
    parsed = language.parse(document_of(case))
    chronology = date_report(parsed)
    events = find_events(parsed, chronology, find_actors(parsed, chronology))
    found = [row(event) for event in events]
    expected = case["events"]
    shown = [{key: told[key] for key in want} for want, told in zip(expected, found, strict=False)]
    assert len(found) == len(expected), found
    assert shown == expected
    assert len({event.id for event in events}) == len(events)
    for event in events:
        for span in event.evidence:
            assert parsed.document.text[span.start : span.end] == span.exact


def test_what_is_read_wrongly_is_listed_where_the_room_says_how_it_errs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    numbers = [case["wrong"] for case in CASES if "wrong" in case]
    assert len(numbers) == len(set(numbers)) == page.count("**E")
    assert all(f"**{number}**" in page for number in numbers)
