"""Addresses that a person names, fetched with manners and bounds: no host is asked that was not checked."""

from __future__ import annotations

import logging
import re
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

import httpx
from protego import Protego

from dragoman.errors import IntakeError
from dragoman.intake.network import CONNECT_SECONDS, PinnedTransport, Resolve, resolve_host, why_not_public
from dragoman.intake.policy import Answer, Policy

LOGGER = logging.getLogger(__name__)

ROBOT = "Dragoman"
MOST_ROBOTS = 512_000  # bytes of a robots.txt that are read (RFC 9309, 2.5)
PORTS = {"http": 80, "https": 443}
LAST_PORT = 65_535
LONGEST_ADDRESS = 4000

# Content types that may hold reports, and an ending that says what they are.
TYPES = {
    "": "answer",
    "text/html": "answer.html",
    "application/xhtml+xml": "answer.html",
    "text/plain": "answer.txt",
    "text/xml": "answer.xml",
    "application/xml": "answer.xml",
    "application/rss+xml": "answer.xml",
    "application/atom+xml": "answer.xml",
    "application/rdf+xml": "answer.xml",
    "application/json": "answer.json",
    "application/feed+json": "answer.json",
    "application/x-ndjson": "answer.jsonl",
    "application/jsonl": "answer.jsonl",
    "application/x-jsonlines": "answer.jsonl",
    "application/warc": "answer.warc",
    "application/x-warc": "answer.warc",
    "application/gzip": "answer",
    "application/x-gzip": "answer",
}
# A server that does not know the ending of a file calls it this; then the ending decides.
_UNNAMED = frozenset({"application/octet-stream", "binary/octet-stream"})
_ENDING = re.compile(r"\.(?:txt|html?|jsonl?|ndjson|xml|rss|atom|warc)(?:\.(?:gz|xz|bz2))?$", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")

_FEWEST_TRIES = "check the address, or save the page and give the file"


def fetch(url: str, policy: Policy | None = None, transport: httpx.BaseTransport | None = None) -> Answer:
    """What one address answers; see :meth:`Fetcher.fetch`."""
    return Fetcher(policy or Policy(), transport=transport).fetch(url)


class _Refused(Exception):  # noqa: N818 - becomes an IntakeError with the address
    """Why an address was not fetched, and what to try."""


@dataclass(slots=True)
class _Host:
    """What is known of one scheme, host and port."""

    robots: Protego | None = None
    refusal: str | None = None


@dataclass(slots=True)
class Fetcher:
    """
    Fetches addresses one after another, with one memory of hosts, their robots.txt and their pace.

    Attributes:
        policy: the bounds.
        transport: what sends a checked request; the network where it is None.
        resolve: finds the addresses of a host.
        sleep, clock: time, for tests.
    """

    policy: Policy
    transport: httpx.BaseTransport | None = None
    resolve: Resolve = resolve_host
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Answer:
        """
        What the address answers in the end, unpacked, within the policy's bounds.

        Every host on the way is resolved once and checked, and the connection goes to the address that
        was checked. robots.txt is asked first, under the same rules: where there is none all is allowed,
        where it cannot be had nothing is.

        Raises:
            IntakeError: it was not fetched; why, and what to try.
        """
        task = _Task(self, self.clock() + self.policy.seconds)
        try:
            return task.run(url.strip())
        except _Refused as refusal:
            raise IntakeError(str(refusal), where=url) from refusal.__cause__

    def host(self, url: httpx.URL) -> _Host:
        """What is known of the address's host."""
        return self._hosts.setdefault(f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}", _Host())

    def wait(self, host: str, pause: float) -> float:
        """Sleep until ``pause`` seconds have passed since the host was last asked; how long that was."""
        last = self._last.get(host)
        left = 0.0 if last is None else max(0.0, last + pause - self.clock())
        if left:
            self.sleep(left)
        self._last[host] = self.clock()
        return left


@dataclass(slots=True)
class _Task:
    """The fetching of one address: redirects and robots.txt count into one deadline."""

    fetcher: Fetcher
    deadline: float

    def run(self, asked: str) -> Answer:
        url, response = self._follow(asked, robots=False)
        status, headers, data = response
        if status != HTTPStatus.OK:
            raise _Refused(_told(status))
        media, kind = _kind(headers, url)
        charset = _CHARSET.search(headers.get("content-type", ""))
        day = datetime.now(UTC).date().isoformat()
        LOGGER.info("%s: %d bytes of %s", url, len(data), media or "no declared type")
        return Answer(asked, str(url), data, kind, charset[1] if charset else None, day)

    def _follow(self, asked: str, *, robots: bool) -> tuple[httpx.URL, tuple[int, httpx.Headers, bytes]]:
        """The answer at the end of all redirects."""
        address = asked
        for _ in range(self.fetcher.policy.redirects + 1):
            url = self._checked(address)
            addresses = self._resolved(url)
            if not robots:
                self._ask_robots(url)
                self._pace(url)
            status, headers, data = self._send(url, addresses, robots=robots)
            if (
                not (HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST)
                or status == HTTPStatus.NOT_MODIFIED
            ):
                return url, (status, headers, data)
            address = _target(url, headers)
        raise _Refused(f"leads on more than {self.fetcher.policy.redirects} times; {_FEWEST_TRIES}")

    def _checked(self, address: str) -> httpx.URL:
        """The address, if it is one that may be asked at all."""
        if _CONTROL.search(address) or len(address) > LONGEST_ADDRESS:
            raise _Refused("is no address: it is too long or holds blanks or control characters")
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, ValueError) as error:
            raise _Refused(f"is no address: {error}") from error
        if url.scheme not in PORTS:
            raise _Refused(
                f"{url.scheme or 'no scheme'}:// is not fetched; give http, https or a file's path"
            )
        if (url.port or 0) > LAST_PORT:
            raise _Refused(f"is no address: there is no port {url.port}")
        if not url.host:
            raise _Refused("names no host; give an address such as https://example.org/page")
        if url.userinfo:
            raise _Refused(
                "holds a user name or password; Dragoman sends none: save the page and give the file"
            )
        if not self.fetcher.policy.allow_private and (url.port or PORTS[url.scheme]) not in PORTS.values():
            raise _Refused(f"asks port {url.port}; only 80 and 443 are, unless --allow-private is given")
        return url.copy_with(fragment=None)

    def _resolved(self, url: httpx.URL) -> list[str]:
        """The host's addresses; none where one of them is not public."""
        host, port = url.raw_host.decode("ascii"), url.port or PORTS[url.scheme]
        try:
            addresses = list(self.fetcher.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise _Refused(
                f"the host {url.host} is not found; check the address and the connection"
            ) from error
        if not addresses:
            raise _Refused(f"the host {url.host} has no address")
        if not self.fetcher.policy.allow_private:
            _refuse_private(url.host, addresses)
        return addresses

    def _pace(self, url: httpx.URL) -> None:
        """Wait until the host may be asked again, by whatever scheme."""
        policy, host = self.fetcher.policy, self.fetcher.host(url)
        asked = host.robots.crawl_delay(ROBOT) if host.robots else None
        pause = max(policy.pause, asked or 0.0)
        if pause > policy.most_pause:
            raise _Refused(
                f"its robots.txt asks for {pause:.0f} seconds between two requests; "
                "save the page and give the file"
            )
        self.deadline += self.fetcher.wait(url.host, pause)

    def _ask_robots(self, url: httpx.URL) -> None:
        """Raise where the host's robots.txt does not allow the address."""
        host = self.fetcher.host(url)
        if host.robots is None and host.refusal is None:
            host.robots, host.refusal = self._robots(url)
        if host.refusal:
            raise _Refused(host.refusal)
        if host.robots and not host.robots.can_fetch(str(url), ROBOT):
            raise _Refused("its robots.txt does not allow it; save the page and give the file")

    def _robots(self, url: httpx.URL) -> tuple[Protego | None, str | None]:
        """What the host's robots.txt says, or why nothing may be fetched there (RFC 9309, 2.3.1)."""
        address = url.copy_with(raw_path=b"/robots.txt")
        try:
            _, (status, _, data) = self._follow(str(address), robots=True)
        except _Refused as refusal:
            return None, f"its robots.txt cannot be read ({refusal}); try again later"
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
            return None, f"its robots.txt cannot be read (status {status}); try again later"
        text = data.decode("utf-8", errors="replace") if status == HTTPStatus.OK else ""
        return Protego.parse(text.removeprefix("\ufeff")), None

    def _send(
        self, url: httpx.URL, addresses: list[str], *, robots: bool
    ) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body of one request; the body only where it will be read."""
        left = self.deadline - self.fetcher.clock()
        if left <= 0:
            raise _Refused(self._late())
        most = MOST_ROBOTS if robots else self.fetcher.policy.max_bytes
        transport = self.fetcher.transport or PinnedTransport(self.fetcher.clock)
        timeout = httpx.Timeout(left, connect=min(left, CONNECT_SECONDS))
        extensions = {"addresses": addresses, "deadline": self.deadline}
        try:
            with (
                httpx.Client(
                    transport=transport, trust_env=False, headers=_headers(), timeout=timeout
                ) as client,
                client.stream("GET", url, extensions=extensions) as response,
            ):
                body = b""
                if response.status_code == HTTPStatus.OK:
                    if not robots:
                        _kind(response.headers, url)
                    body = self._body(response, most, cut=robots)
                return response.status_code, response.headers, body
        except httpx.TimeoutException as error:
            raise _Refused(self._late()) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise _Refused(f"cannot be fetched: {reason}; try again later") from error

    def _late(self) -> str:
        return (
            f"does not answer within {self.fetcher.policy.seconds:.0f} seconds; try again later, or raise "
            "fetch_seconds"
        )

    def _body(self, response: httpx.Response, most: int, *, cut: bool) -> bytes:
        """The body unpacked; what is beyond ``most`` is cut off or refused."""
        unpacker, parts, size = _unpacker(response.headers), [], 0
        assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101 - for the type checker
        for chunk in response.stream:
            if self.fetcher.clock() > self.deadline:
                raise _Refused(self._late())
            part = _unpacked(unpacker, chunk, most + 1 - size)
            parts.append(part)
            size += len(part)
            if size > most and cut:
                return b"".join(parts)[:most]
            if size > most:
                raise _Refused(
                    f"is larger than {most:,} bytes; save it and give the file, or raise fetch_bytes"
                )
        if unpacker is not None and not unpacker.eof and size:
            raise _Refused("is damaged: it ends early; try again")
        return b"".join(parts)


def _refuse_private(host: str, addresses: Sequence[str]) -> None:
    for address in addresses:
        if reason := why_not_public(address):
            raise _Refused(
                f"{host} is {address}, which is {reason}; it is not fetched unless --allow-private is given"
            )


def _headers() -> Mapping[str, str]:
    try:
        number = version("dragoman")
    except PackageNotFoundError:  # run from its source alone
        number = "0"
    return {
        "User-Agent": f"{ROBOT}/{number} (+reads reports for its user)",
        "Accept": "text/html,application/xhtml+xml,application/xml,text/plain,application/json,*/*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _target(url: httpx.URL, headers: httpx.Headers) -> str:
    """Where a redirect leads."""
    location = headers.get("location", "")
    if not location:
        raise _Refused(f"leads on, but does not say where to; {_FEWEST_TRIES}")
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise _Refused(f"leads on to what is no address ({location[:100]!r})") from error


def _told(status: int) -> str:
    """What a status other than 200 means for the user."""
    try:
        name = f" ({HTTPStatus(status).phrase})"
    except ValueError:
        name = ""
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return f"answers with status {status}{name}; try again later"
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return f"answers with status {status}{name}; save the page in a browser and give the file"
    return f"answers with status {status}{name}; {_FEWEST_TRIES}"


def _kind(headers: httpx.Headers, url: httpx.URL) -> tuple[str, str]:
    """The content type, and a name whose ending says what the body is; refuses what holds no report."""
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media in _UNNAMED and (ending := _ENDING.search(url.path)):
        return media, f"answer{ending[0].lower()}"
    if media not in TYPES:
        raise _Refused(f"is {media[:60]!r}, which holds no report; give a page, a text, a feed or records")
    kind = TYPES[media]
    ending = _ENDING.search(url.path)
    return media, f"answer{ending[0].lower()}" if kind == "answer" and ending else kind


def _unpacker(headers: httpx.Headers) -> zlib._Decompress | None:
    """What unpacks the body, None where it is not packed."""
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in {"", "identity"}:
        return None
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise _Refused(
            f"is packed as {coding[:30]!r}, which was not asked for; save the page and give the file"
        )
    return zlib.decompressobj(wbits=47)


def _unpacked(unpacker: zlib._Decompress | None, chunk: bytes, most: int) -> bytes:
    """A chunk unpacked, at most so many bytes of it; the rest is given up."""
    if unpacker is None:
        return chunk[:most]
    try:
        return unpacker.decompress(chunk, most)
    except zlib.error as error:
        raise _Refused(f"is damaged: {error}; try again") from error
