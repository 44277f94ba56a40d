"""Verdicts: two claims are of one happening, of two, or a person has to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Match, Verdict
from dragoman.reconcile.features import POSTPONED, Line, hold_against, show, weigh
from dragoman.reconcile.told import Told

SAME = (
    6.0  # at this score and above two claims are of one happening, where a day, a session or a title decides
)
UNSURE = 5.0  # below this score they are of two

# Lines that tell which of several like happenings is meant.
DECIDING = frozenset(
    {
        "date: same day",
        "date: days that meet",
        "forum: the same session",
        "title: the same",
        "words: the same",
        "words: the same, in a copy",
    }
)
WHY = {
    "date: next day": "a day lies between the two dates",
    "date: next day, each on its report's own day": "each report says it happened on its own day",
    "date: moved by a few days": "it was planned for another day",
    "date: same month": "the dates are too wide to tell which day is meant",
    "date: day in a month": "one date is too wide to tell which day is meant",
    "date: day in a year": "one date is too wide to tell which day is meant",
    "date: nothing known of one": "nothing tells when one of them was",
    "date: nothing known of either": "nothing tells when they were",
    "date: open, the day lies within days": "one date is open",
    "date: open, the day lies near": "one date is open",
    "date: open": "one date is open",
    "date: same day, year unknown": "one date has no year",
}
# Where this is why, no score joins the two.
DOUBTFUL = frozenset(
    {
        WHY["date: nothing known of one"],
        WHY["date: nothing known of either"],
        WHY["date: next day, each on its report's own day"],
    }
)
WEAK = "too little speaks for one happening, too little against it"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims by their places, with the table's verdict; ``why`` where it does not decide."""

    left: int
    right: int
    score: float
    verdict: Verdict
    why: str = ""


def judge(left: Told, right: Told) -> tuple[Verdict, float, str]:
    """The table's verdict on two claims, its score, and why it does not decide where it does not."""
    lines = hold_against(left, right)
    if lines[-1].weights is None:
        return Verdict.DIFFERENT, float("-inf"), ""
    score = weigh(lines, left.column)
    if score < UNSURE:
        return Verdict.DIFFERENT, score, ""
    names = [name_of(line) for line in lines]
    why = next((WHY[name] for name in names if name in WHY), "")
    deciding = DECIDING - {"title: the same"} if why in DOUBTFUL else DECIDING
    if score >= SAME and not deciding.isdisjoint(names):
        return Verdict.SAME, score, ""
    return Verdict.UNSURE, score, WEAK if score < SAME else why


def name_of(line: Line) -> str:
    """A line's name in the table."""
    return f"{line.feature}: {line.case}"


def judge_all(told: list[Told], pairs: Iterable[tuple[int, int]]) -> list[Pair]:
    """Those of the pairs that are not different."""
    found = []
    for left, right in pairs:
        one, other = told[left], told[right]
        if one.report == other.report or _apart(one, other):
            continue
        verdict, score, why = judge(one, other)
        if verdict is not Verdict.DIFFERENT:
            found.append(Pair(left, right, score, verdict, why))
    return found


def _apart(one: Told, other: Told) -> bool:
    """Quickly: whether the dates lie further apart than any line allows."""
    gap = one.low - other.high if one.low > other.high else other.low - one.high
    return gap > POSTPONED and not (one.yearless or other.yearless)


def explain(pair: Pair, told: list[Told], verdict: Verdict, *, by: str = "table", why: str = "") -> Match:
    """The pair with every line of the table that it met."""
    one, other = sorted((told[pair.left], told[pair.right]), key=lambda each: each.claim.id)
    lines = hold_against(one, other)
    features = tuple(show(line, one.claim, other.claim, one.column) for line in lines)
    score = weigh(lines, one.column) if lines[-1].weights else 0.0
    return Match(one.claim.id, other.claim.id, verdict, round(score, 2), features, by, why)
