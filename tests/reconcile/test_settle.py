"""Slots settled by support: what holds together, what is a conflict, what a person decided."""

from __future__ import annotations

import json

import pytest
from tests.reconcile.making import claim, judgement, report

from dragoman.model import Claim, Happening, Standing, StoredReport
from dragoman.reconcile import reconcile


def settled(*told: dict[str, object], reports: dict[str, StoredReport] | None = None) -> Happening:
    """The one happening that claims of reports r0, r1, ... make; the table is not asked."""
    claims = [claim(f"c{number}", f"r{number}", **one) for number, one in enumerate(told)]  # type: ignore[arg-type]
    known = {f"r{number}": report(f"r{number}", "2022-01-25") for number in range(len(told))} | (
        reports or {}
    )
    pairs = [judgement("same", claims[0], other, number=i) for i, other in enumerate(claims[1:])]
    (happening,) = reconcile(claims, known, pairs).happenings
    return happening


@pytest.mark.parametrize(
    ("dates", "value"),
    [
        (("2022-01-13/..", "2022-01-17/2022-01-23", "2022-01-21"), "2022-01-21"),
        (("../2022-01-25", "2022-01"), "2022-01-01/2022-01-25"),
        (("2022-01-10/2022-01-12", "2022-01-11/.."), "2022-01-11/2022-01-12"),
        (("XXXX-01-10", "2022-01"), "2022-01-10"),
        ((None, "2022-01-10"), "2022-01-10"),
        ((None, None), None),
    ],
)
def test_dates_that_hold_together_say_more_together(dates: tuple[str | None, ...], value: str | None) -> None:
    slot = settled(*({"date": date} for date in dates)).slots["date"]
    assert slot.value == value
    assert slot.standing is not Standing.CONFLICT


def test_dates_that_exclude_each_other_are_shown_best_supported_first() -> None:
    slot = settled({"date": "2022-01-10"}, {"date": "2022-01-11"}, {"date": "2022-01-11"}).slots["date"]
    assert (slot.value, slot.standing) == ("2022-01-11", Standing.CONFLICT)
    assert [(each.value, each.sources) for each in slot.support] == [("2022-01-11", 2), ("2022-01-10", 1)]


def test_a_report_of_known_day_outweighs_one_of_unknown_day() -> None:
    slot = settled({"date": "2022-01-10"}, {"date": "2022-01-11"}, reports={"r0": report("r0", None)}).slots[
        "date"
    ]
    assert slot.value == "2022-01-11"


def test_the_planned_day_gives_way_to_the_day_on_which_it_was_held() -> None:
    happening = settled(
        {"status": "planned", "date": "2022-01-21"},
        {"date": "2022-01-22"},
        reports={"r0": report("r0", "2022-01-18")},
    )
    slot = happening.slots["date"]
    assert (slot.value, slot.standing, slot.note) == (
        "2022-01-22", Standing.AGREED, "planned for 2022-01-21",
    )  # fmt: skip
    assert [turn.date for turn in happening.history] == ["2022-01-21", "2022-01-22"]


def test_a_planned_date_helps_where_it_fits() -> None:
    happening = settled({"status": "planned", "date": "2022-01-21"}, {"date": "../2022-01-25"})
    assert happening.value("date") == "2022-01-21"


def test_copies_count_once() -> None:
    copies = {name: report(name, "2022-01-25", copies="r0") for name in ("r0", "r1")}
    happening = settled(
        {"date": "2022-01-10"}, {"date": "2022-01-10"}, {"date": "2022-01-11"}, {"date": "2022-01-11"},
        reports=copies,
    )  # fmt: skip
    assert happening.sources == 3
    assert happening.value("date") == "2022-01-11"


def test_the_finer_place_is_no_conflict() -> None:
    slot = settled(
        {"place": "Switzerland", "country": "CHE"},
        {"place": "Geneva", "country": "CHE"},
        {"place": "Switzerland"},
    ).slots["place"]
    assert (slot.value, slot.standing) == ("Geneva", Standing.AGREED)


