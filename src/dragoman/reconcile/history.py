"""One happening's history: what the reports said of it, day by day, and what stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dragoman.model import Happening, Settled, Standing, Status, StoredReport, Turn
from dragoman.model.edtf import bounds
from dragoman.reconcile.support import Given, by_support, gather
from dragoman.reconcile.told import PHASES, Told

_NO_DAY = date.min
_DAYS = 10  # a date that spans more names no day on which something was made up
# Statuses that one happening may have together: the later one in the row says more.
_ROWS = (
    (Status.UNCLEAR, Status.PROPOSED, Status.PLANNED, Status.UNDER_WAY, Status.HELD),
    (Status.UNCLEAR, Status.EXPECTED, Status.REACHED),
    (Status.UNCLEAR, Status.EXPECTED, Status.MADE),
    (Status.UNCLEAR, Status.PROPOSED, Status.PLANNED, Status.POSTPONED),
    (Status.UNCLEAR, Status.PROPOSED, Status.PLANNED, Status.POSTPONED, Status.CANCELLED),
    (Status.UNCLEAR, Status.PROPOSED, Status.REFUSED),
    (Status.UNCLEAR, Status.EXPECTED, Status.FAILED),
)


def published_on(report: StoredReport) -> date:
    """The day up to which a report was published; before all others where it is not known."""
    return report.latest or _NO_DAY


def history_of(members: Sequence[Told], reports: dict[str, StoredReport]) -> tuple[Turn, ...]:
    """What each claim says of status and date, in order of publication."""
    ordered = sorted(members, key=lambda one: (published_on(reports[one.report]), one.claim.id))
    return tuple(
        Turn(one.claim.status, one.claim.date, one.claim.id, one.report, reports[one.report].published)
        for one in ordered
    )


def settle_status(given: Sequence[Given], reports: dict[str, StoredReport]) -> Settled:
    """
    The status that stands.

    The reports of the last day decide; statuses that are steps of one way ("planned", "held") take the
    furthest. Where a report says that something occurred, and one of that day or later that it did not or
    is yet to come, both stand as a conflict, the better supported one first.
    """
    support = gather(given)
    if len(support) < 2:
        return Settled(support[0].value, by_support(support), support)
    days = {one.told.claim.id: published_on(reports[one.told.report]) for one in given}
    last: dict[Status, date] = {}
    for one in given:
        status = one.told.claim.status
        last[status] = max(last.get(status, _NO_DAY), days[one.told.claim.id])
    against = _contradictions(last)
    if against:
        ranked = tuple(
            sorted(support, key=lambda each: (-each.sources, -last[_status(each.value)].toordinal()))
        )
        words = " and ".join(sorted({status.value for pair in against for status in pair}))
        return Settled(ranked[0].value, Standing.CONFLICT, ranked, f"reports say {words}")
    latest = max(last.values())
    now = [status for status, day in last.items() if day == latest]
    status = _furthest(now)
    if PHASES[status] == "open" and len(last) > 1:
        status = _furthest([other for other in last if PHASES[other] != "open"] or now)
    chosen = sorted(support, key=lambda each: each.value != status.value)
    return Settled(status.value, Standing.AGREED, tuple(chosen), "the latest reports decide")


def _status(value: object) -> Status:
    return Status(str(value))


def _contradictions(last: dict[Status, date]) -> list[tuple[Status, Status]]:
    """Pairs of statuses that cannot both hold, by the last day on which each is told."""
    found = []
    for one, told in last.items():
        for other, day in last.items():
            if PHASES[one] != "occurred" or PHASES[other] not in {"ahead", "off"}:
                continue
            late = day > told or (PHASES[other] == "off" and day == told)
            if late or other is Status.DENIED:
                found.append((one, other))
    return found


def _furthest(statuses: Sequence[Status]) -> Status:
    """The status that says most; statuses of different ways by their order in the codebook."""
    for row in _ROWS:
        if set(statuses) <= set(row):
            return max(statuses, key=row.index)
    return min(statuses, key=list(Status).index)


def overdue(status: str | None, day: str | None, turns: Sequence[Turn], as_of: date | None) -> bool:
    """Whether what was planned has passed by ``as_of`` and no report tells of it."""
    span = bounds(day)
    if as_of is None or span is None or span[1] >= as_of:
        return False
    if status == Status.POSTPONED.value:
        planned = {turn.date for turn in turns if turn.status is not Status.POSTPONED}
        return bool(planned) and day not in planned
    return status == Status.PLANNED.value


def without_made_up(happenings: Sequence[Happening]) -> list[Happening]:
    """
    The happenings, none overdue where a meeting of the same side took place on the planned days.

    "X is to confer with Y in Z on Thursday", and on that day X met Y and others in Z: one of the two party
    lists holds all of the other, and nothing says that the places differ.
    """
    held: defaultdict[date, list[Happening]] = defaultdict(list)
    for happening in happenings:
        span = bounds(happening.text("date"))
        took_place = happening.text("status") in {Status.HELD.value, Status.UNDER_WAY.value}
        if took_place and span and (span[1] - span[0]).days < _DAYS:
            for ordinal in range(span[0].toordinal(), span[1].toordinal() + 1):
                held[date.fromordinal(ordinal)].append(happening)
    return [
        replace(one, overdue=False) if one.overdue and _is_made_up(one, held) else one for one in happenings
    ]


def _is_made_up(planned: Happening, held: Mapping[date, Sequence[Happening]]) -> bool:
    span = bounds(planned.text("date"))
    if span is None or (span[1] - span[0]).days >= _DAYS:
        return False
    days = (date.fromordinal(n) for n in range(span[0].toordinal(), span[1].toordinal() + 1))
    return any(_covers(planned, other) for day in days for other in held.get(day, ()))


def _covers(planned: Happening, other: Happening) -> bool:
    one, two = set(planned.many("parties")), set(other.many("parties"))
    places = {place for place in (planned.text("place"), other.text("place")) if place}
    return (
        planned.type is other.type and (one <= two or two <= one) and len(one & two) > 1 and len(places) < 2
    )
