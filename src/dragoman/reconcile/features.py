"""The table by which two claims are held against each other, and the comparisons that pick its lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.model import Claim, Feature, Status
from dragoman.model.edtf import compatible
from dragoman.reconcile.told import Told
from dragoman.reconcile.words import Spot, Wording, same_person

SLIP = 1  # days by which two reports of one happening may differ
MOVED = 7  # days by which a happening may come after, or before, the day it was planned for
POSTPONED = 31  # the same where a report says that it was postponed
ENOUGH = 0.6  # share of the shorter title's words that makes two titles one
YEAR, MONTH = 366, 62  # days of a date that names a year, or a month or two
HARDLY = 0.25  # share below which they are two


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of the table: what two claims say of one thing, and what that weighs for one happening.

    Attributes:
        feature: what is compared.
        case: how the two values stand to each other.
        weights: for meetings, for agreements, for proposals and refusals; None where the line excludes.
    """

    feature: str
    case: str
    weights: tuple[float, float, float] | None

    @property
    def excludes(self) -> bool:
        """Whether the two cannot be one happening."""
        return self.weights is None


Weights = tuple[float, float, float] | None

_TABLE: dict[str, Weights] = {
    "type: other": None,
    "report: the same": None,
    "parties: the same": (3.0, 3.0, 3.0),
    "parties: one has more, the people are the same": (1.0, 0.0, 0.0),
    "parties: one has more": (-1.0, -1.0, -1.0),
    "parties: two in common, each has others": (-1.0, -2.0, -2.0),
    "parties: fewer in common": None,
    "date: same day": (3.0, 3.0, 3.0),
    "date: days that meet": (2.0, 2.0, 2.0),
    "date: next day": (0.5, 0.5, 0.5),
    "date: next day, each on its report's own day": (-1.0, -1.0, -1.0),
    "date: moved by a few days": (1.0, 0.0, 0.0),
    "date: same day, year unknown": (1.5, 1.5, 1.5),
    "date: same month": (1.5, 1.5, 1.5),
    "date: day in a month": (1.0, 1.0, 1.0),
    "date: day in a year": (0.0, 0.5, 0.5),
    "date: open, the day lies within days": (1.5, 1.5, 1.5),
    "date: open, the day lies near": (1.0, 1.0, 1.0),
    "date: open": (-1.5, 0.0, 0.0),
    "date: nothing known of one": (-1.5, -0.5, -0.5),
    "date: nothing known of either": (-1.0, 0.0, 0.0),
    "date: cannot both hold": None,
    "people: the same": (1.5, 1.0, 1.0),
    "people: some in common": (0.5, 0.5, 0.5),
    "people: each has others": (-3.5, -1.0, -1.0),
    "people: others": (-2.5, -1.0, -1.0),
    "forum: the same": (2.0, 1.0, 1.0),
    "forum: the same session": (3.0, 1.5, 1.5),
    "forum: another session": None,
    "forum: another": (-1.5, -0.5, -0.5),
    "forum: only one names it": (-0.5, 0.0, 0.0),
    "forum: only one names it, one outlet on one day": (-4.5, 0.0, 0.0),
    "place: the same": (1.5, 1.0, 1.0),
    "place: the same country": (0.5, 0.3, 0.3),
    "place: another city": (-1.0, -1.0, -1.0),
    "place: another country": (-2.0, -2.0, -1.0),
    "kind: the same": (0.3, 0.0, 0.0),
    "kind: both by telephone": (0.7, 0.0, 0.0),
    "kind: one by telephone": (-2.0, 0.0, 0.0),
    "status: the same phase": (0.3, 0.3, 0.3),
    "status: planned, then occurred": (0.3, 0.3, 0.3),
    "status: told before it was planned": None,
    "status: called off, yet occurred": (-1.0, -1.0, -1.0),
    "by: the same": (0.0, 0.0, 1.0),
    "by: others": (0.0, 0.0, -2.0),
    "by: turned round": (0.0, 0.0, -3.0),
    "subject: words in common": (0.5, 0.0, 0.0),
    "title: the same": (0.0, 3.0, 3.0),
    "title: some words in common": (0.0, -3.0, -0.5),
    "title: only one tells": (0.0, -3.0, -1.5),
    "title: neither tells": (0.0, 0.0, 0.0),
    "title: another": (0.0, -6.0, -3.0),
    "title: another kind of document": (0.0, -4.0, -2.0),
    "words: the same": (3.0, 3.0, 3.0),
    "words: the same, in a copy": (9.0, 9.0, 9.0),
    "published: same day": (0.3, 0.3, 0.3),
}

