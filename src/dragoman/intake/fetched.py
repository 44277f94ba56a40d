"""What intake hands on: decoded content of one report with what was said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Media(StrEnum):
    """What the content is."""

    TEXT = "text"
    HTML = "html"
    FRAGMENT = "fragment"  # markup of the report alone, without a page around it: an entry of a feed
    RECORD = "record"  # one JSON object with the report's text and metadata


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    One report as it came in: decoded, repaired where its encoding was broken, otherwise untouched.

    Attributes:
        id: the record's ``id``, else the file's name; unique in one run of ``read_sources``.
        origin: file, and line where there is one ("reports.jsonl:12"), for messages.
        media: what ``content`` is.
        content: text with one kind of line end; markup for ``Media.HTML`` and ``Media.FRAGMENT``; the
            ``text`` field of a record.
        title, published, place, url, publisher, language: as given with a record, else None.
        notes: what was repaired or left out on the way ("decoded as windows-1251").
        max_characters: the limit that a page's text, known only once it is taken apart, is held to;
            None for what has been held to it already or has no limit.
        original: the bytes as they came in: a file unpacked, a line of JSON lines without its line end, the
            payload of a record of a web archive, the answer of a server; a row of an array and an entry of
            a feed as JSON with sorted keys.
        address: where it was found: the URL as given, else the file's real path, with ``#`` and the id or
            line of a record in it; standard input by its content.
        seen: day on which somebody fetched it ("2022-01-22"): it was published no later, but never
            for that reason on that day.
        given_id: the record's own ``id`` as it gave it, "" where it gave none: unlike ``id`` the same
            whatever is read beside it.
    """

    id: str
    origin: str
    media: Media
    content: str
    title: str | None = None
    published: str | None = None
    place: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    max_characters: int | None = field(default=None, compare=False, repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    address: str = field(default="", compare=False)
    seen: str | None = None
    given_id: str = field(default="", compare=False)
