"""Which happenings are asked for, as a value and as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from dragoman.store.search import reports_with
from dragoman.store.tables import (
    claims,
    event_claims,
    event_parties,
    event_people,
    events,
    negotiation_events,
    reports,
    words,
)

_FEW = 4  # a word in less than a fourth of all reports is one of few


@dataclass(frozen=True, slots=True)
class Filter:
    """
    Which happenings are wanted; everything that is given must hold.

    Attributes:
        types, statuses: any of these.
        parties: all of these party codes, in whatever role.
        people: all of these, each as a part of a name ("lavrov").
        place: a part of the place or the country's code.
        forum: a part of the forum.
        since, until: the date can lie between these days; happenings without a date are left out.
        text: words of the evidence, of the subject, title, place or forum, or of the people.
        negotiation: id of one.
        report: id of a report that tells of it.
        conflict, overdue: whether it has a conflict, is overdue; None for either.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str | None = None
    forum: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    negotiation: str | None = None
    report: str | None = None
    conflict: bool | None = None
    overdue: bool | None = None


def conditions(connection: Connection, wanted: Filter) -> list[ColumnElement[bool]]:
    """The filter as conditions on the table events."""
    found: list[ColumnElement[bool]] = []
    if wanted.types:
        found.append(events.c.type.in_(wanted.types))
    if wanted.statuses:
        found.append(events.c.status.in_(wanted.statuses))
    found += [_takes_part(party) for party in wanted.parties]
    found += [_is_named(person) for person in wanted.people]
    if wanted.place is not None:
        found.append(
            or_(
                events.c.place.icontains(wanted.place, autoescape=True),
                func.upper(events.c.country) == wanted.place.upper(),
            )
        )
    if wanted.forum is not None:
        found.append(events.c.forum.icontains(wanted.forum, autoescape=True))
    found += _between(wanted.since, wanted.until)
    if wanted.text is not None:
        found.append(_with_text(connection, wanted.text))
    if wanted.negotiation is not None:
        members = select(negotiation_events.c.event).where(
            negotiation_events.c.negotiation == wanted.negotiation
        )
        found.append(events.c.id.in_(members))
    if wanted.report is not None:
        found.append(_told_in(claims.c.report == wanted.report))
    if wanted.conflict is not None:
        found.append(events.c.conflicts.is_not(None) if wanted.conflict else events.c.conflicts.is_(None))
    if wanted.overdue is not None:
        found.append(events.c.overdue.is_(wanted.overdue))
    return found


def _takes_part(party: str) -> ColumnElement[bool]:
    return events.c.id.in_(select(event_parties.c.event).where(event_parties.c.party == party))


def _is_named(person: str) -> ColumnElement[bool]:
    named = event_people.c.person.icontains(person, autoescape=True)
    return events.c.id.in_(select(event_people.c.event).where(named))


def _between(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    if since is None and until is None:
        return []
    first, last = events.c.date_earliest, events.c.date_latest
    found: list[ColumnElement[bool]] = [or_(first.is_not(None), last.is_not(None))]
    if since is not None:
        found.append(or_(last.is_(None), last >= since))
    if until is not None:
        found.append(or_(first.is_(None), first <= until))
    return found


def _told_in(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    told = select(event_claims.c.event).join(claims, claims.c.id == event_claims.c.claim).where(condition)
    return events.c.id.in_(told)


def _with_text(connection: Connection, text: str) -> ColumnElement[bool]:
    """
    Happenings with all the words in their evidence, subject, title, place, forum or people.

    A word of few reports is looked up in the index of their texts first; what is said of a happening
    stands in them.
    """
    parts = []
    total = connection.scalar(select(func.count()).select_from(reports)) or 0
    for word in text.split():
        evidence = (
            select(event_claims.c.event)
            .join(words, words.c.claim == event_claims.c.claim)
            .where(words.c.slot == "evidence", words.c.exact.icontains(word, autoescape=True))
        )
        having = reports_with(connection, word)
        few = total // _FEW
        if len(connection.execute(having.limit(few + 1)).all()) <= few:
            evidence = evidence.join(claims, claims.c.id == words.c.claim).where(claims.c.report.in_(having))
        parts.append(
            or_(
                events.c.id.in_(evidence),
                events.c.subject.icontains(word, autoescape=True),
                events.c.title.icontains(word, autoescape=True),
                events.c.place.icontains(word, autoescape=True),
                events.c.forum.icontains(word, autoescape=True),
                _is_named(word),
            )
        )
    return and_(*parts) if parts else events.c.id.is_not(None)
