"""Which events a page shows: the filters in its query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from dragoman.actors.parties import party_code
from dragoman.errors import UsageError
from dragoman.model import EventType, Status
from dragoman.output.words import visible
from dragoman.store import Filter
from dragoman.text.dates import days_meant

LONGEST = 200  # characters of what is asked for

Many = Annotated[list[str], Query()]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a page and the part of its list."""

    filter: Filter
    page: int
    query: tuple[tuple[str, str], ...]

    def at(self, page: int) -> str:
        """The query for another part of the list, with its question mark."""
        kept = [(name, value) for name, value in self.query if name != "page" and value]
        given = [*kept, ("page", str(page))] if page > 1 else kept
        return f"?{urlencode(given)}" if given else "?"

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return self.filter != Filter()


async def wanted(
    request: Request,
    party: Annotated[
        list[str] | None, Query(description="A party's name or code; each one given takes part.")
    ] = None,
    person: Annotated[list[str] | None, Query(description="Part of a person's name.")] = None,
    place: Annotated[str, Query(description="Part of the place, or a country's code.")] = "",
    forum: Annotated[str, Query(description="Part of the forum's name.")] = "",
    status: Annotated[list[str] | None, Query(description="Any of these statuses.")] = None,
    type: Annotated[list[str] | None, Query(description="Any of these types.")] = None,  # noqa: A002
    since: Annotated[str, Query(alias="from", description="A day, month or year.")] = "",
    until: Annotated[str, Query(alias="to", description="A day, month or year.")] = "",
    text: Annotated[
        str, Query(description="Words of its evidence, subject, title, place, forum or people.")
    ] = "",
    negotiation: Annotated[str, Query(description="Id of a negotiation.")] = "",
    report: Annotated[str, Query(description="Id of a report.")] = "",
    conflict: Annotated[str, Query(description="yes: only those that reports differ on.")] = "",
    overdue: Annotated[str, Query(description="yes: only those whose day passed unreported.")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Wanted:
    """The filters that a query holds; what stands empty in a form counts as not given."""
    found = Filter(
        types=_closed("type", type, EventType),
        statuses=_closed("status", status, Status),
        parties=tuple(map(party_code, _given(party))),
        people=_given(person),
        place=_words(place),
        forum=_words(forum),
        since=_day("from", since, 0),
        until=_day("to", until, 1),
        text=_words(text),
        negotiation=_words(negotiation),
        report=_words(report),
        conflict=True if conflict else None,
        overdue=True if overdue else None,
    )
    return Wanted(found, page, tuple(request.query_params.multi_items()))


def _given(values: list[str] | None) -> tuple[str, ...]:
    return tuple(words for value in values or () if (words := _words(value)))


def _words(text: str) -> str | None:
    """What is asked for, without what no text holds."""
    if len(text) > LONGEST:
        raise UsageError(f"that is too long to look for; {LONGEST} characters are enough")
    return visible(text.replace("\0", " ")).strip() or None


def plain_id(text: str) -> str:
    """What may be looked for as an id, without what no database takes."""
    return text.replace("\0", "")


def _closed(name: str, values: list[str] | None, known: type[EventType | Status]) -> tuple[str, ...]:
    found = _given(values)
    names = [str(one) for one in known]
    for value in found:
        if value not in names:
            raise UsageError(f"{name} cannot be {value!r}; it is one of {', '.join(names)}")
    return found


def _day(name: str, text: str, end: int) -> date | None:
    written = text.strip()
    if not written:
        return None
    bounds = days_meant(written)
    if bounds is None:
        raise UsageError(f"{name} is no day; write it as 2022-01-20, 20 January 2022, 2022-01 or 2022")
    return bounds[end]


Asked = Annotated[Wanted, Depends(wanted)]
words_of = _words
