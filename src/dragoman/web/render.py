"""Values on a page: the templates with the words of :mod:`dragoman.output` as their filters."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from dragoman.export.drawing import STYLESHEET, coast_path
from dragoman.model import Profile, Standing, StoredReport
from dragoman.output.account import against
from dragoman.output.happenings import (
    conflict_in_words,
    count,
    history_in_words,
    month_of,
    outlets_in_words,
    published_in_short,
    report_in_words,
    sources_in_words,
    value_in_words,
)
from dragoman.output.judgements import value_of
from dragoman.output.told import Told
from dragoman.output.words import (
    date_in_short,
    date_in_words,
    latest_order,
    parties_in_words,
    party_in_words,
    status_in_words,
    visible,
    what_said,
    where_said,
    who_said,
)
from dragoman.web.access import Session
from dragoman.web.site import Site
from dragoman.web.team import User

_LONG = 300  # characters of a title or name that a page shows
# Stand in a page where what is one session's alone is put in; no text can hold them, for nobody knows them.
_PROOF, _NAME = secrets.token_hex(20), secrets.token_hex(20)
STATIC = Path(str(files("dragoman.web").joinpath("static")))
# No files: they come with the drawings.
MADE: Mapping[str, Callable[[], str]] = {"drawing.css": lambda: STYLESHEET, "coast.txt": coast_path}

_STANDINGS = {
    Standing.SINGLE: "one source",
    Standing.AGREED: "sources agree",
    Standing.CONFLICT: "sources differ",
    Standing.JUDGED: "decided by a person",
    Standing.EMPTY: "no report says",
}


def shown(text: object, longest: int = _LONG) -> str:
    """Text on one line, safe to show, cut where it is longer than a page can use."""
    words = visible(str(text if text is not None else "")[: longest * 4])
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def title_of(report: StoredReport) -> str:
    """What a report is called."""
    return shown(report.title or report.name)


def outlet_of(report: StoredReport | None) -> str:
    """Who published it, else what it is called."""
    return shown(report.publisher or report.title or report.name, 80) if report else ""


def ago(at: datetime) -> str:
    """A moment for a reader: "24 November 2026, 11:20 UTC"."""
    moment = at.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def linked(*parts: str, **query: Any) -> str:
    """A path of the application, each part of it quoted."""
    path = "/" + "/".join(quote(part, safe=":") for part in parts)
    given = {
        name.rstrip("_"): value for name, value in query.items() if value not in (None, "", (), [], False)
    }
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


@cache
def asset(name: str) -> str:
    """The address of a file of ours, with a digest of its content, so that it may be kept for long."""
    found = STATIC / name
    if name not in MADE and not found.is_file():
        return ""
    content = MADE[name]().encode() if name in MADE else found.read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def latest(ids: Sequence[str], events: Mapping[str, Told]) -> list[Told]:
    """The events of some ids, the latest first, those without a date last."""
    return sorted((events[key] for key in ids if key in events), key=lambda told: latest_order(told.date))


def office_of(profile: Profile) -> str:
    """The office that stands best: one of the table of office holders, told by most reports."""
    best = max(profile.tenures, key=lambda tenure: (tenure.in_table, len(tenure.reports)), default=None)
    return shown(best.office, 80) if best else ""


@cache
def templates() -> Environment:
    """The templates; every value is escaped."""
    env = Environment(
        loader=PackageLoader("dragoman.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {
        "shown": shown,
        "date": date_in_words,
        "date_short": date_in_short,
        "value": lambda value, slot: shown(value_in_words(slot, value)),
        "party": party_in_words,
        "parties": parties_in_words,
        "status": status_in_words,
        "counted": count,
        "unsure": lambda why: shown(why.replace("happening", "event"), 160),
        "report": lambda report: shown(report_in_words(report)),
        "title_of": title_of,
        "outlet": outlet_of,
        "published": published_in_short,
        "ago": ago,
        "history": history_in_words,
        "month": month_of,
        "sources": sources_in_words,
        "outlets": outlets_in_words,
        "standing": _STANDINGS.__getitem__,
        "conflict": lambda settled, slot: shown(conflict_in_words(slot, settled)),
        "judged": value_of,
        "latest": latest,
        "office": office_of,
    }
    env.globals |= {
        "linked": linked,
        "asset": asset,
        "against": against,
        "what_said": what_said,
        "where_said": where_said,
        "who_said": who_said,
    }
    return env


def load_templates() -> None:
    """Compile all templates, so that no reader waits for it."""
    for name in templates().list_templates():
        templates().get_template(name)


def drawing(svg: str) -> Markup:
    """A drawing of :mod:`dragoman.export.drawing` as part of a page: it escapes what it writes itself."""
    return Markup(svg)  # noqa: S704 - made by our own functions, every word of a report escaped there


class Page(HTMLResponse):
    """
    A page for a session.

    Attributes:
        unfilled: the same without what is that session's alone.
    """

    def __init__(
        self,
        unfilled: bytes,
        site: Site,
        session: Session | None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.unfilled = unfilled
        super().__init__(_filled(unfilled, site, session), status, dict(headers or {}))


def _filled(unfilled: bytes, site: Site, session: Session | None) -> bytes:
    if session is None:
        return unfilled
    name = str(escape(shown(session.user.name, 64)))
    filled = unfilled.replace(_NAME.encode(), name.encode("utf-8", "replace"))
    return filled.replace(_PROOF.encode(), site.access.form_token(session).encode())


def page(
    request: Request, name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Page:
    """A page from a template and its values."""
    site: Site = request.app.state.site
    session: Session | None = request.state.session
    query = request.url.query
    base = request.url.path.removesuffix("/") or "/overview"
    known = {
        "site": site,
        "session": session and replace(session, id="", user=User(_NAME, session.user.role)),
        "here": request.url.path,
        "query": request.query_params,
        "data": {kind: f"{base}.{kind}" + (f"?{query}" if query else "") for kind in ("json", "csv")},
        "form_token": lambda: _PROOF if session else "",
        "decides": bool(session and session.user.decides and not site.dossier.store.readonly),
        "waiting": waiting(site) if session else None,
        "fresh": site.cached.get("fresh", site.dossier.is_fresh) if session else True,
    }
    html = templates().get_template(name).render(known | values)
    return Page(html.encode(), site, session, status=status, headers=headers)


def waiting(site: Site) -> int:
    """How many pairs wait for a decision."""
    from dragoman.web.queue import open_matches  # noqa: PLC0415 - it shows pages itself

    return len(open_matches(site))
