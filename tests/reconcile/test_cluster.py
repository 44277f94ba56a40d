"""Claims brought together: choices that exclude each other, few questions, cost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reconcile.making import claim, report

from dragoman.model import Claim, Reconciled, StoredReport
from dragoman.reconcile import reconcile
from dragoman.reconcile.blocking import candidate_pairs
from dragoman.reconcile.told import tell

PEOPLE = ["Sergei Lavrov", "Antony Blinken"]


def record(*claims: Claim, published: str = "2022-01-23") -> Reconciled:
    return reconcile(claims, {one.report: report(one.report, published) for one in claims})


def test_a_date_that_fits_two_meetings_is_left_to_a_person() -> None:
    first = claim("a", "r1", date="2022-01-10", place="Geneva", people=PEOPLE)
    second = claim("b", "r2", date="2022-01-21", place="Geneva", people=PEOPLE)
    vague = claim("c", "r3", date="2022-01", place="Geneva", people=PEOPLE)
    found = record(first, second, vague)
    assert {one.claims for one in found.happenings} == {("a",), ("b",), ("c",)}
    assert {(match.left, match.right) for match in found.unsure} == {("a", "c"), ("b", "c")}
    assert all(match.why for match in found.unsure)
    assert {one.claims for one in record(first, vague).happenings} == {("a", "c")}


def test_many_vague_reports_of_one_meeting_are_one() -> None:
    told = [claim(f"c{i}", f"r{i}", date="2022-01", place="Geneva", people=PEOPLE) for i in range(30)]
    (happening,) = record(claim("a", "r", date="2022-01-21", place="Geneva", people=PEOPLE), *told).happenings
    assert happening.sources == 31
    assert happening.value("date") == "2022-01-21"


def test_one_report_that_tells_two_meetings_keeps_them_apart() -> None:
    two = [claim(name, "r1", date="2022-01-21", place="Geneva") for name in ("a", "b")]
    other = claim("c", "r2", date="2022-01-21", place="Geneva", people=PEOPLE)
    assert len(record(*two, other).happenings) == 2


def test_a_claim_that_fits_both_does_not_bridge_two_counterparts() -> None:
    told = {"date": "2017-05-14", "parties": "CHN RUS", "place": "Beijing"}
    first = claim("a", "r1", people=["Vladimir Putin", "Xi Jinping"], **told)
    second = claim("b", "r2", people=["Vladimir Putin", "Li Keqiang"], **told)
    between = claim("c", "r3", people=["Vladimir Putin"], **told)
    assert len(record(first, second, between).happenings) == 2


def test_no_claim_raises_many_questions() -> None:
    told = [claim(f"c{i:02}", f"r{i}", date=f"2022-01-{i + 1:02}", place="Geneva") for i in range(0, 28, 3)]
    vague = claim("v", "rv", date="2022-01", place="Geneva", people=PEOPLE)
    assert len(record(*told, vague, published="2022-01-30").unsure) <= 2


@pytest.mark.parametrize("vague", ["2022-01", None])
def test_the_pairs_held_against_each_other_grow_with_the_claims_not_with_their_square(
    vague: str | None,
) -> None:
    def pairs(count: int) -> int:
        reports: dict[str, StoredReport] = {}
        told = []
        for number in range(count):
            one = claim(f"c{number}", f"r{number}", date=vague or "2022-01-10", place="Geneva", people=PEOPLE)
            reports[one.report] = report(one.report)
            told.append(tell(one, reports[one.report]))
        return sum(1 for _ in candidate_pairs(told))

    assert pairs(800) < 2.5 * pairs(400)


def test_each_pair_is_given_once_and_in_order() -> None:
    base = claim("a", "r1", date="2022-01-10", place="Geneva", forum="NATO-Russia Council")
    told = [tell(replace(base, id=f"c{i}", report=f"r{i}"), report(f"r{i}")) for i in range(5)]
    found = list(candidate_pairs(told))
    assert found == sorted(set(found))
    assert all(left < right for left, right in found)
    assert len(found) == 10
