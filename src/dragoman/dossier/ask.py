"""
What a user asks of a dossier: the timeline, an event with its reasons, the state of play, its sources.

Every question is put to a :class:`Known`: the dossier as it stands, or as it stood on a day
(:mod:`dragoman.dossier.then`). Nothing is loaded that the answer does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from dragoman.dossier.answers import Answer
from dragoman.errors import UsageError
from dragoman.model import (
    Claim,
    Event,
    Happening,
    Judgement,
    Match,
    Negotiation,
    Profile,
    StoredReport,
    Verdict,
)
from dragoman.output.account import CONFLICTS, EXPLAINED
from dragoman.output.happenings import EVENTS, TIMELINE
from dragoman.output.pairs import PAIRS
from dragoman.output.profiles import PROFILES
from dragoman.output.reread import event_of
from dragoman.output.sources import PROBLEMS, SOURCES
from dragoman.output.state import STATE, items
from dragoman.output.told import Conflicting, Explained, Paired, Sourced, Standpoint, Told, Unread
from dragoman.output.words import date_order
from dragoman.store import Filter, Reading
from dragoman.store.asked import events_of_reports, versions_of_reports

PAGE = 50  # events of a timeline that are shown at once where nobody says how many
_IDS = 500  # ids in one query
_PREFIX = "negotiation-"  # of their ids


class Known(Protocol):
    """What answers are made from."""

    def count(self, wanted: Filter | None = None) -> int:
        """How many happenings there are of that kind."""

    def happenings(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Happening]:
        """Happenings in order of date."""

    def happening(self, prefix: str) -> Happening | None:
        """The happening whose id, or one of whose claims' ids, begins so."""

    def happenings_of(self, ids: Sequence[str]) -> list[Happening]:
        """The happenings with these ids, in this order."""

    def claims(self, ids: Sequence[str] | None = None) -> list[Claim]:
        """The claims with these ids."""

    def reports(self, ids: Sequence[str] | None = None) -> dict[str, StoredReport]:
        """The reports with these ids."""

    def text(self, report: str) -> str | None:
        """The stored text of a report."""

    def row(self, report: str) -> dict[str, Any] | None:
        """All that was read in a report."""

    def matches(self, verdict: Verdict | None = None, *, claims: Sequence[str] | None = None) -> list[Match]:
        """Pairs of claims."""

    def judgements(self) -> tuple[Judgement, ...]:
        """All decisions, oldest first."""

    def negotiations(self, ids: Sequence[str] | None = None) -> list[Negotiation]:
        """Negotiations in their order: all, or those of some ids."""

    def negotiation_names(self) -> list[tuple[str, str, int]]:
        """Id, name and number of events of every negotiation, in their order."""


@dataclass(frozen=True, slots=True)
class Page:
    """
    Which part of a timeline is wanted.

    Attributes:
        limit: how many events; None for all.
        number: 1 for the latest ones, 2 for those before them.
    """

    limit: int | None = PAGE
    number: int = 1

    def __post_init__(self) -> None:
        """Refuse pages that hold nothing."""
        if self.number < 1 or (self.limit is not None and self.limit < 1):
            raise UsageError("pages and their length count from 1")


def timeline(known: Known, wanted: Filter, page: Page) -> Answer[Told]:
    """
    Events in order of date: all of them where they fit a page, else the latest that have a date.

    Events without a date, and those of an unknown year, have no place in such a page; the answer's
    ``undated`` says how many there are.
    """
    wanted = resolved(known, wanted)
    total = known.count(wanted)
    if page.limit is None or (total <= page.limit and page.number == 1):
        return Answer(tuple(tell(known, known.happenings(wanted))), TIMELINE, total)
    dated = replace(wanted, since=wanted.since or date.min)
    number = known.count(dated)
    last = number - page.limit * (page.number - 1)
    first = max(0, last - page.limit)
    found = known.happenings(dated, limit=last - first, offset=first) if last > first else []
    return Answer(tuple(tell(known, found)), TIMELINE, total, total - number)


def latest(known: Known, wanted: Filter, number: int) -> list[Happening]:
    """The last happenings of a kind, the latest first; those of no known year come after all others."""
    dated = replace(wanted, since=wanted.since or date.min)
    last = known.count(dated)
    found = known.happenings(dated, limit=number, offset=max(0, last - number))[::-1]
    if len(found) < number:
        found += known.happenings(wanted, limit=number - len(found), offset=last)
    return found


