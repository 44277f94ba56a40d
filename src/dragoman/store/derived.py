"""What follows from claims and judgements: written as a whole, read by the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, select

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    PARTY_SLOTS,
    Answered,
    EventType,
    Happening,
    Match,
    Negotiation,
    Profile,
    Reconciled,
    Settled,
    Standing,
    StateOfPlay,
    Status,
    Support,
    Tenure,
    Turn,
)
from dragoman.store import rows, tables
from dragoman.store.bulk import write_rows
from dragoman.store.plain import join, read_plain, split, write_plain
from dragoman.store.rows import Row

T = TypeVar("T")

_IDS = 500  # ids in one query
_ITEMS = ("agreements", "refusals", "unanswered", "overdue")  # of a state of play, besides proposals
_ITEM_NAMES = {"agreements": "agreement", "refusals": "refusal"}


def write_derived(
    connection: Connection,
    reconciled: Reconciled,
    negotiations: Sequence[Negotiation],
    profiles: Sequence[Profile],
) -> None:
    """Replace the derived tables."""
    for table in tables.DERIVED:
        connection.execute(delete(table))
    for table, found in derived_rows(reconciled, negotiations, profiles):
        write_rows(connection, table, found)


def derived_rows(
    reconciled: Reconciled, negotiations: Sequence[Negotiation], profiles: Sequence[Profile]
) -> Iterator[tuple[Table, Iterator[Row]]]:
    """The derived tables with their rows, those that others refer to first."""
    happenings = reconciled.happenings
    yield tables.events, (_event_row(n, h) for n, h in enumerate(happenings))
    for table, make in _OF_A_HAPPENING.items():
        yield table, _of_each(happenings, make)
    yield tables.matches, map(rows.match_row, reconciled.matches)
    yield tables.dropped, ({"claim": claim} for claim in reconciled.dropped)
    yield tables.negotiations, (_negotiation_row(n, x) for n, x in enumerate(negotiations))
    for table, make_ in _OF_A_NEGOTIATION.items():
        yield table, _of_each(negotiations, make_)
    yield tables.profiles, (_profile_row(n, p) for n, p in enumerate(profiles))
    for table, make__ in _OF_A_PROFILE.items():
        yield table, _of_each(profiles, make__)


def _of_each(values: Sequence[T], make: Callable[[T], Iterator[Row]]) -> Iterator[Row]:
    return (row for value in values for row in make(value))


# --- Happenings -------------------------------------------------------------------------------------------


def _event_row(n: int, happening: Happening) -> Row:
    values = {slot: _shown(happening, slot) for slot in CLAIM_SLOTS}
    return {
        "id": happening.id,
        "n": n,
        "type": happening.type.value,
        **rows.slot_columns(values),
        "sources": happening.sources,
        "claims": len(happening.claims),
        "conflicts": join(happening.conflicts),
        "overdue": happening.overdue,
        "judgements": join(happening.judgements),
    }


def _shown(happening: Happening, slot: str) -> Any:
    """The value of a slot in the form that its column has."""
    value = happening.value(slot) if slot in happening.slots else None
    if slot in MANY:
        return value if isinstance(value, tuple) else (value,) if value else ()
    if slot == "status":
        return value or Status.UNCLEAR.value
    return "; ".join(value) if isinstance(value, tuple) else value


def _claims(happening: Happening) -> Iterator[Row]:
    for n, claim in enumerate(happening.claims):
        yield {"event": happening.id, "n": n, "claim": claim}


def _empty(slot: str) -> Settled:
    """A slot that no report fills; it takes no row."""
    return Settled(() if slot in MANY else None, Standing.EMPTY)


def _slots(happening: Happening) -> Iterator[Row]:
    for slot, settled in happening.slots.items():
        if settled == _empty(slot):
            continue
        value, many = write_plain(settled.value)
        yield {
            "event": happening.id,
            "slot": slot,
            "value": value,
            "many": many,
            "standing": settled.standing.value,
            "note": settled.note,
        }


def _support(happening: Happening) -> Iterator[Row]:
    for slot, settled in happening.slots.items():
        for rank, support in enumerate(settled.support):
            value, many = write_plain(support.value)
            for n, claim in enumerate(support.claims or (None,)):
                yield {
                    "event": happening.id,
                    "slot": slot,
                    "rank": rank,
                    "n": n,
                    "claim": claim,
                    "value": value,
                    "many": many,
                    "sources": support.sources,
                }


def _history(happening: Happening) -> Iterator[Row]:
    for n, turn in enumerate(happening.history):
        yield {
            "event": happening.id,
            "n": n,
            "status": turn.status.value,
            "date": turn.date,
            "published": turn.published,
            "report": turn.report,
            "claim": turn.claim,
        }


def _parties(happening: Happening) -> Iterator[Row]:
    yield from rows.party_rows("event", happening.id, {s: _shown(happening, s) for s in PARTY_SLOTS})


def _people(happening: Happening) -> Iterator[Row]:
    for person in dict.fromkeys(_shown(happening, "people")):
        yield {"event": happening.id, "person": person}


_OF_A_HAPPENING: Mapping[Table, Callable[[Happening], Iterator[Row]]] = {
    tables.event_claims: _claims,
    tables.event_slots: _slots,
    tables.event_support: _support,
    tables.event_history: _history,
    tables.event_parties: _parties,
    tables.event_people: _people,
}


def read_happenings(connection: Connection, ids: Sequence[str]) -> list[Happening]:
    """The happenings of these ids, in this order; a few queries for all of them."""
    found: dict[str, Happening] = {}
    for some in _chunks(ids):
        claims, slots, support, history = (
            _by_key(connection, table, "event", some)
            for table in (
                tables.event_claims,
                tables.event_slots,
                tables.event_support,
                tables.event_history,
            )
        )
        for row in connection.execute(select(tables.events).where(tables.events.c.id.in_(some))):
            found[row.id] = Happening(
                id=row.id,
                type=EventType(row.type),
                slots=_read_slots(slots[row.id], support[row.id]),
                claims=tuple(part.claim for part in claims[row.id]),
                sources=row.sources,
                history=tuple(
                    Turn(Status(part.status), part.date, part.claim, part.report, part.published)
                    for part in history[row.id]
                ),
                overdue=row.overdue,
                judgements=split(row.judgements),
            )
    return [found[key] for key in ids if key in found]


def _read_slots(slots: Sequence[Any], support: Sequence[Any]) -> dict[str, Settled]:
    given: dict[str, dict[int, Support]] = defaultdict(dict)
    for row in support:
        before = given[row.slot].get(row.rank)
        claims = (*(before.claims if before else ()), *((row.claim,) if row.claim else ()))
        given[row.slot][row.rank] = Support(read_plain(row.value, many=row.many), claims, row.sources)
    settled = {
        row.slot: Settled(
            read_plain(row.value, many=row.many),
            Standing(row.standing),
            tuple(given[row.slot].values()),
            row.note,
        )
        for row in slots
    }
    order = [*CLAIM_SLOTS, *sorted(set(settled) - set(CLAIM_SLOTS))]
    return {slot: settled.get(slot) or _empty(slot) for slot in order}


def _by_key(connection: Connection, table: Table, key: str, ids: Sequence[str]) -> dict[str, list[Any]]:
    """Rows of a table by the value of their key, in order of the table's own key."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    order = [column for column in table.primary_key if column.name in {"n", "rank"}]
    for row in connection.execute(select(table).where(table.c[key].in_(ids)).order_by(*order)):
        grouped[getattr(row, key)].append(row)
    return grouped


