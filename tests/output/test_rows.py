"""JSON rows: the gold file's shape, every value's words beside it, one safe line each."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Record
from dragoman.output import dumps, outcome_row, to_json
from dragoman.pipeline import Outcome, Problem

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD_FIELDS = {
    "id", "type", "kind", "status", "parties", "people", "mediators", "by", "to",
    "forum", "place", "country", "date", "subject", "title", "evidence",
}  # fmt: skip


def test_the_row_has_the_gold_files_shape(record: Record) -> None:
    row = to_json(record)
    assert (row["doc"], row["published"], row["published_basis"]) == ("gazette.txt", "2022-01-10", "stated")
    assert row["chrome"] == ["The Morning Gazette", "Share this page"]
    assert row["defects"][0]["kind"] == "lost-words"
    assert row["defects"][0]["quote"] == "on an unknown day"
    met = row["events"][1]
    assert set(met) >= GOLD_FIELDS
    assert (met["type"], met["kind"], met["status"]) == ("meeting", "in-person", "held")
    assert (met["parties"], met["people"]) == (["RUS", "USA"], ["Wendy Sherman", "Sergei Ryabkov"])
    assert (met["place"], met["country"], met["date"]) == ("Geneva", "CHE", "2022-01-10")
    said = row["statements"][0]
    assert (said["speaker"], said["for"], said["cue"], said["direct"]) == (
        "Sergei Ryabkov",
        "RUS",
        "said",
        True,
    )


def test_each_value_stands_beside_its_words_and_its_reason(record: Record) -> None:
    met = to_json(record)["events"][1]
    assert [span["exact"] for span in met["spans"]["date"]] == ["Monday"]
    assert met["why"]["date"][0]["rule"] == "timex.weekday"
    assert met["why"]["date"][0]["spans"][0]["exact"] == "Monday"
    assert met["steps"][0]["note"] == "“met” tells of a meeting"
    assert met["evidence_spans"][0]["exact"] == met["evidence"][0]
    row = to_json(record)
    assert row["timexes"][0]["value"] == "2022-01-10"
    assert row["mentions"][0]["entities"] == ["person:sergei-ryabkov"]
    assert row["entities"][0]["office"] == "deputy minister"
    assert row["statements"][0]["spans"]["source"]["exact"] == "Mr Ryabkov"
    assert row["published_witnesses"][0]["kind"] == "dateline"


def spans_of(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if {"start", "end"} <= set(value) else []
        return own + [span for inner in value.values() for span in spans_of(inner)]
    return [span for inner in value for span in spans_of(inner)] if isinstance(value, list) else []


def test_every_span_holds_its_words(record: Record) -> None:
    text = record.document.text
    spans = spans_of(to_json(record))
    assert len(spans) > 15
    for span in spans:
        assert text[span["start"] : span["end"]] == span.get("exact", span.get("text", span.get("quote")))


def test_a_row_comes_back_as_it_went(record: Record) -> None:
    row = to_json(record)
    assert json.loads(dumps(row)) == row
    assert row["text_sha256"] == hashlib.sha256(record.document.text.encode()).hexdigest()


@given(st.text(st.characters(codec=None)))
def test_any_text_makes_one_line_that_can_be_written_and_shown(text: str) -> None:
    line = dumps({"doc": text})
    assert json.loads(line) == {"doc": text}
    assert line.splitlines() == [line]
    assert line.encode("utf-8")
    assert "\x1b" not in line
    assert "\x9b" not in line


def test_a_report_that_failed_is_a_row_too(record: Record) -> None:
    problem = Problem("b.txt", "text", "holds no words")
    lost = outcome_row(Outcome("b.txt", None, (problem,)))
    assert lost == {"doc": "b.txt", "error": {"where": "b.txt", "stage": "text", "message": "holds no words"}}
    assert outcome_row(Outcome("a", record, (problem,)))["problems"] == [lost["error"]]
    assert "problems" not in outcome_row(Outcome("a", record))


def test_the_shared_scorer_reads_the_rows(record: Record, tmp_path: Path) -> None:
    path = SHARED / "record" / "score.py"
    if not path.is_file():
        pytest.skip("needs ../shared/record/score.py")
    spec = importlib.util.spec_from_file_location("score_of_rows", path)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    lost = Outcome("b.txt", None, (Problem("b.txt", "text", "holds no words"),))
    file = tmp_path / "rows.jsonl"
    file.write_text(f"{dumps(to_json(record))}\n{dumps(outcome_row(lost))}\n", encoding="utf-8")
    rows = scorer.read_lines(file)
    gold = {doc: {"events": [], **row} for doc, row in rows.items()}
    result = scorer.score(gold, rows)
    assert result["events right"]["f1"] == 1.0
    assert result["statements"]["f1"] == 1.0
    assert result["defects"]["f1"] == 1.0
