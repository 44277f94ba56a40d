"""The report's own date, from witnesses that the text must not contradict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dragoman.model.document import BlockKind, DateWitness, WitnessKind
from dragoman.model.edtf import Edtf
from dragoman.model.parsed import Parsed, Sentence
from dragoman.model.reason import Reason
from dragoman.model.span import Span
from dragoman.model.timex import Published
from dragoman.temporal.context import Dct, FullDate
from dragoman.temporal.meaning import Expression

SLACK = 1  # days: an outlet may stamp the day before in its own time zone
REPRINT_DAYS = 30  # a witness so much older than another: the text was put up again, the older speaks
DATELINE_DAYS = 7  # a dateline without a year bears out a page's date at most this far from it
RECENT_DAYS = 45  # a page's date counts only where the text has a full date this close before it
STALE_YEARS = 1  # a stated date this long after all that the text tells as its own time is a rendering date

LEAD_LETTERS = 60  # a dateline's place, or "posted by the editors on", is no longer than this
LONGEST_REST = 16  # letters after a day that still leave it alone on its line: a time and its zone
FIRST_SENTENCES = 6
# What a report's first line calls itself, before its day: "Press briefing, 11 January 2022".
DOCUMENTS = frozenset(
    {"briefing", "statement", "readout", "remarks", "transcript", "communique", "communiqué", "interview"}
)
POSTED = frozenset({"posted", "published", "issued", "released", "filed"})

# Strength of a witness; the strongest that the text does not contradict wins.
STATING = {WitnessKind.STATED, WitnessKind.DATELINE, WitnessKind.BYLINE}
STRENGTH = {
    WitnessKind.STATED: 5,
    WitnessKind.DATELINE: 4,
    WitnessKind.BYLINE: 3,
    WitnessKind.URL: 3,
    WitnessKind.PAGE: 0,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the text itself says about its time."""

    fulls: tuple[FullDate, ...]
    weekday_dates: tuple[tuple[int, int, int, Span], ...]  # weekday, month, day, words: without a year
    own_lines: tuple[
        DateWitness, ...
    ]  # a date that stands alone on a line of the report, or opens it as a dateline

    @property
    def last_past(self) -> FullDate | None:
        """The latest day that the text tells as past."""
        past = [full for full in self.fulls if full.past]
        return max(past, key=lambda full: full.day) if past else None

    @property
    def first_future(self) -> FullDate | None:
        """The earliest day that the text tells as to come."""
        future = [full for full in self.fulls if full.future]
        return min(future, key=lambda full: full.day) if future else None


def infer_published(parsed: Parsed, evidence: Evidence) -> tuple[Published, Dct]:
    """
    The report's own date with what it relied on, and the bounds that relative dates use.

    The strongest witness wins that the text does not contradict. A page's rendering date alone proves
    nothing: it counts
    only where the text has a full date shortly before it. Without a witness the text's own full dates
    bound the day.
    """
    reasons: list[Reason] = []
    witnesses = (*parsed.document.witnesses, *evidence.own_lines)
    for witness in sorted(witnesses, key=lambda witness: -STRENGTH[witness.kind]):
        span = _days(witness)
        if span is None:
            continue
        spans = (witness.span,) if witness.span else ()
        fault = _contradiction(witness, span[1], evidence, witnesses)
        if fault is not None:
            reasons.append(Reason(fault[0], fault[1], spans + fault[2]))
            continue
        basis = "stated" if witness.kind in STATING else "inferred"
        reasons.append(Reason(f"published.{witness.kind}", f"{_NAMES[witness.kind]} {witness.edtf}", spans))
        return _published(witness.edtf, basis, reasons, witnesses, *span)
    day = _dateline_by_chronology(evidence, witnesses)
    if day is not None:
        note = f"the dateline's day in the year that the text's chronology gives: {day[0]}"
        reasons.append(Reason("published.dateline-year", note, day[1]))
        return _published(day[0].isoformat(), "inferred", reasons, witnesses, day[0], day[0])
    return _bounded_by_text(evidence, reasons, witnesses)


def _published(
    edtf: str, basis: str, reasons: list[Reason], witnesses: tuple[DateWitness, ...], low: date, high: date
) -> tuple[Published, Dct]:
    published = Published(edtf, basis, tuple(reasons), witnesses, low.isoformat(), high.isoformat())
    return published, Dct(low, high)


_NAMES = {
    WitnessKind.STATED: "stated with the report:",
    WitnessKind.DATELINE: "the dateline says",
    WitnessKind.BYLINE: "the byline says",
    WitnessKind.URL: "the address says",
    WitnessKind.PAGE: "the page's date, which the text bears out:",
}


def _days(witness: DateWitness) -> tuple[date, date] | None:
    """The days of a witness, where it names a year: one, or those of a stated month."""
    value = Edtf.parse(witness.edtf)
    if value is None or not value.year_known or value.days is None or value.bounds is None:
        return None
    return (
        value.bounds if value.days == 1 or (witness.kind is WitnessKind.STATED and value.days <= 31) else None
    )


