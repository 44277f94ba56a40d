"""Negotiations: the list of them, and one with its timeline, places, who met whom, proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.errors import UsageError
from dragoman.model import EventType, Negotiation, Status
from dragoman.output.rows import dumps
from dragoman.output.state import STATE
from dragoman.output.told import Standpoint, Told
from dragoman.web import drawings
from dragoman.web.data import ERRORS, beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.pages.overview import negotiations_by_id, order
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site
from dragoman.web.wanted import Asked, Wanted, words_of

router = APIRouter()

PAGE = 40  # events in the list
_LIST = 50  # negotiations on a page
_BUSY = 12  # parties in the table of who met whom
_GROUPS = ("forum", "pair")
_NOT_ROWS = frozenset({"page", "group"})  # of the query: what no widget is asked with


@dataclass(frozen=True, slots=True)
class Met:
    """Who met whom: the parties that met most, and for each pair how often."""

    parties: Sequence[str]
    times: dict[tuple[str, str], int]
    more: int


def find(site: Site, prefix: str) -> Standpoint:
    """The negotiation whose id begins so."""

    def made() -> Standpoint | None:
        with site.reading() as found:
            negotiation = _known(site, prefix)
            return next(iter(ask.standpoints(found, [negotiation])), None) if negotiation else None

    view = site.cached.get(("standpoint", prefix), made)
    if view is None:
        raise Missing("There is no negotiation of that id.")
    return view


def _known(site: Site, prefix: str) -> Negotiation | None:
    """Ids of negotiations are no mere hashes, so that they are looked for among all."""
    one = negotiations_by_id(site).get(prefix)
    found = [one] if one else [n for n in order(site) if n.id.startswith(prefix)]
    if len(found) > 1:
        raise UsageError(f"several negotiations begin with {prefix!r}; give more characters")
    return found[0] if found else None


def events_of(site: Site, negotiation: Negotiation) -> Sequence[Told]:
    """Its events in order of date."""

    def made() -> Sequence[Told]:
        with site.reading() as found:
            return list(ask.tell(found, found.happenings_of(negotiation.happenings)))

    return site.cached.get(("events of", negotiation.id), made)


def _asked(site: Site, text: str) -> Sequence[Negotiation]:
    words = (words_of(text) or "").casefold().split()
    return [n for n in order(site) if all(word in n.name.casefold() for word in words)]


def negotiations_data(site: Here, q: Annotated[str, Query(max_length=200)] = "") -> Answer[Standpoint]:
    """Negotiations by the words of their name."""
    with site.reading() as found:
        return Answer(tuple(ask.standpoints(found, _asked(site, q))), STATE)


def negotiation_data(site: Here, key: str) -> Answer[Standpoint]:
    """One negotiation."""
    return Answer((find(site, key),), STATE)


beside(router, "/negotiations", negotiations_data, name="negotiations", summary="Negotiations")
beside(
    router, "/negotiations/{key}", negotiation_data, name="negotiation", summary="A negotiation",
    one=True,
)  # fmt: skip


Group = Annotated[str, Query(max_length=10, description='"forum" or "pair"; else what most events have.')]


def _drawn(path: str, summary: str) -> dict[str, Any]:
    """How the address of what a drawing shows is described."""
    return {
        "path": f"/negotiations/{{key}}/{path}.json",
        "name": f"negotiation-{path}",
        "operation_id": f"negotiation-{path}",
        "summary": summary,
        "response_class": Response,
        "responses": {200: {"description": summary, "content": {"application/json": {}}}, **ERRORS},
        "tags": ["negotiation"],
    }


@router.get(**_drawn("timeline", "What its timeline shows: lanes, marks, days"))
def timeline_json(site: Here, key: str, wanted: Asked, group: Group = "") -> Response:
    """The timeline of all its events, of those that the filters leave."""
    events = _chosen(site, find(site, key).negotiation, wanted)
    by = group if group in _GROUPS else _natural(events)
    return _json(drawings.timeline_data(events, group=by))


@router.get(**_drawn("places", "What its map shows: places with their events"))
def places_json(site: Here, key: str, wanted: Asked) -> Response:
    """The places of its events, of those that the filters leave."""
    return _json(drawings.places_data(_chosen(site, find(site, key).negotiation, wanted)))


def _json(rows: dict[str, Any]) -> Response:
    return Response(dumps(rows).encode("utf-8", "replace"), media_type="application/json")


@router.get("/negotiations", include_in_schema=False)
@finished
def negotiations(
    request: Request,
    site: Here,
    q: Annotated[str, Query(max_length=200)] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Page:
    """The list."""
    found = _asked(site, q)
    part = found[(at - 1) * _LIST : at * _LIST]
    return page(
        request, "negotiations.html", found=part, total=len(found), q=q, at=at, pages=-(-len(found) // _LIST),
    )  # fmt: skip


@router.get("/negotiations/{key}", include_in_schema=False)
@finished
def negotiation_page(
    request: Request,
    site: Here,
    key: str,
    wanted: Asked,
    group: Group = "",
) -> Page:
    """One negotiation."""
    view = find(site, key)
    events = _chosen(site, view.negotiation, wanted)
    by = group if group in _GROUPS else _natural(events)
    dated = [told for told in events if told.date]
    last = max(0, len(dated) - PAGE * (wanted.page - 1))
    part = dated[max(0, last - PAGE) : last]
    return page(
        request,
        "negotiation.html",
        view=view,
        events=part,
        undated=[told for told in events if not told.date] if wanted.page == 1 else [],
        total=len(events),
        pages=max(1, -(-len(dated) // PAGE)),
        wanted=wanted,
        group=by,
        timeline=drawings.timeline(part, group=by),
        room=drawings.room(events, group=by),
        rows=urlencode([(name, value) for name, value in wanted.query if name not in _NOT_ROWS and value]),
        places=drawings.places(events),
        network=drawings.network(events),
        met=_met(events),
        proposals=[told for told in events if told.happening.type is EventType.PROPOSAL],
    )


def _chosen(site: Site, negotiation: Negotiation, wanted: Wanted) -> Sequence[Told]:
    """Its events that the filters leave."""
    events = events_of(site, negotiation)
    if not wanted.filtered:
        return events
    with site.reading() as found:
        kept = {h.id for h in found.happenings(replace(wanted.filter, negotiation=negotiation.id))}
    return [told for told in events if told.id in kept]


def _natural(events: Sequence[Told]) -> str:
    """By forum where most events have one, else by pair."""
    named = sum(bool(told.happening.text("forum")) for told in events)
    return "forum" if named * 2 > len(events) else "pair"


def _met(events: Sequence[Told]) -> Met:
    held = [
        told.happening.many("parties")
        for told in events
        if told.happening.type is EventType.MEETING
        and told.happening.text("status") in {Status.HELD, Status.UNDER_WAY}
    ]
    times: Counter[tuple[str, str]] = Counter()
    often: Counter[str] = Counter()
    for parties in held:
        often.update(set(parties))
        times.update((one, other) for one in set(parties) for other in set(parties) if one != other)
    busy = [party for party, _ in sorted(often.items(), key=lambda item: (-item[1], item[0]))]
    return Met(busy[:_BUSY], dict(times), max(0, len(busy) - _BUSY))