LINES = {
    f"{feature}: {case}": Line(feature, case, weights)
    for (feature, case), weights in ((name.split(": "), weights) for name, weights in _TABLE.items())
}


def hold_against(left: Told, right: Told) -> list[Line]:
    """
    The lines of the table that two claims meet, in order of the table.

    Stops at the first line that excludes: it is the last one then.
    """
    found: list[Line] = []
    for compare in COMPARISONS:
        name = compare(left, right)
        if name:
            line = LINES[name]
            found.append(line)
            if line.weights is None:
                break
    return found


def weigh(lines: list[Line], column: int) -> float:
    """Sum of the weights of lines that do not exclude."""
    return sum(line.weights[column] for line in lines if line.weights)


def show(line: Line, left: Claim, right: Claim, column: int) -> Feature:
    """A line with the values that made it."""
    values = [_shown(line.feature, claim) for claim in (left, right)]
    weight = line.weights[column] if line.weights else float("-inf")
    return Feature(f"{line.feature}: {line.case}", weight, *values)


def _shown(feature: str, claim: Claim) -> str:
    if feature in {"report", "published"}:
        return claim.report
    if feature == "words":
        return max((span.exact for span in claim.evidence), key=len, default="")
    if feature == "place":
        return ", ".join(part for part in (claim.place, claim.country) if part)
    if feature == "by":
        return f"{', '.join(claim.by)} to {', '.join(claim.to)}"
    if feature == "title":
        return claim.title or claim.subject or ""
    value = getattr(claim, feature)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _type(left: Told, right: Told) -> str:
    return "" if left.type is right.type else "type: other"


def _report(left: Told, right: Told) -> str:
    return "report: the same" if left.report == right.report else ""


def _parties(left: Told, right: Told) -> str:
    one, other = left.parties, right.parties
    if one == other:
        return "parties: the same"
    common = len(one & other)
    if common < 2:
        return "parties: fewer in common"
    if common in (len(one), len(other)):
        alike = _same_people(left, right)
        return "parties: one has more, the people are the same" if alike else "parties: one has more"
    return "parties: two in common, each has others"


def _same_people(left: Told, right: Told) -> bool:
    """Whether both name the same two or more persons and nobody else."""
    one, other = left.people, right.people
    if len(one) != len(other) or len(one) < 2:
        return False
    return _met(one, other) == len(one) == _met(other, one)


def _order(left: Told, right: Told) -> str:
    """A report that plans a happening is published before reports of it."""
    if left.phase == right.phase:
        return ""
    if left.phase == "occurred" and right.phase == "ahead":
        left, right = right, left
    if left.phase != "ahead" or right.phase != "occurred" or not left.published:
        return ""
    latest = min(right.high, right.published[1]) if right.published else right.high
    return "status: told before it was planned" if latest < left.published[0] - SLIP else ""


def _date(left: Told, right: Told) -> str:
    if left.unbounded or right.unbounded:
        return _unbounded(left, right)
    gap = _apart((left.low, left.high), (right.low, right.high))
    if gap > 0:
        if gap <= SLIP and left.decides and right.decides:
            own = left.own_day and right.own_day
            return "date: next day, each on its report's own day" if own else "date: next day"
        if left.decides and right.decides and gap <= _may_move(left, right):
            return "date: moved by a few days"
        return "date: cannot both hold"
    if left.decides and right.decides:
        return "date: same day" if left.width == right.width == 1 else "date: days that meet"
    widest = max(left.width, right.width)
    if widest <= MONTH and (left.low, left.high) == (right.low, right.high):
        return "date: same month"
    if any(MONTH < width <= 2 * YEAR for width in (left.width, right.width)):
        return "date: day in a year"
    if widest <= 2 * YEAR:
        return "date: day in a month"
    apart = _apart(left.near, right.near)
    if apart > 0:
        return "date: open"
    days = _apart(left.next, right.next)
    return "date: open, the day lies near" if days > 0 else "date: open, the day lies within days"


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Days between two spans, 0 or less where they meet."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _may_move(left: Told, right: Told) -> int:
    """By how many days the day of one happening may differ between two reports, because it was moved."""
    if Status.POSTPONED in {left.claim.status, right.claim.status}:
        return POSTPONED
    return MOVED if (left.phase == "ahead") != (right.phase == "ahead") else 0


def _unbounded(left: Told, right: Told) -> str:
    """Where nothing bounds one of the dates: no date and no day of publication, or no year."""
    if left.claim.date and right.claim.date:
        if not compatible(left.claim.date, right.claim.date):
            return "date: cannot both hold"
        if all(
            one.decides or (one.yearless and str(one.claim.date).count("-") == 2) for one in (left, right)
        ):
            return "date: same day, year unknown"
    if left.unbounded and right.unbounded:
        return "date: nothing known of either"
    return "date: nothing known of one"


