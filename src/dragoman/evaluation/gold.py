"""
The record against the gold files: events, statements, defects, dates of publication, the model case.

The scorer is the one of the shared data (``record/score.py``), loaded from there, so that what we report
is what others measure.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.errors import ReportError, UsageError
from dragoman.evaluation.measures import Measure
from dragoman.intake import read_sources
from dragoman.output import to_json
from dragoman.pipeline import Pipeline

Row = dict[str, Any]

DEV, SEED = Path("gold/dev.jsonl"), Path("gold/seed.jsonl")
DEV_TEXTS = Path("gold/dev_texts.jsonl")
EXAMPLES, EXAMPLES_GOLD = Path("examples"), Path("tests/gold/examples.jsonl")  # from the repository's root


def load_scorer(shared: Path) -> ModuleType:
    """The shared scorer as a module; UsageError where it is not there."""
    path = shared / "record" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise UsageError(f"{path}: no such file; give the shared data with --shared")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("score", module)
    spec.loader.exec_module(module)
    return module


def predict(pipeline: Pipeline, sources: Iterable[Path]) -> dict[str, Row]:
    """The row of every report in ``sources`` by its id; ReportError where one fails."""
    rows = {}
    for outcome in pipeline.read_all(read_sources([str(source) for source in sources])):
        if outcome.record is None or outcome.problems:  # a figure over half-read reports would mislead
            raise ReportError(outcome.problems[0].message, where=outcome.doc)
        rows[outcome.doc] = to_json(outcome.record)
    return rows


def score_dev(pipeline: Pipeline, shared: Path, misses: list[Row] | None = None) -> list[Measure]:
    """Measures on the 160 development reports; fills ``misses`` with what went wrong, one row each."""
    scorer = load_scorer(shared)
    gold = scorer.read_lines(shared / DEV)
    result: Row = scorer.score(gold, predict(pipeline, [shared / DEV_TEXTS]), misses)
    return _measures("development reports", result)


def score_examples(pipeline: Pipeline, shared: Path, misses: list[Row] | None = None) -> list[Measure]:
    """Measures on the repository's example reports; none where we don't stand in the repository."""
    if not EXAMPLES_GOLD.is_file():
        return []
    scorer = load_scorer(shared)
    rows = predict(pipeline, [EXAMPLES])
    return _measures("example reports", scorer.score(scorer.read_lines(EXAMPLES_GOLD), rows, misses))


def _measures(group: str, result: Row) -> list[Measure]:
    found = []
    for name, value in result.items():
        if isinstance(value, dict) and "f1" in value:
            if value["gold"] == 0:
                continue
            kinds = ("precision", "recall", "f1") if name.startswith("events") else ("f1",)
            found += [Measure(group, f"{name} {_short(kind)}", value[kind]) for kind in kinds]
        elif isinstance(value, dict):
            found += [Measure(group, f"slot {slot} right", share) for slot, share in value.items()]
        elif name == "published" and value is not None:
            found.append(Measure(group, "date of publication right", value))
    return found


def _short(kind: str) -> str:
    return "F1" if kind == "f1" else kind


def score_seed(pipeline: Pipeline, shared: Path, misses: list[Row] | None = None) -> list[Measure]:
    """
    The model case, counted: events right in party, place, status and date, furniture, faults, statements.

    A gold date that is open to the future is met by one that begins there and ends with that month or stays
    open (the meeting of the ministers: after 13 January, at the latest in January).
    """
    scorer = load_scorer(shared)
    (gold,) = scorer.read_lines(shared / SEED).values()
    folder = sorted((shared / "seed").glob("*.txt"))
    row = next(iter(predict(pipeline, folder).values()), {})
    group = "model case"
    pairs, _, extra = scorer.pair_up(gold["events"], row.get("events", []), scorer.event_similarity)
    right = sum(_right(scorer, one, two) for one, two in pairs)
    if misses is not None:
        scorer.score({"seed": gold}, {"seed": row}, misses)
    said, _, _ = scorer.pair_up(gold["statements"], row.get("statements", []), scorer.statement_similarity)
    faults, _, _ = scorer.pair_up(gold["defects"], row.get("defects", []), scorer.defect_similarity)
    chrome = sum(any(line in piece for piece in row.get("chrome", [])) for line in gold["chrome"])
    late = [event for event in row.get("events", []) if "2024" in (event["date"] or "")]
    return [
        Measure(group, f"events right, of {len(gold['events'])}", right),
        Measure(group, "events too many", len(extra), less_is_better=True),
        Measure(group, "events dated by the page's rendering", len(late), less_is_better=True),
        Measure(group, f"lines of furniture found, of {len(gold['chrome'])}", chrome),
        Measure(group, f"faults found, of {len(gold['defects'])}", len(faults)),
        Measure(group, f"statements found, of {len(gold['statements'])}", len(said)),
    ]


def _right(scorer: ModuleType, gold: Row, guess: Row) -> bool:
    slots = all(scorer.SLOTS[name](gold, guess) for name in ("place", "status", "parties"))
    return slots and (scorer.same_date(gold["date"], guess["date"]) or _within_month(scorer, gold, guess))


def _within_month(scorer: ModuleType, gold: Row, guess: Row) -> bool:
    """Whether an open gold date is met by an interval that begins there and ends in its month or never."""
    if not (gold["date"] or "").endswith("/..") or not guess["date"]:
        return False
    low, _ = scorer.bounds(gold["date"])
    bounds: tuple[date, date] | None = scorer.bounds(guess["date"])
    if bounds is None or bounds[0] == bounds[1]:
        return False
    first, last = bounds
    return (first - low).days in {0, 1} and (
        last == date.max or (last.year, last.month) == (low.year, low.month)
    )
