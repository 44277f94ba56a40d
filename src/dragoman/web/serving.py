"""How a dossier is served, as one frozen value."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

from dragoman.errors import UsageError
from dragoman.web.team import Team

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Serving:
    """
    How a dossier is served.

    Attributes:
        team: named users with passwords; None serves one person, who enters with ``token``.
        token: opens the session of that one person, once.
        who: the name under which that person decides.
        hosts: names under which the server may be called, without a port; any other is refused, so that
            a foreign page cannot reach it under a name of its own (DNS rebinding).
        secret: signs sessions; a new one with each start, so that a restart ends all sessions.
        seconds: how long a session lasts.
        secure: whether cookies go over HTTPS alone; for a server behind a proxy that speaks it.
        small: with so many claims or fewer the record is brought up to date within the request that
            decides something; with more in a process of its own.
    """

    team: Team | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    who: str = "reviewer"
    hosts: frozenset[str] = LOOPBACK
    secret: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    seconds: int = 12 * 60 * 60
    secure: bool = False
    small: int = 1000


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_bind(host: str, team: Team | None) -> None:
    """Refuse to serve other machines without names and passwords."""
    if team is None and not is_loopback(host):
        raise UsageError(
            f"{host}: other machines reach this address; name who may, with --team FILE "
            "(dragoman users FILE add NAME makes it), or serve at 127.0.0.1"
        )