def _people(left: Told, right: Told) -> str:
    one, other = left.people, right.people
    if not one or not other:
        return ""
    if one == other:
        return "people: the same"
    if len(one) > len(other):
        one, other = other, one
    met = _met(one, other)
    if len(one) == len(other):  # one person under two forms on one side must not count twice
        met = min(met, _met(other, one))
    if met == len(one):
        alike = left.parties == right.parties or len(one) == len(other) > 1
        whole = (met > 1 or len(other) == 1) and alike
        return "people: the same" if whole else "people: some in common"
    many = min(len(left.parties), len(right.parties)) > 2  # of a meeting of many, each report names a few
    if met > 1 or (met and many):
        return "people: some in common"
    return "people: each has others" if met else "people: others"


def _met(some: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many of some persons are among the others."""
    return sum(any(same_person(name, known) for known in others) for name in some)


def _forum(left: Told, right: Told) -> str:
    one, other = left.forum, right.forum
    if one is None and other is None:
        return ""
    if one is None or other is None:
        only = one or other
        day = left.outlet and left.outlet == right.outlet and left.published == right.published
        apart = day and only is not None and only.body
        return "forum: only one names it, one outlet on one day" if apart else "forum: only one names it"
    if not (one.telling <= other.telling or other.telling <= one.telling):
        return "forum: another"
    if one.number and other.number:
        return "forum: the same session" if one.number == other.number else "forum: another session"
    return "forum: the same"


def _place(left: Told, right: Told) -> str:
    one, other = left.spot, right.spot
    if one is None or other is None:
        return ""
    if one.city and one.city == other.city:
        return "place: the same"
    if one.country and other.country and one.country != other.country:
        return "place: another country"
    if one.city and other.city:
        return "place: another city"
    return "place: the same country" if one.country and other.country else ""


def _kind(left: Told, right: Told) -> str:
    if left.remote is None or right.remote is None:
        return ""
    if left.remote != right.remote:
        return "kind: one by telephone"
    return "kind: both by telephone" if left.remote else "kind: the same"


def _status(left: Told, right: Told) -> str:
    if left.phase == right.phase:
        return "status: the same phase"
    phases = {left.phase, right.phase}
    if phases == {"ahead", "occurred"}:
        return "status: planned, then occurred"
    return "status: called off, yet occurred" if phases == {"off", "occurred"} else ""


def _by(left: Told, right: Told) -> str:
    if not left.by or not right.by:
        return ""
    if left.by & right.by:
        return "by: the same"
    return "by: turned round" if left.by & right.to and right.by & left.to else "by: others"


def _subject(left: Told, right: Told) -> str:
    if left.column != 0:
        return ""
    return "subject: words in common" if left.subject.telling & right.subject.telling else ""


def _title(left: Told, right: Told) -> str:
    if left.column == 0:
        return ""
    one, other = left.title, right.title
    if one.telling and other.telling:
        return _told_titles(one, other)
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return "title: another kind of document"
    return "title: only one tells" if one.telling or other.telling else "title: neither tells"


def _told_titles(one: Wording, other: Wording) -> str:
    common, least = len(one.telling & other.telling), min(len(one.telling), len(other.telling))
    if one.telling == other.telling or (common > 1 and common >= ENOUGH * least):
        return "title: the same"
    return "title: some words in common" if common > HARDLY * least else "title: another"


def _words(left: Told, right: Told) -> str:
    """Passages alike, in copies of one text; whole ones, in reports of about the same days."""
    if not left.copied.isdisjoint(right.copied):
        return "words: the same, in a copy"
    if left.phrases.isdisjoint(right.phrases):
        return ""
    if left.published and right.published:
        return "" if _apart(left.published, right.published) > MOVED else "words: the same"
    return "" if left.published or right.published else "words: the same"


def _published(left: Told, right: Told) -> str:
    return "published: same day" if left.published and left.published == right.published else ""


COMPARISONS: tuple[Callable[[Told, Told], str], ...] = (
    _type, _report, _date, _parties, _order, _people, _forum, _place, _kind, _status, _by, _subject, _title,
    _words, _published,
)  # fmt: skip


def same_spot(left: Spot | None, right: Spot | None) -> bool:
    """Whether two places can both hold: one city, or a city and its country."""
    if left is None or right is None:
        return True
    if left.country and right.country and left.country != right.country:
        return False
    return not (left.city and right.city) or left.city == right.city
