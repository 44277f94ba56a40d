"""A happening as the grouping into negotiations sees it: between whom, when, what about, told where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman.actors.fold import fold
from dragoman.actors.gazetteer import gazetteer
from dragoman.data import read_rows
from dragoman.model import Claim, Happening, StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.reconcile.words import forum_of, stem, word_class, wording_of

# Days within which a report must have been published for its day to stand for what it tells.
_SURE = 31


@dataclass(frozen=True, slots=True)
class Contact:
    """
    One happening.

    Attributes:
        happening: itself.
        sides: parties that act for themselves: without mediators where two others remain.
        forum: key of its forum, None where it has none or one that many share ("summit").
        telling: words of its subject and title that tell it apart.
        day: when it was, as one day: the first of its dates, the last where the first is open, else the day
            of publication of the first report of it; None where nothing is known.
        between: where ``day`` is None: the days between which the reports that tell of it were published.
        first_told: day of publication of the first report of it, then that report's claim, for ties.
        reports: that tell of it.
    """

    happening: Happening
    sides: frozenset[str]
    forum: str | None
    telling: frozenset[str]
    day: date | None
    between: tuple[date, date] | None
    first_told: tuple[date, str]
    reports: frozenset[str]

    @property
    def id(self) -> str:
        """The happening's id."""
        return self.happening.id

    @property
    def order(self) -> tuple[date, date, str]:
        """A key that sorts by day, what has none last."""
        return self.day or FAR_FUTURE, self.first_told[0], self.id


def read_contact(
    happening: Happening, claims: Mapping[str, Claim], reports: Mapping[str, StoredReport]
) -> Contact:
    """The happening with what the grouping asks of it."""
    told = sorted(
        (report.latest or FAR_FUTURE, key)
        for key in happening.claims
        if key in claims and (report := reports.get(claims[key].report)) is not None
    )
    first = told[0] if told else (FAR_FUTURE, happening.id)
    known = [reports[claims[key].report] for _, key in told]
    day = _day(happening.text("date")) or _published(known)
    parties = frozenset(happening.many("parties"))
    main = parties - frozenset(happening.many("mediators"))
    words = (wording_of(happening.text(slot)).telling for slot in ("subject", "title"))
    return Contact(
        happening,
        main if len(main) > 1 else parties,
        forum_key(happening.text("forum")),
        frozenset().union(*words),
        day,
        None if day else _between(known),
        first,
        frozenset(claims[key].report for key in happening.claims if key in claims),
    )


def _day(edtf: str | None) -> date | None:
    value = Edtf.parse(edtf)
    bounds = value.bounds if value and value.year_known else None
    return next((day for day in bounds or () if day not in {FAR_PAST, FAR_FUTURE}), None)


def _published(reports: Iterable[StoredReport]) -> date | None:
    """The first day of publication that is known to the month."""
    days = [r.latest for r in reports if r.earliest and r.latest and (r.latest - r.earliest).days <= _SURE]
    return min(days, default=None)


def _between(reports: Iterable[StoredReport]) -> tuple[date, date] | None:
    """What bounds the publication of the first report that has bounds."""
    spans = [(r.earliest or FAR_PAST, r.latest or FAR_FUTURE) for r in reports if r.earliest or r.latest]
    return min(spans, default=None)


@cache
def forum_key(name: str | None) -> str | None:
    """
    A key that the names of one forum share: "Normandy Four summit" and "Normandy format" have one.

    None for a name that tells nothing by itself ("summit", "Council").
    """
    if not name:
        return None
    for start, end, _, sense in gazetteer().find(name):
        if sense.kind == "forum" and end - start > len(name) // 3:
            return fold(sense.name)
    forum = forum_of(name)
    telling = forum.telling - _untelling() if forum else frozenset()
    return " ".join(sorted(telling)) or None


@cache
def _untelling() -> frozenset[str]:
    """Words that name no forum by themselves ("Trilateral Leaders' Summit")."""
    return frozenset(map(stem, word_class("forum"))) | {"bilateral", "trilateral", "three", "four", "leader"}


@cache
def members() -> dict[str, frozenset[str]]:
    """States that a body's talks with others often include, by the body."""
    return {row[0]: frozenset(row[1].split("|")) for row in read_rows("reconcile", "members.tsv")}


def stand_alike(one: str, other: str) -> bool:
    """Whether two parties are one side of a table: the same, or a body and its member."""
    return one == other or one in members().get(other, ()) or other in members().get(one, ())
