"""Parquet: the tables of :mod:`dragoman.export.tables`, a file each, with types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from io import BytesIO
from itertools import islice
from typing import Any

from dragoman.errors import UsageError
from dragoman.export.contents import Contents, Format, Notes, Part
from dragoman.export.tables import TABLES, Column, Table

_BATCH = 10_000  # rows held at once


def _parts(contents: Contents, _: Notes) -> Iterable[Part]:
    try:
        arrow, writer = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed; install it with: pip install 'dragoman[tables]'"
        ) from error
    for table in TABLES:
        yield f"{table.name}.parquet", _file(table, contents, arrow, writer)


def _file(table: Table, contents: Contents, arrow: Any, parquet: Any) -> Iterator[bytes]:
    schema = arrow.schema(
        [arrow.field(c.name, _type(c, arrow), metadata={"what": c.what}) for c in table.columns],
        metadata={"what": table.what},
    )
    out = BytesIO()
    rows = iter(table.rows(contents))
    with parquet.ParquetWriter(out, schema) as file:
        while batch := list(islice(rows, _BATCH)):
            data = {c.name: [_value(c, row[c.name]) for row in batch] for c in table.columns}
            file.write_table(arrow.table(data, schema=schema))
    yield out.getvalue()


def _type(column: Column, arrow: Any) -> Any:
    return {
        "integer": arrow.int64,
        "number": arrow.float64,
        "boolean": arrow.bool_,
        "day": arrow.date32,
        "list": lambda: arrow.list_(arrow.string()),
    }.get(column.kind, arrow.string)()


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "day":
        return date.fromisoformat(value) if isinstance(value, str) else value
    if column.kind == "list":
        return [_sound(str(item)) for item in value]
    return _sound(value) if isinstance(value, str) else value


def _sound(text: str) -> str:
    """Text without halves of surrogate pairs, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()


PARQUET = Format(
    "parquet",
    "parquet",
    "application/vnd.apache.parquet",
    "the tables of csv with types, for data frames",
    _parts,
    many=True,
    needs="tables",
)
