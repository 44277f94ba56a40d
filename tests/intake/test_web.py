"""Only what was named, only public hosts, within bounds, with manners; no test asks the network."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from typing import Any

import httpx
import pytest

from dragoman.errors import IntakeError
from dragoman.intake import Fetched, Media, Policy, network, read_sources
from dragoman.intake.network import PinnedTransport, why_not_public
from dragoman.intake.policy import Answer
from dragoman.intake.web import Fetcher, fetch

PUBLIC = "93.184.216.34"
PAGE = "<html><body><h1>Envoys meet</h1><p>Envoys of Norway and Chile met in Bergen.</p></body></html>"
Handler = Callable[[httpx.Request], httpx.Response]


class Clock:
    """Time that passes only in sleep."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def html(text: str = PAGE, **headers: str) -> httpx.Response:
    return httpx.Response(200, content=text.encode(), headers={"content-type": "text/html", **headers})


def web(pages: dict[str, httpx.Response] | Handler, policy: Policy | None = None, **options: Any) -> Fetcher:
    """A fetcher whose network is a table of answers by path, 404 for the rest."""
    clock = Clock()

    def answer(request: httpx.Request) -> httpx.Response:
        if callable(pages):
            return pages(request)
        return pages.get(request.url.path, httpx.Response(404))

    options = {"resolve": lambda *_: [PUBLIC], "sleep": clock.sleep, "clock": clock, **options}
    return Fetcher(policy or Policy(), transport=httpx.MockTransport(answer), **options)


def refusal(
    url: str, pages: dict[str, httpx.Response] | Handler, policy: Policy | None = None, **options: Any
) -> str:
    with pytest.raises(IntakeError) as caught:
        web(pages, policy, **options).fetch(url)
    assert caught.value.where == url
    return caught.value.message


# --- what comes out -------------------------------------------------------------------------------------


def test_a_page_comes_with_its_encoding_and_the_day_of_the_fetch() -> None:
    answer = web({"/a": html(**{"content-type": "text/html; charset=windows-1251"})}).fetch(
        "http://x.example/a#top"
    )
    assert (answer.asked, answer.url) == ("http://x.example/a#top", "http://x.example/a")
    assert (answer.data, answer.kind, answer.charset) == (PAGE.encode(), "answer.html", "windows-1251")
    assert answer.day is not None
    assert len(answer.day) == 10


def test_the_function_fetches_one_address_through_what_it_is_given() -> None:
    transport = httpx.MockTransport(lambda r: html() if r.url.path == "/a" else httpx.Response(404))
    assert fetch(f"http://{PUBLIC}/a", Policy(), transport).data == PAGE.encode()


def test_a_host_is_told_who_asks_and_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return html(**{"set-cookie": "a=b"}) if request.url.path != "/robots.txt" else httpx.Response(404)

    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    fetcher = web(answer)
    fetcher.fetch("http://x.example/a")
    fetcher.fetch("http://x.example/b")
    assert seen[-1].headers["user-agent"] == f"Dragoman/{version('dragoman')} (+reads reports for its user)"
    assert not {"cookie", "referer", "authorization"} & set(seen[-1].headers)
    assert [request.url.path for request in seen] == ["/robots.txt", "/a", "/b"]


def sources(pages: dict[str, httpx.Response], *urls: str, **policy: Any) -> list[Fetched | IntakeError]:
    return list(read_sources(urls, fetch=web(pages).fetch, policy=Policy(**policy)))


def test_an_address_among_the_sources_is_a_report_under_its_address() -> None:
    moved = httpx.Response(302, headers={"location": "/2022/01/21/b"})
    (row,) = sources({"/a": moved, "/2022/01/21/b": html()}, "https://x.example/a")
    assert isinstance(row, Fetched)
    assert (row.id, row.origin, row.address) == ("https://x.example/a",) * 3
    assert (row.url, row.media) == ("https://x.example/2022/01/21/b", Media.HTML)
    assert row.original == PAGE.encode()
    assert "led on to https://x.example/2022/01/21/b" in row.notes
    assert row.seen


