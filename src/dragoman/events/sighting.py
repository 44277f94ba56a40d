"""One mention of a happening, before the mentions of one report are brought together."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.events.scene import Participant
from dragoman.events.when import When
from dragoman.events.where import Where
from dragoman.model import EventType, MeetingKind, Reason, Span, Status

# A call is at no place.
NO_PLACE = frozenset({MeetingKind.CALL, MeetingKind.VIDEO})


@dataclass(frozen=True, slots=True)
class Sighting:
    """
    A trigger with what hangs on it.

    ``weak`` sightings never make an event alone: they only add to one ("the talks", a process named in
    general). ``members`` take part; ``by`` and ``to`` are kept apart for proposals and refusals. ``noun``
    is the token of the document agreed or proposed, ``word`` the lemma of a meeting noun; ``earlier``
    marks what is told as having come before the report's own matter, ``spoken`` what somebody says in a
    transcript, ``apart`` one of several meetings with one other side each.
    """

    type: EventType
    trigger: int
    evidence: Span
    status: Status
    status_reason: Reason
    members: tuple[Participant, ...] = ()
    by: tuple[Participant, ...] = ()
    to: tuple[Participant, ...] = ()
    mediators: tuple[Participant, ...] = ()
    kind: MeetingKind | None = None
    when: When | None = None
    where: Where | None = None
    forum: str | None = None
    forum_parties: tuple[str, ...] = ()
    subject: Span | None = None
    title: Span | None = None
    noun: int | None = None
    word: str = ""
    weak: bool = False
    earlier: bool = False
    definite: bool = False
    spoken: bool = False
    apart: bool = False
    steps: tuple[Reason, ...] = ()

    @property
    def all_members(self) -> tuple[Participant, ...]:
        """Everybody who takes part, in any role."""
        return self.by + self.to + self.members + self.mediators
