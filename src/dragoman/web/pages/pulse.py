"""A small answer for pages that are open: whether the record changed, and by whom."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from dragoman.output.words import visible
from dragoman.web.site import Here, Site

router = APIRouter()


@router.get("/pulse.json", tags=["pulse"], summary="Whether the record changed")
def pulse(site: Here) -> Response:
    """A version that changes with the record, whether that follows all decisions, and what is to be said."""
    return JSONResponse(site.cached.get("pulse", lambda: _pulse(site)))


def _pulse(site: Site) -> dict[str, str | bool]:
    with site.reading() as found:
        judgements = found.judgements()
        about, fresh = sorted(found.about().items()), found.is_fresh()
    version = hashlib.sha256(repr((len(judgements), about)).encode()).hexdigest()[:16]
    last = judgements[-1] if judgements else None
    by = f" {visible(last.who)[:64]} decided last." if last else ""
    return {"version": version, "fresh": fresh, "text": f"The record changed.{by}"}
