"""What one report says of one happening: an event of its record, with the report it stands in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dragoman.model.event import Event, EventType, MeetingKind, Status
from dragoman.model.span import Span

# The slots of an event that reports may agree or differ on, in the codebook's order.
CLAIM_SLOTS = (
    "kind", "status", "parties", "people", "mediators", "by", "to",
    "forum", "place", "country", "date", "subject", "title",
)  # fmt: skip
# Those of them that hold codes of parties, and those that hold several values.
PARTY_SLOTS = ("parties", "mediators", "by", "to")
MANY = frozenset({*PARTY_SLOTS, "people"})


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One report asserts one happening.

    Merging never edits a claim; what follows from many claims is a :class:`~dragoman.model.Happening`.

    Attributes:
        id: hash of the report and of the place in its text, so that a rerun gives the same id and two
            reports never collapse into one.
        report: id of the report.
        event: the event's id in that report's record, as ``dragoman read`` prints it.
        evidence: unbroken snippets of the stored text; spans count in the text of ``report``.
        words: for each slot that has any, the words that carry it.
    """

    id: str
    report: str
    event: str
    type: EventType
    status: Status
    parties: tuple[str, ...]
    evidence: tuple[Span, ...]
    kind: MeetingKind | None = None
    people: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    forum: str | None = None
    place: str | None = None
    country: str | None = None
    date: str | None = None
    subject: str | None = None
    title: str | None = None
    words: tuple[tuple[str, tuple[Span, ...]], ...] = ()

    @classmethod
    def of(cls, report: str, event: Event) -> Claim:
        """The claim that report ``report`` makes with ``event``."""
        slots = {name: getattr(event, name) for name in CLAIM_SLOTS}
        return cls(
            id=claim_id(report, event.id),
            report=report,
            event=event.id,
            type=event.type,
            evidence=event.evidence,
            words=tuple((name, slot.spans) for name, slot in slots.items() if slot.spans),
            **{name: slot.value for name, slot in slots.items()},
        )

    def words_of(self, slot: str) -> tuple[Span, ...]:
        """The words that carry a slot, () where there are none."""
        return next((spans for name, spans in self.words if name == slot), ())


def claim_id(report: str, event: str) -> str:
    """The id of a report's claim, 16 hexadecimal digits."""
    return hashlib.sha256(f"{report}:{event}".encode()).hexdigest()[:16]
