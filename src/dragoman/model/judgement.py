"""What a person decided: append-only, never an edit of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Decision(StrEnum):
    """What was decided."""

    SAME = "same"  # the claims tell of one happening
    DIFFERENT = "different"  # the first claim tells of another happening than each of the others
    CORRECT = "correct"  # the happening of the claim has this value in this slot
    NOT_EVENT = "not-an-event"  # the claim is no event
    UNDO = "undo"  # an earlier judgement no longer counts


@dataclass(frozen=True, slots=True)
class Anchor:
    """
    Which claim is meant, so that a re-reading that gives claims other ids still finds it.

    A claim of ``report`` of the same type whose evidence overlaps ``start:end`` is meant where ``claim``
    itself no longer exists.
    """

    claim: str
    report: str
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    One decision of one person.

    Attributes:
        id: hash of its content; unique also between dossiers, so that judgements can be exported and
            brought in again.
        anchors: the claims that it is about.
        at: aware, UTC.
        slot, value: for ``CORRECT``: the slot's name and its value as JSON (a list for the slots that hold
            several).
        undoes: for ``UNDO``: the id of the judgement that no longer counts. An undo can be undone.
    """

    id: str
    decision: Decision
    anchors: tuple[Anchor, ...]
    who: str
    at: datetime
    why: str = ""
    slot: str | None = None
    value: str | None = None
    undoes: str | None = None


def in_force(judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """
    The judgements that count, oldest first: without undos and without what they undo.

    Which undo counts follows from what each of them names, not from its time: two may be of one moment, and
    the clocks of two people differ.
    """
    ordered = sorted(judgements, key=lambda judgement: (judgement.at, judgement.id))
    undone = taken_back(ordered)
    return tuple(j for j in ordered if j.decision is not Decision.UNDO and j.id not in undone)


def taken_back(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of the judgements, undos among them, that an undo in force is about."""
    undoes = {j.id: j.undoes for j in judgements if j.decision is Decision.UNDO and j.undoes}
    undone: set[str] = set()
    for key in sorted(undoes, key=lambda key: -_steps(key, undoes)):  # what is itself undone undoes nothing
        if key not in undone:
            undone.add(undoes[key])
    return frozenset(undone)


def _steps(key: str, undoes: Mapping[str, str]) -> int:
    """How many undos lie between a judgement and the decision that they are about; ends in a circle too."""
    steps = 0
    while key in undoes and steps <= len(undoes):
        key, steps = undoes[key], steps + 1
    return steps
