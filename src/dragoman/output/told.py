"""What a dossier answers with: happenings, reports and pairs together with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.model import (
    Claim,
    Event,
    Happening,
    Judgement,
    Match,
    Negotiation,
    Settled,
    Span,
    StoredReport,
    Verdict,
)
from dragoman.output.words import what_said, where_said, who_said


@dataclass(frozen=True, slots=True)
class Told:
    """
    A happening with the claims that it is made of and the reports that make them.

    Attributes:
        claims: those of the happening, in order of publication.
        reports: theirs, by id.
    """

    happening: Happening
    claims: tuple[Claim, ...]
    reports: Mapping[str, StoredReport]

    @property
    def id(self) -> str:
        """The happening's id."""
        return self.happening.id

    @property
    def date(self) -> str | None:
        """The settled date, EDTF."""
        return self.happening.text("date")

    @property
    def what(self) -> str:
        """Type and status in words."""
        h = self.happening
        return what_said(h.type, h.text("status"), h.text("kind"))

    @property
    def who(self) -> str:
        """Parties in words."""
        h = self.happening
        by, to, mediators = h.many("by"), h.many("to"), h.many("mediators")
        return who_said(h.type, h.many("parties"), by=by, to=to, mediators=mediators)

    @property
    def where(self) -> str:
        """Place and country in words, "" where neither is known."""
        return where_said(self.happening.text("place"), self.happening.text("country"))

    @property
    def about(self) -> tuple[str, ...]:
        """Forum, title and subject, those that there are, each once."""
        values = (self.happening.text(name) for name in ("forum", "title", "subject"))
        return tuple(dict.fromkeys(value for value in values if value))

    @property
    def lead(self) -> Claim | None:
        """The first claim that says of it what the record shows: its words stand for the happening."""
        status = self.happening.text("status")
        return next((c for c in self.claims if c.status == status), next(iter(self.claims), None))

    @property
    def words(self) -> Span | None:
        """The words that stand for the happening."""
        return self.lead.evidence[0] if self.lead and self.lead.evidence else None

    @property
    def told_by(self) -> tuple[StoredReport, ...]:
        """Its reports in order of publication, each once."""
        ids = dict.fromkeys(claim.report for claim in self.claims)
        return tuple(self.reports[report] for report in ids if report in self.reports)

    def claim(self, claim_id: str) -> Claim | None:
        """The claim with that id."""
        return next((claim for claim in self.claims if claim.id == claim_id), None)


@dataclass(frozen=True, slots=True)
class Explained:
    """
    A happening with all that made it.

    Attributes:
        texts: stored text of its reports by their id; the spans of its claims count in it.
        matches: those between its claims, and those left unsure between one of them and another's.
        judgements: those that shaped it, oldest first.
        readings: for each claim whose rules were asked for, the event as it was read.
    """

    told: Told
    texts: Mapping[str, str]
    matches: tuple[Match, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    readings: Mapping[str, Event] = field(default_factory=dict)

    @property
    def joined(self) -> tuple[Match, ...]:
        """What joined its claims."""
        return tuple(match for match in self.matches if match.verdict is Verdict.SAME)

    @property
    def open(self) -> tuple[Match, ...]:
        """What waits for a person."""
        return tuple(match for match in self.matches if match.verdict is Verdict.UNSURE)


@dataclass(frozen=True, slots=True)
class Conflicting:
    """One slot of a happening with values that cannot all hold."""

    told: Told
    slot: str

    @property
    def settled(self) -> Settled:
        """The slot's value with its support."""
        return self.told.happening.slots[self.slot]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A negotiation with the happenings that its state of play names, by id."""

    negotiation: Negotiation
    events: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class Sourced:
    """
    A report as a source of the record.

    Attributes:
        events: ids of the happenings that it tells of.
        copies: the other reports of its group; together they count as one source.
        versions: the other versions found at its address, the oldest first.
    """

    report: StoredReport
    events: tuple[str, ...] = ()
    copies: tuple[StoredReport, ...] = ()
    versions: tuple[StoredReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Paired:
    """Two claims that may tell of one happening, with their reports and the stored texts by report id."""

    match: Match
    left: Claim
    right: Claim
    reports: Mapping[str, StoredReport]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """A report, or a stage of its reading, that failed."""

    where: str
    stage: str
    message: str
    report: str | None = None  # its id, where it got as far as having one
