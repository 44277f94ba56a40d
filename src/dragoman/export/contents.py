"""What an export is made of: the values of a dossier, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import (
    Claim,
    Judgement,
    Negotiation,
    Profile,
    Statement,
    StoredReport,
)
from dragoman.output.told import Told


@dataclass(frozen=True, slots=True)
class Read:
    """Who read a report and when: the version of Dragoman, and the moment (ISO 8601, UTC)."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Contents:
    """
    The values that are exported: all of a dossier, or those that belong to the events of a kind.

    Attributes:
        told: yields the events in order of date, as often as it is asked; of a large dossier no more than a
            portion of them is held at once.
        reports: by id, in order of arrival; where only some events are exported, those that tell of them.
        negotiations, profiles, judgements: those that there are, in their order.
        text: the stored text of a report, in which all spans count.
        statements: who said what in a report.
        readings: for each report, who read it.
        as_of: the day up to which reports count.
    """

    told: Callable[[], Iterable[Told]]
    reports: Mapping[str, StoredReport]
    negotiations: Sequence[Negotiation] = ()
    profiles: Sequence[Profile] = ()
    judgements: Sequence[Judgement] = ()
    text: Callable[[str], str | None] = lambda _: None
    statements: Callable[[str], Sequence[Statement]] = lambda _: ()
    readings: Mapping[str, Read] = field(default_factory=dict)
    as_of: date | None = None

    def claims(self) -> Iterator[tuple[Told, Claim]]:
        """Every claim with the event that it belongs to."""
        for told in self.told():
            for claim in told.claims:
                yield told, claim

    def negotiations_of(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the negotiations that each event belongs to."""
        found: dict[str, list[str]] = {}
        for negotiation in self.negotiations:
            for event in negotiation.happenings:
                found.setdefault(event, []).append(negotiation.id)
        return {event: tuple(ids) for event, ids in found.items()}


Notes = list[str]  # what a reader of the export must be told: how many things have no place in its format
Chunks = Iterable[bytes]
Part = tuple[str, Chunks]


@dataclass(frozen=True, slots=True)
class Format:
    """
    One form of export.

    Attributes:
        name: as ``--to`` takes it.
        extension: of its file; that of each file where there are several.
        media: its media type.
        what: in a few words.
        parts: makes its files from the contents; what has no place in the format is told in the notes. A
            format of one file gives one part.
        many: whether it is several files: a folder, or a ZIP archive.
        needs: the extra of Dragoman that it needs, "" where it needs none.
    """

    name: str
    extension: str
    media: str
    what: str
    parts: Callable[[Contents, Notes], Iterable[Part]]
    many: bool = False
    needs: str = ""


def one(chunks: Callable[[Contents, Notes], Iterable[str]]) -> Callable[[Contents, Notes], Iterable[Part]]:
    """The parts of a format that is one file of text."""

    def parts(contents: Contents, notes: Notes) -> Iterable[Part]:
        yield "", (chunk.encode("utf-8", "replace") for chunk in chunks(contents, notes))

    return parts
