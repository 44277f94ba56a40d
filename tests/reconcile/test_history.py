"""Status through time: one happening's history, and what is overdue."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reconcile.making import claim, report

from dragoman.model import Happening, Reconciled, Standing
from dragoman.reconcile import reconcile

WHERE = {"place": "Vienna", "people": ["Sergei Ryabkov", "Wendy Sherman"]}


def record(*told: tuple[str, str, str | None], as_of: date | None = None) -> Reconciled:
    """Reports of these days, each with a status and a date for one meeting."""
    reports = {f"r{i}": report(f"r{i}", published) for i, (published, _, _) in enumerate(told)}
    claims = [
        claim(f"c{i}", f"r{i}", status=status, date=day, **WHERE)  # type: ignore[arg-type]
        for i, (_, status, day) in enumerate(told)
    ]
    return reconcile(claims, reports, as_of=as_of)


def one(*told: tuple[str, str, str | None], as_of: date | None = None) -> Happening:
    (happening,) = record(*told, as_of=as_of).happenings
    return happening


DAY = "2022-03-10"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ((("2022-03-01", "planned", DAY), ("2022-03-10", "held", DAY)), "held"),
        ((("2022-03-01", "proposed", DAY), ("2022-03-03", "planned", DAY)), "planned"),
        ((("2022-03-01", "planned", DAY), ("2022-03-05", "cancelled", DAY)), "cancelled"),
        ((("2022-03-01", "planned", DAY), ("2022-03-05", "postponed", "2022-03-20")), "postponed"),
        ((("2022-03-10", "under-way", DAY), ("2022-03-10", "held", DAY)), "held"),
        ((("2022-03-10", "planned", DAY), ("2022-03-10", "held", DAY)), "held"),
        ((("2022-03-01", "planned", DAY), ("2022-03-11", "unclear", DAY)), "planned"),
    ],
)
def test_the_latest_report_decides(told: tuple[tuple[str, str, str], ...], status: str) -> None:
    slot = one(*told).slots["status"]
    assert (slot.value, slot.standing) == (status, Standing.AGREED)


def test_cancelled_after_it_was_held_is_a_conflict() -> None:
    happening = one(
        ("2022-03-10", "held", DAY), ("2022-03-11", "held", DAY), ("2022-03-12", "cancelled", DAY)
    )
    slot = happening.slots["status"]
    assert (slot.value, slot.standing) == ("held", Standing.CONFLICT)
    assert "cancelled" in slot.note


def test_cancelled_then_held_after_all_is_none() -> None:
    slot = one(("2022-03-05", "cancelled", DAY), ("2022-03-10", "held", DAY)).slots["status"]
    assert (slot.value, slot.standing) == ("held", Standing.AGREED)


def test_held_and_denied_is_a_conflict_whatever_comes_last() -> None:
    slot = one(("2022-03-09", "denied", DAY), ("2022-03-10", "held", DAY)).slots["status"]
    assert slot.standing is Standing.CONFLICT


def test_a_postponed_meeting_has_its_new_day_and_keeps_the_old_one_in_its_history() -> None:
    happening = one(("2022-03-01", "planned", DAY), ("2022-03-05", "postponed", "2022-03-20"))
    assert happening.value("date") == "2022-03-20"
    assert [(turn.status.value, turn.date) for turn in happening.history] == [
        ("planned", DAY), ("postponed", "2022-03-20"),
    ]  # fmt: skip


def test_the_history_goes_by_day_of_publication() -> None:
    happening = one(("2022-03-10", "held", DAY), ("2022-03-01", "planned", DAY))
    assert [turn.published for turn in happening.history] == ["2022-03-01", "2022-03-10"]
    assert happening.id == "c1"


def test_a_planned_day_that_passed_without_a_report_is_overdue() -> None:
    told = ("2022-03-01", "planned", DAY)
    assert one(told, as_of=date(2022, 3, 11)).overdue
    assert not one(told, as_of=date(2022, 3, 10)).overdue
    assert not one(told, ("2022-03-10", "held", DAY), as_of=date(2022, 4, 1)).overdue
    assert not one(told, ("2022-03-05", "cancelled", DAY), as_of=date(2022, 4, 1)).overdue
    assert not one(("2022-03-01", "planned", "2022-03-05/.."), as_of=date(2022, 4, 1)).overdue


def test_a_postponed_meeting_is_overdue_only_on_its_new_day() -> None:
    told = (("2022-03-01", "planned", DAY), ("2022-03-05", "postponed", "2022-03-20"))
    assert not one(*told, as_of=date(2022, 3, 15)).overdue
    assert one(*told, as_of=date(2022, 3, 21)).overdue
    assert not one(("2022-03-05", "postponed", DAY), as_of=date(2022, 4, 1)).overdue


def test_as_of_a_day_later_reports_and_those_of_unknown_day_do_not_count() -> None:
    told = (("2022-03-01", "planned", DAY), ("2022-03-10", "held", DAY))
    then = one(*told, as_of=date(2022, 3, 5))
    assert (then.value("status"), then.claims) == ("planned", ("c0",))
    assert record(*told, as_of=date(2022, 2, 1)).happenings == ()
    undated = reconcile([claim("c", "r")], {"r": report("r", None)}, as_of=date(2022, 3, 5))
    assert undated.happenings == ()


def test_without_a_day_given_the_last_day_of_publication_counts() -> None:
    assert record(("2022-03-01", "planned", DAY), ("2022-03-10", "held", DAY)).as_of == date(2022, 3, 10)
    assert reconcile([], {}).as_of is None


def test_a_meeting_planned_with_one_is_not_overdue_where_several_met_on_that_day() -> None:
    reports = {
        "r1": report("r1", "2022-01-19"),
        "r2": report("r2", "2022-01-21"),
        "r3": report("r3", "2022-02-01"),
    }
    planned = claim("a", "r1", "DEU USA", status="planned", date="2022-01-20", place="Berlin", country="DEU")
    met = claim("b", "r2", "DEU FRA GBR USA", date="2022-01-20", place="Berlin", country="DEU")
    elsewhere = claim("c", "r2", "DEU FRA GBR USA", date="2022-01-20", place="Paris", country="FRA")
    overdue = [one.overdue for one in reconcile([planned, met], reports).happenings if one.id == "a"]
    assert overdue in ([False], [])  # one event, or two of which none is overdue
    assert [one.overdue for one in reconcile([planned, elsewhere], reports).happenings if one.id == "a"] == [
        True
    ]
