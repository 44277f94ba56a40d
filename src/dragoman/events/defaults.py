"""What the report as a whole decides where a mention does not (rulings 8 and 14, place of a readout)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.scene import Scene
from dragoman.model import Event, EventType, MeetingKind, Reason, Slot, Status

HAPPENED = frozenset({Status.HELD, Status.REACHED, Status.MADE, Status.UNDER_WAY})


def apply_defaults(scene: Scene, events: list[Event]) -> list[Event]:
    """Fill date and place from the report's own where the codebook says so."""
    main = [e for e in events if _told_by_headline(scene, e)]
    found = []
    for event in events:
        here = _goes_with(event, main)
        found.append(_with_place(scene, _with_date(scene, event, here=here), here=here))
    return found


def _told_by_headline(scene: Scene, event: Event) -> bool:
    text = scene.document.text
    end = text.find("\n")
    title = scene.document.title
    if title is None or end < 0:
        return False
    return event.status.value in HAPPENED and any(span.start < end for span in event.evidence)


def _goes_with(event: Event, main: list[Event]) -> bool:
    """Whether the event is the headline's, or an act of the same parties on that occasion."""
    if event in main:
        return True
    return event.type is EventType.AGREEMENT and any(
        set(event.parties.value) <= set(m.parties.value) for m in main
    )


def _with_date(scene: Scene, event: Event, *, here: bool) -> Event:
    published = scene.published
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


def _with_place(scene: Scene, event: Event, *, here: bool) -> Event:
    given = scene.document.place
    if not given or not here or not _place_open(event):
        return event
    if event.kind.value in {MeetingKind.CALL, MeetingKind.VIDEO}:
        return event
    # "The Kremlin, Moscow": the last part is the city
    city = given.split(",")[-1].strip()
    reason = Reason("place.of-report", f"the report was written at “{given}”")
    return replace(event, place=Slot(city, (), (reason,)))


def _place_open(event: Event) -> bool:
    """Whether the report's own place may stand: the mention gives none, or no city."""
    return event.place.value is None or any(r.rule == "place.wide" for r in event.place.reasons)
