"""The review queue: pair after pair that the table left unsure, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import CLAIM_SLOTS, MANY, Claim, Decision, Judgement, Match, StoredReport, in_force
from dragoman.output.pairs import PAIRS, differing
from dragoman.output.told import Paired, Told
from dragoman.store import Reading
from dragoman.web.data import beside
from dragoman.web.errors import Elsewhere, Missing
from dragoman.web.finished import finished_for_one
from dragoman.web.pages.events import CHOICES, marks_of
from dragoman.web.passages import Passage, passages
from dragoman.web.queue import open_matches, state_of, touching
from dragoman.web.render import Page, linked, page
from dragoman.web.site import Here, Site, Sitting

router = APIRouter()

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One claim of a pair."""

    letter: str
    claim: Claim
    report: StoredReport | None
    told: Told | None
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair stands in the queue."""

    at: int | None
    total: int
    before: str
    after: str


def review_data(site: Here) -> Answer[Paired]:
    """The pairs that wait, the most alike first."""
    matches = open_matches(site)
    with site.reading() as found:
        return Answer(tuple(ask.pairs(found, matches)), PAIRS)


def pair_data(site: Here, left: str, right: str) -> Answer[Paired]:
    """One pair."""
    with site.reading() as found:
        return Answer((find(found, left, right),), PAIRS)


beside(router, "/review", review_data, name="review", summary="Pairs that wait for a decision")
beside(router, "/review/{left}/{right}", pair_data, name="pair", summary="A pair of claims", one=True)


def find(found: Reading, left: str, right: str) -> Paired:
    """The pair of these claims, with their texts."""
    for match in found.matches(claims=[left]):
        if {match.left, match.right} == {left, right}:
            pair = next(ask.pairs(found, [match], texts=True), None)
            if pair:
                return pair
    raise Missing("No such pair waits; perhaps it was decided, or its reports were read anew.")


@router.get("/review", include_in_schema=False)
@finished_for_one
def review(
    request: Request,
    site: Here,
    sitting: Sitting,
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    done: Annotated[str, Query(max_length=32)] = "",
    of: Annotated[str, Query(max_length=80)] = "",
) -> Page:
    """What waits."""
    matches = open_matches(site)
    with site.reading() as found:
        part = list(ask.pairs(found, matches[(at - 1) * _PAGE : at * _PAGE]))
        made = _made(found, done)
        last = mine(found.judgements(), sitting.user.name)
    return page(
        request, "review.html", pairs=part, total=len(matches), at=at, done=made, of=of, last=last,
        pages=max(1, -(-len(matches) // _PAGE)),
    )  # fmt: skip


@router.get("/review/next", include_in_schema=False)
def next_pair(
    site: Here,
    done: Annotated[str, Query(max_length=32)] = "",
    of: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The first pair that waits, else the list, which then says that nothing does."""
    first = next(((m.left, m.right) for m in open_matches(site)), ())
    return RedirectResponse(linked("review", *first, done=done, of=of), 303)


@router.get("/review/{left}/{right}", include_in_schema=False)
@finished_for_one
def pair_page(
    request: Request,
    site: Here,
    sitting: Sitting,
    left: str,
    right: str,
    done: Annotated[str, Query(max_length=32)] = "",
    of: Annotated[str, Query(max_length=80)] = "",
) -> Page:
    """
    One pair, side by side.

    One that another decision has settled meanwhile leads back to the list; one that comes back once the
    record has followed what was taken back says so. ``done`` is the decision that led here, ``of`` the pair
    that it was about, "left/right", where that is another one.
    """
    with site.reading() as found:
        made = _made(found, done)
        try:
            pair = find(found, left, right)
        except Missing:
            if made and made.decision is Decision.UNDO and not found.is_fresh():
                return page(request, "coming.html", done=made)
            if not (done and found.happening(left) and found.happening(right)):
                raise
            raise Elsewhere(linked("review", done=done, of=of)) from None
        claims = (pair.left.id, pair.right.id)
        judgements = found.judgements()
        sides = [
            _side(found, pair, letter, claim)
            for letter, claim in zip("AB", (pair.left, pair.right), strict=True)
        ]
        state = state_of(found, claims)
    differ, rows = differing(pair), _rows(pair)
    return page(
        request,
        "pair.html",
        pair=pair,
        sides=sides,
        rows=rows,
        values={slot: (left, right) for slot, _, left, right in rows},
        differ=differ,
        slots=sorted(CLAIM_SLOTS, key=lambda slot: slot not in differ),
        many=MANY,
        choices=CHOICES,
        known=_known_values(pair),
        place=place_of(site, pair.match),
        state=state,
        about=touching(judgements, claims),
        done=made,
        of=of,
        last=mine(judgements, sitting.user.name),
    )


def place_of(site: Site, match: Match) -> Place:
    """Where a pair stands in the queue, and its neighbours."""
    queue = open_matches(site)
    keys = [(m.left, m.right) for m in queue]
    at = keys.index((match.left, match.right)) if (match.left, match.right) in keys else None
    if at is None:
        return Place(None, len(keys), "", linked("review", *keys[0]) if keys else "")
    before = linked("review", *keys[at - 1]) if at else ""
    after = linked("review", *keys[at + 1]) if at + 1 < len(keys) else ""
    return Place(at + 1, len(keys), before, after)


def _side(found: Reading, pair: Paired, letter: str, claim: Claim) -> Side:
    happening = found.happening(claim.id)
    told = next(iter(ask.tell(found, [happening])), None) if happening else None
    shown = passages(pair.texts.get(claim.report), claim.evidence, marks_of(claim))
    return Side(letter, claim, pair.reports.get(claim.report), told, shown)


def _rows(pair: Paired) -> Sequence[tuple[str, bool, object, object]]:
    """Slot, whether the two differ in it, and the two values; slots that neither fills are left out."""
    differ = set(differing(pair))
    rows: list[tuple[str, bool, object, object]] = [
        ("type", "type" in differ, pair.left.type.value, pair.right.type.value)
    ]
    for slot in CLAIM_SLOTS:
        left, right = getattr(pair.left, slot), getattr(pair.right, slot)
        if left or right:
            rows.append((slot, slot in differ, left, right))
    return rows


def _known_values(pair: Paired) -> Sequence[str]:
    """What the two claims say, for a form to offer."""
    values: list[str] = []
    for claim in (pair.left, pair.right):
        for slot in CLAIM_SLOTS:
            value = getattr(claim, slot)
            values.append("; ".join(value) if isinstance(value, tuple) else str(value or ""))
    return sorted({value for value in values if value})


def _made(found: Reading, key: str) -> Judgement | None:
    return next((j for j in found.judgements() if key and j.id == key), None)


def mine(judgements: Sequence[Judgement], who: str) -> Judgement | None:
    """The last decision in force of a person: what "take back" takes back."""
    own = [j for j in in_force(tuple(judgements)) if j.who == who and j.decision is not Decision.UNDO]
    return own[-1] if own else None
