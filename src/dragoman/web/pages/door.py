"""The door: the one-time token, the names and passwords of a team, the way out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from dragoman.web.access import COOKIE, Access
from dragoman.web.errors import Refused
from dragoman.web.render import page
from dragoman.web.site import Here, Site, Sitting

router = APIRouter(include_in_schema=False)


def _let_in(site: Site, cookie: str, to: str) -> Response:
    answer = RedirectResponse(to, 303)
    serving = site.serving
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=serving.seconds,
        httponly=True,
        samesite="strict",
        secure=serving.secure,
        path="/",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _inside(to: str) -> str:
    """Where to go after the door: a page of ours, never another site."""
    if not to.startswith("/") or to.startswith(("//", "/\\")) or any(ord(c) < 33 for c in to):
        return "/"
    return "/" if to.startswith(("/login", "/enter", "/logout")) else to


@router.get("/enter")
def enter(request: Request, site: Here, token: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Exchange the one-time token for a session."""
    if request.state.session:
        return RedirectResponse("/", 303)
    cookie = site.access.exchange(token) if site.serving.team is None else None
    if cookie is None:
        return page(
            request, "login.html", status=403, team=site.serving.team is not None, to="/", said="used"
        )
    return _let_in(site, cookie, "/")


@router.get("/login")
def door(
    request: Request, site: Here, to: Annotated[str, Query(alias="next", max_length=2000)] = "/"
) -> Response:
    """The form for a name and a password; without a team, how to get in."""
    inside = _inside(to)
    if request.state.session:
        return RedirectResponse(inside, 303)
    status = 200 if site.serving.team else 401
    return page(request, "login.html", status=status, team=site.serving.team is not None, to=inside, said="")


@router.post("/login")
async def login(
    request: Request,
    site: Here,
    name: Annotated[str, Form(max_length=64)] = "",
    password: Annotated[str, Form(max_length=2000)] = "",
    to: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Let in who knows the password; who guesses has to wait."""
    team, access, inside = site.serving.team, site.access, _inside(to)
    if team is None:
        return page(request, "login.html", status=401, team=False, to=inside, said="")
    client = request.client.host if request.client else ""
    keys = (f"name:{name}", f"address:{client}")
    wait = access.brake.wait(*keys)
    if wait:
        headers = {"Retry-After": str(wait)}
        return page(request, "login.html", status=429, headers=headers, team=True, to=inside, said="wait")
    access.brake.failed(*keys)  # before the slow look, so that many at once do not slip through
    user = await run_in_threadpool(team.check, name, password)
    if user is None:
        return page(request, "login.html", status=401, team=True, to=inside, said="wrong")
    access.brake.succeeded(*keys)
    return _let_in(site, access.begin(user), inside)


def ours(site: Here, sitting: Sitting, form_token: Annotated[str, Form(max_length=200)] = "") -> Access:
    """Refuse a form that is not ours."""
    if not site.access.is_ours(sitting, form_token):
        raise Refused("This form is too old or not ours; go back, reload the page and try again.")
    return site.access


@router.post("/logout")
def logout(sitting: Sitting, access: Annotated[Access, Depends(ours)]) -> Response:
    """End the session."""
    access.end(sitting)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer
