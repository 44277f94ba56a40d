"""What a fetch may do - hosts, sizes, times and manners - and what it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from dragoman.settings import Settings


@dataclass(frozen=True, slots=True)
class Policy:
    """
    Bounds on fetching the addresses that a person names.

    Attributes:
        follow: whether the links of a feed's entries are fetched too.
        allow_private: whether hosts of the own network and other ports than 80 and 443 may be asked.
        max_bytes: the largest answer, unpacked.
        seconds: time that one address may take, all redirects and its robots.txt together, waiting for
            politeness not counted.
        pause: seconds between two requests to one host, or what its robots.txt asks for, if more.
        most_pause: a host that asks for longer pauses than this is not read.
        redirects: how many redirects are followed.
    """

    follow: bool = False
    allow_private: bool = False
    max_bytes: int = 20_000_000
    seconds: float = 60.0
    pause: float = 1.0
    most_pause: float = 60.0
    redirects: int = 5

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The bounds that a user set."""
        return cls(
            follow=settings.follow,
            allow_private=settings.allow_private,
            max_bytes=settings.fetch_bytes,
            seconds=settings.fetch_seconds,
            pause=settings.fetch_pause,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What an address answered.

    Attributes:
        asked: the address as given.
        url: the address that answered in the end.
        data: the body, unpacked.
        kind: a name whose ending tells what the body is said to be ("answer.html").
        charset: what the server said of the encoding.
        day: day of the fetch in UTC ("2022-01-22").
    """

    asked: str
    url: str
    data: bytes
    kind: str
    charset: str | None = None
    day: str | None = None


Fetch = Callable[[str], Answer]
"""Fetches an address, or raises IntakeError."""

_ADDRESS = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*://")


def is_address(source: str) -> bool:
    """Whether a source is meant as an address, of whatever scheme, and not as a path."""
    return bool(_ADDRESS.match(source))
