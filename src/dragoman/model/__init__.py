"""What a report, an actor, an event and a statement are; standard library only."""

from dragoman.model.actor import Actors, Entity, EntityKind, Mention, Use
from dragoman.model.document import (
    Block,
    BlockKind,
    DateWitness,
    Defect,
    DefectKind,
    Document,
    WitnessKind,
)
from dragoman.model.event import Event, EventType, MeetingKind, Status
from dragoman.model.parsed import Name, Parsed, Sentence, Token
from dragoman.model.reason import Declined, Reason, Slot
from dragoman.model.record import Record
from dragoman.model.span import Span
from dragoman.model.statement import Statement
from dragoman.model.timex import Chronology, Published, Timex, TimexType

__all__ = [
    "Actors",
    "Block",
    "BlockKind",
    "Chronology",
    "DateWitness",
    "Declined",
    "Defect",
    "DefectKind",
    "Document",
    "Entity",
    "EntityKind",
    "Event",
    "EventType",
    "MeetingKind",
    "Mention",
    "Name",
    "Parsed",
    "Published",
    "Reason",
    "Record",
    "Sentence",
    "Slot",
    "Span",
    "Statement",
    "Status",
    "Timex",
    "TimexType",
    "Token",
    "Use",
    "WitnessKind",
]
