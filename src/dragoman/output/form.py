"""
How one kind of answer is shown: as rows for programs, as columns for spreadsheets, for people, as a page.

A command asks the dossier and hands what it gets to :func:`csv_text`, to ``form.row`` or to ``form.draw``;
nothing else knows about forms. A word of a report is never obeyed: not by a terminal, a browser or a
spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from typing import Any, Generic, TypeVar

from rich.console import Console

from dragoman.output.words import visible

T = TypeVar("T")
Row = dict[str, Any]

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV injection").
_OBEYED = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """
    The ways to show values of one kind.

    Attributes:
        noun: what one of them is called, for "no events".
        columns: of a flat row, in order.
        flat: the flat rows of one value; most have one.
        row: the JSON object of one value.
        draw: prints many of them to a terminal.
        page: HTML for a notebook; None for a table of the flat rows.
    """

    noun: str
    columns: tuple[str, ...]
    flat: Callable[[T], Iterable[Row]]
    row: Callable[[T], Row]
    draw: Callable[[Console, Sequence[T]], None]
    page: Callable[[Sequence[T]], str] | None = None

    def rows(self, values: Iterable[T]) -> Iterator[Row]:
        """Flat rows of all values, each with every column, None where it has nothing."""
        for value in values:
            for row in self.flat(value):
                yield {name: row.get(name) for name in self.columns}

    def html(self, values: Sequence[T]) -> str:
        """A fragment of HTML with every word of a report escaped."""
        body = self.page(values) if self.page else table(self.columns, self.rows(values))
        return f"<div class='dragoman'>{body}</div>"


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """CSV (RFC 4180, lines end in LF) line by line, the heading first, no cell that a spreadsheet obeys."""
    yield _line(columns)
    for row in rows:
        yield _line([cell(row.get(name)) for name in columns])


def _line(cells: Sequence[Any]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def cell(value: Any) -> Any:
    """A value for a spreadsheet: text on one line, with an apostrophe before what would be obeyed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if value.startswith(_OBEYED) or text.startswith(_OBEYED) else text


def safe(text: object) -> str:
    """Text for a page: nothing hidden, nothing that a browser obeys."""
    return escape(visible(str(text)), quote=True)


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A plain table of flat rows."""
    head = "".join(f"<th>{safe(name)}</th>" for name in columns)
    lines = (
        "".join(f"<td>{safe('' if row[name] is None else row[name])}</td>" for name in columns)
        for row in rows
    )
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
