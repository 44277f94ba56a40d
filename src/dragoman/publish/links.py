"""Where things stand on the site, and how one page leads to another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from dragoman.model import Profile, StoredReport
from dragoman.model.edtf import Edtf
from dragoman.output.told import Told
from dragoman.output.words import visible
from dragoman.publish.material import Material

T = TypeVar("T")

MANY = 400  # events, reports or actors on one page; more are parted by year, or shown in part
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_PREFIX = "negotiation-"
_WEB = re.compile(r"https?://[^\s\"'<>`{}|\\^]+", re.IGNORECASE)


def file_name(key: str) -> str:
    """A name for a file or an anchor: the key where it is one, else one made from it."""
    if _NAME.fullmatch(key):
        return key
    plain = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:48]
    return f"{plain}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}".lstrip("-")


def event_path(event: str) -> str:
    """The page of an event."""
    return f"event/{file_name(event)}.html"


def negotiation_path(negotiation: str) -> str:
    """The page of a negotiation."""
    return f"negotiation/{file_name(negotiation.removeprefix(_PREFIX))}.html"


def web_address(report: StoredReport) -> str | None:
    """The address of a report on the web; None where it is a file, or none to follow."""
    for address in (report.url, report.address):
        if address and _WEB.fullmatch(address) and visible(address) == address and len(address) < 2000:
            return address
    return None


def year_of(edtf: str | None) -> str:
    """The year of a date in a list, that of its known end; "undated" where there is none."""
    value = Edtf.parse(edtf)
    moment = (value.start or value.end) if value and value.year_known else None
    if moment is None or moment.year is None or moment.year < 1:
        return "undated"
    return f"{moment.year:04}"


@dataclass(frozen=True)
class Map:
    """All pages of a site."""

    material: Material

    @cached_property
    def event_years(self) -> Mapping[str, Sequence[Told]]:
        """Events by year, where they are too many for one page; else all under ""."""
        return _parted(self.material.told, lambda told: year_of(told.date))

    @cached_property
    def report_years(self) -> Mapping[str, Sequence[StoredReport]]:
        """Reports by year of publication, likewise."""
        return _parted(list(self.material.reports.values()), lambda report: year_of(report.published))

    @cached_property
    def shown_actors(self) -> Sequence[Profile]:
        """The actors that most reports name."""
        ordered = sorted(self.material.profiles, key=lambda p: (-len(p.reports), p.id))
        return ordered[:MANY]

    @cached_property
    def _actors(self) -> Mapping[str, str]:
        """Anchor of each actor by every spelling that no other actor shares."""
        found: dict[str, set[str]] = {}
        for profile in self.shown_actors:
            for name in {profile.name, *(form for form, _ in profile.spellings)}:
                found.setdefault(name, set()).add(profile.id)
        return {name: file_name(next(iter(ids))) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Name of each actor by every spelling that no other actor shares."""
        names = {file_name(profile.id): profile.name for profile in self.shown_actors}
        return {spelling: names[anchor] for spelling, anchor in self._actors.items()}

    def actor_name(self, name: str) -> str:
        """The usual name of whoever is called so; the name itself where that is nobody's or several's."""
        return self._names.get(name, name)

    def actor_path(self, name: str) -> str | None:
        """Where an actor of that name stands, None where none does or several do."""
        anchor = self._actors.get(name)
        return f"actors.html#{anchor}" if anchor else None

    @cached_property
    def _report_pages(self) -> Mapping[str, str]:
        return {report.id: sources_path(year) for year, held in self.report_years.items() for report in held}

    def report_path(self, report: str) -> str:
        """Where a report stands in the list of sources."""
        return f"{self._report_pages.get(report, 'sources.html')}#{file_name(report)}"


def sources_path(year: str) -> str:
    """The page with the sources of a year; "" is all."""
    return f"sources/{year}.html" if year else "sources.html"


def events_path(year: str) -> str:
    """The page with the events of a year; "" is all."""
    return f"events/{year}.html" if year else "events.html"


def _parted(items: Sequence[T], year: Callable[[T], str]) -> dict[str, Sequence[T]]:
    """Items by year where they are many, else all under ""."""
    if len(items) <= MANY:
        return {"": items}
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(year(item), []).append(item)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Links:
    """How one page leads to the others: relative, so that the site works wherever it stands."""

    map: Map
    path: str

    @property
    def root(self) -> str:
        """What leads from the page to the site's folder."""
        return "../" * self.path.count("/")

    def to(self, path: str) -> str:
        """Another page or file."""
        return f"{self.root}{path}"

    def event(self, event: str) -> str:
        """The page of an event."""
        return self.to(event_path(event))

    def negotiation(self, negotiation: str) -> str:
        """The page of a negotiation."""
        return self.to(negotiation_path(negotiation))

    def report(self, report: str) -> str:
        """A report in the list of sources."""
        return self.to(self.map.report_path(report))

    def actor(self, name: str) -> str | None:
        """An actor in the list of actors, None where the name leads to none."""
        path = self.map.actor_path(name)
        return self.to(path) if path else None


class Notes:
    """Sources numbered in the order in which a page names them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._marks: dict[str, int] = {}

    def mark(self, reports: Iterable[str]) -> list[tuple[int, str]]:
        """Number of each report, with the id of its mark where it is the first, else ""."""
        found = []
        for report in dict.fromkeys(reports):
            number = self.numbers.setdefault(report, len(self.numbers) + 1)
            first = report not in self._marks
            self._marks[report] = self._marks.get(report, 0) + 1
            found.append((number, f"mention-{number}" if first else ""))
        return sorted(found)

    def mark_event(self, told: Told) -> list[tuple[int, str]]:
        """The same for all reports of an event."""
        return self.mark(report.id for report in told.told_by)
