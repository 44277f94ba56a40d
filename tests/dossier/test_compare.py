"""A dossier held against a ledger."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dragoman.dossier.compare import Comparison, compare
from dragoman.dossier.compared import FORM, compared
from dragoman.dossier.ledger import TRAVEL, VISIT, LedgerRow
from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    EventType,
    Happening,
    Settled,
    Standing,
    Status,
    StoredReport,
)


def event(parties: str, day: str | None, **given: Any) -> Happening:
    """A meeting in person, held; its id is ``id`` or its parties and day."""
    key = given.pop("id", f"{parties} {day}")
    kind = given.pop("type", EventType.MEETING)
    values = {
        "parties": tuple(party.replace("_", " ") for party in parties.split()), "date": day,
        "status": Status.HELD.value, "kind": "in-person", "people": ("A. Traveller",),
    } | given  # fmt: skip
    slots = {
        name: Settled(values.get(name, () if name in MANY else None), Standing.SINGLE) for name in CLAIM_SLOTS
    }
    return Happening(key, kind, slots, (key,), 1, ())


def reports(*days: str) -> dict[str, StoredReport]:
    known = [date.fromisoformat(day) for day in days or ("2022-01-15",)]
    return {
        f"r{day}": StoredReport(f"r{day}", "", "", None, "stated", "", "", earliest=day, latest=day)
        for day in known
    }


def travel(start: str, end: str | None = None, **given: Any) -> LedgerRow:
    values = {
        "id": "t1", "kind": TRAVEL, "role": "secretary", "who": "Alan Traveller", "country": "Switzerland",
        "place": "Geneva", "remarks": "Met with Russian officials.",
    } | given  # fmt: skip
    return LedgerRow(start=date.fromisoformat(start), end=date.fromisoformat(end or start), **values)


def visit(start: str, **given: Any) -> LedgerRow:
    values = {"id": "v1", "kind": VISIT, "role": "visitor", "who": "President V", "country": "Sweden",
              "place": "United States"} | given  # fmt: skip
    return LedgerRow(start=date.fromisoformat(start), end=date.fromisoformat(start), **values)


def one(row: LedgerRow, *events: Happening) -> Comparison:
    return compare(events, reports(), [row])


def test_a_row_is_confirmed_by_an_event_with_its_counterpart_day_and_place() -> None:
    (fit,) = one(
        travel("2022-01-21"), event("RUS USA", "2022-01-21", place="Geneva", country="CHE")
    ).confirmed
    assert fit.whole
    assert fit.agrees == ("counterpart Russia", "day 2022-01-21", "place Geneva", "person Alan Traveller")


def test_an_event_without_a_place_or_with_a_month_for_a_day_confirms_but_says_so() -> None:
    (placeless,) = one(travel("2022-01-21"), event("RUS USA", "2022-01-21")).confirmed
    assert placeless.open == ("place not told",)
    (dayless,) = one(travel("2022-01-21"), event("RUS USA", "2022-01", place="Geneva")).confirmed
    assert dayless.open == ("day 2022-01",)


def test_an_event_with_neither_is_vague_and_one_of_some_day_in_a_year_is_nothing() -> None:
    assert len(one(travel("2022-01-21"), event("RUS USA", "../2022-01-24")).vague) == 1
    assert len(one(travel("2022-01-21"), event("RUS USA", "2022")).missing) == 1


def test_another_day_or_place_is_different_and_says_which() -> None:
    (day,) = one(
        travel("2022-01-21"), event("RUS USA", "2022-01-20", place="Geneva", country="CHE")
    ).different
    assert day.differs == ("day: 2022-01-20, not 2022-01-21",)
    (place,) = one(
        travel("2022-01-21"), event("RUS USA", "2022-01-21", place="Vienna", country="AUT")
    ).different
    assert place.differs == ("place: Vienna, not Geneva, Switzerland",)


def test_a_call_on_that_day_is_different_and_one_on_another_day_is_nothing() -> None:
    (call,) = one(travel("2022-01-21"), event("RUS USA", "2022-01-21", kind="call")).different
    assert call.differs == ("kind: call, not in person",)
    assert len(one(travel("2022-01-21"), event("RUS USA", "2022-01-20", kind="call")).missing) == 1


def test_others_on_that_day_in_that_country_are_told_instead_of_a_gap() -> None:
    found = compare(
        [event("FRA USA", "2022-01-21", place="Geneva", country="CHE"), event("RUS USA", "2022-03-01")],
        reports(),
        [travel("2022-01-21")],
    )
    (fit,) = found.different
    assert fit.differs == ("counterpart: France, not Switzerland and Russia",)


def test_a_group_of_powers_stands_for_the_united_states_in_it() -> None:
    row = travel("2013-11-22", "2013-11-24", remarks="Met with Iranian officials.")
    talks = event("IRN six_powers", "2013-11-24", place="Geneva")
    found = compare([talks], reports("2013-11-24"), [row])
    assert [fit.whole for fit in found.confirmed] == [True]


def test_plans_confirm_with_a_note_and_cancelled_meetings_do_not() -> None:
    (fit,) = one(
        travel("2022-01-21"), event("RUS USA", "2022-01-21", place="Geneva", status="planned")
    ).confirmed
    assert fit.notes == ("only planned",)
    assert not one(travel("2022-01-21"), event("RUS USA", "2022-01-21", status="cancelled")).confirmed


def test_a_meeting_beats_a_plan_and_a_day_beats_a_month() -> None:
    held = event("RUS USA", "2022-01-21", place="Geneva", id="b")
    plan = event("RUS USA", "2022-01-21", place="Geneva", status="planned", id="a")
    month = event("RUS USA", "2022-01", place="Geneva", id="0")
    (fit,) = one(travel("2022-01-21"), plan, month, held).confirmed
    assert fit.happening == "b"


def test_a_visit_is_met_in_the_united_states() -> None:
    (fit,) = one(
        visit("2022-01-21"), event("SWE USA", "2022-01-21", place="Washington", country="USA")
    ).confirmed
    assert fit.whole
    assert len(one(visit("2022-01-21"), event("SWE USA", "2022-01-21", country="SWE")).different) == 1


def test_what_the_dossier_does_not_cover_is_counted_and_not_called_missing() -> None:
    found = compare(
        [event("RUS USA", "2022-01-21", place="Geneva")],
        reports(),
        [
            travel("2022-01-21"),
            travel("1999-01-21", id="early"),
            travel("2022-01-10", id="role", role="president", who="Pat President"),
            travel("2022-01-10", id="elsewhere", country="Fiji", remarks=""),
            travel("2022-01-10", id="unknown", country="Atlantis", remarks=""),
        ],
    )
    assert found.missing == ()
    assert found.outside == {
        "country not known": 1,
        "no event names a president": 1,
        "no event with that country within a year": 1,
        "no reports of that time": 1,
    }


def test_a_row_in_scope_without_an_event_is_missing() -> None:
    found = compare(
        [event("RUS USA", "2022-01-21", place="Geneva")],
        reports("2022-01-15", "2022-03-15"),
        [travel("2022-01-21"), travel("2022-03-21", id="t2")],
    )
    assert [row.id for row in found.missing] == ["t2"]


def test_a_meeting_of_a_traveller_that_no_row_covers_is_unlisted() -> None:
    meetings = [
        event("RUS USA", "2022-01-21", place="Geneva"),
        event("FRA USA", "2022-01-25", place="Paris", country="FRA", id="unlisted"),
        event("FRA USA", "2022-01-22", place="Paris", people=("B. Other",), id="others"),
        event("FRA USA", "2022-01-22", place="Paris", kind="call", id="call"),
        event("AUT USA", "2022-01-21", place="Geneva", country="CHE", id="on the journey"),
    ]
    rows = [travel("2022-01-21"), travel("2022-01-30", id="t2")]
    assert compare(meetings, reports(), rows).unlisted == ("unlisted",)


def test_repeated_rows_are_counted() -> None:
    assert one(travel("2022-01-21", same=("t2", "t3"))).repeated == 2


def test_nothing_to_compare_is_no_error() -> None:
    found = compare([], {}, [travel("2022-01-21")])
    assert found.scope == ("no report of the dossier has a date",)
    assert found.outside == {"no reports of that time": 1}
    assert compare([event("RUS USA", "2022-01-21")], reports(), []).unlisted == ()


def test_lines_hold_row_and_event_and_flat_rows_have_every_column() -> None:
    happening = event("RUS USA", "2022-01-21", place="Geneva")
    (line,) = compared(one(travel("2022-01-21"), happening), [happening])
    assert (line.verdict, line.happening) == ("confirmed", happening)
    (flat,) = FORM.rows([line])
    assert tuple(flat) == FORM.columns
    assert flat["agrees"].startswith("counterpart ")
    assert FORM.row(line)["agrees"][1] == "day 2022-01-21"


_DAYS = st.integers(0, 40).map(lambda number: (date(2022, 1, 1) + timedelta(days=number)).isoformat())
_EVENTS = st.lists(
    st.builds(
        lambda number, other, day, place, kind: event(
            f"{other} USA", day, place=place, kind=kind, id=f"e{number}"
        ),
        st.integers(0, 999),
        st.sampled_from(["RUS", "SWE", "CHE", "FRA"]),
        st.one_of(_DAYS, st.just("2022-01"), st.just("../2022-01-20")),
        st.sampled_from([None, "Geneva", "Vienna"]),
        st.sampled_from([None, "in-person", "call"]),
    ),
    max_size=8,
    unique_by=lambda happening: happening.id,
)
_ROWS = st.lists(_DAYS, max_size=6, unique=True).map(
    lambda days: [
        travel(day, id=f"t{number}") if number % 2 else visit(day, id=f"t{number}")
        for number, day in enumerate(days)
    ]
)


@given(_EVENTS, _ROWS, st.randoms(use_true_random=False))
def test_every_row_has_one_verdict_whatever_the_order_of_events(
    events: list[Happening], rows: Sequence[LedgerRow], shuffle: random.Random
) -> None:
    found = compare(events, reports(), rows)
    told = [fit.row.id for fit in (*found.confirmed, *found.vague, *found.different)]
    told += [row.id for row in found.missing]
    assert len(told) == len(set(told))
    assert len(told) + sum(found.outside.values()) == len(rows)
    mixed = list(events)
    shuffle.shuffle(mixed)
    assert compare(mixed, reports(), rows) == found
