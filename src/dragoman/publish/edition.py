"""Editions: what one keeps for the next, and what is new since the edition before."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.errors import UsageError
from dragoman.export.saying import uuid_of
from dragoman.model import Happening
from dragoman.output.happenings import count, event_row
from dragoman.output.sentences import value_in_sentence
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, latest_order, status_in_words
from dragoman.publish.material import Material

FORMAT = 1
_SLOTS = ("status", "date", "place", "country", "parties", "kind")  # a change of these is told


def urn(kind: str, key: str) -> str:
    """An identifier that stays the same wherever the site stands: "urn:uuid:…"."""
    return f"urn:uuid:{uuid_of(kind, key)}"


@dataclass(frozen=True, slots=True)
class Kept:
    """
    What an edition keeps of an event.

    Attributes:
        name: the id under which it first stood; feed and calendar know it by that for good.
        digest: of all that is told of it.
        first, updated: days of the editions in which it first stood and last changed.
        slots: the values whose change is told, as JSON has them.
        sources: how many there were.
        conflicts: names of the slots that reports differed on.
        claims: their ids; by them a later edition finds the event where it became part of another.
    """

    name: str
    digest: str
    first: str
    updated: str
    slots: Mapping[str, Any]
    sources: int
    conflicts: tuple[str, ...]
    overdue: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an edition keeps for the next: its day, its events, ids of its reports."""

    day: str
    events: Mapping[str, Kept]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """One edition in the list of all: its day and its counts."""

    day: str
    reports: int
    events: int
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class Memory:
    """
    What the site remembers.

    Attributes:
        feed: identifier of the feed, given once.
        before: the edition before the one that stands.
        now: the one that stands.
        editions: all of them, oldest first.
        moved: ids of events that became part of another, with the id of that one.
    """

    feed: str
    before: Snapshot | None
    now: Snapshot
    editions: tuple[Past, ...]
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """
    What is new since the edition before.

    Attributes:
        since: its day; None for a first edition.
        events: ids of new events, those with the latest reports first.
        changed: ids of events that changed, with what is different in words.
        gone: how many no longer stand and became part of no other.
        joined: how many became part of another.
        reports: ids of new reports.
    """

    since: str | None
    events: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gone: int = 0
    joined: int = 0
    reports: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the record says what it said before."""
        return not (self.events or self.changed or self.gone or self.joined or self.reports)


def next_memory(memory: Memory | None, material: Material) -> tuple[Memory, News]:
    """
    What the site remembers after this edition, and what is new in it.

    An edition of the same day replaces the one that stands, and is compared with the one before that.

    Raises:
        UsageError: the site holds an edition of a later day.
    """
    if material.day is None:
        raise UsageError(
            "no report of the dossier has a date, so none for an edition; name one with --edition"
        )
    day = material.day.isoformat()
    if memory and day < memory.now.day:
        raise UsageError(
            f"the site holds the edition of {date_in_words(memory.now.day)}, later than "
            f"{date_in_words(day)}; publish into another folder, or begin its editions anew with --anew"
        )
    before = memory.now if memory and memory.now.day < day else memory.before if memory else None
    now = _snapshot(material, day, memory.now if memory else None)
    moved = dict(memory.moved) if memory else {}
    for old in [*moved, *(memory.now.events if memory else ()), *(before.events if before else ())]:
        kept = (
            next((s.events[old] for s in (memory.now, before) if s and old in s.events), None)
            if memory
            else None
        )
        target = _home(old, kept, material) or _follow(moved.get(old), material)
        if old in now.events or target is None:
            moved.pop(old, None)
        else:
            moved[old] = target
    news = compare(before, material)
    editions = [past for past in (memory.editions if memory else ()) if past.day < day]
    editions.append(Past(day, len(material.reports), len(material.told), len(news.events), len(news.changed)))
    feed = memory.feed if memory else urn("feed", next(iter(sorted(material.reports)), ""))
    return Memory(feed, before, now, tuple(editions), dict(sorted(moved.items()))), news


def _home(old: str, kept: Kept | None, material: Material) -> str | None:
    """The event that an event of an earlier edition is part of now."""
    claims = (old, *(kept.claims if kept else ()))
    return next((material.event_of_claim[c] for c in claims if c in material.event_of_claim), None)


def _follow(target: str | None, material: Material) -> str | None:
    return material.event_of_claim.get(target) if target else None


def _snapshot(material: Material, day: str, last: Snapshot | None) -> Snapshot:
    parts = _parts(last, material) if last else {}
    heirs = _heirs(parts)
    events = {}
    for told in material.told:
        h, digest = told.happening, digest_of(told)
        own = _own(h.id, parts, heirs) if last else []
        old = last.events[own[0]] if last and own else None
        events[h.id] = Kept(
            name=old.name if old else h.id,
            digest=digest,
            first=old.first if old else day,
            updated=old.updated if old and old.digest == digest else day,
            slots=_values(h),
            sources=h.sources,
            conflicts=h.conflicts,
            overdue=h.overdue,
            claims=h.claims,
        )
    return Snapshot(day, events, tuple(sorted(material.reports)))


def digest_of(told: Told) -> str:
    """A digest of all that is told of an event."""
    row = json.dumps(event_row(told), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(row.encode()).hexdigest()[:32]


def _values(happening: Happening) -> dict[str, Any]:
    return {name: _plain(happening.value(name)) for name in _SLOTS}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def compare(before: Snapshot | None, material: Material) -> News:
    """What is new since an edition."""
    if before is None:
        return News(None)
    parts = _parts(before, material)
    heirs = _heirs(parts)
    new: list[str] = []
    changed: list[tuple[str, tuple[str, ...]]] = []
    joined = 0
    for told in material.told:
        own = _own(told.id, parts, heirs)
        joined += max(0, len(own) - 1)
        if not parts[told.id]:
            new.append(told.id)
        elif not own:
            changed.append((told.id, ("the edition before told it as part of another event",)))
        elif words := tuple(_changes(before.events[own[0]], told.happening)):
            changed.append((told.id, words))
    return News(
        since=before.day,
        events=tuple(latest_first(material.events[event] for event in new)),
        changed=tuple(changed),
        gone=len(set(before.events) - set(heirs)),
        joined=joined,
        reports=tuple(report for report in material.reports if report not in set(before.reports)),
    )


def _parts(before: Snapshot, material: Material) -> dict[str, Counter[str]]:
    """For each event, the events of the edition before that its claims belonged to, with their number."""
    known = {claim: event for event, kept in before.events.items() for claim in (event, *kept.claims)}
    return {
        told.id: Counter(known[claim] for claim in told.happening.claims if claim in known)
        for told in material.told
    }


def _own(event: str, parts: Mapping[str, Counter[str]], heirs: Mapping[str, str]) -> list[str]:
    """The earlier events that an event goes on from, that of its own id or of most claims first."""
    own = [old for old in parts[event] if heirs[old] == event]
    return sorted(own, key=lambda old: (old != event, -parts[event][old], old))


def _heirs(parts: Mapping[str, Counter[str]]) -> dict[str, str]:
    """For each event of the edition before, the one that holds most of its claims now."""
    found: dict[str, tuple[int, bool, str]] = {}
    for event, counts in parts.items():
        for old, number in counts.items():
            found[old] = max(found.get(old, (0, False, "")), (number, event == old, event))
    return {old: event for old, (_, _, event) in found.items()}


def latest_first(told: Iterable[Told]) -> list[str]:
    """Ids of events in the order of a front page: told last, then happened last."""
    by_date = sorted(told, key=lambda one: (latest_order(one.date), one.id))
    return [one.id for one in sorted(by_date, key=lambda one: last_told(one)[0], reverse=True)]


def last_told(told: Told) -> tuple[str, str]:
    """The last day on which a report tells of an event, with its id for the order."""
    days = [report.latest.isoformat() for report in told.told_by if report.latest]
    return max(days, default=""), told.id


def _changes(kept: Kept, happening: Happening) -> Iterable[str]:
    """What is different, each in words: "called off; the edition before had it planned"."""
    for name in _SLOTS:
        was, now = kept.slots.get(name), _plain(happening.value(name))
        if _unordered(was) != _unordered(now):
            yield _change(name, was, now)
    if happening.sources > kept.sources:
        yield f"{count(happening.sources - kept.sources, 'more source')}, {happening.sources} in all"
    elif happening.sources < kept.sources:
        yield f"{count(kept.sources - happening.sources, 'source')} fewer, {happening.sources} in all"
    for name in sorted(set(happening.conflicts) - set(kept.conflicts)):
        yield f"reports now differ on the {_NAMES.get(name, name)}"
    for name in sorted(set(kept.conflicts) - set(happening.conflicts)):
        yield f"the difference on the {_NAMES.get(name, name)} is settled"
    if happening.overdue and not kept.overdue:
        yield "its day has passed without a report of it"


def _unordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


_NAMES = {"date": "day", "kind": "way it was held"}


def _change(name: str, was: Any, now: Any) -> str:
    if name == "status":
        return f"now {status_in_words(now)}; before, {status_in_words(was)}"
    words = _NAMES.get(name, name)
    if was in (None, "", []):
        return f"{words} now told: {_value(name, now)}"
    if now in (None, "", []):
        return f"{words} no longer told; before, {_value(name, was)}"
    return f"{words} now {_value(name, now)}; before, {_value(name, was)}"


def _value(name: str, value: Any) -> str:
    return value_in_sentence(name, tuple(value) if isinstance(value, list) else value)


# --- the file that the site keeps ------------------------------------------------------------------------


def dump_memory(memory: Memory) -> bytes:
    """The memory as JSON, one event a line, so that a difference between two editions can be read."""

    def snapshot(found: Snapshot | None) -> str:
        if found is None:
            return "null"
        events = ",\n".join(
            f"{_json(event)}: {_json(_kept_row(kept))}" for event, kept in sorted(found.events.items())
        )
        reports = _json(list(found.reports))
        return f'{{"day": {_json(found.day)}, "reports": {reports}, "events": {{\n{events}\n}}}}'

    editions = ",\n".join(
        _json({"day": p.day, "reports": p.reports, "events": p.events, "new": p.new, "changed": p.changed})
        for p in memory.editions
    )
    return (
        f'{{"format": {FORMAT}, "feed": {_json(memory.feed)},\n"editions": [\n{editions}\n],\n'
        f'"moved": {_json(dict(memory.moved))},\n"before": {snapshot(memory.before)},\n'
        f'"now": {snapshot(memory.now)}}}\n'
    ).encode()


def load_memory(data: bytes) -> Memory:
    """
    The memory from its JSON.

    Raises:
        ValueError: it is not what :func:`dump_memory` writes.
    """
    try:
        row = json.loads(data)
        if row["format"] != FORMAT:
            raise ValueError(f"format {row['format']!r} is not known")
        now = _snapshot_of(row["now"])
        if now is None:
            raise ValueError("no edition stands in it")
        return Memory(
            feed=str(row["feed"]),
            before=_snapshot_of(row["before"]),
            now=now,
            editions=tuple(Past(**past) for past in row["editions"]),
            moved={str(old): str(new) for old, new in row["moved"].items()},
        )
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


def _kept_row(kept: Kept) -> dict[str, Any]:
    return {
        "name": kept.name,
        "digest": kept.digest, "first": kept.first, "updated": kept.updated, "slots": dict(kept.slots),
        "sources": kept.sources, "conflicts": list(kept.conflicts), "overdue": kept.overdue,
        "claims": list(kept.claims),
    }  # fmt: skip


def _snapshot_of(row: Mapping[str, Any] | None) -> Snapshot | None:
    if row is None:
        return None
    events = {
        str(event): Kept(**kept | {"conflicts": tuple(kept["conflicts"]), "claims": tuple(kept["claims"])})
        for event, kept in row["events"].items()
    }
    return Snapshot(str(row["day"]), events, tuple(row["reports"]))
