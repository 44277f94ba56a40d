"""Claims and reports made by hand."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from dragoman.model import (
    Anchor,
    Claim,
    Decision,
    EventType,
    Judgement,
    MeetingKind,
    Span,
    Status,
    StoredReport,
)
from dragoman.model.edtf import bounds

FIRST = datetime(2022, 2, 1, tzinfo=UTC)


def report(name: str, published: str | None = "2022-01-11", **more: Any) -> StoredReport:
    span = bounds(published)
    digest = hashlib.sha256(name.encode()).hexdigest()
    return StoredReport(
        id=name,
        name=name,
        address=name,
        published=published,
        basis=more.pop("basis", "stated" if published else "unknown"),
        original_sha256=digest,
        text_sha256=digest,
        earliest=span[0] if span else None,
        latest=span[1] if span else None,
        **more,
    )


def claim(name: str, report: str, parties: str = "RUS USA", **more: Any) -> Claim:
    kind = more.pop("kind", None)
    start = more.pop("start", 0)
    lists = {key: tuple(more.pop(key, ())) for key in ("people", "mediators", "by", "to")}
    return Claim(
        id=name,
        report=report,
        event=name,
        type=EventType(more.pop("type", "meeting")),
        status=Status(more.pop("status", "held")),
        parties=tuple(parties.split()),
        evidence=(Span(start, start + 10, "x" * 10),),
        kind=MeetingKind(kind) if kind else None,
        **lists,
        **more,
    )


def anchor(one: Claim) -> Anchor:
    span = one.evidence[0]
    return Anchor(one.id, one.report, one.type.value, span.start, span.end)


def judgement(decision: str, *claims: Claim, number: int = 0, **more: Any) -> Judgement:
    return Judgement(
        id=f"j{number}",
        decision=Decision(decision),
        anchors=tuple(map(anchor, claims)),
        who="Ada",
        at=FIRST + timedelta(hours=number),
        **more,
    )


_DATES = (
    None, "2022-01-10", "2022-01-10", "2022-01-11", "2022-01-21", "2022-01", "../2022-01-11", "2022-01-10/..",
    "2022", "XXXX-01-10", "2022-01-10/2022-01-12", "2022-01-10~",
)  # fmt: skip
_PEOPLE = ("Sergei Lavrov", "Lavrov", "Antony Blinken", "Wendy Sherman", "Sergei Ryabkov")
_STATUSES = {
    "meeting": ("held", "held", "planned", "postponed", "cancelled", "denied", "under-way", "unclear"),
    "agreement": ("reached", "expected", "failed"),
    "proposal": ("made", "expected"),
    "refusal": ("made",),
}


@st.composite
def claims_of(draw: st.DrawFn, name: str, of: str) -> Claim:
    kind = draw(st.sampled_from(("meeting", "meeting", "agreement", "proposal", "refusal")))
    by, to = draw(st.sampled_from((((), ()), (("RUS",), ("USA",)), (("USA",), ("RUS",)))))
    acts = kind in {"proposal", "refusal"}
    return claim(
        name,
        of,
        draw(st.sampled_from(("RUS USA", "USA RUS", "NATO RUS", "RUS UKR USA", "RUS"))),
        type=kind,
        status=draw(st.sampled_from(_STATUSES[kind])),
        people=draw(st.lists(st.sampled_from(_PEOPLE), unique=True, max_size=3)),
        kind=draw(st.sampled_from((None, "call", "in-person"))) if kind == "meeting" else None,
        forum=draw(st.sampled_from((None, None, "NATO-Russia Council", "second round of talks"))),
        place=draw(st.sampled_from((None, "Geneva", "Switzerland", "Brussels"))),
        date=draw(st.sampled_from(_DATES)),
        title=draw(st.sampled_from((None, "draft treaty on security guarantees", "a joint statement"))),
        by=by if acts else (),
        to=to if acts else (),
        start=draw(st.integers(0, 200)),
    )


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[list[Claim], dict[str, StoredReport]]:
    """A few reports with a few claims each, near enough to each other to be confused."""
    reports = {}
    claims = []
    for number in range(draw(st.integers(1, 6))):
        name = f"r{number}"
        published = draw(
            st.sampled_from(("2022-01-09", "2022-01-11", "2022-01-11", "2022-01-22", "2022-01", None))
        )
        reports[name] = report(
            name,
            published,
            basis=draw(st.sampled_from(("stated", "inferred"))) if published else "unknown",
            copies=draw(st.sampled_from(("", "", "r0"))),
        )
        claims += [draw(claims_of(f"{name}c{i}", name)) for i in range(draw(st.integers(0, 3)))]
    return claims, reports
