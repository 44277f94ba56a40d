"""Any values of the model that a store must keep, for property tests."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Anchor,
    Answered,
    Claim,
    Decision,
    Defect,
    DefectKind,
    Entity,
    EntityKind,
    EventType,
    Feature,
    Happening,
    Judgement,
    Match,
    MeetingKind,
    Negotiation,
    Profile,
    Reason,
    Reconciled,
    Settled,
    Span,
    Standing,
    Statement,
    StateOfPlay,
    Status,
    StoredReport,
    Support,
    Tenure,
    Turn,
    Verdict,
    claim_id,
)
from dragoman.store import NewReport, Packed

# What intake lets through: no control characters, no halves of surrogate pairs. Separators and escapes often.
TEXT = st.text(
    st.one_of(
        st.sampled_from("; \\;\"'%_[]{},"),
        st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"),
    ),
    max_size=12,
)
IDS = st.text("0123456789abcdef", min_size=16, max_size=16)
MAYBE = st.none() | TEXT
MANY_TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DATES = st.sampled_from(
    [None, "2022", "2022-01-21", "../2022-01-13", "2022-01-13/..", "XXXX-11-09", "-0263", "2022-01-10~"]
)
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
SPANS = st.builds(
    lambda start, exact: Span(start, start + len(exact), exact),
    st.integers(0, 10_000),
    TEXT.filter(bool),
)
MANY_SPANS = st.lists(SPANS, max_size=3).map(tuple)
REASONS = st.lists(st.builds(Reason, TEXT, TEXT, MANY_SPANS), max_size=2).map(tuple)


@st.composite
def claims(draw: st.DrawFn, report: str, event: str) -> Claim:
    """A claim of a report."""
    single = {slot: draw(MAYBE) for slot in ("forum", "place", "country", "subject", "title")}
    several = {slot: draw(MANY_TEXTS) for slot in sorted(MANY)}
    words = [(slot, draw(MANY_SPANS)) for slot in CLAIM_SLOTS if draw(st.booleans())]
    return Claim(
        id=claim_id(report, event),
        report=report,
        event=event,
        type=draw(st.sampled_from(EventType)),
        status=draw(st.sampled_from(Status)),
        kind=draw(st.none() | st.sampled_from(MeetingKind)),
        date=draw(DATES),
        evidence=draw(MANY_SPANS),
        words=tuple((slot, spans) for slot, spans in words if spans),
        **single,
        **several,
    )


STATEMENTS = st.builds(
    Statement, TEXT, MAYBE, st.none() | SPANS, st.none() | SPANS, SPANS, st.booleans(), DATES
)
DEFECTS = st.builds(Defect, st.sampled_from(DefectKind), SPANS, TEXT)


@st.composite
def entities(draw: st.DrawFn) -> list[Entity]:
    """What a report speaks of."""
    keys = draw(st.lists(TEXT.filter(bool), max_size=3, unique=True))
    kinds = st.sampled_from(EntityKind)
    return [
        Entity(
            key,
            draw(kinds),
            draw(TEXT),
            draw(MANY_TEXTS),
            draw(MAYBE),
            draw(MAYBE),
            draw(TEXT),
            draw(REASONS),
        )
        for key in keys
    ]


@st.composite
def new_reports(draw: st.DrawFn) -> NewReport:
    """A report with all that was read in it."""
    key, text, original = draw(IDS), draw(TEXT), Packed.of(draw(st.binary(max_size=20)))
    stored = StoredReport(
        id=key,
        name=draw(TEXT),
        address=draw(TEXT),
        published=draw(DATES),
        basis=draw(st.sampled_from(["stated", "inferred", "unknown"])),
        original_sha256=original.sha256,
        text_sha256=draw(IDS),
        title=draw(MAYBE),
        url=draw(MAYBE),
        publisher=draw(MAYBE),
        place=draw(MAYBE),
        language=draw(MAYBE),
        earliest=draw(DAYS),
        latest=draw(DAYS),
        copies=key,
    )
    keys = draw(st.lists(TEXT, max_size=3, unique=True))
    row = {"doc": draw(TEXT), "events": draw(st.lists(TEXT, max_size=2))}
    return NewReport(
        stored=stored,
        text=text,
        original=original,
        row=Packed.of_row(row),
        claims=[draw(claims(key, event)) for event in keys],
        entities=draw(entities()),
        statements=draw(st.lists(STATEMENTS, max_size=2)),
        defects=draw(st.lists(DEFECTS, max_size=2)),
        signature=draw(st.binary(max_size=8)),
        reader="0",
    )


ANCHORS = st.builds(Anchor, IDS, IDS, TEXT, st.integers(0, 99), st.integers(0, 99))
JUDGEMENTS = st.builds(
    Judgement,
    IDS,
    st.sampled_from(Decision),
    st.lists(ANCHORS, max_size=3).map(tuple),
    TEXT,
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    TEXT,
    MAYBE,
    MAYBE,
    st.none() | IDS,
)


@st.composite
def settled(draw: st.DrawFn, slot: str) -> Settled:
    """A slot as it was settled; empty ones hold nothing."""
    empty = Settled(() if slot in MANY else None, Standing.EMPTY)
    if slot != "status" and draw(st.booleans()):
        return empty
    values = MANY_TEXTS if slot in MANY else MAYBE
    if slot == "status":
        values = st.sampled_from(Status).map(lambda status: status.value)
    if slot == "date":
        values = DATES
    support = st.builds(Support, values, st.lists(IDS, max_size=3).map(tuple), st.integers(0, 9))
    return Settled(
        draw(values),
        draw(st.sampled_from(Standing)),
        tuple(draw(st.lists(support, max_size=3))),
        draw(TEXT),
    )


@st.composite
def happenings(draw: st.DrawFn, key: str) -> Happening:
    """Any happening."""
    turns = st.builds(Turn, st.sampled_from(Status), DATES, IDS, IDS, DATES)
    return Happening(
        id=key,
        type=draw(st.sampled_from(EventType)),
        slots={slot: draw(settled(slot)) for slot in CLAIM_SLOTS},
        claims=tuple(draw(st.lists(IDS, min_size=1, max_size=3, unique=True))),
        sources=draw(st.integers(1, 9)),
        history=tuple(draw(st.lists(turns, max_size=3))),
        overdue=draw(st.booleans()),
        judgements=tuple(draw(st.lists(IDS, max_size=2))),
    )


@st.composite
def reconciled(draw: st.DrawFn) -> Reconciled:
    """Anything that may follow."""
    keys = draw(st.lists(IDS, max_size=3, unique=True))
    pairs = draw(st.lists(st.tuples(IDS, IDS).map(sorted).map(tuple), max_size=3, unique=True))
    features = st.builds(Feature, TEXT, st.floats(allow_nan=False, allow_infinity=False), TEXT, TEXT)
    matches = [
        Match(
            left,
            right,
            draw(st.sampled_from(Verdict)),
            draw(st.floats(-99, 99)),
            tuple(draw(st.lists(features, max_size=2))),
            draw(TEXT),
            draw(TEXT),
        )
        for left, right in sorted(pairs)
    ]
    return Reconciled(
        tuple(draw(happenings(key)) for key in keys),
        tuple(matches),
        tuple(sorted(draw(st.lists(IDS, max_size=2, unique=True)))),
        draw(DAYS),
    )


IDS_OF = st.lists(IDS, max_size=3).map(tuple)
STATES = st.builds(
    StateOfPlay,
    st.none() | IDS,
    st.none() | IDS,
    st.lists(st.builds(Answered, IDS, IDS_OF), max_size=2).map(tuple),
    IDS_OF,
    IDS_OF,
    IDS_OF,
    IDS_OF,
)
NEGOTIATIONS = st.lists(
    st.builds(Negotiation, IDS, TEXT, MANY_TEXTS, MAYBE, MAYBE, IDS_OF, STATES, TEXT),
    max_size=3,
    unique_by=lambda negotiation: negotiation.id,
)
TENURES = st.builds(Tenure, TEXT, MAYBE, MAYBE, MAYBE, IDS_OF, in_table=st.booleans())
PROFILES = st.lists(
    st.builds(
        Profile,
        st.text(string.ascii_lowercase, min_size=1),
        TEXT,
        TEXT,
        st.lists(st.tuples(TEXT, st.integers(0, 99)), max_size=3).map(tuple),
        MANY_TEXTS,
        st.lists(TENURES, max_size=2).map(tuple),
        IDS_OF,
    ),
    max_size=3,
    unique_by=lambda profile: profile.id,
)
