"""Hosts to addresses that may be asked, and connections to those addresses and no others."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import IPPROTO_TCP, getaddrinfo
from types import TracebackType
from typing import Any, Self

import httpcore
import httpx

IPAddress = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host, or OSError."""

Clock = Callable[[], float]

CONNECT_SECONDS = 10.0
# Ways to write an IPv4 address in IPv6, which lead where that leads; `is_global` holds for most of them.
_CARRIERS = {
    "6to4": IPv6Network("2002::/16"),  # RFC 3056
    "Teredo": IPv6Network("2001::/32"),  # RFC 4380
    "NAT64": IPv6Network("64:ff9b::/96"),  # RFC 6052
    "local NAT64": IPv6Network("64:ff9b:1::/48"),  # RFC 8215
    "IPv4-mapped": IPv6Network("::ffff:0:0/96"),  # RFC 4291, 2.5.5.2
    "IPv4-translated": IPv6Network("::ffff:0:0:0/96"),  # RFC 7915
    "IPv4-compatible": IPv6Network("::/96"),  # RFC 4291, 2.5.5.1
    "site-local": IPv6Network("fec0::/10"),  # RFC 3879
}
# Where clouds tell a machine its secrets; the first two are link-local and private as well.
_METADATA = frozenset(
    map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"))
)


def why_not_public(address: str) -> str | None:
    """What keeps an address out of the public network ("loopback"), or None where nothing does."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "no address"
    if ip in _METADATA:
        return "for the metadata of a cloud"
    if name := _kind(ip, ("unspecified", "loopback")):
        return name
    if isinstance(ip, IPv6Address):
        carrier = next((name for name, network in _CARRIERS.items() if ip in network), None)
        if carrier:
            return carrier
    if name := _kind(ip, ("link_local", "multicast", "reserved", "private")):
        return name
    return None if ip.is_global else "not public"


def _kind(ip: IPAddress, kinds: Sequence[str]) -> str | None:
    """The first of the kinds that the address is of."""
    return next((kind.replace("_", "-") for kind in kinds if getattr(ip, f"is_{kind}")), None)


def resolve_host(host: str, port: int) -> list[str]:
    """
    The addresses of a host, as the system finds them.

    Raises:
        OSError: it has none.
    """
    found = getaddrinfo(host, port, proto=IPPROTO_TCP)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class _Stream(httpcore.NetworkStream):
    """A connection on which nothing may take longer than until the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float, clock: Clock) -> None:
        self._inner = inner
        self._deadline = deadline
        self._clock = clock

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Stream(inner, self._deadline, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Pinned(httpcore.NetworkBackend):
    """Connects to the addresses that were checked, whatever the host's name means by now."""

    def __init__(self, addresses: Sequence[str], deadline: float, clock: Clock) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._clock = clock

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - its addresses are known
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception = httpcore.ConnectError("no address")
        for address in self._addresses:
            left = min(self._deadline - self._clock(), timeout or CONNECT_SECONDS)
            if left <= 0:
                raise httpcore.ConnectTimeout("the time is over")
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                return _Stream(stream, self._deadline, self._clock)
        raise fault


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that certifi ships, and nothing from the environment."""
    return httpx.create_ssl_context(trust_env=False)


class _Body(httpx.SyncByteStream):
    """The body of an answer; closing it closes the connection."""

    def __init__(self, answer: httpcore.Response, pool: httpcore.ConnectionPool) -> None:
        self._answer = answer
        self._pool = pool

    def __iter__(self) -> Iterator[bytes]:
        with _Translated():
            assert isinstance(self._answer.stream, Iterable)  # noqa: S101 - for the type checker
            yield from self._answer.stream

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


class _Translated:
    """Turns httpcore's errors into httpx's."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, httpcore.TimeoutException):
            raise httpx.ReadTimeout("no answer in time") from error
        if isinstance(error, (httpcore.NetworkError, httpcore.ProtocolError)):
            raise httpx.NetworkError(str(error) or type(error).__name__) from error


class PinnedTransport(httpx.BaseTransport):
    """
    Sends each request to the addresses in its extension "addresses", by its extension "deadline".

    The host's name goes into the Host header and is what the certificate must be for.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body not read yet."""
        extensions = dict(request.extensions)
        backend = _Pinned(extensions.pop("addresses"), extensions.pop("deadline"), self._clock)
        pool = httpcore.ConnectionPool(_trusted(), network_backend=backend, keepalive_expiry=0)
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        try:
            with _Translated():
                answer = pool.handle_request(
                    httpcore.Request(request.method, url, headers=request.headers.raw, extensions=extensions)
                )
        except BaseException:
            pool.close()
            raise
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer, pool))
