"""The dossier's own file among the sources, and files that are none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import dragoman
from dragoman.dossier import Dossier
from dragoman.errors import UsageError

TEXT = "Norway and Finland met in Oslo on 3 March 2015.\n" * 3


def test_the_dossier_is_no_report_of_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    where = tmp_path / "talks.dossier"
    for _ in range(2):  # at the second run the file, and what SQLite keeps beside it, lie there
        with Dossier.open(where, create=True) as dossier:
            built = dossier.build([tmp_path], workers=0)
            assert built.problems == ()
            assert [report.name for report in dossier.reports().values()] == ["one.txt"]


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    where = tmp_path / "other.db"
    with sqlite3.connect(where) as other:
        other.execute("CREATE TABLE letters (body TEXT)")
    before = where.read_bytes()
    with pytest.raises(UsageError, match="letters"):
        dragoman.build(tmp_path, into=where)
    assert where.read_bytes() == before
