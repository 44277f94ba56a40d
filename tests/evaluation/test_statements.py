"""The attribution score: what counts as exact, as overlap, and as one attribution."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.evaluation.statements import score_attributions
from dragoman.model import Span, Statement

TEXT = "Moro said that talks failed. “We wait,” she added. “They know.”"


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def statement(source: str, cue: str, content: str) -> Statement:
    def of(words: str) -> Span:
        return Span.of(TEXT, *span(words))

    return Statement(source, None, of(source), of(cue), of(content), direct=False)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    row = {
        "id": "a",
        "text": TEXT,
        "attributions": [
            {"source": [span("Moro")], "cue": [span("said")], "content": [span("that talks failed")]},
            {
                "source": [span("she")],
                "cue": [span("added")],
                "content": [span("“We wait,”"), span("“They know.”")],
            },
        ],
    }
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "attribution_polnear_dev.jsonl").write_text(
        json.dumps(row) + "\n", encoding="utf-8"
    )
    return tmp_path


def score(shared: Path, *statements: Statement) -> dict[str, Any]:
    return score_attributions(shared, lambda _row: statements)


SPLIT = (statement("she", "added", "We wait"), statement("she", "added", "They know"))


def test_sentences_of_one_cue_are_one_attribution_and_marks_do_not_count(shared: Path) -> None:
    result = score(shared, *SPLIT)
    assert (result["gold"], result["predicted"], result["paired"]) == (2, 1, 1)
    assert result["content"]["exact"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert result["content"]["overlap"]["precision"] == 1.0
    assert result["content"]["overlap"]["recall"] == round(4 / 6, 4)


def test_a_missing_word_is_not_exact_but_overlaps(shared: Path) -> None:
    result = score(shared, statement("Moro", "said", "failed"), *SPLIT)
    assert result["content"]["exact"]["f1"] == 0.5
    assert result["content"]["overlap"] == {"precision": 1.0, "recall": round(5 / 6, 4), "f1": 0.9091}
    assert result["source"]["exact"]["f1"] == result["cue"]["exact"]["f1"] == 1.0


def test_that_before_the_content_does_not_count(shared: Path) -> None:
    result = score(shared, statement("Moro", "said", "talks failed"), *SPLIT)
    assert result["content"]["exact"]["f1"] == 1.0


def test_cue_and_source_inside_the_content_are_taken_out(shared: Path) -> None:
    result = score(shared, statement("she", "added", "We wait,” she added. “They know"))
    assert result["content"]["exact"]["precision"] == 1.0


def test_nothing_found_scores_nothing(shared: Path) -> None:
    result = score(shared)
    assert result["content"]["overlap"]["f1"] == 0.0
    assert result["predicted"] == 0
