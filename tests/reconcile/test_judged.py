"""What persons decided: found again after a re-reading, undone without a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reconcile.making import claim, judgement, report

from dragoman.model import Anchor, Claim, Judgement, Span, Verdict
from dragoman.reconcile import reconcile

REPORTS = {name: report(name, "2022-01-11") for name in ("r1", "r2", "r3")}
# The first two are one happening by the table, the third is another.
ONE = claim(
    "a", "r1", date="2022-01-10", place="Geneva", people=["Wendy Sherman", "Sergei Ryabkov"], start=100
)
TWO = replace(ONE, id="b", report="r2")
THREE = claim("c", "r3", date="2022-01-21", place="Geneva")


def groups(*judgements: Judgement, claims: tuple[Claim, ...] = (ONE, TWO, THREE)) -> set[frozenset[str]]:
    return {frozenset(one.claims) for one in reconcile(claims, REPORTS, judgements).happenings}


def sets(*names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_without_judgements_the_table_decides() -> None:
    assert groups() == sets("ab", "c")


def test_same_joins_what_the_table_keeps_apart() -> None:
    assert groups(judgement("same", ONE, THREE)) == sets("abc")


def test_different_parts_what_the_table_joins() -> None:
    record = reconcile((ONE, TWO, THREE), REPORTS, (judgement("different", ONE, TWO),))
    assert {frozenset(one.claims) for one in record.happenings} == sets("a", "b", "c")
    assert record.unsure == ()
    assert {one.judgements for one in record.happenings} == {("j0",), ()}


def test_different_is_said_of_the_first_and_each_other_claim() -> None:
    apart = judgement("different", THREE, ONE, TWO)
    assert groups(apart, judgement("same", ONE, THREE, number=-1)) == sets("ab", "c")


def test_the_later_of_two_that_contradict_each_other_counts() -> None:
    same, different = judgement("same", ONE, TWO, number=1), judgement("different", ONE, TWO, number=2)
    assert groups(different, same) == sets("a", "b", "c")
    assert groups(replace(same, at=different.at, id="j9"), different) == sets("ab", "c")


def test_a_decision_is_a_match_that_names_its_judgement() -> None:
    record = reconcile((ONE, TWO, THREE), REPORTS, (judgement("same", ONE, THREE),))
    assert [(m.left, m.right, m.verdict, m.by) for m in record.matches if m.by != "table"] == [
        ("a", "c", Verdict.SAME, "j0")
    ]


def test_no_event_takes_the_claim_out_and_says_so() -> None:
    record = reconcile((ONE, TWO, THREE), REPORTS, (judgement("not-an-event", TWO),))
    assert {frozenset(one.claims) for one in record.happenings} == sets("a", "c")
    assert record.dropped == ("b",)


def test_a_claim_read_anew_is_found_by_its_place_and_type() -> None:
    again = replace(ONE, id="z", evidence=(Span(95, 104, "x" * 9),))
    elsewhere = replace(ONE, id="y", evidence=(Span(300, 310, "x" * 10),), date="2022-01-12")
    other_type = replace(again, id="x", type=THREE.type.__class__("refusal"))
    record = reconcile((again, elsewhere, other_type, TWO, THREE), REPORTS, (judgement("same", ONE, THREE),))
    assert frozenset("bcz") in {frozenset(one.claims) for one in record.happenings}


def test_a_judgement_of_claims_that_are_gone_says_nothing() -> None:
    gone = judgement("same", ONE, THREE)
    lost = replace(gone, anchors=(Anchor("gone", "r9", "meeting", 0, 5), *gone.anchors[1:]))
    assert groups(lost) == groups()
    assert groups(replace(lost, decision=judgement("not-an-event").decision)) == sets("ab")


def test_undo_restores_and_undoing_the_undo_restores_the_judgement() -> None:
    decided = judgement("same", ONE, THREE, number=1)
    undone = judgement("undo", number=2, undoes="j1")
    again = judgement("undo", number=3, undoes="j2")
    plain = reconcile((ONE, TWO, THREE), REPORTS)
    assert reconcile((ONE, TWO, THREE), REPORTS, (undone, decided)) == plain
    assert groups(again, decided, undone) == sets("abc")


@pytest.mark.parametrize("numbers", [(1, 2, 2), (1, 3, 2), (3, 2, 1), (1, 1, 1)])
def test_what_an_undo_undoes_does_not_depend_on_clocks(numbers: tuple[int, int, int]) -> None:
    """Two judgements may be of one moment, and the clocks of two people differ."""
    one, two, three = numbers
    decided = replace(judgement("same", ONE, THREE, number=one), id="j1")
    undone = replace(judgement("undo", number=two, undoes="j1"), id="j3")
    again = replace(judgement("undo", number=three, undoes="j3"), id="j2")
    assert groups(decided, undone, again) == sets("abc")
    last = replace(judgement("undo", number=one, undoes="j2"), id="j0")
    assert groups(decided, undone, again, last) == sets("ab", "c")


def test_old_versions_of_a_report_say_nothing() -> None:
    old = REPORTS | {"r2": replace(REPORTS["r2"], current=False)}
    assert [one.claims for one in reconcile((ONE, TWO), old).happenings] == [("a",)]
