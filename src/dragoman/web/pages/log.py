"""The log of judgements: who decided what, what still counts, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import Claim, Decision, Judgement
from dragoman.output.judgements import JUDGEMENTS
from dragoman.output.told import Told
from dragoman.store import Reading
from dragoman.web.data import beside
from dragoman.web.finished import finished
from dragoman.web.queue import counting
from dragoman.web.render import Page, page
from dragoman.web.site import Here

router = APIRouter()

_PAGE = 50


def log_data(
    site: Here,
    who: Annotated[str, Query(max_length=64)] = "",
    decision: Annotated[str, Query(max_length=20)] = "",
) -> Answer[Judgement]:
    """Decisions, oldest first."""
    found = site.dossier.judgements()
    return Answer(tuple(_asked(found.values, who, decision)), JUDGEMENTS)


def _asked(judgements: Sequence[Judgement], who: str, decision: str) -> Sequence[Judgement]:
    return [
        j for j in judgements if (not who or j.who == who) and (not decision or j.decision.value == decision)
    ]


beside(router, "/log", log_data, name="log", summary="Decisions")


@router.get("/log", include_in_schema=False)
@finished
def log(
    request: Request,
    site: Here,
    who: Annotated[str, Query(max_length=64)] = "",
    decision: Annotated[str, Query(max_length=20)] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    done: Annotated[str, Query(max_length=32)] = "",
) -> Page:
    """The log, the latest first."""
    with site.reading() as found:
        every = found.judgements()
        chosen = _asked(every, who, decision)[::-1]
        part = chosen[(at - 1) * _PAGE : at * _PAGE]
        known = {judgement.id: judgement for judgement in every}
        undone = [known[j.undoes] for j in part if j.undoes in known]
        claims, events = told_of(found, [*part, *undone])
    return page(
        request,
        "log.html",
        found=part,
        total=len(chosen),
        counting=counting(every),
        claims=claims,
        events=events,
        known=known,
        names=sorted({judgement.who for judgement in every}),
        decisions=tuple(map(str, Decision)),
        who=who,
        decision=decision,
        done=next((j for j in every if done and j.id == done), None),
        at=at,
        pages=max(1, -(-len(chosen) // _PAGE)),
    )


def told_of(
    found: Reading, judgements: Sequence[Judgement]
) -> tuple[Mapping[str, Claim], Mapping[str, Told]]:
    """The claims that some judgements are about, and the events that they belong to now, by claim."""
    ids = list(dict.fromkeys(anchor.claim for judgement in judgements for anchor in judgement.anchors))
    claims = ask.claims_of(found, ids)
    happenings = {h.id: h for claim in ids if (h := found.happening(claim))}
    told = ask.tell(found, list(happenings.values()))
    return claims, {claim: one for one in told for claim in one.happening.claims}
