"""A dossier held against an official ledger of meetings: what both have, what differs, what one lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.actors.fold import fold, words
from dragoman.dossier.ledger import HOME, VISIT, VISITOR, Expected, LedgerRow, expect
from dragoman.model import EventType, Happening, MeetingKind, Status, StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.output.words import date_in_words, listed, party_in_words

# Days around a row within which an event with the same counterpart in the same country is that meeting told
# otherwise, and within which it is that wherever it was.
NEAR_THERE = 14
NEAR = 3
# Days that a date may span and still say when ("the week of"), and above which it says nothing.
EXACT = 7
VAGUE = 31
# Days around a row within which some event with its country must lie for the row to be in scope.
AROUND = 365
# Days within which a report must have been published for its month to count.
SURE = 31
# Days after a row within which a date "not after" still speaks of it.
TOLD_WITHIN = 14
# Parties of which the United States is one: the State itself, and groups that negotiate together.
_AT_HOME = frozenset({HOME, "six powers", "P5+1", "Quartet", "Quad"})
_APART = frozenset({MeetingKind.CALL.value, MeetingKind.VIDEO.value})
_NOT_HELD = frozenset({Status.CANCELLED, Status.REFUSED, Status.DENIED, Status.FAILED, Status.POSTPONED})


@dataclass(frozen=True, slots=True)
class Fit:
    """
    A row with the event of the dossier that tells of it, or nearly.

    Attributes:
        agrees: what agrees, for a reader ("day 2022-01-21").
        open: day or place, where the event does not tell it, or only vaguely.
        differs: what does not agree ("day: 2022-01-20, not 2022-01-21").
        notes: what else a reader should know ("only planned").
    """

    row: LedgerRow
    happening: str
    agrees: tuple[str, ...]
    open: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether day, counterpart and place all agree."""
        return not self.open and not self.differs


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    What comes of holding a dossier against a ledger.

    Attributes:
        confirmed: rows that an event fits: the counterpart agrees, and so do day and place, one of which the
            event may leave open.
        vague: rows with an event of the same counterpart that leaves both open.
        different: rows with an event of the same counterpart near in time whose day, place or kind differs,
            or one on the same day in the same country with others.
        missing: rows within the scope that no event tells of.
        unlisted: ids of meetings in person of those whom the ledger follows that no row covers.
        outside: how many rows lie outside the scope, by reason.
        scope: what was compared, in words.
        repeated: how many rows repeat another.
    """

    confirmed: tuple[Fit, ...]
    vague: tuple[Fit, ...]
    different: tuple[Fit, ...]
    missing: tuple[LedgerRow, ...]
    unlisted: tuple[str, ...]
    outside: Mapping[str, int] = field(default_factory=dict)
    scope: tuple[str, ...] = ()
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class _Met:
    """An event of the dossier in which the United States takes part, with its bounds."""

    happening: Happening
    low: date
    high: date
    parties: frozenset[str]

    @property
    def open_ended(self) -> bool:
        return self.low == FAR_PAST or self.high == FAR_FUTURE

    @property
    def told(self) -> tuple[date, date]:
        """Its days; an open end is as the other one."""
        low, high = self.low, self.high
        return (high if low == FAR_PAST else low), (low if high == FAR_FUTURE else high)

    @property
    def vague(self) -> bool:
        return self.open_ended or (self.high - self.low).days >= EXACT

    @property
    def rank(self) -> tuple[int, str]:
        """Meetings before agreements; those without a stated kind count as in person."""
        return (0 if self.happening.type is EventType.MEETING else 1), self.happening.id


def compare(
    happenings: Iterable[Happening], reports: Mapping[str, StoredReport], rows: Sequence[LedgerRow]
) -> Comparison:
    """
    Hold a dossier against a ledger of travels and visits of the United States.

    Rows are compared within the scope of the dossier alone: in the months in which its reports were published
    and those beside them, for the roles of which some event tells, and for countries with some event within a
    year.

    Args:
        happenings: of the dossier.
        reports: by id, for the span of time.
        rows: of the ledger, without repetitions.
    """
    met = [event for happening in happenings if (event := _read(happening)) is not None]
    by_party: defaultdict[str, list[_Met]] = defaultdict(list)
    for event in sorted(met, key=lambda event: (event.low, event.high, event.happening.id)):
        for party in event.parties:
            by_party[party].append(event)
    scope = _Scope(_months(reports.values()), _roles(rows, met), by_party)
    inside, outside = [], Counter[str]()
    for row in rows:
        expected = expect(row)
        reason = scope.why_outside(expected)
        if reason:
            outside[reason] += 1
        else:
            inside.append(expected)
    by_country = _by_country(met)
    fits = [_best(expected, by_party) or _beside(expected, by_country) for expected in inside]
    good = [fit for fit in fits if fit and not fit.differs and len(fit.open) < 2]
    vague = [fit for fit in fits if fit and not fit.differs and len(fit.open) > 1]
    used = {fit.happening for fit in good}
    other = [fit for fit in fits if fit and fit.differs and fit.happening not in used]
    told = {fit.row.id for fit in (*good, *vague, *other)}
    return Comparison(
        confirmed=tuple(good),
        vague=tuple(vague),
        different=tuple(other),
        missing=tuple(expected.row for expected in inside if expected.row.id not in told),
        unlisted=_unlisted(met, rows, {fit.happening for fit in (*good, *vague, *other)}),
        outside=dict(sorted(outside.items())),
        scope=scope.told(),
        repeated=sum(len(row.same) for row in rows),
    )


def _read(happening: Happening) -> _Met | None:
    """An event as the comparison sees it, None where it is none that a ledger could hold."""
    parties = frozenset(happening.many("parties"))
    if not parties & _AT_HOME or happening.type not in {EventType.MEETING, EventType.AGREEMENT}:
        return None
    if happening.text("status") in _NOT_HELD:
        return None
    value = Edtf.parse(happening.text("date"))
    span = value.bounds if value and value.year_known else None
    return _Met(happening, *span, parties - {HOME}) if span else None


@dataclass(frozen=True, slots=True)
class _Scope:
    """What of a ledger a dossier can be held against."""

    months: frozenset[int]
    roles: frozenset[str]
    by_party: Mapping[str, Sequence[_Met]]

    def covers(self, low: date, high: date) -> bool:
        """Whether reports of those days, or of a month beside, are there."""
        return any(month in self.months for month in range(_month(low) - 1, _month(high) + 2))

    def why_outside(self, expected: Expected) -> str | None:
        """Why a row is not compared, None where it is."""
        row = expected.row
        if not expected.counterparts:
            return "country not known"
        if not self.covers(row.start, row.end):
            return "no reports of that time"
        if row.role not in self.roles:
            return f"no event names a {row.role}"
        margin = timedelta(days=AROUND)
        known = any(
            event.told[0] <= row.end + margin and row.start - margin <= event.told[1]
            for party in expected.counterparts
            for event in self.by_party.get(party, ())
        )
        return None if known else "no event with that country within a year"

    def told(self) -> tuple[str, ...]:
        """The scope in words."""
        if not self.months:
            return ("no report of the dossier has a date",)
        first, last = (
            f"{month // 12:04}-{month % 12 + 1:02}" for month in (min(self.months), max(self.months))
        )
        return (
            f"{len(self.months)} months with reports, {date_in_words(first)} to {date_in_words(last)}",
            f"roles: {', '.join(sorted(self.roles))}",
            f"countries and bodies that meet the United States: {len(self.by_party)}",
        )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months(reports: Iterable[StoredReport]) -> frozenset[int]:
    """Months of which a report is, by its first and last possible day, where these are near each other."""
    found = set()
    for report in reports:
        low, high = report.earliest, report.latest
        if low and high and (high - low).days <= SURE:
            found |= {_month(low), _month(high)}
    return frozenset(found)


def _roles(rows: Iterable[LedgerRow], met: Iterable[_Met]) -> frozenset[str]:
    """Roles of whom the dossier tells: some event of that year names somebody of that role."""
    named = {
        (day.year, words(person)[-1])
        for event in met
        for day in event.told
        for person in event.happening.many("people")
        if words(person)
    }
    found = {VISITOR}
    for row in rows:
        name = words(row.who)
        if name and (row.start.year, name[-1]) in named:
            found.add(row.role)
    return frozenset(found)


def _best(expected: Expected, by_party: Mapping[str, Sequence[_Met]]) -> Fit | None:
    """The event that fits a row best, None where none is near."""
    near = {
        event.happening.id: event
        for party in expected.counterparts
        for event in by_party.get(party, ())
        if _is_near(event, expected)
    }
    fits = [(_fit(expected, event), event.rank) for event in near.values()]
    ranked = sorted(fits, key=lambda pair: (*_badness(pair[0]), pair[1]))
    return ranked[0][0] if ranked else None


def _by_country(met: Iterable[_Met]) -> dict[str, list[_Met]]:
    """Events abroad with a day, by the country where they were."""
    found: defaultdict[str, list[_Met]] = defaultdict(list)
    for event in met:
        country = event.happening.text("country")
        if country and country != HOME and not event.vague:
            found[country].append(event)
    return dict(found)


def _beside(expected: Expected, by_country: Mapping[str, Sequence[_Met]]) -> Fit | None:
    """For a journey of which no event tells: one on the same day in the same country with others."""
    row = expected.row
    same = [
        event
        for event in by_country.get(expected.country or "", ())
        if row.kind != VISIT and row.start <= event.low and event.high <= row.end
    ]
    if not same:
        return None
    happening = min(same, key=lambda event: event.rank).happening
    met = listed([party_in_words(party) for party in happening.many("parties") if party != HOME])
    agrees = (
        f"day {happening.text('date')}",
        f"place {happening.text('place') or happening.text('country')}",
    )
    named = listed([party_in_words(party) for party in expected.counterparts])
    return Fit(row, happening.id, agrees, differs=(f"counterpart: {met}, not {named}",))


def _is_near(event: _Met, expected: Expected) -> bool:
    """Whether an event may be what a row tells of."""
    row, happening = expected.row, event.happening
    if event.open_ended:  # "not after 19 November", told within days of the journey
        return (
            row.start <= event.told[0] <= row.end + timedelta(days=TOLD_WITHIN)
            and happening.text("kind") not in _APART
        )
    if (event.high - event.low).days > VAGUE:
        return False
    apart = max((event.low - row.end).days, (row.start - event.high).days, 0)
    if apart == 0:
        return True
    if happening.text("kind") in _APART or event.vague:
        return False
    return apart <= NEAR or (apart <= NEAR_THERE and _same_place(expected, happening))


def _badness(fit: Fit) -> tuple[int, int, int]:
    return len(fit.differs), len(fit.open), len(fit.notes) - len(fit.agrees)


def _fit(expected: Expected, event: _Met) -> Fit:
    """A row and an event, point by point."""
    row, happening = expected.row, event.happening
    agrees: list[str] = []
    open_: list[str] = []
    differs: list[str] = []
    notes: list[str] = []
    shared = [party for party in expected.counterparts if party in event.parties]
    agrees.append(f"counterpart {party_in_words(shared[0])}")
    told = happening.text("date")
    if row.start <= event.low and event.high <= row.end:
        agrees.append(f"day {told}")
    elif event.low <= row.end and row.start <= event.high:
        (open_ if event.vague else agrees).append(f"day {told}")
    else:
        differs.append(f"day: {told}, not {_days(row)}")
    where = happening.text("place") or happening.text("country")
    if where is None:
        open_.append("place not told")
    elif _same_place(expected, happening):
        agrees.append(f"place {where}")
    else:
        differs.append(f"place: {where}, not {_where(row)}")
    named = {word for person in happening.many("people") for word in words(person)[-1:]}
    if named & set(words(row.who)):
        agrees.append(f"person {row.who}")
    if happening.text("kind") in _APART:
        differs.append(f"kind: {happening.text('kind')}, not in person")
    if happening.type is EventType.AGREEMENT:
        notes.append("an agreement, no meeting")
    elif happening.text("status") not in {Status.HELD.value, Status.UNDER_WAY.value}:
        notes.append(f"only {happening.text('status')}")
    return Fit(row, happening.id, tuple(agrees), tuple(open_), tuple(differs), tuple(notes))


def _same_place(expected: Expected, happening: Happening) -> bool:
    country, place = happening.text("country"), fold(happening.text("place") or "")
    if country and expected.country:
        return country == expected.country
    return any(place and (place in city or city in place) for city in expected.cities)


def _days(row: LedgerRow) -> str:
    return f"{row.start}" if row.start == row.end else f"{row.start} to {row.end}"


def _where(row: LedgerRow) -> str:
    return "United States" if row.kind == VISIT else ", ".join(filter(None, (row.place, row.country)))


def _there(country: str) -> str:
    """The key of a journey's country, beside the parties' own codes."""
    return f"in {country}"


def _unlisted(met: Iterable[_Met], rows: Sequence[LedgerRow], used: set[str]) -> tuple[str, ...]:
    """
    Meetings in person, held, of whom the ledger follows, that no row covers.

    A row covers a meeting of its days that has its counterpart, or that was in the country of the journey.
    Only meetings with a day count, that name somebody who travels by the ledger in that year: it holds
    presidents and secretaries of state alone.

    Limit: a meeting at home with somebody who is no head of state or government is not in such a ledger.
    """
    spans = [(row.start, row.end) for row in rows]
    if not spans:
        return ()
    first, last = min(low for low, _ in spans), max(high for _, high in spans)
    travellers: defaultdict[str, list[LedgerRow]] = defaultdict(list)
    covered: defaultdict[str, set[tuple[date, date]]] = defaultdict(set)
    for row in rows:
        if row.kind != VISIT:
            travellers[words(row.who)[-1] if words(row.who) else ""].append(row)
        expected = expect(row)
        for party in expected.counterparts:
            covered[party].add((row.start, row.end))
        if row.kind != VISIT and expected.country:
            covered[_there(expected.country)].add((row.start, row.end))
    years = {
        name: {day.year for row in found for day in (row.start, row.end)}
        for name, found in travellers.items()
    }
    found = []
    for event in met:
        happening = event.happening
        if happening.id in used or happening.type is not EventType.MEETING or event.vague:
            continue
        if (
            happening.text("kind") != MeetingKind.IN_PERSON.value
            or happening.text("status") != Status.HELD.value
        ):
            continue
        named = {words(person)[-1] for person in happening.many("people") if words(person)}
        if not any(event.low.year in years.get(name, ()) for name in named) or not first <= event.low <= last:
            continue
        day = timedelta(days=1)
        if not any(
            low - day <= event.high and event.low <= high + day
            for key in (*event.parties, _there(happening.text("country") or ""))
            for low, high in covered.get(key, ())
        ):
            found.append(happening.id)
    return tuple(sorted(found))
