"""What the commands ask of the tables beyond what :class:`~dragoman.store.Reading` gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from dragoman.store.tables import (
    addresses,
    claims,
    event_claims,
    events,
    negotiation_events,
    negotiations,
)


def events_of_reports(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """For each report the ids of the events that it tells of, in order of date."""
    query = (
        select(claims.c.report, event_claims.c.event)
        .distinct()
        .join(event_claims, event_claims.c.claim == claims.c.id)
        .join(events, events.c.id == event_claims.c.event)
        .add_columns(events.c.n)
        .order_by(events.c.n)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for report, event, _ in connection.execute(query):
        found[report].append(event)
    return {report: tuple(ids) for report, ids in found.items()}


def versions_of_reports(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """For each report that shares an address with others the ids of these, the oldest first."""
    other = addresses.alias("other")
    query = (
        select(addresses.c.report, other.c.report.label("version"), other.c.first_seen)
        .join(other, (other.c.address == addresses.c.address) & (other.c.report != addresses.c.report))
        .order_by(other.c.first_seen, other.c.report)
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for report, version, _ in connection.execute(query):
        found[report][version] = None
    return {report: tuple(ids) for report, ids in found.items()}


def names_of_negotiations(connection: Connection) -> list[tuple[str, str, int]]:
    """Id, name and number of events of every negotiation, in their order."""
    count = func.count(negotiation_events.c.event)
    query = (
        select(negotiations.c.id, negotiations.c.name, count)
        .join(negotiation_events, negotiation_events.c.negotiation == negotiations.c.id, isouter=True)
        .group_by(negotiations.c.id, negotiations.c.name, negotiations.c.n)
        .order_by(negotiations.c.n)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