def test_feeds_records_and_texts_are_read_from_addresses() -> None:
    entry = "<item><link>/1</link><description>Envoys met.</description></item>"
    rss = f"<rss><channel><title>Wire</title>{entry}</channel></rss>"
    given = {
        "/f": (rss.encode(), "application/rss+xml"),
        "/j": (b'{"id": "j", "text": "Envoys met."}\n', "application/json"),
        "/t": (b"Envoys met.", "text/plain"),
        "/z.jsonl.gz": (gzip.compress(b'{"id": "z", "text": "Envoys met."}'), "application/octet-stream"),
    }
    kinds = {
        path: httpx.Response(200, content=content, headers={"content-type": media})
        for path, (content, media) in given.items()
    }
    rows = sources(kinds, *(f"https://x.example{path}" for path in kinds))
    assert [row.content for row in rows if isinstance(row, Fetched)] == ["Envoys met."] * 4
    assert [row.address for row in rows if isinstance(row, Fetched)] == [
        "https://x.example/1",
        "https://x.example/j#j",
        "https://x.example/t",
        "https://x.example/z.jsonl.gz#z",
    ]


def test_an_address_that_fails_is_an_error_value_and_the_rest_is_read() -> None:
    rows = sources(
        {"/b": html()}, "https://x.example/a", "https://x.example/b", "https://x.example/b", "ftp://x/y"
    )
    assert [type(row) for row in rows] == [IntakeError, Fetched, IntakeError]
    assert "status 404 (Not Found); check the address" in str(rows[0])
    assert "ftp:// is not fetched; give http, https or a file's path" in str(rows[2])


# --- hosts ----------------------------------------------------------------------------------------------

NOT_PUBLIC = [
    (address, reason)
    for reason, addresses in {
        "loopback": "127.0.0.1 127.8.8.8 ::1",
        "unspecified": "0.0.0.0 ::",
        "private": "10.1.2.3 172.16.0.1 192.168.1.1 fd00::1 192.0.2.1 198.18.0.1 2001:db8::1",
        "link-local": "169.254.1.1 fe80::1 fe80::1%eth0",
        "metadata": "169.254.169.254 100.100.100.200 fd00:ec2::254",
        "not public": "100.64.0.1",
        "multicast": "224.0.0.1 ff02::1",
        "reserved": "240.0.0.1 255.255.255.255",
        "6to4": "2002:7f00:1:: 2002:5db8:d822::1",
        # By the names that the version of Python gives them, or ours.
        "": "64:ff9b::7f00:1 64:ff9b::5db8:d822 64:ff9b:1::1 2001:0:7f00:1:: 2001::5db8:d822 fec0::1",
        "IPv4": "::ffff:127.0.0.1 ::ffff:93.184.216.34 ::ffff:0:7f00:1 ::7f00:1",
        "no address": "nonsense",
    }.items()
    for address in addresses.split()
]


@pytest.mark.parametrize(("address", "reason"), NOT_PUBLIC)
def test_a_host_off_the_public_network_is_not_asked(address: str, reason: str) -> None:
    assert reason in (why_not_public(address) or "public")
    assert why_not_public(address)

    def never(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request)

    message = refusal("http://x.example/", never, resolve=lambda *_: [PUBLIC, address])
    assert "--allow-private" in message


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"])
def test_a_public_host_is_asked(address: str) -> None:
    assert why_not_public(address) is None


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "[::1]", "0", "127.0.0.1."])
def test_other_ways_to_write_the_own_machine_are_seen_through(host: str) -> None:
    with pytest.raises(IntakeError, match=r"--allow-private|is not found|no address"):
        Fetcher(Policy()).fetch(f"http://{host}/")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "file:// is not fetched"),
        ("gopher://x.example/", "gopher:// is not fetched"),
        ("http://user:pw@x.example/", "user name or password"),
        ("http://x.example:8080/", "port 8080"),
        ("http://x.example:22/", "port 22"),
        ("http://", "names no host"),
        ("http://x.example/a b", "no address"),
        ("http://x.example/a\nb", "no address"),
        ("http://x.example:99999/", "no address"),
        ("http://x.example/" + "a" * 5000, "no address"),
    ],
)
def test_addresses_that_may_not_be_asked_are_refused_with_the_reason(url: str, says: str) -> None:
    assert says in refusal(url, {"/": html()})


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "http://u:p@x.example/",
        "http://x.example:22/",
        "http://private.example/",
        "//private.example",
    ],
)
def test_a_redirect_leads_nowhere_that_may_not_be_asked(target: str) -> None:
    def resolve(host: str, _port: int) -> list[str]:
        return ["127.0.0.1"] if host == "private.example" else [PUBLIC]

    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return (
            httpx.Response(301, headers={"location": target})
            if request.url.path == "/a"
            else httpx.Response(404)
        )

    refusal("http://x.example/a", answer, resolve=resolve)
    assert set(asked) == {"x.example"}


