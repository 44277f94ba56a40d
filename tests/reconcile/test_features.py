"""The table of weights: the page shows it, every line can be met, the comparisons are symmetric."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reconcile.making import claim, claims_of, report

from dragoman.model import Claim
from dragoman.reconcile.features import LINES, hold_against, show
from dragoman.reconcile.match import SAME, UNSURE, WHY
from dragoman.reconcile.told import tell

PAGE = Path(__file__).resolve().parents[2] / "docs" / "matching.md"


def rows() -> list[str]:
    """The table as the page has it."""
    lines = ["| what | case | meetings | agreements | proposals, refusals |", "|---|---|---|---|---|"]
    for line in LINES.values():
        weights = ["never"] * 3 if line.weights is None else [f"{weight:+g}" for weight in line.weights]
        lines.append(f"| {line.feature} | {line.case} | {' | '.join(weights)} |")
    return lines


def test_the_page_shows_the_table_as_it_is() -> None:
    shown = PAGE.read_text(encoding="utf-8").split("<!-- table -->\n")[1].split("\n<!-- /table -->")[0]
    assert shown == "\n".join(rows())


def test_the_page_gives_the_thresholds() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"A score of {SAME:g} or more is **same**" in page
    assert f"From {UNSURE:g} on a pair is **unsure**" in page


def test_each_reason_belongs_to_a_line() -> None:
    assert set(WHY) <= set(LINES)


@settings(deadline=None)
@given(claims_of("a", "r1"), claims_of("b", "r2"))
def test_it_does_not_matter_which_claim_comes_first(one: Claim, other: Claim) -> None:
    reports = {"r1": report("r1", "2022-01-11"), "r2": report("r2", "2022-01-22")}
    left, right = (tell(each, reports[each.report]) for each in (one, other))
    assert hold_against(left, right) == hold_against(right, left)


@settings(deadline=None)
@given(st.data())
def test_a_line_is_shown_with_the_values_that_made_it(data: st.DataObject) -> None:
    one, other = data.draw(claims_of("a", "r1")), data.draw(claims_of("b", "r2"))
    left, right = tell(one, report("r1")), tell(other, report("r2"))
    for line in hold_against(left, right):
        feature = show(line, one, other, left.column)
        assert feature.name == f"{line.feature}: {line.case}"
        if line.feature == "parties":
            assert (feature.left, feature.right) == (", ".join(one.parties), ", ".join(other.parties))


def test_names_of_one_person_are_one() -> None:
    for names in permutations(("Joseph R. Biden, Jr.", "Joe Biden", "Biden")):
        people = [claim(f"c{i}", f"r{i}", people=[name]) for i, name in enumerate(names)]
        told = [tell(one, report(one.report)) for one in people]
        met = [line.case for line in hold_against(told[0], told[1]) if line.feature == "people"]
        assert met == ["the same"]
