"""Happenings that belong to one negotiation, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """A proposal on the table with what answers it: refusals, agreements and proposals of the other side."""

    proposal: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateOfPlay:
    """
    Where a negotiation stands on a day; all are ids of happenings, None or () where there are none.

    Attributes:
        last_meeting: the latest that was held or is under way.
        next_meeting: the first that is planned for that day or later, or whose day is open.
        proposals: those on the table, the latest first.
        agreements: reached.
        refusals: made.
        unanswered: proposals that nothing answers.
        overdue: planned meetings whose day has passed with no report of them.
    """

    last_meeting: str | None = None
    next_meeting: str | None = None
    proposals: tuple[Answered, ...] = ()
    agreements: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Negotiation:
    """
    One negotiation.

    Attributes:
        id: from its first happening, so that later ones leave it as it is.
        name: for people: its forum or its parties, and its subject where it has one.
        why: what holds its happenings together, for a reader.
        happenings: ids in order of date.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    forum: str | None
    subject: str | None
    happenings: tuple[str, ...]
    state: StateOfPlay
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office that somebody holds: who says so, first and last day on which it is told."""

    office: str
    party: str | None
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    in_table: bool = False  # the dated table of office holders says so too


@dataclass(frozen=True, slots=True)
class Profile:
    """
    One person, body or group over all reports.

    Attributes:
        id: "person:sergei-lavrov"; from its usual name.
        kind: as :class:`~dragoman.model.EntityKind`.
        name: the fullest and most frequent form.
        spellings: every form with the number of reports that use it, the most frequent first.
        parties: for whom it acts.
        tenures: offices in order of time.
        reports: ids.
    """

    id: str
    kind: str
    name: str
    spellings: tuple[tuple[str, int], ...]
    parties: tuple[str, ...]
    tenures: tuple[Tenure, ...]
    reports: tuple[str, ...]
