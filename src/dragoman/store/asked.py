"""What the commands ask of the tables beyond what :class:`~dragoman.store.Reading` gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dragoman.store.plain import write_time
from dragoman.store.tables import (
    addresses,
    claims,
    event_claims,
    event_parties,
    events,
    judgements,
    negotiation_events,
    negotiations,
    profile_spellings,
    profiles,
    reports,
)


def events_of_reports(
    connection: Connection, ids: Sequence[str] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """For each report, or each of some, the ids of the events that it tells of, in order of date."""
    query = (
        select(claims.c.report, event_claims.c.event)
        .distinct()
        .join(event_claims, event_claims.c.claim == claims.c.id)
        .join(events, events.c.id == event_claims.c.event)
        .add_columns(events.c.n)
        .order_by(events.c.n)
    )
    if ids is not None:
        query = query.where(claims.c.report.in_(ids))
    found: dict[str, list[str]] = defaultdict(list)
    for report, event, _ in connection.execute(query):
        found[report].append(event)
    return {report: tuple(ids) for report, ids in found.items()}


def versions_of_reports(
    connection: Connection, ids: Sequence[str] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """For each report, or each of some, that shares an address with others their ids, the oldest first."""
    other = addresses.alias("other")
    query = (
        select(addresses.c.report, other.c.report.label("version"), other.c.first_seen)
        .join(other, (other.c.address == addresses.c.address) & (other.c.report != addresses.c.report))
        .order_by(other.c.first_seen, other.c.report)
    )
    if ids is not None:
        query = query.where(addresses.c.report.in_(ids))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for report, version, _ in connection.execute(query):
        found[report][version] = None
    return {report: tuple(ids) for report, ids in found.items()}


def how_many_reports(connection: Connection) -> tuple[int, int]:
    """How many reports count, and how many sources they are: copies of one text are one."""
    query = select(func.count(), func.count(reports.c.copies.distinct())).where(reports.c.current)
    found = connection.execute(query).one()
    return found[0], found[1]


class Listed(NamedTuple):
    """What a list of reports is searched and ordered by."""

    id: str
    published: str | None
    publisher: str | None
    title: str | None
    name: str
    address: str
    current: bool


def listed_reports(connection: Connection) -> Sequence[Listed]:
    """All versions of all reports in order of arrival."""
    columns = (reports.c[name] for name in Listed._fields)
    return [Listed(*row) for row in connection.execute(select(*columns).order_by(reports.c.number))]


def names_of_profiles(connection: Connection) -> Sequence[tuple[str, str, tuple[str, ...]]]:
    """Id, kind and forms of the name of every person and body, in their order."""
    forms: dict[str, list[str]] = defaultdict(list)
    spelt = select(profile_spellings.c.profile, profile_spellings.c.spelling)
    for profile, spelling in connection.execute(spelt.order_by(profile_spellings.c.n)):
        forms[profile].append(spelling)
    query = select(profiles.c.id, profiles.c.kind, profiles.c.name).order_by(profiles.c.n)
    return [(row[0], row[1], (*forms[row[0]], row[2])) for row in connection.execute(query)]


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


def what_came_in(connection: Connection) -> frozenset[tuple[str, ...]]:
    """Every report with the time of its reading, and every judgement: all that the events follow from."""
    read = connection.execute(select(reports.c.id, reports.c.read_at, reports.c.current))
    decided = connection.scalars(select(judgements.c.id))
    return frozenset(
        [*((row.id, row.read_at, str(row.current)) for row in read), *((key,) for key in decided)]
    )


def came_since(connection: Connection, at: datetime) -> Sequence[str]:
    """Ids of the current reports that were first found after a moment, the latest first."""
    first = func.min(addresses.c.first_seen)
    query = (
        select(addresses.c.report)
        .join(reports, reports.c.id == addresses.c.report)
        .where(reports.c.current)
        .group_by(addresses.c.report)
        .having(first > write_time(at))
        .order_by(first.desc(), addresses.c.report)
    )
    return list(connection.scalars(query))


def events_told_by(connection: Connection, ids: Sequence[str]) -> Sequence[str]:
    """Ids of the events that some reports tell of, the latest first, those of no known year last."""
    no_year = events.c.date_earliest.is_(None) & events.c.date_latest.is_(None)
    query = (
        select(events.c.id, no_year, events.c.n)
        .distinct()
        .join(event_claims, event_claims.c.event == events.c.id)
        .join(claims, claims.c.id == event_claims.c.claim)
        .where(claims.c.report.in_(ids))
        .order_by(no_year, events.c.n.desc())
    )
    return [row.id for row in connection.execute(query)]


def negotiations_of(connection: Connection, event: str) -> Sequence[str]:
    """Ids of the negotiations that an event belongs to."""
    query = select(negotiation_events.c.negotiation).where(negotiation_events.c.event == event)
    return list(connection.scalars(query))


def last_days(connection: Connection) -> Mapping[str, str]:
    """For each negotiation the last day that one of its events allows (ISO); none where all are open."""
    query = (
        select(negotiation_events.c.negotiation, func.max(events.c.date_latest).label("day"))
        .join(events, events.c.id == negotiation_events.c.event)
        .group_by(negotiation_events.c.negotiation)
    )
    return {row.negotiation: str(row.day) for row in connection.execute(query) if row.day is not None}


def events_like(
    connection: Connection, kind: str, parties: Sequence[str], days: tuple[date, date], *, limit: int
) -> Sequence[str]:
    """
    Ids of the events of a type that may lie between two days and in which some of the parties take part.

    Those with most of the parties come first.
    """
    shared = func.count(event_parties.c.party.distinct())
    query = (
        select(events.c.id)
        .join(event_parties, event_parties.c.event == events.c.id)
        .where(
            events.c.type == kind,
            event_parties.c.party.in_(parties),
            events.c.date_latest >= days[0],
            events.c.date_earliest <= days[1],
        )
        .group_by(events.c.id, events.c.n)
        .order_by(shared.desc(), events.c.n)
        .limit(limit)
    )
    return list(connection.scalars(query))
