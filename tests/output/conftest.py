"""One record with every kind of value, its report as hostile as reports get."""

from __future__ import annotations

import pytest

from dragoman.model import (
    Actors,
    DateWitness,
    Defect,
    DefectKind,
    Entity,
    EntityKind,
    Event,
    EventType,
    MeetingKind,
    Mention,
    Published,
    Reason,
    Record,
    Slot,
    Span,
    Statement,
    Status,
    Timex,
    TimexType,
    Use,
    WitnessKind,
)
from dragoman.testing import make_document

TEXT = """The Morning Gazette

Envoys sit down in Geneva [bold]again[/bold]

GENEVA, 10 January 2022 - Wendy Sherman and Sergei Ryabkov met for eight hours
on Monday. Mr Ryabkov said "we have no \x1b[31mred\x1b[0m illusions".

Russia rejected the <b>offer</b> of the alliance on an unknown day.

Share this page"""


def span(words: str, start: int = 0) -> Span:
    at = TEXT.index(words, start)
    return Span.of(TEXT, at, at + len(words))


def met() -> Event:
    evidence = span("Wendy Sherman and Sergei Ryabkov met for eight hours\non Monday")
    when = Reason("timex.weekday", "Monday before publication", (span("Monday"),))
    return Event(
        id="e1",
        type=EventType.MEETING,
        status=Slot(Status.HELD, (span("met"),), (Reason("status.past", "past tense", (span("met"),)),)),
        parties=Slot(("RUS", "USA"), (span("Wendy Sherman"), span("Sergei Ryabkov"))),
        evidence=(evidence,),
        kind=Slot(MeetingKind.IN_PERSON),
        people=Slot(("Wendy Sherman", "Sergei Ryabkov"), (span("Wendy Sherman"), span("Sergei Ryabkov"))),
        place=Slot("Geneva", (span("GENEVA"),), (Reason("place.dateline", "", (span("GENEVA"),)),)),
        country=Slot("CHE"),
        date=Slot("2022-01-10", (span("Monday"),), (when,)),
        steps=(Reason("trigger.meet", "“met” tells of a meeting", (span("met"),)),),
    )


def rejected() -> Event:
    return Event(
        id="e2",
        type=EventType.REFUSAL,
        status=Slot(Status.MADE),
        parties=Slot(("NATO", "RUS")),
        by=Slot(("RUS",)),
        to=Slot(("NATO",)),
        evidence=(span("Russia rejected the <b>offer</b>"),),
        subject=Slot("the <b>offer</b>"),
    )


@pytest.fixture
def record() -> Record:
    chrome = ("The Morning Gazette", "Share this page")
    title = "Envoys sit down in Geneva [bold]again[/bold]"
    document = make_document(TEXT, id="gazette.txt", chrome=chrome, publisher="Gazette", title=title)
    ryabkov = Entity(
        "person:sergei-ryabkov", EntityKind.PERSON, "Sergei Ryabkov", ("RUS",), "deputy minister"
    )
    witness = DateWitness(WitnessKind.DATELINE, "2022-01-10", span("10 January 2022"))
    mention = Mention(
        span("Mr Ryabkov"), 0, 2, 1, "PER", (ryabkov.id,), ("RUS",), Use.PARTY, Reason("name.surname")
    )
    timex = Timex(span("Monday"), 0, 1, TimexType.DATE, "2022-01-10", "2022-01-10", Reason("timex.weekday"))
    said = Statement(
        speaker="Sergei Ryabkov",
        party="RUS",
        source=span("Mr Ryabkov"),
        cue=span("said"),
        content=span('"we have no \x1b[31mred\x1b[0m illusions"'),
        direct=True,
    )
    return Record(
        document=document,
        published=Published("2022-01-10", "stated", (Reason("published.dateline"),), (witness,)),
        timexes=(timex,),
        actors=Actors((mention,), {ryabkov.id: ryabkov}),
        events=(rejected(), met()),
        statements=(said,),
        defects=(Defect(DefectKind.LOST_WORDS, span("on an unknown day"), "no day"),),
    )
