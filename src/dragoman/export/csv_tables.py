"""CSV: the tables of :mod:`dragoman.export.tables`, a file each, with a codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dragoman.export.contents import Contents, Format, Notes, Part
from dragoman.export.tables import KINDS, TABLES, Table
from dragoman.output.form import csv_text

CODEBOOK = ("table", "row", "column", "kind", "what")


def _parts(contents: Contents, _: Notes) -> Iterable[Part]:
    for table in TABLES:
        yield f"{table.name}.csv", _lines(table, contents)
    yield "codebook.csv", (line.encode() for line in csv_text(CODEBOOK, _codebook()))


def _lines(table: Table, contents: Contents) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    rows = ({name: _joined(row[name]) for name in names} for row in table.rows(contents))
    for line in csv_text(names, rows):
        yield line.encode("utf-8", "replace")


def _joined(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _codebook() -> Iterator[Mapping[str, str]]:
    for table in TABLES:
        for column in table.columns:
            yield {
                "table": table.name,
                "row": table.what,
                "column": column.name,
                "kind": KINDS[column.kind],
                "what": column.what,
            }


CSV = Format(
    "csv",
    "csv",
    "text/csv",
    "tidy tables with a codebook, for spreadsheets and statistics",
    _parts,
    many=True,
)
