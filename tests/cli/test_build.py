"""dragoman build and dragoman verify."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.errors import DragomanError


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"They held talks, for the {number}. time, at great length.\n")
    return folder


def build(reports: Path, *options: str) -> Result:
    return run("build", reports, "--into", reports.parent / "d", "--workers", "0", *options)


def test_a_build_says_what_it_did(reports: Path) -> None:
    done = build(reports)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.startswith("3 new reports; ")
    assert build(reports).stderr.startswith("3 known; ")


def test_what_cannot_be_read_is_told_with_exit_code_1(reports: Path) -> None:
    (reports / "empty.txt").write_text("")
    done = build(reports)
    assert done.exit_code == 1
    assert "empty.txt: the file is empty" in done.stderr
    assert "1 problem" in done.stderr


def test_the_summary_as_json(reports: Path) -> None:
    row = json.loads(build(reports, "--json").stdout)
    assert (row["new"], row["unchanged"], row["problems"]) == (3, 0, [])
    assert build(reports, "--quiet").stderr == ""


def test_wrong_use_has_exit_code_2(reports: Path) -> None:
    assert run("build", reports).exit_code == 2
    done = run("build", reports, "--into", reports)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is a folder" in done.stderr
    assert run("verify", reports / "none").exit_code == 2


def test_a_build_that_cannot_begin_is_told_in_a_line(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DragomanError("a reading process ended before it could begin")

    monkeypatch.setattr("dragoman.dossier.build.Workers.read", fail)
    done = build(reports)
    assert done.exit_code == 2
    assert done.stderr == "Error: a reading process ended before it could begin\n"


def test_a_dossier_that_holds_what_was_read_passes(reports: Path) -> None:
    build(reports)
    done = run("verify", reports.parent / "d")
    assert done.exit_code == 0
    assert done.stderr.startswith("3 reports, ")
    assert done.stderr.endswith("all is as it was written\n")


def test_what_was_tampered_with_is_named_with_exit_code_1(reports: Path) -> None:
    build(reports)
    with sqlite3.connect(reports.parent / "d") as connection:
        connection.execute("UPDATE reports SET text = replace(text, 'great', 'grand') WHERE name = '1.txt'")
    connection.close()
    done = run("verify", reports.parent / "d")
    assert done.exit_code == 1
    assert done.stdout.startswith("1.txt (")
    assert "text: has another digest" in done.stdout
    row = json.loads(run("verify", reports.parent / "d", "--json").stdout)
    assert row["reports"] == 3
    assert {finding["what"] for finding in row["findings"]} == {"text"}


def test_a_known_report_is_read_again_where_that_is_asked(reports: Path) -> None:
    build(reports)
    assert build(reports, "--reread").stderr.startswith("3 reports read anew; ")
