"""A claim made ready to be held against others: every comparison's values worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Claim, EventType, MeetingKind, Status, StoredReport
from dragoman.model.edtf import Edtf
from dragoman.reconcile.words import ForumName, Spot, Wording, forum_of, spot_of, wording_of

ALWAYS = (1, 3652059)  # ordinals of the calendar's first and last day
NARROW = 10  # days: a date that spans no more decides which of two meetings is meant
RECENT = 14  # days before publication in which a past happening without a date is most likely to lie
NEXT = 3  # days on which it lies where the report tells of the day's events
SOON = 30  # days after publication in which a planned one without a date is most likely to lie
PHRASE = 7  # spaces in a passage that two reports hardly word alike by chance
PHASES = {
    Status.HELD: "occurred",
    Status.UNDER_WAY: "occurred",
    Status.REACHED: "occurred",
    Status.MADE: "occurred",
    Status.PLANNED: "ahead",
    Status.PROPOSED: "ahead",
    Status.EXPECTED: "ahead",
    Status.POSTPONED: "ahead",
    Status.CANCELLED: "off",
    Status.REFUSED: "off",
    Status.DENIED: "off",
    Status.FAILED: "off",
    Status.UNCLEAR: "open",
}
COLUMNS = {EventType.MEETING: 0, EventType.AGREEMENT: 1, EventType.PROPOSAL: 2, EventType.REFUSAL: 2}


@dataclass(frozen=True, slots=True)
class Told:
    """
    What the comparisons of one claim need.

    Attributes:
        column: which column of the table of weights counts.
        low, high: ordinals of the earliest and the latest day; where the claim has no date, what its status
            and the day of publication leave open.
        near: the days in which an open date most likely lies; the bounds themselves where both are given.
        next: the same, narrower.
        width: days between the bounds, at least 1.
        decides: whether the date is fine enough to tell which of several like happenings is meant.
        yearless: whether the year is not known; the bounds are open then.
        unbounded: whether nothing bounds the date on either side.
        own_day: whether its date is the day on which its report was published.
        published: ordinals of the day of publication, None where it is not known.
        phase: "ahead", "occurred", "off" or "open".
        phrases: the longer pieces of evidence.
        copied: the pieces of evidence of a report that belongs to a group of copies, with the group.
    """

    claim: Claim
    report: str
    type: EventType
    column: int
    parties: frozenset[str]
    by: frozenset[str]
    to: frozenset[str]
    low: int
    high: int
    near: tuple[int, int]
    next: tuple[int, int]
    width: int
    decides: bool
    yearless: bool
    unbounded: bool
    own_day: bool
    published: tuple[int, int] | None
    outlet: str | None
    phase: str
    people: tuple[str, ...]
    forum: ForumName | None
    spot: Spot | None
    remote: bool | None
    subject: Wording
    title: Wording
    phrases: frozenset[str]
    copied: frozenset[tuple[str, str]]


def tell(claim: Claim, report: StoredReport) -> Told:
    """The claim made ready."""
    published = _published(report)
    phase = PHASES[claim.status]
    to_come = phase == "ahead" or claim.status is Status.CANCELLED
    low, high, yearless = _bounds(claim.date, published, to_come=to_come, past=phase == "occurred")
    width = high - low + 1
    remote = None if claim.kind is None else claim.kind in (MeetingKind.CALL, MeetingKind.VIDEO)
    return Told(
        claim=claim,
        report=claim.report,
        type=claim.type,
        column=COLUMNS[claim.type],
        parties=frozenset(claim.parties),
        by=frozenset(claim.by),
        to=frozenset(claim.to),
        low=low,
        high=high,
        near=_near(low, high, RECENT, SOON),
        next=_near(low, high, NEXT, NEXT),
        width=width,
        decides=width <= NARROW,
        yearless=yearless,
        unbounded=(low, high) == ALWAYS,
        own_day=published == (low, high),
        published=published,
        outlet=report.publisher,
        phase=phase,
        people=claim.people,
        forum=forum_of(claim.forum),
        spot=spot_of(claim.place, claim.country),
        remote=remote,
        subject=wording_of(claim.subject, claim.parties),
        title=wording_of(claim.title or claim.subject, claim.parties),
        phrases=frozenset(span.exact for span in claim.evidence if span.exact.count(" ") >= PHRASE),
        copied=frozenset((report.copies, span.exact) for span in claim.evidence if report.copies),
    )


def _published(report: StoredReport) -> tuple[int, int] | None:
    if report.earliest is None or report.latest is None:
        return None
    return report.earliest.toordinal(), report.latest.toordinal()


def _bounds(
    edtf: str | None, published: tuple[int, int] | None, *, to_come: bool, past: bool
) -> tuple[int, int, bool]:
    """Earliest and latest day, and whether the year is unknown."""
    value = Edtf.parse(edtf)
    if value is not None and not value.year_known:
        return (*ALWAYS, True)
    bounds = value.bounds if value else None
    if bounds is not None:
        low, high = bounds[0].toordinal(), bounds[1].toordinal()
        if past and published and low <= published[1] < high:  # it cannot come after the report that tells it
            high = published[1]
        return low, high, False
    if value is None and published and to_come:
        return published[0], ALWAYS[1], False
    if value is None and published and past:
        return ALWAYS[0], published[1], False
    return (*ALWAYS, False)


def _near(low: int, high: int, before: int, after: int) -> tuple[int, int]:
    """The bounds, an open end drawn in to where such happenings most often lie."""
    if low == ALWAYS[0] and high != ALWAYS[1]:
        return high - before, high
    if high == ALWAYS[1] and low != ALWAYS[0]:
        return low, low + after
    return low, high
