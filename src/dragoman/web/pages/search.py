"""Search over the texts of the reports and the events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import Profile, Span, StoredReport
from dragoman.output.happenings import TIMELINE
from dragoman.output.told import Told
from dragoman.store import Filter
from dragoman.store.search import terms
from dragoman.web.data import beside
from dragoman.web.finished import finished
from dragoman.web.pages.actors import named as actors_named
from dragoman.web.pages.actors import profiles
from dragoman.web.passages import Mark, Passage, passages
from dragoman.web.render import Page, page
from dragoman.web.site import Here
from dragoman.web.wanted import words_of

router = APIRouter()

_PAGE = 15
_EVENTS = 10
_ACTORS = 6
_FOUND = 2  # passages shown of a report


@dataclass(frozen=True, slots=True)
class Found:
    """A report with the places where the words stand."""

    report: StoredReport
    passages: Sequence[Passage]


def search_data(site: Here, q: Annotated[str, Query(max_length=200)] = "") -> Answer[Told]:
    """The events with all words in their evidence, subject, title, place, forum or people."""
    text = words_of(q)
    if text is None:
        return Answer((), TIMELINE)
    with site.reading() as found:
        return Answer(tuple(ask.tell(found, found.happenings(Filter(text=text)))), TIMELINE)


beside(router, "/search", search_data, name="search", summary="Events with some words")


@router.get("/search", include_in_schema=False)
@finished
def search(
    request: Request,
    site: Here,
    q: Annotated[str, Query(max_length=200)] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Page:
    """Events, actors and reports with some words; what stands in quotation marks counts as one."""
    text = words_of(q)
    told: Sequence[Told] = ()
    reports: Sequence[Found] = ()
    people: Sequence[Profile] = ()
    total = events = 0
    if text:
        with site.reading() as found:
            wanted = Filter(text=text)
            events = found.count(wanted)
            told = list(ask.tell(found, ask.latest(found, wanted, _EVENTS)))
            ids = found.search(text)
            total = len(ids)
            part = ids[(at - 1) * _PAGE : at * _PAGE]
            known = found.reports(list(part))
            reports = [
                Found(known[key], _passages(found.text(key) or "", text)) for key in part if key in known
            ]
        people = profiles(site, actors_named(site, text.replace('"', ""), "")[:_ACTORS])
    return page(
        request, "search.html", q=text or "", told=told, events=events, reports=reports, total=total,
        people=people, at=at, pages=max(1, -(-total // _PAGE)),
    )  # fmt: skip


def _passages(text: str, query: str) -> Sequence[Passage]:
    spans: list[Span] = []
    for span in _places(text, query):
        if len(spans) >= _FOUND:
            break
        if not spans or span.start - spans[-1].end > 200:
            spans.append(span)
    if not spans:
        return []
    low, high = spans[0].start - 400, spans[-1].end + 400
    marks = [Mark(s.start, s.end, "found") for s in _places(text, query, max(0, low), high)]
    return passages(text, spans, marks, around=120)


def _places(text: str, query: str, low: int = 0, high: int | None = None) -> Iterator[Span]:
    """Where the terms stand, upper and lower case alike."""
    pattern = re.compile("|".join(re.escape(term) for term in terms(query)), re.IGNORECASE)
    for match in pattern.finditer(text, low, len(text) if high is None else min(high, len(text))):
        if match.end() > match.start():
            yield Span(match.start(), match.end(), match.group())
