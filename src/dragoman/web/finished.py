"""
Finished pages, kept as long as the dossier stays as it is, and the browser's copy where it still holds.

A page is kept without what belongs to one session alone: the proof in its forms and the person's name are put
in each time. Everything else that it depends on stands in its key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec

from fastapi import Request
from starlette.responses import Response

from dragoman.web.render import Page
from dragoman.web.site import Site

P = ParamSpec("P")


def finished(make: Callable[P, Page]) -> Callable[P, Response]:
    """A page that is the same for everybody of one role."""

    @wraps(make)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        return finish(_request(kwargs), lambda: make(*args, **kwargs))

    return answer


def finished_for_one(make: Callable[P, Page]) -> Callable[P, Response]:
    """A page that shows what one person did."""

    @wraps(make)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        request = _request(kwargs)
        return finish(request, lambda: make(*args, **kwargs), request.state.session.user.name)

    return answer


def _request(given: dict[str, object]) -> Request:
    request = given["request"]
    assert isinstance(request, Request)  # noqa: S101 - for the type checker
    return request


def finish(request: Request, make: Callable[[], Page], *about: Hashable) -> Response:
    """
    The page, made where it is not known; 304 where the browser has it.

    Args:
        request: its path, its query and the role of who asks are part of what the page depends on.
        make: makes it.
        about: what else it depends on.
    """
    site: Site = request.app.state.site
    session = request.state.session
    version = site.cached.version()
    path, query = request.scope["path"], request.scope["query_string"]
    key = (path, query, session.user.role, site.updater.trouble, *about)
    tag = _tag(site, (session.user.name, session.id, version, key))
    if tag in (part.strip() for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers={"ETag": tag})
    body = site.cached.finished(version, key, lambda: make().unfilled)
    return Page(body, site, session, headers={"ETag": tag})


def _tag(site: Site, about: object) -> str:
    """Weak, for the proof in the forms is masked anew each time; of no use to another session or server."""
    digest = hmac.digest(site.serving.secret.encode(), repr(("page", about)).encode(), hashlib.sha256)
    return f'W/"{digest.hex()[:32]}"'
