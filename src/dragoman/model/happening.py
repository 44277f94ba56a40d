"""What follows from many claims: one happening with its support, its conflicts and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dragoman.model.event import EventType, Status

Plain = str | tuple[str, ...] | None


class Standing(StrEnum):
    """How well a slot's value stands."""

    SINGLE = "single"  # one independent source speaks of it
    AGREED = "agreed"  # several do, and their values hold together
    CONFLICT = "conflict"  # values that cannot both hold; the best supported one is shown first
    JUDGED = "judged"  # a person decided
    EMPTY = "empty"  # no report says anything


@dataclass(frozen=True, slots=True)
class Support:
    """One value of a slot, the claims that give it and how many independent sources they come from."""

    value: Plain
    claims: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Settled:
    """
    One slot of a happening.

    Attributes:
        value: what the record shows; for a date, what all that hold together say together.
        support: every value that a report gives, the best supported first. Where ``standing`` is
            ``CONFLICT`` at least two of them cannot both hold.
        note: how it was settled, for a reader ("2022-01-13/.. and 2022-01-21 together").
    """

    value: Plain
    standing: Standing
    support: tuple[Support, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a happening's history: a report of some day gives it a status, and a date for it."""

    status: Status
    date: str | None
    claim: str
    report: str
    published: str | None


class Verdict(StrEnum):
    """Whether two claims tell of one happening."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of a match: the feature's name, its weight here, and the values that made it."""

    name: str
    weight: float
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Match:
    """
    Two claims held against each other.

    Attributes:
        left, right: claim ids, ``left < right``.
        score: sum of the features' weights.
        by: "table" where the weights decided, else the id of the judgement.
        why: for a pair left unsure, what the table could not decide.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    features: tuple[Feature, ...]
    by: str = "table"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """
    One happening as all reports together tell it.

    Attributes:
        id: the id of its first claim (by day of publication, then by id; undated reports last), so that
            later reports leave it as it is. The id of any of its claims leads to it too.
        slots: every slot of the codebook by name.
        claims: ids, in order of publication.
        sources: how many independent sources (copies count once).
        history: what the reports said of its status, in order of publication.
        overdue: planned, its day has passed by the last report of the dossier, and no report tells of it.
        judgements: ids of those that shaped it.
    """

    id: str
    type: EventType
    slots: Mapping[str, Settled]
    claims: tuple[str, ...]
    sources: int
    history: tuple[Turn, ...]
    overdue: bool = False
    judgements: tuple[str, ...] = ()

    def value(self, slot: str) -> Plain:
        """The settled value of a slot."""
        return self.slots[slot].value

    def text(self, slot: str) -> str | None:
        """The settled value of a slot that holds one value."""
        value = self.slots[slot].value
        return value if isinstance(value, str) else None

    def many(self, slot: str) -> tuple[str, ...]:
        """The settled values of a slot that holds several."""
        value = self.slots[slot].value
        return value if isinstance(value, tuple) else ()

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Names of the slots whose values cannot all hold."""
        return tuple(name for name, slot in self.slots.items() if slot.standing is Standing.CONFLICT)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """
    What follows from claims and judgements.

    Attributes:
        happenings: in order of date, then of id.
        matches: the pairs that made or might make one happening of two claims: those judged same by the
            table, and those left unsure, in order of ids.
        dropped: claims that a person judged to be no event.
        as_of: the day up to which reports count; the last day of publication where none was given.
    """

    happenings: tuple[Happening, ...]
    matches: tuple[Match, ...]
    dropped: tuple[str, ...] = ()
    as_of: date | None = None

    @property
    def unsure(self) -> tuple[Match, ...]:
        """The pairs that wait for a person."""
        return tuple(match for match in self.matches if match.verdict is Verdict.UNSURE)
