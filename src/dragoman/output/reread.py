"""An event as its row has it, back as a value: what a dossier keeps of a reading can be explained again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.model import CLAIM_SLOTS, MANY, Event, EventType, MeetingKind, Reason, Slot, Span, Status

_CLOSED: Mapping[str, Any] = {"kind": MeetingKind, "status": Status}


def event_of(row: Mapping[str, Any]) -> Event:
    """The event that :func:`dragoman.output.to_json` wrote into a row of its report."""
    slots = {name: _slot(row, name) for name in CLAIM_SLOTS}
    return Event(
        id=row["id"],
        type=EventType(row["type"]),
        evidence=_spans(row["evidence_spans"]),
        steps=_reasons(row["steps"]),
        **slots,
    )


def _slot(row: Mapping[str, Any], name: str) -> Slot[Any]:
    value = row[name]
    if name in MANY:
        value = tuple(value)
    elif name in _CLOSED and value is not None:
        value = _CLOSED[name](value)
    return Slot(value, _spans(row["spans"].get(name, ())), _reasons(row["why"].get(name, ())))


def _spans(rows: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(row["start"], row["end"], row["exact"]) for row in rows)


def _reasons(rows: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(row["rule"], row["note"], _spans(row["spans"])) for row in rows)
