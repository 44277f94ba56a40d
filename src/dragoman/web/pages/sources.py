"""Reports as sources: outlets, groups of copies that count once, versions; what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.output.sources import SOURCES
from dragoman.output.told import Sourced, Told, Unread
from dragoman.output.words import latest_order, visible
from dragoman.store.asked import Listed, events_told_by, listed_reports
from dragoman.web.data import beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site
from dragoman.web.wanted import plain_id, words_of

router = APIRouter()

_LIST = 50
_EVENTS = 40
_OUTLETS = 30


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes, with the number of reports."""

    name: str
    reports: int


@dataclass(frozen=True, slots=True)
class _Name:
    """What a report is found by: the words of its names, its outlet as it is shown."""

    id: str
    words: str
    outlet: str
    current: bool


def _names(site: Site) -> Sequence[_Name]:
    """All reports, the latest published first."""

    def made() -> Sequence[_Name]:
        with site.reading() as found:
            listed = listed_reports(found.connection)
        ordered = sorted(listed, key=lambda one: (*latest_order(one.published), one.id))
        return [_Name(one.id, _words(one), visible(one.publisher or ""), one.current) for one in ordered]

    return site.cached.get("sources", made)


def _words(one: Listed) -> str:
    return " ".join(filter(None, (one.title, one.name, one.publisher, one.address))).casefold()


def _asked(site: Site, text: str, outlet: str) -> Sequence[str]:
    """Ids of the reports of an outlet with some words in their names."""
    words = (words_of(text) or "").casefold().split()
    return [
        one.id
        for one in _names(site)
        if (not outlet or one.outlet == outlet) and all(word in one.words for word in words)
    ]


def sourced(site: Site, ids: Sequence[str]) -> tuple[Sourced, ...]:
    """Some reports as sources."""
    with site.reading() as found:
        return tuple(one for some in ask.chunks(ids) for one in ask.sourced(found, some))


def sources_data(
    site: Here,
    q: Annotated[str, Query(max_length=200)] = "",
    outlet: Annotated[str, Query(max_length=300)] = "",
) -> Answer[Sourced]:
    """Reports by words of their title, name, outlet or address."""
    return Answer(sourced(site, _asked(site, q, outlet)), SOURCES)


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
    """The reports of a source, or the report of that id, the latest published first."""
    with site.reading() as found:
        group = [key for key, (name, _) in found.copies().items() if name == source]
        held = ask.sourced(found, list(dict.fromkeys([plain_id(source), *group])))
    if not held:
        raise Missing("There is no source of that id.")
    return sorted(held, key=lambda one: (*latest_order(one.report.published), one.report.id))


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
    part = sourced(site, found[(at - 1) * _LIST : at * _LIST])
    outlets = site.cached.get("outlets", lambda: _outlets(site))
    return page(
        request, "sources.html", found=part, total=len(found), q=q, outlet=outlet,
        outlets=outlets[:_OUTLETS], more=max(0, len(outlets) - _OUTLETS), at=at,
        pages=max(1, -(-len(found) // _LIST)),
    )  # fmt: skip


def _outlets(site: Site) -> Sequence[Outlet]:
    names = Counter(one.outlet for one in _names(site) if one.outlet and one.current)
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
