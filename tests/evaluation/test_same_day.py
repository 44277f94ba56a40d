"""Judged pairs of reports held against the record."""

from __future__ import annotations

from pathlib import Path

from dragoman.evaluation.same_day import PAIRS, compare, read_pairs
from dragoman.model import Claim, EventType, Span, Status, StoredReport

ROOT = Path(__file__).resolve().parents[2]


def told(name: str, place: str) -> tuple[Claim, StoredReport]:
    claim = Claim(
        id=f"c-{name}", report=name, event="e1", type=EventType.MEETING, status=Status.HELD,
        parties=("RUS", "TUR"), evidence=(Span(0, 5, "talks"),), date="2017-03-10", place=place,
        people=("Anna Petrova", "Mehmet Kaya"),
    )  # fmt: skip
    return claim, StoredReport(name, name, name, None, "unknown", "0", "0")


def test_merged_missed_and_wrong_pairs_are_counted() -> None:
    made = [told("a", "Moscow"), told("b", "Moscow")]
    claims = [claim for claim, _ in made]
    reports = {report.id: report for _, report in made} | {"c": told("c", "Moscow")[1]}
    found = compare({("a", "b"): "same", ("a", "c"): "same"}, claims, reports)
    assert (found.right, found.missed, found.unread, found.precision) == ((("a", "b"),), (("a", "c"),), 1, 1)
    assert compare({("a", "b"): "different"}, claims, reports).precision == 0
    assert compare({("a", "b"): "unclear"}, claims, reports).wrong == ()


def test_each_judged_pair_has_a_verdict() -> None:
    pairs = read_pairs(ROOT / PAIRS)
    assert len(pairs) == 248
    assert set(pairs.values()) == {"same", "different", "unclear"}
