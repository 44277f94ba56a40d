"""Data files say where they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman

DATA = Path(dragoman.__file__).parent / "data"
# The model's files are told by its card.
TABLES = sorted(
    p for p in DATA.rglob("*") if p.suffix in {".tsv", ".txt", ".toml"} and p.parent.name != "language"
)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_table_names_its_origin(table: Path) -> None:
    head = [line for line in table.read_text(encoding="utf-8").splitlines()[:12] if line.startswith("#")]
    assert any("Origin:" in line for line in head)


def test_there_are_tables() -> None:
    assert {table.parent.name for table in TABLES} >= {"actors", "events", "temporal", "text", "statements"}
