"""Values in plain words: dates keep their uncertainty, parties their names, nothing steers a terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import (
    DateWitness,
    Event,
    EventType,
    MeetingKind,
    Published,
    Record,
    Slot,
    Status,
    WitnessKind,
)
from dragoman.output.words import (
    date_in_short,
    date_in_words,
    date_order,
    latest_order,
    listed,
    party_in_words,
    published_in_words,
    visible,
    what_in_words,
    where_in_words,
    who_in_words,
)


def test_months_are_short_in_a_narrow_column() -> None:
    assert date_in_short("2013-11-23/2013-11-24") == "23–24 Nov 2013"
    assert date_in_short("../2022-05-13") == "by 13 May 2022"
    assert date_in_short(None) == "no date"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-01-21", "21 January 2022"),
        ("2022-01", "January 2022"),
        ("2022", "2022"),
        ("2022-01-10/2022-01-12", "10–12 January 2022"),
        ("2022-01-28/2022-02-03", "28 January – 3 February 2022"),
        ("2021-12-30/2022-01-02", "30 December 2021 – 2 January 2022"),
        ("2022-01/2022-03", "January – March 2022"),
        ("2022-01-21~", "about 21 January 2022"),
        ("2022-01-10~/2022-01-12~", "about 10–12 January 2022"),
        ("../2022-01-13", "by 13 January 2022"),
        ("2022-01-13/..", "on or after 13 January 2022"),
        ("2022-01/..", "January 2022 or later"),
        ("XXXX-11-09", "9 November, year unknown"),
        ("XXXX-11", "November, year unknown"),
        ("XXXX-11-07/XXXX-11-09", "7–9 November, year unknown"),
        ("-0263", "264 BC"),
        (None, "no date"),
        ("soon", "soon"),
    ],
)
def test_dates_are_said_with_their_uncertainty(edtf: str | None, words: str) -> None:
    assert date_in_words(edtf) == words


def test_a_timeline_puts_unknown_years_after_known_ones_and_no_date_last() -> None:
    dates = [None, "XXXX-01-01", "2022-01-12", "../2022-01-11", "2022-01", "2022-01-10/2022-01-12", "2021"]
    ordered = ["2021", "2022-01", "2022-01-10/2022-01-12", "../2022-01-11", "2022-01-12", "XXXX-01-01", None]
    assert sorted(dates, key=date_order) == ordered


def test_the_latest_first_has_undated_ones_last() -> None:
    dates = [None, "2021", "XXXX-01-01", "2022-01-12", "../2022-01-11", "2022-01-10/2022-01-12"]
    ordered = ["2022-01-12", "../2022-01-11", "2022-01-10/2022-01-12", "2021", "XXXX-01-01", None]
    assert sorted(dates, key=latest_order) == ordered


@given(st.text())
def test_any_text_as_a_date_is_sorted_and_said(text: str) -> None:
    assert date_order(text) is not None
    assert visible(date_in_words(text)) == date_in_words(text)


@pytest.mark.parametrize(
    ("code", "name"),
    [("RUS", "Russia"), ("XKX", "Kosovo"), ("PSE", "Palestinians"), ("NATO", "NATO"), ("FARC", "FARC")],
)
def test_parties_have_their_full_name(code: str, name: str) -> None:
    assert party_in_words(code) == name


def test_lists_end_with_and() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@given(st.text(st.characters(codec=None)))
def test_shown_text_is_one_line_without_control_characters(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}]
    assert visible(shown) == shown


def test_what_would_steer_a_terminal_or_turn_the_line_is_not_shown() -> None:
    assert visible("a\x1b[2Jb\x9b1mc\u202ed\u200be\nf") == "a�[2Jb�1mcde f"


def event(**fields: object) -> Event:
    base = Event("x", EventType.MEETING, Slot(Status.HELD), Slot(("RUS", "USA")), ())
    return replace(base, **fields)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Russia and United States"),
        (
            {"parties": Slot(("ISR", "QAT", "Hamas")), "mediators": Slot(("QAT",))},
            "Israel and Hamas, mediated by Qatar",
        ),
        ({"type": EventType.REFUSAL, "by": Slot(("RUS",)), "to": Slot(("USA",))}, "Russia to United States"),
        ({"type": EventType.PROPOSAL, "by": Slot(("RUS",))}, "Russia, with United States"),
        ({"parties": Slot(("QAT",)), "mediators": Slot(("QAT",))}, "Qatar"),
    ],
)
def test_who_takes_part_and_as_what(given: dict[str, object], words: str) -> None:
    assert who_in_words(event(**given)) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Meeting, held"),
        ({"kind": Slot(MeetingKind.CALL), "status": Slot(Status.UNDER_WAY)}, "Call, under way"),
        ({"type": EventType.AGREEMENT, "status": Slot(Status.UNCLEAR)}, "Agreement, status unclear"),
    ],
)
def test_what_it_is(given: dict[str, object], words: str) -> None:
    assert what_in_words(event(**given)) == words


def test_where_names_the_country_once() -> None:
    assert where_in_words(event(place=Slot("Geneva"), country=Slot("CHE"))) == "Geneva, Switzerland"
    assert where_in_words(event(place=Slot("Qatar"), country=Slot("QAT"))) == "Qatar"
    assert where_in_words(event()) == ""


def test_the_date_of_publication_says_on_what_it_relied(record: Record) -> None:
    assert published_in_words(record.published) == "published 10 January 2022, from its dateline"
    assert "inferred from the text" in published_in_words(Published("2022-01-10", "inferred"))
    unknown = Published(None, "unknown", dct_low="2022-01-13")
    assert published_in_words(unknown) == "date of publication unknown (on or after 13 January 2022)"
    assert published_in_words(Published(None, "unknown")) == "date of publication unknown"
    stated = Published("2022-01-10", "stated", (), (DateWitness(WitnessKind.STATED, "2022-01-10"),))
    assert published_in_words(stated).endswith("as stated with the report")
