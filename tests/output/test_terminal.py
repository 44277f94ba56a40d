"""The timeline: readable at any width, in order, and nothing in a report can steer the terminal."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from dragoman.model import Record, Slot
from dragoman.output import explain_event, print_record, print_timeline
from dragoman.pipeline import Problem


def drawn(record: Record, *, width: int = 100, colour: bool = False, timeline: bool = False) -> str:
    console = Console(
        file=StringIO(), width=width, force_terminal=colour, markup=False, emoji=False, highlight=False
    )
    if timeline:
        print_timeline(console, [record, record])
    else:
        print_record(console, record)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_report_is_shown_with_its_events_by_date_and_all_that_was_found(record: Record) -> None:
    text = drawn(record)
    for words in (
        "published 10 January 2022, from its dateline",
        "Meeting, held · Geneva, Switzerland",
        "Russia and United States",
        "Wendy Sherman, Sergei Ryabkov",
        "“Wendy Sherman and Sergei Ryabkov met for eight hours on Monday” line 5",
        "Russia to NATO",
        "Sergei Ryabkov (for Russia) said:",
        "words are missing: “on an unknown day” line 8",
        "The Morning Gazette · Share this page",
    ):
        assert words in text
    assert text.index("10 January 2022 ") < text.index("no date")


@pytest.mark.parametrize("width", [40, 63, 64, 80, 120])
def test_no_line_is_wider_than_the_terminal(record: Record, width: int) -> None:
    for line in drawn(record, width=width).splitlines():
        assert len(line) <= width


@pytest.mark.parametrize("timeline", [False, True])
def test_text_of_a_report_is_shown_as_it_stands(record: Record, *, timeline: bool) -> None:
    plain = drawn(record, timeline=timeline)
    assert "[bold]again[/bold]" in plain
    assert "<b>offer</b>" in plain
    assert "\x1b" not in plain


def test_in_colour_only_our_own_codes_reach_the_terminal(record: Record) -> None:
    coloured = drawn(record, colour=True)
    assert "\x1b[" in coloured
    assert "\x1b[31mred" not in coloured
    assert "�[31mred�[0m" in coloured


def test_the_timeline_goes_by_date_and_names_the_report(record: Record) -> None:
    early = replace(record.events[0], date=Slot("2021-12-17"))
    text = drawn(replace(record, events=(*record.events, early)), timeline=True)
    headings = [line.split(" ─")[0] for line in text.splitlines() if "───" in line]
    assert headings == ["December 2021", "January 2022", "No date", "Reports"]
    assert "in Envoys sit down in Geneva" in text
    assert "3 events · 1 statement" in text


def test_a_report_without_events_says_so(record: Record) -> None:
    assert "No events found." in drawn(replace(record, events=()))


def test_what_was_not_read_stands_first(record: Record) -> None:
    console = Console(file=StringIO(), width=100, markup=False, emoji=False, highlight=False)
    print_record(console, replace(record, events=()), [Problem("a", "events", "the stage 'events' failed")])
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert text.index("the stage 'events' failed") < text.index("No events found.")


def test_an_explanation_shows_each_rule_with_its_words_and_their_place(record: Record) -> None:
    console = Console(file=StringIO(), width=100, markup=False, emoji=False, highlight=False)
    explain_event(console, record, record.events[1])
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    for words in (
        "trigger.meet  “met” tells of a meeting",
        "parties: RUS, USA (Russia and United States)",
        "date: 2022-01-10 (10 January 2022)",
        "timex.weekday  Monday before publication",
        "“Monday” line 6, characters 149–155",
    ):
        assert words in text
    assert record.document.text[149:155] == "Monday"
