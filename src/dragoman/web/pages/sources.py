"""Reports as sources: outlets, groups of copies that count once, versions; what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import StoredReport
from dragoman.output.sources import SOURCES
from dragoman.output.told import Sourced, Told, Unread
from dragoman.output.words import visible
from dragoman.store.asked import events_told_by
from dragoman.web.data import beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site
from dragoman.web.wanted import words_of

router = APIRouter()

_LIST = 50
_EVENTS = 40
_OUTLETS = 30


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes, with the number of reports."""

    name: str
    reports: int


def _all(site: Site) -> Sequence[Sourced]:
    """All reports, the latest published first."""
    return site.cached.get("sources", lambda: tuple(reversed(site.dossier.sources().values)))


def by_id(site: Site) -> Mapping[str, Sourced]:
    """All reports as sources by their id."""
    return site.cached.get("sources by id", lambda: {one.report.id: one for one in _all(site)})


def _asked(site: Site, text: str, outlet: str) -> Sequence[Sourced]:
    words = (words_of(text) or "").casefold().split()
    return [
        one
        for one in _all(site)
        if (not outlet or visible(one.report.publisher or "") == outlet)
        and all(w in _named(one.report) for w in words)
    ]


def _named(report: StoredReport) -> str:
    return " ".join(filter(None, (report.title, report.name, report.publisher, report.address))).casefold()


def sources_data(
    site: Here,
    q: Annotated[str, Query(max_length=200)] = "",
    outlet: Annotated[str, Query(max_length=300)] = "",
) -> Answer[Sourced]:
    """Reports by words of their title, name, outlet or address."""
    return Answer(tuple(_asked(site, q, outlet)), SOURCES)


def source_data(site: Here, source: str) -> Answer[Sourced]:
    """The reports of one independent source."""
    return Answer(tuple(_group(site, source)), SOURCES)


def problems_data(site: Here) -> Answer[Unread]:
    """What could not be read, or not in full."""
    return site.dossier.problems()


beside(router, "/sources", sources_data, name="sources", summary="Reports as sources")
beside(router, "/sources/{source}", source_data, name="source", summary="The reports of one source")
beside(router, "/problems", problems_data, name="problems", summary="What could not be read")


def _group(site: Site, source: str) -> Sequence[Sourced]:
    found = [one for one in _all(site) if source in {one.report.source, one.report.id}]
    if not found:
        raise Missing("There is no source of that id.")
    return found


@router.get("/sources", include_in_schema=False)
@finished
def sources(
    request: Request,
    site: Here,
    q: Annotated[str, Query(max_length=200)] = "",
    outlet: Annotated[str, Query(max_length=300)] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Page:
    """The list."""
    found = _asked(site, q, outlet)
    outlets = site.cached.get("outlets", lambda: _outlets(site))
    return page(
        request, "sources.html", found=found[(at - 1) * _LIST : at * _LIST], total=len(found), q=q,
        outlet=outlet, outlets=outlets[:_OUTLETS], more=max(0, len(outlets) - _OUTLETS), at=at,
        pages=max(1, -(-len(found) // _LIST)),
    )  # fmt: skip


def _outlets(site: Site) -> Sequence[Outlet]:
    named = (visible(one.report.publisher or "") for one in _all(site) if one.report.current)
    names = Counter(filter(None, named))
    return [Outlet(name, number) for name, number in sorted(names.items(), key=lambda x: (-x[1], x[0]))]


@router.get("/sources/{source}", include_in_schema=False)
@finished
def source_page(request: Request, site: Here, source: str) -> Page:
    """One independent source: its reports, which may be copies of each other, and what they tell."""
    group = _group(site, source)
    with site.reading() as found:
        ids = events_told_by(found.connection, [one.report.id for one in group])
        told: Sequence[Told] = list(ask.tell(found, found.happenings_of(list(ids[:_EVENTS]))))
        likeness = {key: value[1] for key, value in found.copies().items()}
    alone = [event for event in told if event.happening.sources == 1]
    return page(
        request, "source.html", group=group, told=told, alone=len(alone), total=len(ids), likeness=likeness,
    )  # fmt: skip


@router.get("/problems", include_in_schema=False)
@finished
def problems(
    request: Request, site: Here, at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1
) -> Page:
    """What could not be read, or not in full."""
    found = site.dossier.problems().values
    return page(
        request, "problems.html", found=found[(at - 1) * _LIST : at * _LIST], total=len(found), at=at,
        pages=max(1, -(-len(found) // _LIST)),
    )  # fmt: skip
