"""What a report, an actor, an event, a claim and a happening are; standard library only."""

from dragoman.model.actor import Actors, Entity, EntityKind, Mention, Use
from dragoman.model.claim import CLAIM_SLOTS, MANY, PARTY_SLOTS, Claim, claim_id
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
from dragoman.model.happening import (
    Feature,
    Happening,
    Match,
    Plain,
    Reconciled,
    Settled,
    Standing,
    Support,
    Turn,
    Verdict,
)
from dragoman.model.judgement import Anchor, Decision, Judgement, in_force, taken_back
from dragoman.model.negotiation import Answered, Negotiation, Profile, StateOfPlay, Tenure
from dragoman.model.parsed import Name, Parsed, Sentence, Token
from dragoman.model.reason import Declined, Reason, Slot
from dragoman.model.record import Record
from dragoman.model.span import Span
from dragoman.model.statement import Statement
from dragoman.model.stored import StoredReport
from dragoman.model.timex import Chronology, Published, Timex, TimexType

__all__ = [
    "CLAIM_SLOTS",
    "MANY",
    "PARTY_SLOTS",
    "Actors",
    "Anchor",
    "Answered",
    "Block",
    "BlockKind",
    "Chronology",
    "Claim",
    "DateWitness",
    "Decision",
    "Declined",
    "Defect",
    "DefectKind",
    "Document",
    "Entity",
    "EntityKind",
    "Event",
    "EventType",
    "Feature",
    "Happening",
    "Judgement",
    "Match",
    "MeetingKind",
    "Mention",
    "Name",
    "Negotiation",
    "Parsed",
    "Plain",
    "Profile",
    "Published",
    "Reason",
    "Reconciled",
    "Record",
    "Sentence",
    "Settled",
    "Slot",
    "Span",
    "Standing",
    "StateOfPlay",
    "Statement",
    "Status",
    "StoredReport",
    "Support",
    "Tenure",
    "Timex",
    "TimexType",
    "Token",
    "Turn",
    "Use",
    "Verdict",
    "WitnessKind",
    "claim_id",
    "in_force",
    "taken_back",
]
