"""
Reading from Python: what the command line does, as values.

    >>> import dragoman
    >>> reading = dragoman.read("reports/")          # doctest: +SKIP
    >>> [event.date.value for report in reading for event in report.events]      # doctest: +SKIP

Nothing is printed; what cannot be read stands in ``problems``. Many reports make a dossier:

    >>> with dragoman.build("reports/", into="geneva.dossier") as dossier:       # doctest: +SKIP
    ...     dossier.timeline().to_pandas()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, overload

from rich.console import Console

from dragoman.model import Defect, Document, Event, Record, Statement
from dragoman.output import print_record, reading_page, to_json
from dragoman.settings import Settings

if TYPE_CHECKING:  # loaded at the first use: they bring the language model's and the database's libraries
    from dragoman.dossier import Dossier
    from dragoman.pipeline import Outcome, Pipeline, Problem

Source = str | PathLike[str]

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read: its record, and what of it could not be read."""

    record: Record
    problems: tuple[Problem, ...] = ()

    @property
    def document(self) -> Document:
        """The report itself, with the text that all spans point into."""
        return self.record.document

    @property
    def published(self) -> str | None:
        """Its date of publication (EDTF), None where it cannot be known."""
        return self.record.published.edtf

    @property
    def events(self) -> tuple[Event, ...]:
        """What it says happened or may happen, in order of the text."""
        return self.record.events

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what."""
        return self.record.statements

    @property
    def defects(self) -> tuple[Defect, ...]:
        """Faults of the report."""
        return self.record.defects

    def to_json(self) -> dict[str, Any]:
        """The row that ``dragoman read --json`` prints."""
        return to_json(self.record, self.problems)

    def __str__(self) -> str:
        """The timeline as plain text."""
        return _drawn(self.record, self.problems)

    def _repr_html_(self) -> str:
        return reading_page([self.record], self.problems)


@dataclass(frozen=True, slots=True)
class Reading(Sequence[Report]):
    """All reports of some sources, in order, and everything that could not be read."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Report]:
        """Report after report."""
        return iter(self.reports)

    def __len__(self) -> int:
        """How many reports were read."""
        return len(self.reports)

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | Sequence[Report]:
        """The report at a place."""
        return self.reports[index]

    def __str__(self) -> str:
        """All timelines as plain text."""
        return "\n".join([*map(str, self.reports), *(f"not read: {problem}" for problem in self.problems)])

    def _repr_html_(self) -> str:
        return reading_page([report.record for report in self.reports], self.problems)


def read(*sources: Source, settings: Settings | None = None) -> Reading:
    """
    Read files, folders of files, saved pages, JSON lines, feeds, web archives and addresses.

    Args:
        sources: paths and addresses, as for ``dragoman read``.
        settings: limits and the language pipeline; the defaults where none are given.

    Returns:
        The reports that could be read, and a problem for everything that could not.

    Raises:
        ModelError: the language model is missing or damaged.
    """
    from dragoman.intake import Policy, read_sources  # noqa: PLC0415 - see the imports above

    settings = settings or Settings()
    found = read_sources(
        [str(source) for source in sources],
        max_characters=settings.max_chars,
        policy=Policy.of(settings),
    )
    outcomes = list(_pipeline(settings).read_all(found))
    problems = tuple(problem for outcome in outcomes for problem in outcome.problems)
    return Reading(tuple(report for outcome in outcomes for report in _reports(outcome)), problems)


def read_text(
    text: str,
    *,
    id: str = "text",  # noqa: A002 - the record's own name for it
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    settings: Settings | None = None,
) -> Report:
    """
    Read one report that is at hand as text.

    Args:
        text: the report, or the page's text with its furniture. Line ends become line feeds and what is no
            character a space or �, as in a file; offsets count in ``document.text``.
        id: a name for it.
        title: its headline where it is not in the text.
        published: its date of publication where it is known (a day as "2022-01-21").
        url: its address.
        publisher: its outlet.
        settings: as for :func:`read`.

    Returns:
        The report; ``problems`` holds what could not be read of it.

    Raises:
        ReportError: nothing of it could be read.
        ModelError: the language model is missing or damaged.
    """
    from dragoman.errors import ReportError  # noqa: PLC0415
    from dragoman.intake import Fetched, Media  # noqa: PLC0415
    from dragoman.intake.decode import clean  # noqa: PLC0415

    fetched = Fetched(
        id, id, Media.TEXT, clean(text), title=title, published=published, url=url, publisher=publisher
    )
    outcome = _pipeline(settings or Settings()).read(fetched)
    if outcome.record is None:
        raise ReportError(outcome.problems[0].message, where=id)
    return Report(outcome.record, outcome.problems)


def open(where: str | PathLike[str]) -> Dossier:  # noqa: A001 - dragoman.open(...), as gzip and zipfile have it
    """
    A dossier, for asking and for deciding.

    Args:
        where: its file, or a ``postgresql://`` URL.

    Returns:
        The dossier; use it in a ``with`` statement, or close it.

    Raises:
        UsageError: there is none, or it is none.
    """
    from dragoman.dossier import Dossier  # noqa: PLC0415 - see the imports above

    return Dossier.open(_place(where))


def build(
    *sources: Source,
    into: str | PathLike[str],
    settings: Settings | None = None,
    workers: int | None = 0,
) -> Dossier:
    """
    Read sources into a dossier, which is made where there is none.

    What is known already is not read again; what could not be read stands in ``dossier.problems()``.

    Args:
        sources: paths, as for :func:`read`.
        into: a file, or a ``postgresql://`` URL.
        settings: limits and the language pipeline; the defaults where none are given.
        workers: processes that read. 0 reads in this one; None takes all cores and needs, as any use of
            processes, a program that can be imported (``if __name__ == "__main__":``).

    Returns:
        The dossier, open; use it in a ``with`` statement, or close it.

    Raises:
        UsageError: the dossier cannot be opened.
        ModelError: the language model is missing or damaged.
    """
    from dragoman.dossier import Dossier  # noqa: PLC0415 - see the imports above

    dossier = Dossier.open(_place(into), create=True)
    try:
        dossier.build([str(source) for source in sources], settings, workers=workers)
    except BaseException:
        dossier.close()
        raise
    return dossier


def _place(where: str | PathLike[str]) -> str:
    return where if isinstance(where, str) else fspath(where)


def _reports(outcome: Outcome) -> list[Report]:
    return [] if outcome.record is None else [Report(outcome.record, outcome.problems)]


@cache
def _pipeline(settings: Settings) -> Pipeline:
    """One pipeline for each settings, kept: loading the language model takes a second."""
    from dragoman.pipeline import Pipeline  # noqa: PLC0415

    return Pipeline.build(settings)


def _drawn(record: Record, problems: tuple[Problem, ...]) -> str:
    console = Console(
        file=StringIO(), width=_WIDTH, markup=False, emoji=False, highlight=False, color_system=None
    )
    print_record(console, record, problems)
    file = console.file
    assert isinstance(file, StringIO)  # noqa: S101 - for the type checker
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())
