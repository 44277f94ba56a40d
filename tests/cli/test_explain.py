"""``dragoman explain``: one event by the start of its id, or all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("The talks were held.\n\nMore talks followed.", encoding="utf-8")
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, words)])


def test_the_event_is_found_by_the_start_of_its_id(report: Path) -> None:
    result = run("01", report)
    assert result.exit_code == 0
    assert "01r  Meeting, held: Russia and United States" in result.stdout
    assert "“talks” line 3" in result.stdout
    assert "00r" not in result.stdout


def test_all_events_are_explained_on_request(report: Path) -> None:
    result = run("--all", report)
    assert result.exit_code == 0
    assert result.stdout.count("Its words") == 2


def test_an_unknown_id_is_told_with_those_that_there_are(report: Path) -> None:
    result = run("zz", report)
    assert result.exit_code == 1
    assert "no event's id starts with 'zz'; these reports hold 00r, 01r" in result.stderr


def test_a_report_is_needed(report: Path) -> None:
    assert run("01").exit_code == 2
    assert run().exit_code == 2
    assert report.exists()
