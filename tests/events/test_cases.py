"""Events of short reports that we wrote, by the codebook."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dragoman.actors import find_actors
from dragoman.events import find_events
from dragoman.language import Language, load_language
from dragoman.model import Block, BlockKind, DateWitness, Document, WitnessKind
from dragoman.temporal import date_report

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="session")
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
    return Document("case", text, tuple(blocks), title=title, witnesses=witnesses)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_report_gives_the_events_of_a_careful_reader(case: dict[str, Any], language: Language) -> None:
    parsed = language.parse(document_of(case))
    chronology = date_report(parsed)
    events = find_events(parsed, chronology, find_actors(parsed, chronology))
    found = [
        {
            "type": str(e.type), "status": str(e.status.value), "parties": sorted(e.parties.value),
            "place": e.place.value, "date": e.date.value,
        }
        for e in events
    ]  # fmt: skip
    expected = case["events"]
    shown = [{key: row[key] for key in want} for want, row in zip(expected, found, strict=False)]
    assert len(found) == len(expected), found
    assert shown == expected
    for event in events:
        for span in event.evidence:
            assert parsed.document.text[span.start : span.end] == span.exact
