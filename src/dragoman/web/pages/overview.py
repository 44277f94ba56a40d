"""The first page: where the negotiations stand, what is new, what waits."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.errors import UsageError
from dragoman.model import Judgement, Match, Negotiation, StoredReport
from dragoman.output.state import STATE
from dragoman.output.told import Conflicting, Standpoint, Told
from dragoman.store import Filter
from dragoman.store.asked import came_since, events_told_by, how_many_reports, last_days
from dragoman.web.data import beside
from dragoman.web.finished import finish
from dragoman.web.queue import open_matches
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site

router = APIRouter()

SEEN = "dragoman_seen"
_SITTING = 30 * 60  # seconds without a visit after which the next one is another
_YEAR = 365 * 24 * 60 * 60
_STANDING = 12  # negotiations told in full
_SHOWN = 6  # of what is new and of what waits


def order(site: Site) -> Sequence[Negotiation]:
    """The negotiations, those with the latest events first."""

    def ordered() -> Sequence[Negotiation]:
        with site.reading() as found:
            days = last_days(found.connection)
            return sorted(found.negotiations(), key=lambda n: (days.get(n.id, ""), n.id), reverse=True)

    return site.cached.get("negotiations", ordered)


def negotiations_by_id(site: Site) -> Mapping[str, Negotiation]:
    """The negotiations by their id."""
    return site.cached.get("negotiations by id", lambda: {one.id: one for one in order(site)})


def standpoints(site: Site, number: int | None) -> Sequence[Standpoint]:
    """Where the first of them stand, or all."""

    def made() -> Sequence[Standpoint]:
        with site.reading() as found:
            return list(ask.standpoints(found, order(site)[:number]))

    return site.cached.get(("standpoints", number), made)


def overview_data(site: Here) -> Answer[Standpoint]:
    """The state of play of all negotiations."""
    return Answer(tuple(standpoints(site, None)), STATE)


beside(router, "/overview", overview_data, name="state", summary="Where the negotiations stand")


@dataclass(frozen=True, slots=True)
class News:
    """
    What came in since a moment.

    Attributes:
        since: the moment; None on a first visit.
        reports: new reports, the latest first.
        events: ids of the events that they tell of, the latest first.
        told: the first of them.
        judgements: decisions since, the latest first.
    """

    since: datetime | None
    reports: Sequence[StoredReport] = ()
    events: Sequence[str] = ()
    told: Sequence[Told] = ()
    judgements: Sequence[Judgement] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person."""

    matches: Sequence[Match]
    pairs: Sequence[object]
    conflicts: int
    conflicting: Sequence[Conflicting]
    overdue: int
    late: Sequence[Told]


@router.get("/overview", include_in_schema=False)
@router.get("/", include_in_schema=False)
def overview(request: Request, site: Here, since: Annotated[str, Query(max_length=40)] = "") -> Response:
    """The first page."""
    before, cookie = _visit(request.cookies.get(SEEN, ""))
    moment = _moment(since) if since else before
    answer = finish(request, lambda: _overview(request, site, moment), moment)
    answer.set_cookie(
        SEEN, cookie, max_age=_YEAR, httponly=True, samesite="strict", secure=site.serving.secure
    )
    return answer


def prepare(site: Site) -> None:
    """Make what the first page shows of the record."""
    standpoints(site, _STANDING)
    _wait(site)
    _counts(site)


def _wait(site: Site) -> Waiting:
    return site.cached.get("waiting", lambda: _waiting(site))


def _counts(site: Site) -> dict[str, int | str]:
    return site.cached.get("numbers", lambda: _numbers(site))


def _overview(request: Request, site: Site, moment: datetime | None) -> Page:
    return page(
        request,
        "overview.html",
        views=standpoints(site, _STANDING),
        total=len(order(site)),
        news=_news(site, moment),
        wait=_wait(site),
        numbers=_counts(site),
    )


def _visit(cookie: str) -> tuple[datetime | None, str]:
    """When the last visit ended, and the cookie that remembers this one: "last visit.this moment"."""
    now = int(time.time())
    try:
        before, last = (int(part) for part in cookie.split("."))
    except ValueError:
        return None, f"0.{now}"
    if now - last > _SITTING:
        before = last
    if not 0 < before <= now:
        return None, f"0.{now}"
    return datetime.fromtimestamp(before, UTC), f"{before}.{now}"


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError("since is no moment; write it as 2022-01-20 or 2022-01-20T12:00") from None


def _news(site: Site, since: datetime | None) -> News:
    if since is None:
        return News(None)
    with site.reading() as found:
        reports = came_since(found.connection, since)
        events = [key for some in ask.chunks(reports) for key in events_told_by(found.connection, some)]
        events = list(dict.fromkeys(events))
        told = list(ask.tell(found, found.happenings_of(events[:_SHOWN])))
        known = found.reports(list(reports[:_SHOWN]))
        judgements = [j for j in reversed(found.judgements()) if j.at > since]
        return News(since, [known[key] for key in reports if key in known], events, told, judgements)


def _waiting(site: Site) -> Waiting:
    matches = open_matches(site)
    with site.reading() as found:
        conflicting = ask.latest(found, Filter(conflict=True), _SHOWN)
        late = ask.latest(found, Filter(overdue=True), _SHOWN)
        told = list(ask.tell(found, conflicting))
        return Waiting(
            matches,
            list(ask.pairs(found, matches[:_SHOWN])),
            found.count(Filter(conflict=True)),
            [Conflicting(one, slot) for one in told for slot in one.happening.conflicts],
            found.count(Filter(overdue=True)),
            list(ask.tell(found, late)),
        )


def _numbers(site: Site) -> dict[str, int | str]:
    with site.reading() as found:
        reports, sources = how_many_reports(found.connection)
        as_of = found.as_of()
        return {
            "reports": reports,
            "sources": sources,
            "events": found.count(),
            "as_of": as_of.isoformat() if as_of else "",
        }
