"""The reports of a dossier as sources, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import sep
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.model import StoredReport
from dragoman.output.form import Form, Row
from dragoman.output.happenings import count, published_in_short
from dragoman.output.layout import print_beside
from dragoman.output.told import Sourced, Unread
from dragoman.output.words import date_in_words, published_words_of, visible

COLUMNS = (
    "id", "name", "title", "outlet", "place", "language", "published", "basis", "earliest", "latest",
    "address", "events", "source", "copies", "current", "versions", "original_sha256", "text_sha256",
)  # fmt: skip
PROBLEM_COLUMNS = ("where", "stage", "message", "report")


def print_sources(console: Console, sources: Sequence[Sourced]) -> None:
    """Each report with its outlet, its day and on what that relies, its events, copies and versions."""
    for source in sources:
        report = source.report
        left = [Text(published_in_short(report), "bold cyan"), Text(visible(report.id), "dim")]
        print_beside(console, left, _lines(source))


def _lines(source: Sourced) -> Iterator[Text]:
    report = source.report
    yield Text(visible(report.title or report.name), "bold")
    told = [visible(report.publisher or ""), dated(report), count(len(source.events), "event")]
    yield Text(" · ".join(filter(None, told)))
    yield Text(visible(nearby(report.address)), "dim")
    if not report.current:
        yield Text("! an older version: it no longer counts", "bold red")
    if source.copies:
        others = "; ".join(_in_short(copy) for copy in source.copies)
        yield Text(f"one source with {others}", "yellow")
    if source.versions:
        yield Text(f"other versions: {', '.join(map(_version, source.versions))}", "yellow")


def nearby(address: str) -> str:
    """An address as a person here would write it: from the working folder where it lies beneath it."""
    here = f"{Path.cwd()}{sep}"
    return address.removeprefix(here)


def dated(report: StoredReport) -> str:
    """On what the date of publication relies, with its bounds where there is no date."""
    if report.published:
        return f"date {published_words_of(report.basis).removeprefix('as ')}"
    if report.earliest or report.latest:
        bounds = f"{report.earliest or '..'}/{report.latest or '..'}"
        return f"date of publication unknown ({date_in_words(bounds)})"
    return "date of publication unknown"


def _in_short(report: StoredReport) -> str:
    title = visible(report.title or report.name)
    return f"{visible(report.publisher)}: {title}" if report.publisher else title


def _version(report: StoredReport) -> str:
    return f"{visible(report.id)}{' (the newest)' if report.current else ''}"


def source_row(source: Sourced) -> Row:
    """One report as a JSON object."""
    report = source.report
    return {
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "publisher": report.publisher,
        "place": report.place,
        "language": report.language,
        "url": report.url,
        "address": report.address,
        "published": report.published,
        "published_basis": report.basis,
        "earliest": report.earliest.isoformat() if report.earliest else None,
        "latest": report.latest.isoformat() if report.latest else None,
        "original_sha256": report.original_sha256,
        "text_sha256": report.text_sha256,
        "current": report.current,
        "source": report.source,
        "events": list(source.events),
        "copies": [copy.id for copy in source.copies],
        "versions": [version.id for version in source.versions],
    }


def flat_source(source: Sourced) -> Iterator[Row]:
    """One flat row a report; of events, copies and versions the number."""
    row = source_row(source)
    yield row | {
        "outlet": row["publisher"],
        "basis": row["published_basis"],
        **{name: len(row[name]) for name in ("events", "copies", "versions")},
    }


def print_problems(console: Console, problems: Sequence[Unread]) -> None:
    """What could not be read, where and why."""
    for problem in problems:
        console.print(Text(visible(problem.where), "bold"))
        told = f"{visible(problem.stage)}: {visible(problem.message)}"
        console.print(Padding(Text(told), (0, 0, 0, 2)))


def problem_row(problem: Unread) -> Row:
    """One problem as a JSON object."""
    return {
        "where": problem.where,
        "stage": problem.stage,
        "message": problem.message,
        "report": problem.report,
    }


def _flat_problem(problem: Unread) -> Iterator[Row]:
    yield problem_row(problem)


SOURCES: Form[Sourced] = Form("report", COLUMNS, flat_source, source_row, print_sources)
PROBLEMS: Form[Unread] = Form("problem", PROBLEM_COLUMNS, _flat_problem, problem_row, print_problems)