def test_redirects_are_followed_five_times_and_no_more() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        number = request.url.path.strip("/")
        if not number.isdigit():
            return httpx.Response(404)
        if number == "0":
            return html()
        return httpx.Response(302, headers={"location": f"/{int(number) - 1}"})

    assert web(answer).fetch("http://x.example/5").url == "http://x.example/0"
    assert "leads on more than 5 times" in refusal("http://x.example/6", answer)
    loop = {"/a": httpx.Response(302, headers={"location": "/a"})}
    assert "leads on more than 5 times" in refusal("http://x.example/a", loop)
    assert "does not say where to" in refusal("http://x.example/a", {"/a": httpx.Response(302)})


def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    """A name that means another host with each look-up (DNS rebinding) gains nothing."""
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    handed: list[list[str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        handed.append(request.extensions["addresses"])
        return httpx.Response(404) if request.url.path == "/robots.txt" else html()

    message = refusal("http://x.example/a", answer, resolve=lambda *_: next(answers))
    assert "127.0.0.1" in message
    assert all(addresses == [PUBLIC] for addresses in handed)


# --- manners --------------------------------------------------------------------------------------------


def robots(text: str) -> httpx.Response:
    return httpx.Response(200, text=text, headers={"content-type": "text/plain"})


def test_robots_txt_is_obeyed_and_asked_once() -> None:
    asked: list[str] = []
    rules = robots("User-agent: dragoman\nDisallow: /private\nUser-agent: *\nDisallow: /\n")

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return rules if request.url.path == "/robots.txt" else html()

    fetcher = web(answer)
    fetcher.fetch("http://x.example/open")
    with pytest.raises(IntakeError, match=r"robots\.txt does not allow it"):
        fetcher.fetch("http://x.example/private/a")
    assert asked == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(404, True), (403, True), (410, True), (500, False), (503, False), (429, False)],
)
def test_a_missing_robots_txt_allows_and_one_that_cannot_be_had_forbids(
    status: int, *, allowed: bool
) -> None:
    pages = {"/robots.txt": httpx.Response(status), "/a": html()}
    if allowed:
        assert web(pages).fetch("http://x.example/a").data
    else:
        assert f"robots.txt cannot be read (status {status})" in refusal("http://x.example/a", pages)


def test_robots_txt_is_fetched_under_the_same_rules() -> None:
    leads = httpx.Response(302, headers={"location": "http://private.example/robots.txt"})

    def resolve(host: str, _port: int) -> list[str]:
        return ["10.0.0.1"] if host == "private.example" else [PUBLIC]

    assert "which is private" in refusal(
        "http://x.example/a", {"/robots.txt": leads, "/a": html()}, resolve=resolve
    )


def test_each_host_on_the_way_is_asked_for_its_own_robots_txt() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "a.example":
            away = httpx.Response(302, headers={"location": "http://b.example/page"})
            return httpx.Response(404) if request.url.path == "/robots.txt" else away
        return robots("User-agent: *\nDisallow: /") if request.url.path == "/robots.txt" else html()

    assert "robots.txt does not allow" in refusal("http://a.example/page", answer)