def _day(witness: DateWitness) -> date | None:
    """The day of a witness; months are no day."""
    span = _days(witness)
    return span[0] if span is not None and span[0] == span[1] else None


Fault = tuple[str, str, tuple[Span, ...]]


def _contradiction(
    witness: DateWitness, day: date, evidence: Evidence, witnesses: tuple[DateWitness, ...]
) -> Fault | None:
    """Why the text denies this witness, or None."""
    later = [full for full in evidence.fulls if full.past and (full.day - day).days > SLACK]
    if later and (witness.kind is not WitnessKind.STATED or _outweighs(later, day, evidence)):
        return (
            "published.past-after",
            f"{day} lost: the text tells {later[-1].day} as past",
            (later[-1].span,),
        )
    near = _yearless_distance(day, witnesses)
    if near is not None and near[0] > REPRINT_DAYS:
        return "published.reprint", f"{day} lost: the report's dateline names another day", near[1]
    if witness.kind is WitnessKind.PAGE:
        if near is not None and near[0] <= DATELINE_DAYS:
            return None
        return None if _earlier_of_two(witness, day, witnesses, evidence) else _unproved(day, evidence)
    older = _older_witness(witness, witnesses)
    if older is not None and (day - older[0]).days > REPRINT_DAYS:
        return "published.reprint", f"{day} lost: the {older[1]} says {older[0]}", older[2]
    odd = _weekday_conflict(day, evidence)
    if odd is not None and (witness.kind is not WitnessKind.STATED or _told_elsewhere(day, evidence)):
        return "published.weekday", f"{day} lost: no year around it has that weekday on that day", (odd,)
    return None


def _outweighs(later: list[FullDate], day: date, evidence: Evidence) -> bool:
    """
    Against a stated date one clause may be misread: two days told as past must lie after it, and more
    than before it.
    """
    before = sum(1 for full in evidence.fulls if full.past and full.day <= day)
    return len({full.day for full in later if full.given and full.direct}) > max(1, before)


def _earlier_of_two(
    witness: DateWitness, day: date, witnesses: tuple[DateWitness, ...], evidence: Evidence
) -> bool:
    """
    Whether two dates stand alone in the text and this is the earlier: a page is rendered after it was
    written.
    """
    days = {
        _day(other) for other in witnesses if other.kind is WitnessKind.PAGE and other.span is not None
    } - {None}
    later = [other for other in days if other is not None and (other - day).days > SLACK]
    return (
        witness.span is not None
        and bool(later)
        and day == min(d for d in days if d is not None)
        and _weekday_conflict(day, evidence) is None
    )


def _unproved(day: date, evidence: Evidence) -> Fault | None:
    """A page's date needs a full date of the text shortly before it."""
    recent = [
        full for full in evidence.fulls if not full.future and 0 <= (day - full.day).days <= RECENT_DAYS
    ]
    if recent and _weekday_conflict(day, evidence) is None:
        return None
    return "published.page-alone", f"{day} is the page's date and nothing in the text bears it out", ()


def _yearless_distance(day: date, witnesses: tuple[DateWitness, ...]) -> tuple[int, tuple[Span, ...]] | None:
    """
    How many days from ``day`` the nearest day of a dateline or byline without a year lies, and its
    words.
    """
    for witness in witnesses:
        value = (
            Edtf.parse(witness.edtf) if witness.kind in {WitnessKind.DATELINE, WitnessKind.BYLINE} else None
        )
        if (
            value is None
            or value.interval
            or value.start is None
            or value.start.day is None
            or value.year_known
        ):
            continue
        spots = [replace(value.start, year=year).bounds for year in (day.year - 1, day.year, day.year + 1)]
        distance = min(abs((spot[0] - day).days) for spot in spots if spot is not None)
        return distance, (witness.span,) if witness.span else ()
    return None


def _dateline_by_chronology(
    evidence: Evidence, witnesses: tuple[DateWitness, ...]
) -> tuple[date, tuple[Span, ...]] | None:
    """
    The day of a dateline without a year, in the year that puts it shortly after a full date of the
    text.
    """
    for witness in witnesses:
        value = Edtf.parse(witness.edtf) if witness.kind is WitnessKind.DATELINE else None
        if (
            value is None
            or value.interval
            or value.start is None
            or value.start.day is None
            or value.year_known
        ):
            continue
        for full in reversed(evidence.fulls):
            spots = [replace(value.start, year=year).bounds for year in (full.day.year, full.day.year + 1)]
            for spot in spots:
                if spot is not None and not full.future and 0 <= (spot[0] - full.day).days <= RECENT_DAYS:
                    return spot[0], (*((witness.span,) if witness.span else ()), full.span)
    return None


