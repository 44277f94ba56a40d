"""
A dossier made by hand for every form of export: a report of a web site and one of a file, events with every
kind of date, and a decision of a person. On request every text in it is hostile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dragoman.export import Contents, Read
from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Anchor,
    Answered,
    Claim,
    Decision,
    EventType,
    Happening,
    Judgement,
    MeetingKind,
    Negotiation,
    Profile,
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
)
from dragoman.output.told import Told

Make = Callable[..., Contents]

TEXT = (
    "Ministers met\n\nGENEVA, 10 January 2022 - 🕊 Norway and Chile met in Geneva on Monday, Kari Holm said. "
    "Norway proposed a quota; the two will meet again."
)
# What each happening is dated, and what that means for forms that want days.
DATES = (
    "2022-01-10", "2022-01-10/2022-01-12", "2022-01", "2022-01-21~", "../2022-01-13", "2022-01-13/..",
    "XXXX-11-09", None, "-0263-03-01",
)  # fmt: skip
TYPES = (
    (EventType.MEETING, Status.HELD),
    (EventType.MEETING, Status.PLANNED),
    (EventType.PROPOSAL, Status.MADE),
    (EventType.AGREEMENT, Status.REACHED),
    (EventType.REFUSAL, Status.MADE),
    (EventType.MEETING, Status.CANCELLED),
    (EventType.MEETING, Status.UNCLEAR),
    (EventType.MEETING, Status.UNDER_WAY),
    (EventType.AGREEMENT, Status.FAILED),
)


def report(name: str, *, words: str = "", **fields: Any) -> StoredReport:
    """A report; ``words`` stand in every text of it."""
    key = name.encode().hex().ljust(16, "0")[:16]
    return StoredReport(
        id=key,
        name=words or f"{name}.txt",
        address=words or f"/reports/{name}.txt",
        published="2022-01-10",
        basis="stated",
        original_sha256=key * 4,
        text_sha256=key[::-1] * 4,
        title=words or f"Title of {name}",
        publisher=words or "Lakeside Wire",
        place=words or "Geneva",
        language="en",
        earliest=date(2022, 1, 10),
        latest=date(2022, 1, 10),
        copies=key,
        **fields,
    )


def settled(value: Any, claim: str, standing: Standing = Standing.SINGLE) -> Settled:
    """A slot that one claim fills."""
    if value in (None, ()):
        return Settled(value, Standing.EMPTY)
    return Settled(value, standing, (Support(value, (claim,), 1),))


def made(words: str = "") -> Contents:
    """The dossier; with ``words`` they stand wherever a report or a person can put text."""
    wire = report("wire", words=words, url=words or "https://wire.example/talks?a=1&b=2")
    other = report("file", words=words)
    reports = {wire.id: wire, other.id: other}
    text = TEXT if not words else f"{words}\n\n{TEXT}"
    told = tuple(_told(n, wire if n % 2 else other, reports, text, words) for n in range(len(DATES)))
    first = told[0]
    judgement = Judgement(
        id="a" * 64,
        decision=Decision.CORRECT,
        anchors=(Anchor(first.claims[0].id, wire.id, "meeting", 0, 4),),
        who=words or "Ada",
        at=datetime(2022, 2, 1, 10, 30, tzinfo=UTC),
        why=words or "the minister says so",
        slot="subject",
        value='"cod"',
    )
    negotiation = Negotiation(
        id="negotiation-1",
        name=words or "Chile and Norway",
        parties=("CHL", "NOR"),
        forum=words or None,
        subject=words or "cod",
        happenings=tuple(one.id for one in told),
        state=StateOfPlay(
            last_meeting=first.id,
            proposals=(Answered(told[2].id, (told[4].id,)),),
            agreements=(told[3].id,),
            refusals=(told[4].id,),
        ),
        why=words or "the same parties",
    )
    holm = Profile(
        id="person:kari-holm",
        kind="person",
        name=words or "Kari Holm",
        spellings=((words or "Kari Holm", 2),),
        parties=("NOR",),
        tenures=(Tenure(words or "minister", "NOR", "2021", "2022-01-10", (wire.id,)),),
        reports=(wire.id,),
    )
    content = Span.of(text, len(text) - 20, len(text))
    said = Statement(words or "Kari Holm", "NOR", None, None, content, direct=False)
    return Contents(
        told=lambda: told,
        reports=reports,
        negotiations=(negotiation,),
        profiles=(holm,),
        judgements=(judgement,),
        text=lambda _: text,
        statements=lambda key: (said,) if key == wire.id else (),
        readings={key: Read("0.1.0", "2022-01-11T08:00:00+00:00") for key in reports},
        as_of=date(2022, 1, 31),
    )


def _told(n: int, source: StoredReport, reports: Mapping[str, StoredReport], text: str, words: str) -> Told:
    kind, status = TYPES[n]
    start = text.index("Norway and Chile")
    evidence = Span.of(text, start, start + len("Norway and Chile met in Geneva"))
    if words:
        evidence = Span.of(text, 0, len(words) or 1)
    place = Span.of(text, text.index("Geneva on"), text.index("Geneva on") + 6)
    slots: dict[str, Any] = {
        "kind": MeetingKind.IN_PERSON if kind is EventType.MEETING else None,
        "status": status,
        "parties": ("CHL", "NOR", words) if words else ("CHL", "NOR"),
        "people": (words or "Kari Holm",),
        "mediators": (),
        "by": ("NOR",) if kind in {EventType.PROPOSAL, EventType.REFUSAL} else (),
        "to": ("CHL",) if kind in {EventType.PROPOSAL, EventType.REFUSAL} else (),
        "forum": words or None,
        "place": words or "Geneva",
        "country": "CHE",
        "date": DATES[n],
        "subject": words or "cod",
        "title": words or None,
    }
    key = f"{n:02}" + "c" * 14
    claim = Claim(
        id=key,
        report=source.id,
        event="e1",
        type=kind,
        evidence=(evidence,),
        words=(("place", (place,)),),
        **slots,
    )
    plain = {
        name: settled(value if name in MANY or value is None else str(value), key)
        for name, value in slots.items()
    }
    if n == 0:
        plain["date"] = Settled(
            DATES[0],
            Standing.CONFLICT,
            (Support(DATES[0], (key,), 1), Support("2022-01-11", (key,), 1)),
            "the earlier one",
        )
    happening = Happening(
        id=key,
        type=kind,
        slots={name: plain[name] for name in CLAIM_SLOTS},
        claims=(key,),
        sources=1,
        history=(Turn(status, DATES[n], key, source.id, "2022-01-10"),),
        overdue=n == 1,
        judgements=("a" * 64,) if n == 0 else (),
    )
    return Told(happening, (claim,), reports)


@pytest.fixture(scope="session")
def contents() -> Contents:
    """The dossier with plain texts."""
    return made()


@pytest.fixture(scope="session")
def make() -> Make:
    """The dossier with the same words in all of its texts."""
    return made


@pytest.fixture(scope="session")
def happenings(contents: Contents) -> list[Happening]:
    return [told.happening for told in contents.told()]
