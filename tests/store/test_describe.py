"""docs/store.md tells every table and every column, and a dossier has no others."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect

from dragoman.store import Store
from dragoman.store.describe import describe, with_tables
from dragoman.store.tables import DERIVED, METADATA

PAGE = Path(__file__).resolve().parents[2] / "docs" / "store.md"


def test_the_page_tells_the_tables_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page) == page, "stale; run make docs"


def test_every_table_and_column_has_its_line() -> None:
    told = describe()
    for table in METADATA.tables.values():
        assert table.comment
        assert told.count(f"**{table.name}**") == 1
        for column in table.columns:
            assert column.comment
            assert f"| `{column.name}` |" in told


def test_a_dossier_has_no_other_tables(store: Store) -> None:
    found = {name for name in inspect(store.engine).get_table_names() if not name.startswith("reports_index")}
    assert found == {*METADATA.tables, "alembic_version"}


def test_tables_that_refer_to_others_are_emptied_first() -> None:
    for table in DERIVED:
        for key in table.foreign_keys:
            if key.column.table in DERIVED:
                assert DERIVED.index(table) < DERIVED.index(key.column.table)
