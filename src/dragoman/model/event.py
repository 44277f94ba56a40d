"""What happened, or may: the codebook's events, each slot with its words and its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dragoman.model.reason import Reason, Slot
from dragoman.model.span import Span


class EventType(StrEnum):
    """Codebook section 2."""

    MEETING = "meeting"
    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    REFUSAL = "refusal"


class MeetingKind(StrEnum):
    """How a meeting is held."""

    IN_PERSON = "in-person"
    CALL = "call"
    VIDEO = "video"
    INDIRECT = "indirect"


class Status(StrEnum):
    """Codebook section 3."""

    HELD = "held"
    UNDER_WAY = "under-way"
    PLANNED = "planned"
    PROPOSED = "proposed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    DENIED = "denied"
    UNCLEAR = "unclear"
    REACHED = "reached"
    EXPECTED = "expected"
    FAILED = "failed"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Event:
    """
    One happening as one report tells it; several mentions of it are one event.

    ``evidence`` holds unbroken snippets of the stored text, each with a trigger word; ``steps`` tells
    rule by rule how the event came about, for ``dragoman explain``. Field meanings: codebook
    section 3. ``parties`` and its kin hold party codes, ``people`` fullest names.
    """

    id: str
    type: EventType
    status: Slot[Status]
    parties: Slot[tuple[str, ...]]
    evidence: tuple[Span, ...]
    kind: Slot[MeetingKind | None] = field(default_factory=lambda: Slot(None))
    people: Slot[tuple[str, ...]] = field(default_factory=lambda: Slot(()))
    mediators: Slot[tuple[str, ...]] = field(default_factory=lambda: Slot(()))
    by: Slot[tuple[str, ...]] = field(default_factory=lambda: Slot(()))
    to: Slot[tuple[str, ...]] = field(default_factory=lambda: Slot(()))
    forum: Slot[str | None] = field(default_factory=lambda: Slot(None))
    place: Slot[str | None] = field(default_factory=lambda: Slot(None))
    country: Slot[str | None] = field(default_factory=lambda: Slot(None))
    date: Slot[str | None] = field(default_factory=lambda: Slot(None))
    subject: Slot[str | None] = field(default_factory=lambda: Slot(None))
    title: Slot[str | None] = field(default_factory=lambda: Slot(None))
    steps: tuple[Reason, ...] = ()
