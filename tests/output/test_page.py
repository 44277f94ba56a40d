"""The notebook's page: every word of a report is escaped."""

from __future__ import annotations

from dragoman.model import Record
from dragoman.output import reading_page
from dragoman.pipeline import Problem


def test_markup_in_a_report_is_shown_not_obeyed(record: Record) -> None:
    page = reading_page([record], [Problem("<script>.txt", "text", "holds no words")])
    assert "&lt;b&gt;offer&lt;/b&gt;" in page
    assert "<b>offer" not in page
    assert "&lt;script&gt;.txt: holds no words" in page
    assert "\x1b" not in page


def test_the_page_holds_events_statements_and_faults(record: Record) -> None:
    page = reading_page([record])
    for words in (
        "10 January 2022",
        "Meeting, held · Geneva, Switzerland",
        "for Russia",
        "words are missing",
    ):
        assert words in page