def _older_witness(
    witness: DateWitness, witnesses: tuple[DateWitness, ...]
) -> tuple[date, str, tuple[Span, ...]] | None:
    """The earliest day that another witness but the page's gives, what that witness is, and its words."""
    days = [
        (day, other.kind.value, (other.span,) if other.span else ())
        for other in witnesses
        if other is not witness and other.kind is not WitnessKind.PAGE and (day := _day(other)) is not None
    ]
    return min(days, key=lambda row: row[0], default=None)


def _weekday_conflict(day: date, evidence: Evidence) -> Span | None:
    """Words like "Friday, 21 January" that hold in no year around ``day``."""
    for weekday, month, number, span in evidence.weekday_dates:
        fits = False
        for year in (day.year - 1, day.year, day.year + 1):
            try:
                fits = fits or date(year, month, number).isoweekday() == weekday
            except ValueError:
                continue
        if not fits:
            return span
    return None


def _told_elsewhere(day: date, evidence: Evidence) -> bool:
    """Whether the text's own latest day lies years before."""
    past = evidence.last_past
    return past is not None and (day - past.day).days > 366 * STALE_YEARS


def _bounded_by_text(
    evidence: Evidence, reasons: list[Reason], witnesses: tuple[DateWitness, ...]
) -> tuple[Published, Dct]:
    """No witness holds: the text's own full dates bound the day from below and above."""
    past, future = evidence.last_past, evidence.first_future
    low = past.day if past else None
    high = future.day if future and (low is None or future.day >= low) else None
    if low is not None and past is not None:
        reasons.append(Reason("published.not-before", f"the text tells {low} as past", (past.span,)))
    if high is not None and future is not None:
        reasons.append(Reason("published.not-after", f"the text tells {high} as to come", (future.span,)))
    if low is not None and low == high:
        return _published(low.isoformat(), "inferred", reasons, witnesses, low, low)
    basis = "inferred" if low or high else "unknown"
    published = Published(
        None,
        basis,
        tuple(reasons),
        witnesses,
        low.isoformat() if low else None,
        high.isoformat() if high else None,
    )
    return published, Dct(low, high)


def own_date_lines(parsed: Parsed, expressions: list[Expression]) -> tuple[DateWitness, ...]:
    """
    Days in the report's first sentences that date it: on a line of their own, in a dateline, after
    "posted on", at the end of the headline.

    Those that the text stage has seen are left out. A dateline may lack its year.
    """
    found: list[DateWitness] = []
    seen = {witness.span.start for witness in parsed.document.witnesses if witness.span is not None}
    for expression in expressions:
        if parsed.tokens[expression.start_token].sentence >= FIRST_SENTENCES:
            break
        meaning = expression.meaning
        if meaning.month is None or meaning.day is None or expression.start in seen:
            continue
        year = "XXXX" if meaning.year is None else f"{meaning.year:04}"
        edtf = f"{year}-{meaning.month:02}-{meaning.day:02}"
        kind = _line_kind(parsed, expression)
        if kind is not None and Edtf.parse(edtf) is not None:
            span = parsed.document.span(expression.start, expression.end)
            found.append(DateWitness(kind, edtf, span, "stands in the report's first lines"))
    return tuple(found)


def _line_kind(parsed: Parsed, expression: Expression) -> WitnessKind | None:
    """
    What a day in the first lines is to the report.

    A line that nothing stands above may be the page's.
    """
    sentence = parsed.sentences[parsed.tokens[expression.start_token].sentence]
    block = parsed.document.blocks[sentence.block_index]
    text = parsed.document.text
    lead = text[block.start : expression.start].strip()
    after = text[expression.end : block.end].lstrip(" ,.")
    if _opens_story(lead, after):
        return WitnessKind.DATELINE
    if expression.meaning.year is None or len(after) > LONGEST_REST:
        return None
    if not lead:
        under = sentence.i > 0 and parsed.sentences[sentence.i - 1].block is BlockKind.HEADLINE
        return WitnessKind.DATELINE if under else WitnessKind.PAGE
    if len(lead) <= LEAD_LETTERS and not POSTED.isdisjoint(lead.lower().split()):
        return WitnessKind.BYLINE
    titled = sentence.block is BlockKind.HEADLINE or not DOCUMENTS.isdisjoint(lead.lower().strip(",").split())
    ends = titled and lead[-1] in ",–—-(:" and len(lead) <= LEAD_LETTERS
    return WitnessKind.BYLINE if ends and not _has_verb(parsed, sentence) else None


def _opens_story(lead: str, after: str) -> bool:
    """Whether a place in capitals stands before a day and the story after it ("MOSCOW. January 27. …")."""
    capitals = lead[:2].isalpha() and lead[:2].isupper() and len(lead) <= LEAD_LETTERS
    return capitals and len(after) > LONGEST_REST and (lead[-1] in ",." or after[0] in "(—–-/")


def _has_verb(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether a finite verb stands in the line."""
    return any(
        parsed.tokens[i].tag in {"VBD", "VBZ", "VBP", "MD"}
        for i in range(sentence.start_token, sentence.end_token)
    )
