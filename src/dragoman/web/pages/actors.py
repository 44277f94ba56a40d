"""People, bodies and parties over all reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import Profile
from dragoman.output.profiles import PROFILES
from dragoman.output.told import Told
from dragoman.store import Filter
from dragoman.web.data import beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site
from dragoman.web.wanted import words_of

router = APIRouter()

_LIST = 60
_EVENTS = 40
_REPORTS = 30


def _all(site: Site) -> Sequence[Profile]:
    return site.cached.get("profiles", site.dossier.profiles)


def named(site: Site, text: str, kind: str) -> Sequence[Profile]:
    """Actors of a kind with all words in one of their names."""
    words = (words_of(text) or "").casefold().split()
    return [
        profile
        for profile in _all(site)
        if (not kind or profile.kind == kind)
        and (not words or any(_holds(words, form) for form, _ in (*profile.spellings, (profile.name, 0))))
    ]


def _holds(words: Sequence[str], form: str) -> bool:
    return all(word in form.casefold() for word in words)


def by_id(site: Site) -> Mapping[str, Profile]:
    """All actors by their id."""
    return site.cached.get("profiles by id", lambda: {profile.id: profile for profile in _all(site)})


def find(site: Site, key: str) -> Profile:
    """The actor of that id."""
    found = by_id(site).get(key)
    if found is None:
        raise Missing("There is no actor of that id.")
    return found


def actors_data(
    site: Here, q: Annotated[str, Query(max_length=200)] = "", kind: Annotated[str, Query(max_length=20)] = ""
) -> Answer[Profile]:
    """Actors by a part of their name."""
    return Answer(tuple(named(site, q, kind)), PROFILES)


def actor_data(site: Here, actor: str) -> Answer[Profile]:
    """One actor."""
    return Answer((find(site, actor),), PROFILES)


beside(router, "/actors", actors_data, name="actors", summary="People, bodies and groups")
beside(router, "/actors/{actor:path}", actor_data, name="actor", summary="An actor", one=True)


@router.get("/actors", include_in_schema=False)
@finished
def actors(
    request: Request,
    site: Here,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Page:
    """The list, those of most reports first."""
    found = named(site, q, kind)
    kinds = sorted({profile.kind for profile in _all(site)})
    part = found[(at - 1) * _LIST : at * _LIST]
    return page(
        request, "actors.html", found=part, total=len(found), q=q, kind=kind, kinds=kinds, at=at,
        pages=max(1, -(-len(found) // _LIST)),
    )  # fmt: skip


@router.get("/actors/{actor:path}", include_in_schema=False)
@finished
def actor_page(request: Request, site: Here, actor: str) -> Page:
    """One actor: names, offices, events, reports."""
    profile = find(site, actor)
    with site.reading() as found:
        wanted = _events_with(profile)
        total = found.count(wanted) if wanted else 0
        happenings = found.happenings(wanted, limit=_EVENTS, offset=max(0, total - _EVENTS)) if wanted else []
        told: Sequence[Told] = list(ask.tell(found, happenings))
        reports = found.reports(list(profile.reports[:_REPORTS]))
    return page(
        request, "actor.html", profile=profile, told=told, total=total, reports=list(reports.values()),
        query=_query(profile),
    )  # fmt: skip


def _events_with(profile: Profile) -> Filter | None:
    """A person is found by the name, a state or body by its code."""
    if profile.kind == "person":
        return Filter(people=(profile.name,))
    code = _code(profile)
    return Filter(parties=(code,)) if code else None


def _code(profile: Profile) -> str | None:
    """A party's own code; an organisation that acts for others has none of its own."""
    if len(profile.parties) == 1:
        return profile.parties[0]
    return profile.name if profile.kind in {"organisation", "group"} else None


def _query(profile: Profile) -> dict[str, str]:
    """The query that finds its events."""
    if profile.kind == "person":
        return {"person": profile.name}
    code = _code(profile)
    return {"party": code} if code else {}
