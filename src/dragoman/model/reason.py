"""Why a value was chosen: the rule that spoke and the words it spoke about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.model.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule's name ("timex.weekday-before-publication"), a note for a reader, and its words."""

    rule: str
    note: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """One field of an event: its value, the words that carry it, and why it was chosen."""

    value: T
    spans: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """A rule looked and would not decide; stored and counted, never an exception."""

    reason: str
    span: Span | None = None
