"""Many rows at once, by the fastest way that each driver has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

Row = dict[str, Any]


def write_rows(connection: Connection, table: Table, found: Iterable[Row]) -> None:
    """
    Insert rows that all have the same columns, as they come.

    A dossier of 100,000 claims has millions of derived rows; through SQLAlchemy's own insert, writing them
    took 44 seconds in place of 32.
    """
    rows = iter(found)
    first = next(rows, None)
    if first is None:
        return
    columns = ", ".join(f'"{name}"' for name in first)
    values = (tuple(row.values()) for row in chain((first,), rows))
    raw: Any = connection.connection.cursor()
    try:
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(first))
            statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of ours
            raw.executemany(statement, _with_days_as_text(values))
        else:
            with raw.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
                for value in values:
                    copy.write_row(value)
    finally:
        raw.close()


def _with_days_as_text(values: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Days as SQLAlchemy writes them to SQLite, which has no type for them."""
    for row in values:
        yield tuple(value.isoformat() if isinstance(value, date) else value for value in row)
