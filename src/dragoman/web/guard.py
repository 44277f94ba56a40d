"""What every request passes and every answer carries: host, session, headers."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.access import COOKIE, Access, Session

_LOG = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OPEN = ("/static/", "/enter", "/login")  # what a stranger may ask for
_FORM = 100_000  # bytes of a form; an event of hundreds of reports sends some 10,000
_SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """
    The outermost layer.

    It refuses calls under a foreign name, knows the session, sends strangers to the door, refuses forms
    that another site sent, and puts the headers on every answer, those of errors too.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # there are no websockets
        headers = Headers(scope=scope)
        session = self.access.session(_cookie(headers))
        scope.setdefault("state", {})["session"] = session
        answer = self._refusal(scope, headers, session)

        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found[name] = value
                if "cache-control" not in found:
                    found["Cache-Control"] = "no-store" if session is None else "private, no-cache"
            await send(message)

        try:
            await (answer or self.app)(scope, receive, sent)
        except Exception:
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            if begun:
                raise
            text = "Something went wrong here; the server's log says what.\n"
            await PlainTextResponse(text, 500)(scope, receive, sent)

    def _refusal(self, scope: Scope, headers: Headers, session: Session | None) -> Response | None:
        host = _name(headers.get("host", ""))
        if host not in self.access.serving.hosts:
            return PlainTextResponse("This server does not answer to that name.\n", 421)
        path, method = scope["path"], scope["method"]
        if method not in _SAFE and method != "POST":
            return PlainTextResponse("Method not allowed.\n", 405, {"Allow": "GET, HEAD, POST"})
        if method == "POST" and not 0 <= _length(headers) <= _FORM:
            return PlainTextResponse("That is too much for a form.\n", 413)
        if method == "POST" and not _from_here(headers):
            return PlainTextResponse("This form came from another site.\n", 403)
        if session is None and not path.startswith(OPEN):
            if path.endswith((".json", ".csv")) or method == "POST":
                return PlainTextResponse("Sign in first.\n", 401)
            query = scope["query_string"].decode("latin-1")
            wanted = quote(path + (f"?{query}" if query else ""), safe="")
            return RedirectResponse(f"/login?next={wanted}", 303)
        return None


def _length(headers: Headers) -> int:
    """How many bytes a form has; -1 where it does not say, and is sent in chunks without end."""
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 12 else -1


def _cookie(headers: Headers) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _name(host: str) -> str:
    """A host without its port; the brackets of an IPv6 address go too."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _from_here(headers: Headers) -> bool:
    """
    Whether a browser says that the form came from our own page.

    With our referrer policy it sends ``Origin: null`` (Fetch standard, "append a request Origin header"), so
    that ``Sec-Fetch-Site`` decides; of browsers without it the token in the form does.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin", "null")
    return origin == "null" or origin.partition("://")[2] == headers.get("host")


def all_hosts(host: str, given: Iterable[str], usual: frozenset[str]) -> frozenset[str]:
    """The names under which a server bound to ``host`` may be called."""
    return usual | {name.lower() for name in given} | {host.lower()}
