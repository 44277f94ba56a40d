"""All that a dossier holds, as plain rows that two dossiers can be compared by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dragoman.store import Store
from dragoman.store.tables import METADATA

# When something was done differs between runs; so do numbers of arrival on PostgreSQL, which leaves gaps.
TIMES = {"read_at", "first_seen", "last_seen", "at", "number"}


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, sorted, but for times."""
    found = {}
    with store.reading() as reading:
        for name, table in sorted(METADATA.tables.items()):
            columns = [column for column in table.columns if column.name not in TIMES]
            query = select(*columns)
            if name == "about":
                query = query.where(table.c.name != "made_at")
            found[name] = sorted(map(tuple, reading.connection.execute(query)), key=repr)
    return found
