"""What several forms of export say of events and reports: names, addresses, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from dragoman.data import read_rows
from dragoman.export.contents import Contents
from dragoman.model import Claim, Span, StoredReport
from dragoman.output.told import Told
from dragoman.output.words import visible

# Identifiers in forms that want IRIs. The namespace is not registered: they name, they lead nowhere.
_URN = "urn:dragoman"
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


def urn(kind: str, key: str) -> str:
    """The IRI of a thing: "urn:dragoman:event:5d1c…"; what an IRI cannot hold is written %XX."""
    kept = re.sub(
        r"[^A-Za-z0-9._~-]",
        lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8", "surrogatepass")),
        key,
    )
    return f"{_URN}:{kind}:{kept}"


def uuid_of(kind: str, key: str) -> str:
    """A UUID that is always the same for the same thing (RFC 9562, version 5)."""
    return str(uuid5(NAMESPACE_URL, urn(kind, key)))


def web_address(report: StoredReport) -> str | None:
    """The report's address where it is one of the web that can be linked to, None for files and the rest."""
    for address in (report.url, report.address):
        if address and len(address) <= 2000 and _WEB.fullmatch(address):
            return address
    return None


def title_of(told: Told) -> str:
    """An event in a few words: "Meeting, held: NATO and Russia"."""
    return f"{told.what}: {told.who}" if told.who else told.what


def quotes(told: Told) -> list[tuple[Claim, Span]]:
    """The words of each claim that tell of the event at all."""
    return [(claim, span) for claim in told.claims for span in claim.evidence]


def credit(report: StoredReport) -> str:
    """Who published it and under which title."""
    return ": ".join(visible(part) for part in (report.publisher, report.title or report.name) if part)


def source(report: StoredReport) -> str:
    """Who published it, under which title, and its address where it is of the web."""
    address = web_address(report)
    return credit(report) + (f" <{visible(address)}>" if address else "")


@cache
def iso2(code: str) -> str | None:
    """ISO 3166-1 alpha-2 of a party code that is a state's, else None."""
    return _states().get(code)


@cache
def _states() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("actors", "states.tsv", titled=True)}


def current_first(contents: Contents) -> Iterator[StoredReport]:
    """Reports that count, in order of arrival."""
    return (report for report in contents.reports.values() if report.current)


def joined_lines(parts: Iterable[str], comma: str = ",\n") -> Iterator[str]:
    """Parts with commas between them, as a list in JSON wants."""
    between = ""
    for part in parts:
        yield between + part
        between = comma