def events(known: Known, wanted: Filter, limit: int | None = None) -> Answer[Told]:
    """Events of a kind in order of date."""
    wanted = resolved(known, wanted)
    total = known.count(wanted)
    return Answer(tuple(tell(known, known.happenings(wanted, limit=limit))), EVENTS, total)


def tell(known: Known, happenings: Sequence[Happening]) -> Iterator[Told]:
    """Happenings with their claims and reports; a few queries for all of them."""
    claims = claims_of(known, [claim for happening in happenings for claim in happening.claims])
    reports = reports_of(known, {claim.report for claim in claims.values()})
    for happening in happenings:
        found = tuple(claims[claim] for claim in happening.claims if claim in claims)
        yield Told(happening, found, reports)


def claims_of(known: Known, ids: Iterable[str]) -> dict[str, Claim]:
    """Claims by id."""
    return {claim.id: claim for some in chunks(list(ids)) for claim in known.claims(some)}


def reports_of(known: Known, ids: Iterable[str]) -> dict[str, StoredReport]:
    """Reports by id."""
    found: dict[str, StoredReport] = {}
    for some in chunks(sorted(set(ids))):
        found |= known.reports(some)
    return found


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Ids in portions that a database takes in one query."""
    for at in range(0, len(ids), _IDS):
        yield ids[at : at + _IDS]


def find(known: Known, prefix: str) -> Told:
    """The event whose id begins so; UsageError where there is none or several do."""
    happening = known.happening(prefix)
    if happening is None:
        raise UsageError(f"no event's id begins with {prefix!r}; 'dragoman events' lists them")
    return next(iter(tell(known, [happening])))


def explain(known: Known, prefix: str, *, rules: Sequence[str] = ()) -> Answer[Explained]:
    """
    An event with all that made it.

    Args:
        known: the dossier.
        prefix: how its id, or the id of one of its claims, begins.
        rules: beginnings of ids of its claims whose rules are wanted too; "" is the beginning of all.
    """
    told = find(known, prefix)
    texts = {claim.report: known.text(claim.report) or "" for claim in told.claims}
    chosen = [claim for claim in told.claims if any(claim.id.startswith(rule) for rule in rules)]
    if rules and not chosen:
        ids = ", ".join(claim.id for claim in told.claims)
        raise UsageError(f"no claim of event {told.id} begins with {rules[0]!r}; its claims are {ids}")
    shaped = set(told.happening.judgements)
    judgements = tuple(j for j in known.judgements() if j.id in shaped) if shaped else ()
    explained = Explained(
        told,
        texts,
        tuple(known.matches(claims=list(told.happening.claims))),
        judgements,
        {claim.id: event for claim in chosen if (event := _reading(known, claim))},
    )
    return Answer((explained,), EXPLAINED)


def _reading(known: Known, claim: Claim) -> Event | None:
    """The event of a report's reading that a claim was made from."""
    row = known.row(claim.report)
    found = [event for event in row["events"] if event["id"] == claim.event] if row else []
    return event_of(found[0]) if found else None


def conflicts(known: Known, wanted: Filter) -> Answer[Conflicting]:
    """Every slot of an event that reports differ on."""
    told = tell(known, known.happenings(replace(resolved(known, wanted), conflict=True)))
    return Answer(
        tuple(Conflicting(one, slot) for one in told for slot in one.happening.conflicts), CONFLICTS
    )


def unsure(known: Known) -> Answer[Paired]:
    """The pairs that wait for a person, the most alike first, without the texts of their reports."""
    matches = sorted(known.matches(Verdict.UNSURE), key=lambda m: (-m.score, m.left, m.right))
    return Answer(tuple(pairs(known, matches)), PAIRS)


def pairs(known: Known, matches: Sequence[Match], *, texts: bool = False) -> Iterator[Paired]:
    """Matches with their claims and reports, on request with the stored texts."""
    claims = claims_of(known, sorted({claim for match in matches for claim in (match.left, match.right)}))
    reports = reports_of(known, (claim.report for claim in claims.values()))
    for match in matches:
        left, right = claims.get(match.left), claims.get(match.right)
        if left and right:
            wanted = {left.report, right.report} if texts else set()
            yield Paired(match, left, right, reports, {key: known.text(key) or "" for key in wanted})


