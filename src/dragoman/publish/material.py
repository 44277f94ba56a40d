"""What the pages are made from: the values of a dossier as of a day, read in one go."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import PurePath

from dragoman.dossier import ask
from dragoman.dossier.then import Then
from dragoman.model import Happening, Judgement, Match, Negotiation, Profile, StoredReport
from dragoman.output.sentences import Account, account
from dragoman.output.told import Paired, Sourced, Told, Unread
from dragoman.output.words import date_order
from dragoman.store import Reading

_TEXTS = 256  # texts of reports that are held at once


@dataclass(frozen=True)
class Material:
    """
    A dossier, or what of it stood on a day.

    Attributes:
        day: of the edition; None where no report has a date.
        told: all events in order of date.
        reports: those that count, by id, the earliest published first; addresses of files are relative.
        older: other versions of them, by id.
        negotiations, profiles: in their order.
        pairs: those that nobody has decided.
        matches: every pair that made one event of two claims, and every undecided one.
        problems: what could not be read.
        text: the stored text of a report.
    """

    day: date | None
    told: Sequence[Told]
    reports: Mapping[str, StoredReport]
    negotiations: Sequence[Negotiation]
    profiles: Sequence[Profile]
    pairs: Sequence[Paired]
    matches: Sequence[Match]
    judgements: Sequence[Judgement]
    sources: Sequence[Sourced]
    problems: Sequence[Unread]
    text: Callable[[str], str | None] = field(default=lambda _: None)

    @cached_property
    def events(self) -> Mapping[str, Told]:
        """Events by id."""
        return {told.id: told for told in self.told}

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        """Events in sentences, by id."""
        return {told.id: account(told.happening) for told in self.told}

    @cached_property
    def negotiations_of(self) -> Mapping[str, tuple[Negotiation, ...]]:
        """The negotiations that an event belongs to, by its id."""
        found: dict[str, list[Negotiation]] = {}
        for negotiation in self.negotiations:
            for event in negotiation.happenings:
                found.setdefault(event, []).append(negotiation)
        return {event: tuple(held) for event, held in found.items()}

    @cached_property
    def event_of_claim(self) -> Mapping[str, str]:
        """The event that a claim belongs to."""
        return {claim: told.id for told in self.told for claim in told.happening.claims}

    @cached_property
    def matches_of(self) -> Mapping[str, tuple[Match, ...]]:
        """Pairs of claims by the events that they touch."""
        found: dict[str, dict[int, Match]] = {}
        for n, match in enumerate(self.matches):
            for claim in (match.left, match.right):
                if event := self.event_of_claim.get(claim):
                    found.setdefault(event, {})[n] = match
        return {event: tuple(held.values()) for event, held in found.items()}

    def happenings(self, ids: Sequence[str]) -> list[Happening]:
        """The happenings with these ids, those that there are."""
        return [self.events[event].happening for event in ids if event in self.events]


def gather(reading: Reading, day: date | None) -> Material:
    """
    The material of an edition.

    Args:
        reading: the dossier; must stay open while pages are made.
        day: only what the reports published by then say, without those whose day is not known; None, or a
            day after the last report, takes all.
    """
    last = reading.as_of()
    known: ask.Known = reading
    edition = day or last
    if day and (last is None or day >= last):
        day = None  # all reports count, those whose day is not known too
    if day:
        known = Then.of(reading, day)
    sources = [s for s in ask.sources(reading) if s.report.current and _counts(s.report, day)]
    reports = {source.report.id: _shown(source.report) for source in sources}
    told = [
        Told(
            one.happening,
            one.claims,
            {c.report: reports[c.report] for c in one.claims if c.report in reports},
        )
        for one in ask.tell(known, known.happenings())
    ]
    matches = known.matches()
    undecided = sorted(
        (match for match in matches if match.verdict.value == "unsure"),
        key=lambda match: (-match.score, match.left, match.right),
    )
    events = {told_one.id for told_one in told}
    events_of: dict[str, list[str]] = {}
    for one in told:
        for report in one.reports:
            events_of.setdefault(report, []).append(one.id)
    problems = [replace(problem, where=_name_of(problem.where)) for problem in ask.problems(reading)]
    return Material(
        day=edition,
        told=told,
        reports=reports,
        negotiations=[_within(n, events) for n in known.negotiations()],
        profiles=[p for p in reading.profiles() if day is None or set(p.reports) & set(reports)],
        pairs=list(ask.pairs(known, undecided)),
        matches=matches,
        judgements=known.judgements(),
        sources=[
            Sourced(
                reports[source.report.id],
                tuple(events_of.get(source.report.id, ())),
                tuple(reports[copy.id] for copy in source.copies if copy.id in reports),
                tuple(_shown(version) for version in source.versions if not version.current),
            )
            for source in sources
        ],
        problems=problems,
        text=lru_cache(_TEXTS)(reading.text),
    )


def _counts(report: StoredReport, day: date | None) -> bool:
    """Whether a report counts on a day: as the reconciler has it, one whose day is not known does not."""
    return day is None or (report.latest is not None and report.latest <= day)


def _within(negotiation: Negotiation, events: set[str]) -> Negotiation:
    return replace(negotiation, happenings=tuple(e for e in negotiation.happenings if e in events))


def _shown(report: StoredReport) -> StoredReport:
    """The report with an address that can be shown."""
    return replace(report, address=_name_of(report.address))


def _name_of(address: str) -> str:
    """
    An address that can be shown: of a file its name alone.

    The folders say where somebody keeps files, not where a report comes from; and what all of them share
    would change with each report from elsewhere.
    """
    return posixpath.basename(PurePath(address).as_posix()) if _is_file(address) else address


def _is_file(address: str) -> bool:
    return address.startswith(("/", "file:")) or (len(address) > 2 and address[1:3] in {":\\", ":/"})


def by_day(reports: Sequence[StoredReport]) -> list[StoredReport]:
    """Reports, the earliest published first."""
    return sorted(reports, key=lambda report: (*date_order(report.published), report.id))
