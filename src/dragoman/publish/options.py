"""What a publisher chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from dragoman.errors import UsageError
from dragoman.output.words import visible


@dataclass(frozen=True, slots=True)
class Options:
    """
    What the site says of itself.

    Attributes:
        title: over every page.
        by: who publishes it; "" where that is not to be said.
        licence: under which terms it may be used, in the publisher's words; "" says that none are given.
        base_url: where it will stand, with a slash at its end; "" where that is not known. The addresses of
            a sitemap, of canonical links and of calendar entries need it.
        edition: the day of the edition: the record as the reports published by then allow it. None is the
            last day of the reports.
        anew: forget the editions before.
    """

    title: str = "The record"
    by: str = ""
    licence: str = ""
    base_url: str = ""
    edition: date | None = None
    anew: bool = False

    def __post_init__(self) -> None:
        """Refuse an address that is none; add the slash at its end."""
        if not visible(self.title):
            raise UsageError("the title is empty; give the site one with --title")
        if not self.base_url:
            return
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise UsageError(
                f"{visible(self.base_url)!r} is no address of a site; write it as https://example.org/record/"
            )
        if visible(self.base_url) != self.base_url or " " in self.base_url:
            raise UsageError("the address of the site holds characters that no address may hold")
        object.__setattr__(self, "base_url", f"{self.base_url.rstrip('/')}/")
