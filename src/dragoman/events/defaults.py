"""What the report as a whole decides where a mention does not (rulings 8 and 14, place of a readout)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors import locate
from dragoman.events.scene import Scene
from dragoman.events.sighting import NO_PLACE
from dragoman.events.tables import words
from dragoman.model import BlockKind, Event, EventType, Reason, Sentence, Slot, Span, Status
from dragoman.model.edtf import bounds

SHORTEST_MONTH = 28  # days
MEETING_WORDS = words("meeting") | {"call", "meet", "hold", "readout"}
PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
HAPPENED = frozenset({Status.HELD, Status.REACHED, Status.MADE, Status.UNDER_WAY})


def apply_defaults(scene: Scene, events: list[Event]) -> list[Event]:
    """Fill date and place from the report's own where the codebook says so."""
    opening = _opening_of_readout(scene)
    main = [e for e in events if _told_by_headline(scene, e, opening)]
    found = []
    for event in events:
        here = _goes_with(event, main)
        found.append(_with_place(scene, _with_date(scene, event, here=here), here=here))
    return [_with_part_of_day(event, found[:i]) for i, event in enumerate(found)]


def _with_part_of_day(event: Event, before: list[Event]) -> Event:
    """ "In the evening he spoke with X": the day of the readout's own meeting with one of them."""
    open_part = event.date.value is None and any(
        span.exact.lower().split()[-1] in PARTS_OF_DAY for span in event.date.spans
    )
    if not open_part or event.status.value not in HAPPENED:
        return event
    for other in before:
        own = any(r.rule == "date.readout" for r in other.date.reasons)
        if own and set(other.people.value) & set(event.people.value):
            reason = Reason("date.part-of-day", "a part of the readout's own day", event.date.spans)
            return replace(event, date=Slot(other.date.value, event.date.spans, (reason,)))
    return event


def _told_by_headline(scene: Scene, event: Event, opening: Span | None) -> bool:
    heads = [b for b in scene.document.blocks if b.kind is BlockKind.HEADLINE]
    if not heads or event.status.value not in HAPPENED:
        return False
    if any(h.start <= span.start < h.end for h in heads for span in event.evidence):
        return True
    return (
        event.type is EventType.MEETING
        and opening is not None
        and any(opening.covers(span) for span in event.evidence)
    )


def _first_of_body(scene: Scene) -> Sentence | None:
    return next((s for s in scene.parsed.sentences if s.block is BlockKind.PARAGRAPH), None)


def _in_opening(scene: Scene, event: Event) -> bool:
    """Whether the first sentence of the body tells that the event took place."""
    body = _first_of_body(scene)
    if body is None or event.status.value not in HAPPENED:
        return False
    opening = scene.parsed.sentence_span(body)
    return any(opening.covers(span) for span in event.evidence)


def _opening_of_readout(scene: Scene) -> Span | None:
    """The first sentence below a headline that names a meeting."""
    parsed, body = scene.parsed, _first_of_body(scene)
    if body is None:
        return None
    heads = [s for s in parsed.sentences if s.block is BlockKind.HEADLINE]
    named = {parsed.tokens[i].lemma.lower() for s in heads for i in range(s.start_token, s.end_token)}
    return parsed.sentence_span(body) if named & MEETING_WORDS else None


def _goes_with(event: Event, main: list[Event]) -> bool:
    """Whether the event is the headline's, or an act of the same parties on that occasion."""
    if event in main:
        return True
    if event.type is EventType.AGREEMENT:
        return any(set(event.parties.value) <= set(m.parties.value) for m in main)
    persons = set(event.people.value)  # "X proposed to Y", who are the two of the readout
    return event.type is EventType.PROPOSAL and any(
        m.type is EventType.MEETING and len(persons) > 1 and persons <= set(m.people.value) for m in main
    )


def _with_date(scene: Scene, event: Event, *, here: bool) -> Event:
    published = scene.published
    if here and published is not None and _is_wide(event.date.value, published):
        reason = Reason("date.readout", "the words name only a longer time; a readout tells of its own day")
        return replace(event, date=Slot(published, event.date.spans, (*event.date.reasons, reason)))
    if published is None and event.date.value is None and not event.date.spans:
        return _not_before(scene, event, here=here)
    if (
        event.date.value is not None
        or event.date.spans
        or published is None
        or event.status.value not in HAPPENED
    ):
        return event
    if here:
        reason = Reason("date.readout", "a readout without a time tells of its own day (ruling 8)")
        return replace(event, date=Slot(published, (), (reason,)))
    if len(published) == 10 and event.status.value is not Status.UNDER_WAY:
        reason = Reason(
            "date.before-publication", "past and undated: not after the report's own day (ruling 14)"
        )
        return replace(event, date=Slot(f"../{published}", (), (reason,)))
    return event


def _is_wide(value: str | None, published: str) -> bool:
    """Whether a date is a month or longer around the report's own day ("the programme of 2010-2013")."""
    span, day = bounds(value) if value and ".." not in value else None, bounds(published)
    if span is None or day is None or span == day:
        return False
    return span[0] <= day[0] and day[1] <= span[1] and (span[1] - span[0]).days >= SHORTEST_MONTH - 1


def _not_before(scene: Scene, event: Event, *, here: bool) -> Event:
    """
    A report without a date of its own, but not older than the dates that it tells: so is its own matter.

    Only what the headline or the opening sentence tells, or what is done in the present tense, is of the
    report's own time.
    """
    low = scene.chronology.published.dct_low
    headline = any(b.kind is BlockKind.HEADLINE for b in scene.document.blocks)
    current = any(r.rule in {"status.tense-present", "status.will-not"} for r in event.status.reasons)
    acts = event.type in {EventType.PROPOSAL, EventType.REFUSAL}
    opens = event.type is EventType.MEETING and _in_opening(scene, event)
    if low is None or not headline or not (here or opens or (acts and current)):
        return event
    reason = Reason("date.not-before", f"the report itself is not older than {low}")
    return replace(event, date=Slot(f"{low}/..", (), (reason,)))


def _with_place(scene: Scene, event: Event, *, here: bool) -> Event:
    given = scene.document.place
    if not given or not here or not _place_open(event):
        return event
    if event.kind.value in NO_PLACE:
        return event
    known = locate(given)  # "The Kremlin, Moscow", "Sochi, Russia", "Washington, D.C."
    if known is None or known.granularity != "city":
        return event
    reason = Reason("place.of-report", f"the report was written at “{given}”")
    country: Slot[str | None] = Slot(known.country, (), (reason,)) if known.country else event.country
    return replace(event, place=Slot(known.name, (), (reason,)), country=country)


def _place_open(event: Event) -> bool:
    """Whether the report's own place may stand: the mention gives none, or no city."""
    return event.place.value is None or any(r.rule == "place.wide" for r in event.place.reasons)
