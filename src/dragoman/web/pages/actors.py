"""People, bodies and parties over all reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import Profile
from dragoman.output.profiles import PROFILES
from dragoman.output.told import Told
from dragoman.store import Filter
from dragoman.store.asked import names_of_profiles
from dragoman.web.data import beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site
from dragoman.web.wanted import plain_id, words_of

router = APIRouter()

_LIST = 60
_EVENTS = 40
_REPORTS = 30


@dataclass(frozen=True, slots=True)
class _Name:
    """What an actor is found by: the forms of the name, upper and lower case alike."""

    id: str
    kind: str
    forms: tuple[str, ...]

    def holds(self, words: Sequence[str]) -> bool:
        """Whether one of the forms has all the words."""
        return not words or any(all(word in form for word in words) for form in self.forms)


def _names(site: Site) -> Sequence[_Name]:
    """All actors, those of most reports first."""

    def made() -> Sequence[_Name]:
        with site.reading() as found:
            named = names_of_profiles(found.connection)
        return [_Name(key, kind, tuple(form.casefold() for form in forms)) for key, kind, forms in named]

    return site.cached.get("actors", made)


def named(site: Site, text: str, kind: str) -> Sequence[str]:
    """Ids of the actors of a kind with all words in one of their names."""
    words = (words_of(text) or "").casefold().split()
    return [one.id for one in _names(site) if (not kind or one.kind == kind) and one.holds(words)]


def profiles(site: Site, ids: Sequence[str]) -> tuple[Profile, ...]:
    """The actors of some ids, in their order."""
    with site.reading() as found:
        return tuple(profile for some in ask.chunks(ids) for profile in found.profiles(some))


def find(site: Site, key: str) -> Profile:
    """The actor of that id."""
    found = profiles(site, [plain_id(key)])
    if not found:
        raise Missing("There is no actor of that id.")
    return found[0]


def actors_data(
    site: Here, q: Annotated[str, Query(max_length=200)] = "", kind: Annotated[str, Query(max_length=20)] = ""
) -> Answer[Profile]:
    """Actors by a part of their name."""
    return Answer(profiles(site, named(site, q, kind)), PROFILES)


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
    kinds = sorted({one.kind for one in _names(site)})
    part = profiles(site, found[(at - 1) * _LIST : at * _LIST])
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
        happenings = ask.latest(found, wanted, _EVENTS) if wanted else []
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
