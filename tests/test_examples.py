"""The example reports: all are read, in every format, without a problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.intake import read_sources
from dragoman.output import to_json
from dragoman.pipeline import Outcome, Pipeline

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES, GOLD = ROOT / "examples", ROOT / "tests" / "gold" / "examples.jsonl"

# How many of the 116 annotated events come out with type, parties, place, status and date right, and how many
# events come out that are none of them in type and parties. `make eval` has the full scores.
RIGHT, WRONG = 60, 9


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return {outcome.doc: outcome for outcome in Pipeline.build().read_all(read_sources([str(EXAMPLES)]))}


def test_all_are_read(outcomes: dict[str, Outcome]) -> None:
    assert len(outcomes) >= 20
    assert [str(problem) for outcome in outcomes.values() for problem in outcome.problems] == []


# The day on which each report was published, as it shows itself.
PUBLISHED = {
    "lakeside-wire-geneva.txt": "2022-01-10",
    "brussels-council.html": "2022-01-12",
    "vienna-osce.txt": "2022-01-13",
    "baerbock-moscow": "2022-01-18",
    "blinken-kyiv": "2022-01-19",
    "normandy-paris": "2022-01-27",
    "friday-in-geneva.html": "2022-01-21",
    "written-answers.txt": "2022-01-26",
    "lavrov-unsatisfied.txt": "2022-01-27",
    "paris-readout.txt": "2022-01-28",
    "briefing-transcript.txt": "2022-01-11",
    "drafts-of-december.txt": "2021-12-17",
    "berlin-no-result.txt": "2022-02-11",
    "october-geneva.txt": "2013-10-16",
    "november-near-miss.html": "2013-11-10",
    "joint-plan.txt": "2013-11-24",
    "iaea-tehran": "2013-11-11",
    "vienna-walkout": "2013-12-13",
    "implementation": "2014-01-12",
}


@pytest.mark.parametrize("doc", PUBLISHED)
def test_the_date_of_publication_is_the_reports_own(outcomes: dict[str, Outcome], doc: str) -> None:
    record = outcomes[doc].record
    assert record is not None
    assert record.published.edtf == PUBLISHED[doc]


def told(event: dict[str, Any]) -> tuple[object, ...]:
    return event["type"], frozenset(event["parties"]), event["place"], event["status"], event["date"]


def test_events_come_out_as_annotated(outcomes: dict[str, Outcome]) -> None:
    right = wrong = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        record = outcomes[gold["doc"]].record
        assert record is not None
        found = to_json(record)["events"]
        right += len({told(event) for event in gold["events"]} & {told(event) for event in found})
        known = {told(event)[:2] for event in gold["events"]}
        wrong += sum(told(event)[:2] not in known for event in found)
    assert right >= RIGHT
    assert wrong <= WRONG


def test_furniture_is_left_aside(outcomes: dict[str, Outcome]) -> None:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        record = outcomes[gold["doc"]].record
        if record is None or "chrome" not in gold:
            continue
        chrome = "\n".join(span.exact for span in record.document.chrome)
        assert [piece for piece in gold["chrome"] if piece not in chrome] == []
        assert bool(chrome) == bool(gold["chrome"])


def test_a_rendering_date_is_not_believed(outcomes: dict[str, Outcome]) -> None:
    record = outcomes["mirror-translated.txt"].record
    assert record is not None
    assert not (record.published.edtf or "").startswith("2025")
    assert not [timex for timex in record.timexes if (timex.edtf or "").startswith("2025")]
