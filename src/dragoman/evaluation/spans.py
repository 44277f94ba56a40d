"""Whether every span of every record holds its words: ``text[start:end] == exact``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.intake import read_sources
from dragoman.model import Record
from dragoman.output import to_json
from dragoman.pipeline import Outcome, Pipeline

CORPORA = ("voa", "wikinews", "kremlin", "whitehouse", "russian", "greek")


@dataclass(frozen=True, slots=True)
class SpanReport:
    """How many reports and spans were looked at, the faults, and the reports that came out in part or not."""

    reports: int
    spans: int
    faults: tuple[str, ...]
    problems: tuple[str, ...]


def span_faults(record: Record) -> Iterator[str | None]:
    """For each span of a record's row: None where its words stand there, else what is wrong."""
    text = record.document.text
    row = to_json(record)
    for where, span in _spans(row, record.document.id):
        start, end, words = span["start"], span["end"], span.get("exact", span.get("text", span.get("quote")))
        inside = 0 <= start < end <= len(text)
        yield None if inside and text[start:end] == words else f"{where}: {start}:{end} is not {words!r}"
    for event in row["events"]:
        for quote in event["evidence"]:
            yield None if quote in text else f"{record.document.id}: evidence not in the text: {quote!r}"


def _spans(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything in a row that has a start and an end, with the path to it."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield where, value
        for key, inner in value.items():
            yield from _spans(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _spans(inner, f"{where}/{number}")


def check_spans(pipeline: Pipeline, shared: Path, *, every: int = 1) -> SpanReport:
    """Read every ``every``-th report of all corpora and look at all of their spans."""
    reports = spans = 0
    faults: list[str] = []
    problems: list[str] = []
    for outcome in _outcomes(pipeline, shared, every):
        reports += 1
        problems += [str(problem) for problem in outcome.problems if problem.stage != "language"]
        for fault in span_faults(outcome.record) if outcome.record else ():
            spans += 1
            faults += [fault] if fault else []
    return SpanReport(reports, spans, tuple(faults), tuple(problems))


def _outcomes(pipeline: Pipeline, shared: Path, every: int) -> Iterator[Outcome]:
    for name in CORPORA:
        for number, report in enumerate(read_sources([str(shared / "corpora" / f"{name}.jsonl")])):
            if number % every == 0:
                yield pipeline.read(report)