def test_a_host_is_asked_once_a_second_or_as_its_robots_txt_says() -> None:
    pages = {f"/{name}": html() for name in "abc"}
    fetcher = web(pages)
    for url in ("http://x.example/a", "https://x.example/b", "http://y.example/c", "http://x.example/c"):
        fetcher.fetch(url)
    assert fetcher.sleep.__self__.slept == [1.0, 1.0]  # type: ignore[attr-defined]
    slow = web({**pages, "/robots.txt": robots("User-agent: *\nCrawl-delay: 7\n")})
    slow.fetch("http://x.example/a")
    slow.fetch("http://x.example/b")
    assert slow.sleep.__self__.slept == [7.0]  # type: ignore[attr-defined]
    pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 3600\n")
    assert "asks for 3600 seconds" in refusal("http://x.example/a", pages)


# --- bounds ---------------------------------------------------------------------------------------------


def test_a_body_over_the_limit_is_refused_packed_or_not() -> None:
    policy = Policy(max_bytes=1000)
    assert web({"/a": html("x" * 1000)}, policy).fetch("http://x.example/a").data == b"x" * 1000
    assert "larger than 1,000 bytes" in refusal("http://x.example/a", {"/a": html("x" * 1001)}, policy)
    bomb = httpx.Response(
        200,
        content=gzip.compress(b"x" * 50_000_000),
        headers={"content-type": "text/html", "content-encoding": "gzip"},
    )
    assert "larger than 1,000 bytes" in refusal("http://x.example/a", {"/a": bomb}, policy)


def packed(content: bytes, coding: str) -> httpx.Response:
    return httpx.Response(
        200,
        stream=httpx.ByteStream(content),
        headers={"content-type": "text/html", "content-encoding": coding},
    )


def test_packed_bodies_are_unpacked_and_damaged_ones_refused() -> None:
    data = gzip.compress(PAGE.encode())
    for coding, content in (
        ("gzip", data),
        ("deflate", zlib.compress(PAGE.encode())),
        ("identity", PAGE.encode()),
    ):
        assert web({"/a": packed(content, coding)}).fetch("http://x.example/a").data == PAGE.encode()
    assert "damaged" in refusal("http://x.example/a", {"/a": packed(data[:-12], "gzip")})
    assert "damaged" in refusal("http://x.example/a", {"/a": packed(b"no gzip", "gzip")})
    assert "packed as 'br'" in refusal("http://x.example/a", {"/a": packed(b"x", "br")})


@pytest.mark.parametrize(
    "media", ["image/png", "application/pdf", "text/css", "application/octet-stream", "video/mp4"]
)
def test_what_holds_no_report_is_refused_before_its_body_is_read(media: str) -> None:
    def body() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    pages = {"/a": httpx.Response(200, content=body(), headers={"content-type": media})}
    assert f"is '{media}'" in refusal("http://x.example/a", pages)


@pytest.mark.parametrize(
    "fault", [httpx.ConnectError("refused"), httpx.RemoteProtocolError("junk"), OSError("gone")]
)
def test_a_connection_that_fails_is_told(fault: Exception) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise fault

    assert "cannot be" in refusal("http://x.example/a", answer)


def test_a_host_without_address_is_told() -> None:
    def resolve(*_: object) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    assert "x.example is not found" in refusal("http://x.example/a", {}, resolve=resolve)
    assert "has no address" in refusal("http://x.example/a", {}, resolve=lambda *_: [])


