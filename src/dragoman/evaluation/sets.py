"""The bench sets as measures: time expressions, false page dates, attributions, the language model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import ReportError
from dragoman.evaluation.dates import score_false_dates, score_wikiwars
from dragoman.evaluation.language import score_language
from dragoman.evaluation.measures import Measure
from dragoman.evaluation.statements import ROLES, score_attributions
from dragoman.intake import Fetched, Media
from dragoman.model import Record, Statement, Timex
from dragoman.pipeline import Pipeline

Row = Mapping[str, Any]
Misses = list[dict[str, Any]] | None  # all sets have one shape; those that can tell their misses fill it


def read_row(pipeline: Pipeline, row: Row, *, dated: str = "published") -> Record:
    """The record of one row (``id``, ``text``, perhaps ``title`` and a date), read as a line of JSON is."""
    outcome = pipeline.read(
        Fetched(
            row["id"],
            row["id"],
            Media.RECORD,
            row["text"],
            title=row.get("title"),
            published=row.get(dated),
            url=row.get("url"),
        )
    )
    if outcome.record is None or outcome.problems:
        raise ReportError(outcome.problems[0].message, where=row["id"])
    return outcome.record


def measure_attributions(pipeline: Pipeline, shared: Path, misses: Misses = None) -> list[Measure]:  # noqa: ARG001
    """Source, cue and content against the PolNeAR development articles, exact and by overlap."""

    def read(row: Row) -> tuple[Statement, ...]:
        return read_row(pipeline, row, dated="date").statements

    result = score_attributions(shared, read)
    return [
        Measure("attributions (PolNeAR)", f"{role} {how} F1", result[role][how]["f1"])
        for how in ("exact", "overlap")
        for role in ROLES
    ]


def measure_dates(pipeline: Pipeline, shared: Path, misses: Misses = None) -> list[Measure]:
    """Values of time expressions in WikiWars, and what a false date on the page does."""

    def find(row: Row) -> tuple[Timex, ...]:
        return read_row(pipeline, row).timexes

    def read(row: Row) -> Record:
        return read_row(pipeline, row)

    lines: list[str] = []
    wars = score_wikiwars(shared, find, misses=lines)
    false = score_false_dates(shared, read)
    if misses is not None:
        misses += [{"what": "date", "told": line} for line in (*lines, *false["examples"])]
    group, other = "time expressions (WikiWars)", "a false date on the page"
    return [
        *(Measure(group, f"{name} F1", wars[name]["f1"]) for name in ("lenient", "strict", "value")),
        Measure(other, "full dates that follow it", false["follow"], less_is_better=True),
        Measure(other, "full dates that change otherwise", false["changed"], less_is_better=True),
        Measure(other, "full dates that stay", false["same"]),
        Measure(other, "dates kept where the text holds one of its own time", false["own_time_kept"]),
    ]


def measure_language(pipeline: Pipeline, shared: Path, misses: Misses = None) -> list[Measure]:  # noqa: ARG001
    """The language model on its held-out sets."""
    return [Measure("language model", name, value) for name, value in score_language(shared).items()]