def _chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(ids), _IDS):
        yield ids[at : at + _IDS]


# --- Matches ----------------------------------------------------------------------------------------------


def read_matches(connection: Connection, verdict: str | None, claims: Sequence[str] | None) -> list[Match]:
    """Matches in order of ids: all, those of a verdict, those of some claims."""
    table = tables.matches
    query = select(table)
    if verdict is not None:
        query = query.where(table.c.verdict == verdict)
    if claims is not None:
        query = query.where(table.c.claim.in_(claims) | table.c.other.in_(claims))
    found = map(rows.to_match, connection.execute(query))
    return sorted(found, key=lambda match: (match.left, match.right))


# --- Negotiations -----------------------------------------------------------------------------------------


def _negotiation_row(n: int, negotiation: Negotiation) -> Row:
    return {
        "id": negotiation.id,
        "n": n,
        "name": negotiation.name,
        "parties": join(negotiation.parties),
        "forum": negotiation.forum,
        "subject": negotiation.subject,
        "why": negotiation.why,
        "last_meeting": negotiation.state.last_meeting,
        "next_meeting": negotiation.state.next_meeting,
    }


def _negotiation_events(negotiation: Negotiation) -> Iterator[Row]:
    for n, event in enumerate(negotiation.happenings):
        yield {"negotiation": negotiation.id, "n": n, "event": event}