# --- the network itself: a server on this machine -------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    """Pages that answer well, and some that do not."""

    def do_GET(self) -> None:
        getattr(
            self, f"page_{self.path.strip('/').partition('?')[0].replace('.', '_') or 'none'}", self.page_none
        )()

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_none(self) -> None:
        self.reply(b"", 404)

    def page_good(self) -> None:
        self.reply(PAGE.encode().replace(b"Envoys meet", f"Host {self.headers['Host']}".encode()))

    def page_private(self) -> None:
        self.reply(b"", 302, Location="http://127.0.0.1:1/")

    def page_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(2000):
            self.wfile.write(b"x" * 100_000)

    def drip(self, first: bytes) -> None:
        self.wfile.write(first)
        for _ in range(200):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def page_drip(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200\r\n\r\n")

    def page_drip_header(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nX-Long: ")

    def page_cut(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200\r\n\r\n<p>x")

    def page_junk(self) -> None:
        self.wfile.write(b"\0\1\2 this is no answer\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what the tests are about."""


@contextmanager
def serving() -> Iterator[str]:
    server = Quiet(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as place:
        yield place


def local(**options: Any) -> Fetcher:
    policy = Policy(allow_private=True, **options)
    return Fetcher(policy, resolve=lambda *_: ["127.0.0.1"], sleep=lambda _: None)


def test_a_page_is_fetched_over_a_real_connection_to_the_checked_address(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[object] = []
    real = socket.getaddrinfo

    def watched(host: Any, *rest: Any, **more: Any) -> Any:
        looked_up.append(host)
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    port = site.rpartition(":")[2]
    answer = local().fetch(f"http://rebound.example:{port}/good")
    assert f"Host rebound.example:{port}".encode() in answer.data
    assert set(looked_up) == {"127.0.0.1"}


def test_the_next_address_is_tried_where_one_does_not_answer(site: str) -> None:
    port = site.rpartition(":")[2]
    fetcher = Fetcher(
        Policy(allow_private=True), resolve=lambda *_: ["127.0.0.2", "127.0.0.1"], sleep=lambda _: None
    )
    assert fetcher.fetch(f"http://x.example:{port}/good").data


def test_without_leave_nothing_of_this_machine_is_fetched(site: str) -> None:
    (row,) = read_sources([f"http://{site}/good"])
    assert "only 80 and 443" in str(row)
    (row,) = read_sources([f"http://{site}/good"], policy=Policy(allow_private=True))
    assert isinstance(row, Fetched)
    assert "Bergen" in row.content


@pytest.mark.parametrize("path", ["drip", "drip_header"])
def test_a_server_that_drips_is_left_when_the_time_is_over(site: str, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(IntakeError, match="does not answer within 1 seconds"):
        local(seconds=1.0).fetch(f"http://{site}/{path}")
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("huge", "larger than 1,000,000 bytes"),
        ("private", "cannot be"),
        ("cut", "cannot be fetched"),
        ("junk", "cannot be fetched"),
        ("none", "status 404"),
    ],
)
def test_what_a_real_server_does_wrong_is_told(site: str, path: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        local(max_bytes=1_000_000, seconds=20.0).fetch(f"http://{site}/{path}")


def test_a_server_that_speaks_no_tls_is_told(site: str) -> None:
    with pytest.raises(IntakeError, match="cannot be fetched"):
        local(seconds=5.0).fetch(f"https://{site}/good")


def test_the_host_is_named_in_the_handshake_and_its_certificate_must_be_for_that_name() -> None:
    hello: list[bytes] = []

    def listen(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            hello.append(connection.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=listen, args=(listener,))
        thread.start()
        with pytest.raises(IntakeError, match="cannot be fetched"):
            local(seconds=5.0).fetch(f"https://named.example:{listener.getsockname()[1]}/")
        thread.join()
    assert b"named.example" in hello[0]
    assert network._trusted().check_hostname
    assert network._trusted().verify_mode is ssl.CERT_REQUIRED


def test_a_request_without_checked_addresses_is_not_sent() -> None:
    with pytest.raises(KeyError):
        PinnedTransport().handle_request(httpx.Request("GET", "http://127.0.0.1/"))


def test_the_network_is_not_loaded_and_not_asked_for_files(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(socket, "create_connection", never)
    (tmp_path / "a.html").write_text(PAGE + '<img src="http://x.example/a.png">', encoding="utf-8")
    assert len(list(read_sources([tmp_path / "a.html"], policy=Policy(follow=True)))) == 1


def test_an_answer_is_read_by_what_it_is_said_to_be() -> None:
    def answer(kind: str) -> Media:
        found = Answer("http://x.example/a.json", "http://x.example/a.json", b"Envoys met in Bergen.", kind)
        (row,) = read_sources(["http://x.example/a.json"], fetch=lambda _: found)
        assert isinstance(row, Fetched)
        return row.media

    assert answer("answer.txt") is Media.TEXT
