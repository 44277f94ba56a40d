"""What may enter the record: the least that the codebook asks of an event."""

from __future__ import annotations

from dragoman.model import Event, EventType


def is_record(event: Event) -> bool:
    """Whether the event names enough parties for its type (codebook sections 2 and 3, ruling 3)."""
    parties = len(event.parties.value)
    if event.type in {EventType.MEETING, EventType.AGREEMENT}:
        return parties > 1
    # a proposal is put to somebody; a refusal stands also where the report does not say to whom
    return parties > (1 if event.type is EventType.PROPOSAL else 0) and bool(event.by.value)
