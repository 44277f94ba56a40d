"""What goes wrong, told on a page or beside the data."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dragoman.errors import DragomanError, UsageError
from dragoman.output.words import visible
from dragoman.web.render import page

_TITLES = {
    400: "This cannot be answered",
    401: "Sign in first",
    403: "You may not do this",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "It changed meanwhile",
    422: "This cannot be answered",
    429: "Wait a little",
}


class Missing(DragomanError):  # noqa: N818 - told to people, who are no programmers
    """There is no such event, report or page."""


class Refused(DragomanError):  # noqa: N818
    """Who asks may not do this."""


class Elsewhere(Exception):  # noqa: N818 - no error: what was here now is there
    """The page for which somebody asks is another one by now."""


def tell_errors(app: FastAPI) -> None:
    """Answer every error with a page that says what to do; with plain text beside the data."""

    @app.exception_handler(Missing)
    def missing(request: Request, error: Exception) -> Response:
        return _told(request, 404, str(error))

    @app.exception_handler(Elsewhere)
    def elsewhere(_: Request, error: Exception) -> Response:
        return RedirectResponse(str(error), 303)

    @app.exception_handler(Refused)
    def refused(request: Request, error: Exception) -> Response:
        return _told(request, 403, str(error))

    @app.exception_handler(UsageError)
    def wrong(request: Request, error: Exception) -> Response:
        return _told(request, 400, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - for the type checker
        first = error.errors()[0]
        name = str(first["loc"][-1]) if first.get("loc") else "the query"
        return _told(request, 422, f"{name}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - for the type checker
        text = "No page has that address." if error.status_code == 404 else str(error.detail)
        return _told(request, error.status_code, text)


def _told(request: Request, status: int, text: str) -> Response:
    words = visible(text)[:500]
    if request.url.path.endswith((".json", ".csv")) or getattr(request.state, "session", None) is None:
        return PlainTextResponse(f"{words}\n", status)
    title = _TITLES.get(status, "Something went wrong")
    return page(request, "error.html", status=status, title=title, text=words)
