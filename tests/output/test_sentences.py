"""Sentences say what the slots say, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    EventType,
    Happening,
    MeetingKind,
    Settled,
    Standing,
    Status,
    Support,
)
from dragoman.output.sentences import (
    LONGEST,
    account,
    names_in_words,
    party_with_article,
    place_in_words,
    shortened,
    when_in_words,
)

MEETING, PROPOSAL = EventType.MEETING, EventType.PROPOSAL
AGREEMENT, REFUSAL = EventType.AGREEMENT, EventType.REFUSAL
GENEVA = {"place": "Geneva", "country": "CHE"}
TWO = ("RUS", "USA")


def happening(
    event_type: EventType,
    status: str | None,
    *,
    overdue: bool = False,
    differ: dict[str, list[tuple[Any, int]]] | None = None,
    **slots: Any,
) -> Happening:
    """A happening with these values; ``differ`` gives the values of slots in conflict, with their sources."""
    found = {}
    for name in CLAIM_SLOTS:
        value = status if name == "status" else slots.get(name, () if name in MANY else None)
        support, standing = (), Standing.SINGLE if value else Standing.EMPTY
        if differ and name in differ:
            standing = Standing.CONFLICT
            support = tuple(Support(v, (f"{n}",), sources) for n, (v, sources) in enumerate(differ[name]))
        found[name] = Settled(value, standing, support)
    return Happening("a" * 16, event_type, found, ("a" * 16,), 1, (), overdue=overdue)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-01-10", "on 10 January 2022"),
        ("2022-01", "in January 2022"),
        ("2022", "in 2022"),
        ("../2013-10-16", "on a day up to 16 October 2013"),
        ("../2013-10", "at a time up to October 2013"),
        ("../2023", "at a time up to 2023"),
        ("2022-01-13/..", "on 13 January 2022 or later"),
        ("2022-01/..", "in January 2022 or later"),
        ("2021-12-06/2021-12-12", "between 6 and 12 December 2021"),
        ("2021-11-29/2021-12-05", "between 29 November and 5 December 2021"),
        ("2014-01-09/2014-01-10", "on 9 or 10 January 2014, or both,"),
        ("2013-12-31/2014-01-01", "on 31 December 2013 or 1 January 2014, or both,"),
        ("2021-12-29/2022-01-02", "between 29 December 2021 and 2 January 2022"),
        ("2022-01/2022-03", "between January and March 2022"),
        ("2021/2022", "between 2021 and 2022"),
        ("2022-01-21~", "about 21 January 2022"),
        ("2022-01~/2022-03~", "between about January 2022 and about March 2022"),
        ("XXXX-11-09", "on 9 November, in a year that is not known,"),
        ("XXXX-11", "in November, in a year that is not known,"),
        ("-0263", "in 264 BC"),
        ("soon", "at a time given as “soon”"),
        (None, ""),
    ],
)
def test_a_date_keeps_all_of_its_uncertainty(edtf: str | None, words: str) -> None:
    assert when_in_words(edtf) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("USA", "the United States"),
        ("RUS", "Russia"),
        ("NATO", "NATO"),
        ("OSCE", "the OSCE"),
        ("EU", "the European Union"),
        ("PSE", "the Palestinians"),
        ("six powers", "the six powers"),
        ("Hamas", "Hamas"),
        ("NLD", "the Netherlands"),
        ("Maoists", "Maoists"),
        ("G7", "the G7"),
        ("LTTE", "the LTTE"),
        ("FSM", "Micronesia"),
        ("CZE", "the Czech Republic"),
        ("Free Aceh Movement", "the Free Aceh Movement"),
        ("Ethiopian opposition", "the Ethiopian opposition"),
        ("African countries", "African countries"),
        ("Arab League", "the Arab League"),
    ],
)
def test_parties_take_the_article_that_english_gives_them(code: str, words: str) -> None:
    assert party_with_article(code) == words


CASES: list[tuple[Happening, str]] = [
    (
        happening(
            MEETING, Status.HELD, kind=MeetingKind.IN_PERSON, parties=("USA", "RUS"), date="2022-01-10",
            people=("Wendy Sherman", "Sergei Ryabkov"), **GENEVA,
        ),
        ("On 10 January 2022 the United States and Russia met in Geneva, Switzerland (named: Wendy Sherman, "
        "Sergei Ryabkov)."),
    ),
    (
        happening(
            MEETING, Status.HELD, parties=TWO, date="2022-01-10", forum="NATO-Russia Council", **GENEVA
        ),
        ("On 10 January 2022 Russia and the United States held talks in Geneva, Switzerland, at the "
        "NATO-Russia Council."),
    ),
    (
        happening(MEETING, Status.HELD, kind=MeetingKind.CALL, parties=TWO, date="../2022-01-10"),
        "On a day up to 10 January 2022 Russia and the United States spoke by telephone.",
    ),
    (
        happening(MEETING, Status.HELD, kind=MeetingKind.VIDEO, parties=TWO),
        "Russia and the United States spoke by video link. The record has no date for it.",
    ),
    (
        happening(
            MEETING, Status.HELD, kind=MeetingKind.INDIRECT, parties=("ISR", "Hamas", "QAT"),
            mediators=("QAT",), date="2024-01", subject="a truce",
        ),
        ("In January 2024 Israel and Hamas held indirect talks, mediated by Qatar. The subject, in the words "
        "of a report: “a truce”."),
    ),
    (
        happening(MEETING, Status.HELD, kind=MeetingKind.IN_PERSON, parties=("RUS",), date="2022"),
        "In 2022 Russia took part in a meeting with others whom the record does not name.",
    ),
    (
        happening(MEETING, Status.HELD, date="2022"),
        "In 2022 parties that the record does not name held talks.",
    ),
    (
        happening(MEETING, Status.UNDER_WAY, parties=TWO, date="2022-01-10", **GENEVA),
        "On 10 January 2022 a meeting of Russia and the United States in Geneva, Switzerland, was under way.",
    ),
    (
        happening(MEETING, Status.PLANNED, parties=TWO, date="2022-02-24", **GENEVA),
        "A meeting of Russia and the United States in Geneva, Switzerland, was planned for 24 February 2022.",
    ),
    (
        happening(MEETING, Status.PLANNED, parties=TWO, date="2021-12-06/2021-12-12", overdue=True),
        ("A meeting of Russia and the United States was planned for a time between 6 and 12 December 2021. "
        "That time has passed, and the record holds no report of whether it took place."),
    ),
    (
        happening(MEETING, Status.PLANNED, parties=TWO, kind=MeetingKind.CALL, date="XXXX-11-09"),
        ("A telephone call between Russia and the United States was planned for 9 November, in a year that "
        "is not known."),
    ),
    (
        happening(MEETING, Status.PROPOSED, parties=TWO, date="2022-02~"),
        "A meeting of Russia and the United States was proposed for about February 2022.",
    ),
    (
        happening(MEETING, Status.POSTPONED, parties=TWO, date="2022-02-24"),
        ("A meeting of Russia and the United States was postponed; the day given, the new one or the one "
        "before, is 24 February 2022."),
    ),
    (
        happening(MEETING, Status.POSTPONED, parties=TWO, date="2022-03"),
        ("A meeting of Russia and the United States was postponed; the time given, the new one or the one "
        "before, is March 2022."),
    ),
    (
        happening(MEETING, Status.PLANNED, parties=TWO, date="2023-03-29/2023-03-30", people=("Ann Lee",),
                  **GENEVA),
        ("A meeting of Russia and the United States in Geneva, Switzerland (named: Ann Lee), was planned for "
        "29 or 30 March 2023, or both."),
    ),
    (
        happening(MEETING, Status.HELD, parties=("ISR", "Hamas", "QAT"), mediators=("QAT",),
                  people=("Ann Lee",), place="Doha", country="QAT", date="2024-01"),
        ("In January 2024 Israel and Hamas held talks in Doha, Qatar (named: Ann Lee), mediated by Qatar."),
    ),
    (
        happening(MEETING, Status.CANCELLED, parties=TWO, date="2022-02-24"),
        "A meeting of Russia and the United States was called off; the day given for it is 24 February 2022.",
    ),
    (
        happening(MEETING, Status.REFUSED, parties=TWO),
        "A meeting of Russia and the United States was refused. The record has no date for it.",
    ),
    (
        happening(MEETING, Status.DENIED, parties=TWO, date="2022-02-24"),
        "A meeting of Russia and the United States is denied; the day given for it is 24 February 2022.",
    ),
    (
        happening(MEETING, Status.UNCLEAR, parties=TWO, date="2022-02-24"),
        ("A meeting of Russia and the United States is reported for 24 February 2022; whether it was held is "
        "unclear."),
    ),
    (
        happening(AGREEMENT, Status.REACHED, parties=("IRN", "six powers"), date="2013-11-24",
                  title="interim accord", **GENEVA),
        ("On 24 November 2013 Iran and the six powers reached an agreement in Geneva, Switzerland: “interim "
        "accord”."),
    ),
    (
        happening(AGREEMENT, Status.REACHED, parties=TWO, date="2013", title="New START", subject="arms"),
        ("In 2013 Russia and the United States reached an agreement: “New START”. It concerns, in the words "
        "of a report, “arms”."),
    ),
    (
        happening(AGREEMENT, Status.EXPECTED, parties=TWO, date="2022-03", **GENEVA),
        ("An agreement between Russia and the United States in Geneva, Switzerland, was expected for March "
        "2022."),
    ),
    (
        happening(AGREEMENT, Status.FAILED, parties=TWO, date="2022-03-01"),
        "An agreement between Russia and the United States was not reached on 1 March 2022.",
    ),
    (
        happening(AGREEMENT, Status.UNCLEAR, parties=TWO, date="2022-03-01"),
        "An agreement of Russia and the United States is reported for 1 March 2022; its status is unclear.",
    ),
    (
        happening(PROPOSAL, Status.MADE, parties=("NATO", "RUS", "USA"), by=("RUS",), to=("NATO", "USA"),
                  title="two drafts", date="2021-12-17"),
        "On 17 December 2021 Russia put a proposal to NATO and the United States: “two drafts”.",
    ),
    (
        happening(PROPOSAL, Status.MADE, parties=TWO, date="2021-12-17", subject="a treaty"),
        ("On 17 December 2021 a proposal is reported among Russia and the United States; the record does not "
        "settle whose: “a treaty”."),
    ),
    (
        happening(PROPOSAL, Status.EXPECTED, parties=TWO, by=("USA",), to=("RUS",), subject="answers"),
        "A proposal by the United States to Russia was expected: “answers”. The record has no date for it.",
    ),
    (
        happening(REFUSAL, Status.MADE, parties=("FRA",), by=("FRA",), subject="the draft",
                  date="../2013-11-10"),
        "On a day up to 10 November 2013 France said no: “the draft”.",
    ),
    (
        happening(REFUSAL, Status.MADE, parties=("USA", "RUS", "UKR"), by=("USA",), to=("RUS",), date="2022"),
        "In 2022 the United States said no to Russia; Ukraine is named as well.",
    ),
    (
        happening(REFUSAL, Status.EXPECTED, parties=TWO, by=("RUS",), date="2022"),
        "A refusal by Russia was expected for 2022.",
    ),
    (
        happening(MEETING, "muddled", parties=TWO),
        ("A meeting of Russia and the United States is reported; its status is “muddled”. The record has "
            "no date for it."),
    ),
    (
        happening(
            MEETING, Status.HELD, kind=MeetingKind.IN_PERSON, parties=TWO, date="2022-01-12",
            differ={"date": [("2022-01-12", 4), ("2022-01-13", 1)]},
        ),
        ("On 12 January 2022 Russia and the United States met. Reports differ on the day: 12 January 2022 "
        "(4 sources) or 13 January 2022 (1 source); the record follows the first."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("event", "words"), CASES, ids=[words[:40] for _, words in CASES])
def test_each_status_has_its_sentence(event: Happening, words: str) -> None:
    assert account(event).text == words


@pytest.mark.parametrize("event_type", EventType)
@pytest.mark.parametrize("status", [*Status, None])
def test_no_status_is_without_a_sentence_and_only_what_took_place_is_told_as_past(
    event_type: EventType, status: Status | None
) -> None:
    text = account(happening(event_type, status, parties=TWO, by=("RUS",), to=("USA",), date="2022")).text
    assert text[0].isupper()
    assert text.endswith(".")
    took_place = status in {Status.HELD, Status.REACHED, Status.MADE}
    for words in (" met", "held talks", "reached an agreement", "put a proposal to", "said no"):
        assert took_place or words not in text


@pytest.mark.parametrize(
    ("place", "country", "words"),
    [
        ("Gaza", "PSE", " in Gaza, Palestinian territories"),
        (None, "PSE", " in the Palestinian territories"),
        ("Philippines", "PHL", " in the Philippines"),
        ("Republic of Korea", "KOR", " in South Korea"),
        ("Luxembourg", "LUX", " in Luxembourg"),
        ("West Bank", "PSE", " in the West Bank, Palestinian territories"),
        ("Sahel", None, " in the Sahel"),
        ("Geneva", "CHE", " in Geneva, Switzerland"),
        (None, None, ""),
    ],
)
def test_a_place_stands_as_english_has_it(place: str | None, country: str | None, words: str) -> None:
    assert place_in_words(place, country) == words


@pytest.mark.parametrize(
    ("forum", "words"),
    [
        ("NATO-Russia Council", "at the NATO-Russia Council"),
        ("six-party talks", "at the six-party talks"),
        ("Summit for Democracy", "at the Summit for Democracy"),
        ("Normandy format", "within the Normandy format"),
        ("Minsk Group", "within the Minsk Group"),
        ("the Quad", "within the Quad"),
    ],
)
def test_one_is_at_a_gathering_and_within_a_format(forum: str, words: str) -> None:
    event = happening(MEETING, Status.HELD, parties=TWO, forum=forum, date="2022")
    assert account(event).text == f"In 2022 Russia and the United States held talks {words}."


def test_a_headline_is_the_sentence_without_day_and_people() -> None:
    event = happening(
        MEETING, Status.HELD, kind=MeetingKind.IN_PERSON, parties=TWO, date="2022", people=("A B",), **GENEVA
    )
    assert account(event).headline == "Russia and the United States met in Geneva, Switzerland"


def test_people_beyond_the_sixth_are_counted() -> None:
    assert names_in_words([f"P{n}" for n in range(6)]) == "P0, P1, P2, P3, P4, P5"
    assert names_in_words([f"P{n}" for n in range(9)]) == "P0, P1, P2, P3, P4 and 4 others"


def test_long_words_of_a_report_are_cut_at_a_word() -> None:
    text = "word " * 2_000_000
    assert shortened(text).endswith("word …")
    assert len(shortened(text)) <= LONGEST + 2
    assert shortened("x" * 5000).startswith("x" * 100)


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(list(EventType)),
    st.sampled_from(list(Status)),
)
def test_whatever_a_report_says_its_sentence_is_one_line_with_nothing_hidden(
    subject: str, name: str, event_type: EventType, status: Status
) -> None:
    event = happening(
        event_type, status, parties=("RUS", name), people=(name,), place=name, subject=subject, title=name,
        forum=subject, by=(name,), to=("RUS",), date="2022-01-10",
    )  # fmt: skip
    text = account(event).text
    assert len(text.splitlines()) == 1
    assert not set(text) & set("\u202e\u2066\u200b\x1b\x00\x07")
