"""
What people decide, as judgements: made from claims, written as JSON lines, read back with their ids checked.

What a judgement means for the record is the reconcile room's business; here it only gets its form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dragoman.actors.parties import country_code, party_code
from dragoman.errors import UsageError
from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    PARTY_SLOTS,
    Anchor,
    Claim,
    Decision,
    EventType,
    Judgement,
    MeetingKind,
    Status,
)
from dragoman.model.edtf import Edtf
from dragoman.text.dates import as_edtf

_ID = 16  # hexadecimal digits, as of all ids in a dossier
_FIELDS = ("decision", "anchors", "who", "at", "why", "slot", "value", "undoes")
_CLOSED = {"status": frozenset(map(str, Status)), "kind": frozenset(map(str, MeetingKind))}
_AT_LEAST = {Decision.SAME: 2, Decision.DIFFERENT: 2, Decision.CORRECT: 1, Decision.NOT_EVENT: 1}


def anchor(claim: Claim) -> Anchor:
    """What names a claim so that a re-reading still finds it: the extent of its evidence."""
    start = min((span.start for span in claim.evidence), default=0)
    end = max((span.end for span in claim.evidence), default=0)
    return Anchor(claim.id, claim.report, claim.type.value, start, end)


def decide(
    decision: Decision,
    claims: Sequence[Claim],
    *,
    who: str,
    at: datetime,
    why: str = "",
    slot: str | None = None,
    value: str | Sequence[str] | None = None,
) -> Judgement:
    """
    The judgement that ``decision`` holds of ``claims``; its time is kept in UTC.

    "Same" and "different" need two claims or more (the first of them is another event than each of the
    others), the rest one or more. ``slot`` and ``value`` are for a correction; None or () as the value
    says that nothing is known.

    Raises:
        UsageError: too few claims, no slot of the record, a value that it cannot hold.
    """
    unique = list({claim.id: claim for claim in claims}.values())
    if len(unique) < _AT_LEAST.get(decision, 0):
        needed = _AT_LEAST[decision]
        raise UsageError(f"{decision.value} needs {needed} different claim{'s' if needed > 1 else ''}")
    stored = None
    if decision is Decision.CORRECT:
        stored = slot_value(slot, value)
    return signed(
        decision,
        tuple(map(anchor, unique)),
        who=who,
        at=at,
        why=why,
        slot=slot if stored else None,
        value=stored,
    )


def undo(judgement: Judgement, *, who: str, at: datetime, why: str = "") -> Judgement:
    """The judgement that an earlier one no longer counts."""
    return signed(Decision.UNDO, (), who=who, at=at, why=why, undoes=judgement.id)


def signed(
    decision: Decision,
    anchors: tuple[Anchor, ...],
    *,
    who: str,
    at: datetime,
    why: str = "",
    slot: str | None = None,
    value: str | None = None,
    undoes: str | None = None,
) -> Judgement:
    """A judgement with the id that its content gives."""
    if at.tzinfo is None:
        raise UsageError("a judgement's time needs a time zone")
    at = at.astimezone(UTC)
    draft = Judgement("", decision, anchors, who, at, why, slot, value, undoes)
    return Judgement(judgement_id(draft), decision, anchors, who, at, why, slot, value, undoes)


def judgement_id(judgement: Judgement) -> str:
    """The hash of all that a judgement says, 16 hexadecimal digits."""
    content = {name: getattr(judgement, name) for name in _FIELDS}
    content["decision"] = judgement.decision.value
    content["at"] = judgement.at.astimezone(UTC).isoformat()
    content["anchors"] = [[a.claim, a.report, a.type, a.start, a.end] for a in judgement.anchors]
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_ID]


def slot_value(slot: str | None, value: str | Sequence[str] | None) -> str:
    """A slot's value as a judgement keeps it (JSON); UsageError where the slot cannot hold it."""
    if slot not in CLAIM_SLOTS:
        raise UsageError(f"{slot!r} is no slot; the slots are {', '.join(CLAIM_SLOTS)}")
    if slot in MANY:
        given = [value] if isinstance(value, str) else list(value or ())
        items = [item.strip() for item in given if item.strip()]
        if slot in PARTY_SLOTS:  # may be given by name
            items = list(dict.fromkeys(map(party_code, items)))
        return json.dumps(items, ensure_ascii=False)
    if value is not None and not isinstance(value, str):
        if len(value) > 1:
            raise UsageError(f"{slot} holds one value, not {len(value)}")
        value = value[0] if value else None
    text = (value or "").strip() or None
    if text and slot in _CLOSED and text not in _CLOSED[slot]:
        raise UsageError(f"{slot} cannot be {text!r}; it is one of {', '.join(sorted(_CLOSED[slot]))}")
    if text and slot == "country":
        country = country_code(text)
        if country is None:
            raise UsageError(f"no country is known as {text!r}; give its name or its code of three letters")
        text = country
    if text and slot == "date":
        written, text = text, as_edtf(text)
        if Edtf.parse(text) is None:
            raise UsageError(
                f"{written!r} is no date; write it as 2022-01-21, 21 January 2022, 2022-01, "
                "2022-01-10/2022-01-12, ../2022-01-13, 2022-01-13/.. or 2022-01-21~"
            )
    if slot == "status" and text is None:
        raise UsageError("a status cannot be empty; give 'unclear' where it is not known")
    return json.dumps(text, ensure_ascii=False)


def read_judgements(lines: Iterable[str], *, where: str) -> tuple[Judgement, ...]:
    """
    Judgements from the JSON lines that ``dragoman judgements --json`` writes.

    Raises:
        UsageError: a line that is no judgement, or whose id is not the hash of what it says.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_judgement(line, where=f"{where}:{number}"))
    return tuple(found)


def _judgement(line: str, *, where: str) -> Judgement:
    try:
        row = json.loads(line)
        judgement = _from_row(row)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{where}: no judgement: {error}") from error
    if judgement_id(judgement) != judgement.id:
        raise UsageError(
            f"{where}: the id {judgement.id!r} does not belong to what the line says; it was changed"
        )
    try:
        _check(judgement)
    except ValueError as error:
        raise UsageError(f"{where}: no judgement: {error}") from error
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error
    return judgement


def _check(judgement: Judgement) -> None:
    """Refuse what no dossier could hold: it is kept for good, and every later build would fail over it."""
    for text in (judgement.who, judgement.why, judgement.slot, judgement.value, judgement.undoes):
        (text or "").encode()  # UnicodeEncodeError is a ValueError
    for one in judgement.anchors:
        f"{one.claim}{one.report}".encode()
    if judgement.decision is Decision.CORRECT and judgement.value is not None:
        slot_value(judgement.slot, json.loads(judgement.value))


def _from_row(row: Mapping[str, Any]) -> Judgement:
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError("its time has no time zone")
    texts = {name: row[name] for name in ("id", "who", "why")}
    optional = {name: row[name] for name in ("slot", "value", "undoes")}
    wrong = [n for n, v in texts.items() if not isinstance(v, str)]
    wrong += [n for n, v in optional.items() if not (v is None or isinstance(v, str))]
    if wrong:
        raise ValueError(f"{wrong[0]} is no text")
    anchors = tuple(_anchor(item) for item in row["anchors"])
    return Judgement(
        decision=Decision(row["decision"]), anchors=anchors, at=at.astimezone(UTC), **texts, **optional
    )


def _anchor(row: Mapping[str, Any]) -> Anchor:
    kind = EventType(row["type"]).value
    start, end = row["start"], row["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError("an anchor's offsets are not in order")
    return Anchor(str(row["claim"]), str(row["report"]), kind, start, end)
