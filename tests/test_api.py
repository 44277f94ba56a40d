"""Reading from Python: values, problems beside them, and a page for notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.api import _pipeline

WIRE = """Envoys meet in Geneva

GENEVA, 10 January 2022 (Lakeside Wire) - American and Russian envoys held talks on Monday.
U.S. Deputy Secretary of State Wendy Sherman said that the talks were <b>useful</b>.
"""


def test_a_text_at_hand_is_read() -> None:
    report = dragoman.read_text(WIRE, id="wire")
    assert report.document.id == "wire"
    assert report.published == "2022-01-10"
    assert report.problems == ()
    row = report.to_json()
    assert row["doc"] == "wire"
    assert "published 10 January 2022" in str(report)


def test_what_is_known_of_a_text_counts() -> None:
    report = dragoman.read_text("The envoys met on Monday.", title="Envoys meet", published="2022-01-11")
    assert report.published == "2022-01-11"
    assert report.document.title == "Envoys meet"


def test_what_is_no_character_does_not_harm() -> None:
    report = dragoman.read_text("The envoys\r\nmet \ud83d in \x00Geneva on Monday.")
    assert report.document.text == "The envoys\nmet \ufffd in  Geneva on Monday."


def test_a_text_without_words_is_refused_with_the_reason() -> None:
    with pytest.raises(dragoman.ReportError, match="no words"):
        dragoman.read_text("...")


def test_sources_are_read_and_what_is_not_stands_in_the_problems(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WIRE, encoding="utf-8")
    reading = dragoman.read(tmp_path, tmp_path / "missing.txt")
    assert len(reading) == 1
    assert reading[0].document.id == "a.txt"
    assert [report.document.id for report in reading[:1]] == ["a.txt"]
    assert "missing.txt" in reading.problems[0].where
    assert "not read: " in str(reading)


def test_a_notebook_shows_an_escaped_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WIRE, encoding="utf-8")
    for page in (dragoman.read(tmp_path)._repr_html_(), dragoman.read_text(WIRE)._repr_html_()):
        assert "Envoys meet in Geneva" in page
        assert "<b>useful</b>" not in page


def test_the_settings_bound_the_length() -> None:
    with pytest.raises(dragoman.ReportError, match="more than the 10"):
        dragoman.read_text(WIRE, settings=dragoman.Settings(max_chars=10))


def test_the_language_model_is_loaded_once() -> None:
    assert _pipeline(dragoman.Settings()) is _pipeline(dragoman.Settings())


def test_a_dossier_is_built_opened_and_asked(tmp_path: Path) -> None:
    where = tmp_path / "geneva.dossier"
    report = Path(__file__).parents[1] / "examples" / "january-2022" / "lakeside-wire-geneva.txt"
    with dragoman.build(report, into=where) as dossier:
        built = [told.id for told in dossier.timeline()]
    assert built
    with dragoman.build(report, str(tmp_path / "missing.txt"), into=str(where)) as again:
        assert [told.id for told in again.timeline()] == built
        assert [problem.stage for problem in again.problems()] == ["intake"]
    with dragoman.open(where) as dossier:
        assert [told.id for told in dossier.events()] == built
    with pytest.raises(dragoman.UsageError, match="no such dossier"):
        dragoman.open(tmp_path / "none.dossier")