def test_two_cities_are_a_conflict_in_place_and_country() -> None:
    happening = settled(
        {"place": "Geneva", "country": "CHE"},
        {"place": "Vienna", "country": "AUT"},
        {"place": "Vienna", "country": "AUT"},
    )
    assert happening.conflicts == ("place", "country")
    assert (happening.value("place"), happening.value("country")) == ("Vienna", "AUT")


def test_persons_are_named_once_in_their_fullest_form() -> None:
    slot = settled(
        {"people": ["Lavrov", "Antony Blinken"]}, {"people": ["Sergei Lavrov"]}, {"people": ["Sergey Lavrov"]}
    ).slots["people"]
    assert len(slot.value or ()) == 2
    assert {each.value: each.sources for each in slot.support}["Antony Blinken"] == 1
    assert max(each.sources for each in slot.support) == 3


def test_a_slip_of_one_report_is_not_the_spelling_shown() -> None:
    """The table of holders has "Sergei Lavrov"; of names that it lacks the more frequent one is shown."""
    people = settled({"people": ["Sergej Lavrov"]}, {"people": ["Sergei Lavrov"]}, {"people": ["Lavrov"]})
    assert people.many("people") == ("Sergei Lavrov",)
    people = settled({"people": ["Anja Mooro"]}, {"people": ["Anja Moro"]}, {"people": ["Anja Moro"]})
    assert "Anja Moro" in people.many("people")


def test_a_surname_that_two_bear_stays_as_it_is() -> None:
    people = settled({"people": ["Joe Biden", "Jill Biden"]}, {"people": ["Biden"]}).many("people")
    assert set(people) == {"Joe Biden", "Jill Biden", "Biden"}


def test_parties_add_up_with_their_support() -> None:
    slot = settled({"parties": "RUS USA"}, {"parties": "RUS USA"}, {"parties": "OSCE RUS USA"}).slots[
        "parties"
    ]
    assert slot.value == ("RUS", "USA", "OSCE")
    assert slot.standing is Standing.AGREED
    assert [each.sources for each in slot.support] == [3, 3, 1]


def test_who_proposes_to_whom_turned_round_is_a_conflict() -> None:
    told = {"type": "proposal", "status": "made"}
    happening = settled(
        told | {"by": ["RUS"], "to": ["USA"]},
        told | {"by": ["USA"], "to": ["RUS"]},
        told | {"by": ["RUS"], "to": ["USA"]},
    )
    assert happening.conflicts == ("by", "to")


def test_a_call_by_video_is_no_conflict_but_a_visit_is() -> None:
    assert settled({"kind": "call"}, {"kind": "video"}).value("kind") == "video"
    assert settled({"kind": "call"}, {"kind": "in-person"}).conflicts == ("kind",)


def test_one_report_alone_is_shown_as_it_is() -> None:
    happening = settled({"date": "2022-01-10", "place": "Geneva"})
    assert (happening.slots["place"].standing, happening.slots["forum"].standing) == (
        Standing.SINGLE, Standing.EMPTY,
    )  # fmt: skip
    assert happening.many("parties") == ("RUS", "USA")


def corrected(value: object, slot: str, claims: list[Claim]) -> Happening:
    decided = judgement(
        "correct", claims[0], number=3, slot=slot, value=json.dumps(value), why="the protocol"
    )
    reports = {one.report: report(one.report) for one in claims}
    (happening,) = reconcile(claims, reports, (decided,)).happenings
    assert happening.judgements == ("j3",)
    return happening


def test_a_correction_stands_and_what_reports_say_is_still_shown() -> None:
    claims = [claim("c0", "r0", place="Geneva", date="2022-01-10")]
    slot = corrected("Lausanne", "place", claims).slots["place"]
    assert (slot.value, slot.standing) == ("Lausanne", Standing.JUDGED)
    assert [each.value for each in slot.support] == ["Geneva"]
    assert corrected(["RUS"], "parties", claims).many("parties") == ("RUS",)
    assert corrected(None, "date", claims).value("date") is None