def _negotiation_items(negotiation: Negotiation) -> Iterator[Row]:
    for n, proposal in enumerate(negotiation.state.proposals):
        yield {
            "negotiation": negotiation.id,
            "item": "proposal",
            "n": n,
            "event": proposal.proposal,
            "answers": join(proposal.answers),
        }
    for name in _ITEMS:
        for n, event in enumerate(getattr(negotiation.state, name)):
            item = _ITEM_NAMES.get(name, name)
            yield {"negotiation": negotiation.id, "item": item, "n": n, "event": event, "answers": None}


_OF_A_NEGOTIATION: Mapping[Table, Callable[[Negotiation], Iterator[Row]]] = {
    tables.negotiation_events: _negotiation_events,
    tables.negotiation_items: _negotiation_items,
}


def read_negotiations(connection: Connection, ids: Sequence[str] | None = None) -> list[Negotiation]:
    """Negotiations in their order: all, or those of some ids."""
    query = select(tables.negotiations).order_by(tables.negotiations.c.n)
    if ids is not None:
        query = query.where(tables.negotiations.c.id.in_(ids))
    main = connection.execute(query).all()
    keys = [row.id for row in main]
    members: dict[str, list[Any]] = {}
    items: dict[str, list[Any]] = {}
    for some in _chunks(keys):
        members |= _by_key(connection, tables.negotiation_events, "negotiation", some)
        items |= _by_key(connection, tables.negotiation_items, "negotiation", some)
    return [
        Negotiation(
            id=row.id,
            name=row.name,
            parties=split(row.parties),
            forum=row.forum,
            subject=row.subject,
            happenings=tuple(part.event for part in members.get(row.id, ())),
            state=_read_state(row, items.get(row.id, ())),
            why=row.why,
        )
        for row in main
    ]


def _read_state(row: Any, items: Sequence[Any]) -> StateOfPlay:
    lists: dict[str, tuple[str, ...]] = {
        name: tuple(part.event for part in items if part.item == _ITEM_NAMES.get(name, name))
        for name in _ITEMS
    }
    return StateOfPlay(
        last_meeting=row.last_meeting,
        next_meeting=row.next_meeting,
        proposals=tuple(
            Answered(part.event, split(part.answers)) for part in items if part.item == "proposal"
        ),
        **lists,
    )


# --- Profiles ---------------------------------------------------------------------------------------------


def _profile_row(n: int, profile: Profile) -> Row:
    return {
        "id": profile.id,
        "n": n,
        "kind": profile.kind,
        "name": profile.name,
        "parties": join(profile.parties),
    }


def _spellings(profile: Profile) -> Iterator[Row]:
    for n, (spelling, count) in enumerate(profile.spellings):
        yield {"profile": profile.id, "n": n, "spelling": spelling, "reports": count}


def _offices(profile: Profile) -> Iterator[Row]:
    for n, tenure in enumerate(profile.tenures):
        yield {
            "profile": profile.id,
            "n": n,
            "office": tenure.office,
            "party": tenure.party,
            "first": tenure.first,
            "last": tenure.last,
            "in_table": tenure.in_table,
            "reports": join(tenure.reports),
        }


def _profile_reports(profile: Profile) -> Iterator[Row]:
    for n, report in enumerate(profile.reports):
        yield {"profile": profile.id, "n": n, "report": report}


_OF_A_PROFILE: Mapping[Table, Callable[[Profile], Iterator[Row]]] = {
    tables.profile_spellings: _spellings,
    tables.profile_offices: _offices,
    tables.profile_reports: _profile_reports,
}


def read_profiles(connection: Connection, ids: Sequence[str] | None = None) -> list[Profile]:
    """Profiles in their order: all, or those of some ids."""
    query = select(tables.profiles).order_by(tables.profiles.c.n)
    if ids is not None:
        query = query.where(tables.profiles.c.id.in_(ids))
    main = connection.execute(query).all()
    parts: dict[Table, dict[str, list[Any]]] = {table: {} for table in _OF_A_PROFILE}
    for some in _chunks([row.id for row in main]):
        for table, held in parts.items():
            held.update(_by_key(connection, table, "profile", some))
    return [
        Profile(
            id=row.id,
            kind=row.kind,
            name=row.name,
            spellings=tuple(
                (part.spelling, part.reports) for part in parts[tables.profile_spellings].get(row.id, ())
            ),
            parties=split(row.parties),
            tenures=tuple(
                Tenure(
                    part.office,
                    part.party,
                    part.first,
                    part.last,
                    split(part.reports),
                    in_table=part.in_table,
                )
                for part in parts[tables.profile_offices].get(row.id, ())
            ),
            reports=tuple(part.report for part in parts[tables.profile_reports].get(row.id, ())),
        )
        for row in main
    ]