def state(known: Known, wanted: str | None = None, *, limit: int | None = None) -> Answer[Standpoint]:
    """
    Where negotiations stand: all, or those whose id begins so or whose name holds these words.

    With ``limit`` those with the most events, in the order of their first.
    """
    named = known.negotiation_names()
    if wanted is not None:
        named = _fitting(named, wanted)
    ids = [key for key, _, _ in sorted(named, key=lambda one: -one[2])][:limit]
    found = known.negotiations(ids) if limit or wanted is not None else known.negotiations()
    return Answer(tuple(standpoints(known, found)), STATE, len(named))


def _fitting(named: Sequence[tuple[str, str, int]], wanted: str) -> list[tuple[str, str, int]]:
    """Those whose id begins so, with or without "negotiation-", else those whose name holds the words."""
    found = [one for one in named if one[0].startswith((wanted, f"{_PREFIX}{wanted}"))]
    if not found:
        words = wanted.casefold().split()
        found = [one for one in named if all(word in one[1].casefold() for word in words)]
    if not found:
        raise UsageError(f"no negotiation is named {wanted!r}; 'dragoman state' lists them")
    return found


def resolved(known: Known, wanted: Filter) -> Filter:
    """The filter with the whole id of the one negotiation that it names."""
    if wanted.negotiation is None:
        return wanted
    found = _fitting(known.negotiation_names(), wanted.negotiation)
    if len(found) > 1:
        named = ", ".join(f"{key} ({name})" for key, name, _ in found[:5])
        raise UsageError(f"several negotiations fit {wanted.negotiation!r}: {named}; say which")
    return replace(wanted, negotiation=found[0][0])


def standpoints(known: Known, negotiations: Sequence[Negotiation]) -> Iterator[Standpoint]:
    """Negotiations with the events that their state of play names; a few queries for all of them."""
    named: dict[str, list[str]] = {}
    for negotiation in negotiations:
        found = items(Standpoint(negotiation, {}))
        named[negotiation.id] = [event for _, own, answers in found for event in (own, *answers)]
    wanted = sorted({event for found in named.values() for event in found})
    told = {one.id: one for one in tell(known, known.happenings_of(wanted))}
    for negotiation in negotiations:
        events_of = {event: told[event] for event in dict.fromkeys(named[negotiation.id]) if event in told}
        yield Standpoint(negotiation, events_of)


def sources(reading: Reading) -> Answer[Sourced]:
    """All versions of all reports, the earliest published first, with events, copies and versions."""
    reports = reading.reports()
    ordered = sorted(reports.values(), key=lambda r: (*date_order(r.published), r.id))
    return Answer(tuple(_sourced(reading, [report.id for report in ordered], reports, None)), SOURCES)


def sourced(reading: Reading, ids: Sequence[str]) -> tuple[Sourced, ...]:
    """Some reports in this order, with events, copies and versions."""
    versions = versions_of_reports(reading.connection, ids)
    copied = reading.copies()
    groups = {copied[key][0] for key in ids if key in copied}
    copies = [key for key, (group, _) in copied.items() if group in groups]
    wanted = [*ids, *copies, *(version for found in versions.values() for version in found)]
    return tuple(_sourced(reading, ids, reports_of(reading, wanted), ids))


def _sourced(
    reading: Reading, ids: Sequence[str], reports: Mapping[str, StoredReport], some: Sequence[str] | None
) -> Iterator[Sourced]:
    events = events_of_reports(reading.connection, some)
    versions = versions_of_reports(reading.connection, some)
    groups: dict[str, list[StoredReport]] = {}
    for report in reports.values():
        if report.current:
            groups.setdefault(report.source, []).append(report)
    for report in (reports[key] for key in ids if key in reports):
        yield Sourced(
            report,
            events.get(report.id, ()),
            tuple(other for other in groups.get(report.source, ()) if other.id != report.id),
            tuple(reports[version] for version in versions.get(report.id, ())),
        )


def problems(reading: Reading) -> Answer[Unread]:
    """What could not be read, or not in full."""
    found = (Unread(p.where, p.stage, p.message, p.report) for p in reading.problems())
    return Answer(tuple(found), PROBLEMS)


def actors(reading: Reading, name: str | None = None) -> Answer[Profile]:
    """People and bodies; with ``name`` those of whom some spelling holds its words."""
    found = reading.profiles()
    if name:
        words = name.casefold().split()
        found = [p for p in found if any(_all_in(words, form) for form, _ in (*p.spellings, (p.name, 0)))]
    return Answer(tuple(found), PROFILES)


def _all_in(words: Sequence[str], text: str) -> bool:
    return all(word in text.casefold() for word in words)
