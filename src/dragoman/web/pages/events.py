"""Events: the list with its filters, and one with all that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.errors import UsageError
from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Claim,
    Decision,
    EventType,
    MeetingKind,
    Negotiation,
    Plain,
    Settled,
    Span,
    Standing,
    Status,
    Support,
    in_force,
)
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.output.account import against
from dragoman.output.told import Conflicting, Explained, Told
from dragoman.output.words import date_in_words
from dragoman.store import Reading
from dragoman.store.asked import events_like, negotiations_of
from dragoman.web.data import beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.passages import Mark, Passage, line_of, passages
from dragoman.web.queue import counting, state_of, touching
from dragoman.web.render import Page, page
from dragoman.web.site import Here, Site
from dragoman.web.wanted import Asked

router = APIRouter()

PAGE = 50
_NEAR = timedelta(days=10)  # between events that a person may want to merge
_CANDIDATES = 8
CHOICES = {
    "status": tuple(str(s) for s in Status),
    "kind": tuple(str(k) for k in MeetingKind),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of an event: its number, its report, its words in context."""

    number: int
    claim: Claim
    passages: Sequence[Passage]
    line: int | None


@dataclass(frozen=True, slots=True)
class SlotValue:
    """
    One value of a slot: whether it is for, against or beside the one shown, and who says so.

    Attributes:
        offer: what a correction would set to have it, as a form takes it; None where it is shown already.
    """

    value: Plain
    side: str
    sources: int
    numbers: Sequence[int]
    words: Sequence[str]
    offer: str | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot with its value, how it stands and what the reports give."""

    name: str
    value: Plain
    standing: Standing
    note: str
    values: Sequence[SlotValue]
    many: bool
    choices: Sequence[str]

    @property
    def plain(self) -> str:
        """The value as a form takes it."""
        if isinstance(self.value, tuple):
            return "; ".join(self.value)
        return self.value or ""


def events_data(site: Here, wanted: Asked) -> Answer[Told]:
    """All events that the filters leave."""
    with site.reading() as found:
        return ask.timeline(found, wanted.filter, ask.Page(None))


def event_data(site: Here, event: str) -> Answer[Explained]:
    """One event with all that made it."""
    return explained(site, event)


beside(router, "/events", events_data, name="events", summary="Events in order of date")
beside(
    router, "/events/{event}", event_data, name="event", summary="An event with all that made it", one=True
)


def conflicts_data(site: Here, wanted: Asked) -> Answer[Conflicting]:
    """Every slot of an event that reports differ on."""
    with site.reading() as found:
        return ask.conflicts(found, wanted.filter)


beside(router, "/conflicts", conflicts_data, name="conflicts", summary="What reports differ on")


@router.get("/events", include_in_schema=False)
@finished
def events(request: Request, site: Here, wanted: Asked) -> Page:
    """The list, the latest first page."""
    with site.reading() as found:
        answer = ask.timeline(found, wanted.filter, ask.Page(PAGE, wanted.page))
    dated = answer.total - answer.undated
    return page(
        request, "events.html", answer=answer, wanted=wanted, pages=max(1, -(-dated // PAGE)),
        types=tuple(map(str, EventType)), statuses=tuple(map(str, Status)),
    )  # fmt: skip


@router.get("/conflicts", include_in_schema=False)
@finished
def conflicts(request: Request, site: Here, wanted: Asked) -> Page:
    """What reports differ on."""
    with site.reading() as found:
        differing = replace(ask.resolved(found, wanted.filter), conflict=True)
        total = found.count(differing)
        happenings = found.happenings(differing, limit=PAGE, offset=(wanted.page - 1) * PAGE)
        told = list(ask.tell(found, happenings))
    return page(
        request, "conflicts.html", told=told, total=total, wanted=wanted, pages=max(1, -(-total // PAGE))
    )


def explained(site: Site, event: str) -> Answer[Explained]:
    """The event whose id begins so."""
    try:
        with site.reading() as found:
            return ask.explain(found, event)
    except UsageError as error:
        if "no event" in str(error):
            raise Missing(_why_gone(site, event)) from error
        raise


def _why_gone(site: Site, event: str) -> str:
    """Who decided that it is no event, where somebody did."""
    with site.reading() as found:
        judged = [j for j in in_force(found.judgements()) if j.decision is Decision.NOT_EVENT]
    last = next((j for j in reversed(judged) if any(a.claim == event for a in j.anchors)), None)
    if last is None:
        return "There is no event of that id; perhaps a decision made it part of another."
    return (
        f"{last.who} decided on {date_in_words(last.at.date().isoformat())} that this is no event; "
        f"in the log you can take it back.{' Why: ' + last.why if last.why else ''}"
    )


@router.get("/events/{event}", include_in_schema=False)
@finished
def event_page(
    request: Request, site: Here, event: str, done: Annotated[str, Query(max_length=32)] = ""
) -> Page:
    """One event."""
    one = explained(site, event)[0]
    told = one.told
    with site.reading() as found:
        judgements = found.judgements()
        state = state_of(found, told.happening.claims)
        belongs = [n for key in negotiations_of(found.connection, told.id) if (n := _negotiation(site, key))]
        near = _candidates(found, one)
    about = touching(judgements, told.happening.claims)
    return page(
        request,
        "event.html",
        one=one,
        told=told,
        said=said(told, one.texts),
        slots=slot_rows(told),
        history=told.happening.history,
        judgements=about,
        known={judgement.id: judgement for judgement in judgements},
        counting=counting(judgements),
        done=next((j for j in judgements if done and j.id == done), None),
        state=state,
        belongs=belongs,
        near=near,
        open=one.open,
        numbers={claim: n for n, claim in enumerate(told.happening.claims, 1)},
    )


def _negotiation(site: Site, key: str) -> Negotiation | None:
    from dragoman.web.pages.overview import negotiations_by_id  # noqa: PLC0415 - pages that name each other

    return negotiations_by_id(site).get(key)


def _candidates(found: Reading, one: Explained) -> Sequence[Told]:
    """Other events that this one might be: the same type, days near it, a party in common."""
    told = one.told
    value = Edtf.parse(told.date)
    bounds = value.bounds if value and value.year_known else None
    if bounds is None or bounds[0] == FAR_PAST or bounds[1] == FAR_FUTURE:
        return []
    days = bounds[0] - _NEAR, bounds[1] + _NEAR
    kind, parties = told.happening.type.value, told.happening.many("parties")
    near = events_like(found.connection, kind, parties, days, limit=_CANDIDATES + 1)
    return list(ask.tell(found, found.happenings_of([key for key in near if key != told.id])))


def said(told: Told, texts: Mapping[str, str]) -> Sequence[Said]:
    """The claims with their words in context."""
    found = []
    for number, claim in enumerate(told.claims, 1):
        text = texts.get(claim.report)
        marks = marks_of(claim)
        line = line_of(text, claim.evidence[0].start) if text and claim.evidence else None
        found.append(Said(number, claim, passages(text, claim.evidence, marks), line))
    return found


def marks_of(claim: Claim) -> list[Mark]:
    """The evidence of a claim and the words that carry its slots."""
    marks = [Mark(s.start, s.end, "event") for s in claim.evidence]
    slots: dict[Span, list[str]] = {}
    for slot, spans in claim.words:
        for span in spans:
            if slot in CLAIM_SLOTS:
                slots.setdefault(span, []).append(slot)
    return marks + [Mark(s.start, s.end, "slot", ", ".join(names)) for s, names in slots.items()]


def slot_rows(told: Told) -> Sequence[SlotRow]:
    """Each slot that some report fills or a person decided, in the codebook's order; then the empty ones."""
    numbers = {claim: n for n, claim in enumerate(told.happening.claims, 1)}
    rows = []
    for name in CLAIM_SLOTS:
        settled = told.happening.slots[name]
        values = [_value(told, name, settled, support, numbers) for support in settled.support]
        choices = CHOICES.get(name, ())
        rows.append(
            SlotRow(name, settled.value, settled.standing, settled.note, values, name in MANY, choices)
        )
    return sorted(rows, key=lambda row: row.standing is Standing.EMPTY)


def _value(
    told: Told, name: str, settled: Settled, support: Support, numbers: Mapping[str, int]
) -> SlotValue:
    shown = set(_parts(settled.value))
    held = bool(shown) and set(_parts(support.value)) <= shown
    offer = None
    if support.value and not held:
        parts = [*_parts(settled.value), *_parts(support.value)] if name in MANY else _parts(support.value)
        offer = "; ".join(dict.fromkeys(parts))
    return SlotValue(
        support.value,
        "for" if held else "against" if against(name, settled, support) else "also",
        support.sources,
        sorted(numbers[claim] for claim in support.claims if claim in numbers),
        _words(told, name, support.claims),
        offer,
    )


def _parts(value: Plain) -> Sequence[str]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _words(told: Told, slot: str, claims: Sequence[str]) -> Sequence[str]:
    held = (told.claim(claim) for claim in claims)
    return list(dict.fromkeys(span.exact for claim in held if claim for span in claim.words_of(slot)))[:3]
