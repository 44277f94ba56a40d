"""RSS, Atom and JSON Feed to reports: each entry is one, with the feed as its publisher."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from typing import Any
from urllib.parse import urljoin, urlsplit

from dragoman.errors import IntakeError
from dragoman.intake.decode import clean, decode, guess_encoding
from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.records import parse_json, too_long

MOST_BYTES = 16 << 20  # of a whole feed: thousands of entries with their full text
LONGEST_FIELD = 10_000  # characters of a title, link or date
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset({"lt", "gt", "amp", "quot", "apos"})
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|RDF)(?=[\s>])")
_CLOSED = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|RDF)\s*>\s*(?:<!--.*?-->\s*)?\Z", re.DOTALL)
_ENTRY_STARTS = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>/])")
_ENTRY_ENDS = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w{1,30};|<!--")
_WORD = re.compile(r"[^\W_]")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """
    What an entry says of itself, as it is written there.

    Attributes:
        markup: whether ``text`` is markup.
        note: what was done to read it, or "".
    """

    id: str = ""
    title: str = ""
    link: str = ""
    published: str = ""
    text: str = ""
    markup: bool = False
    language: str = ""
    publisher: str = ""
    note: str = ""

    def dumped(self) -> bytes:
        """The entry in one form that holds what a report is made of, and no counts of clicks or comments."""
        kept = {
            name: value
            for name in ("id", "title", "link", "published", "text", "language")
            if (value := getattr(self, name))
        }
        return json.dumps(kept, sort_keys=True, separators=(",", ":")).encode("ascii")


def read_feed(
    data: bytes,
    *,
    name: str,
    max_characters: int,
    base: str = "",
    charset: str | None = None,
    links: bool = False,
) -> Iterator[Fetched | IntakeError]:
    """
    The entries of an RSS or Atom feed in order, an error value for each without text.

    A feed that is no well-formed XML is read as far as a tolerant parser gets; where entries may be
    missing or cut, a last error value says so. Document types and their entities are dropped unread.

    Args:
        data: the whole feed.
        name: for messages.
        max_characters: longest text of one report.
        base: address that relative links hang on.
        charset: what the server said of the encoding, where one did.
        links: whether an entry without text counts, with empty content, if it links to a page.
    """
    if len(data) > MOST_BYTES:
        yield _too_large(name)
        return
    text = clean(decode(data, guess_encoding(data, html=True, charset=charset)))
    text, unclosed = _harmless(text)
    found = _parse_xml(text)
    publisher = _string(found.feed, "title")
    language = _string(found.feed, "language")
    markup = _outside_cdata(text)
    expected = max(len(_ENTRY_STARTS.findall(markup)), len(_ENTRY_ENDS.findall(markup)))
    note = "the feed is no well-formed XML; read as far as it can be" if found.bozo else ""
    for number, row in enumerate(found.entries, 1):
        entry = _xml_entry(row, publisher=publisher, language=language, note=note, atom=found.version or "")
        where = f"{name}:{number}"
        yield _report(entry, where=where, max_characters=max_characters, base=base, links=links)
    if found.bozo and (unclosed or expected > len(found.entries) or not _CLOSED.search(text[-2000:])):
        yield IntakeError(_damage(found, expected), where=name)
    elif not found.entries:
        yield IntakeError("the feed holds no entries; nothing to read", where=name)


def read_json_feed(
    data: bytes,
    *,
    name: str,
    max_characters: int,
    base: str = "",
    charset: str | None = None,
    links: bool = False,
) -> Iterator[Fetched | IntakeError]:
    """The entries of a JSON Feed in order, an error value for each without text; see :func:`read_feed`."""
    if len(data) > MOST_BYTES:
        yield _too_large(name)
        return
    text = decode(data, guess_encoding(data, charset=charset))
    value = parse_json(text, where=name)
    damage = value if isinstance(value, IntakeError) else None
    feed: Mapping[str, Any] = value if isinstance(value, dict) else {}
    items = feed.get("items") if damage is None else _salvaged(text)
    if not isinstance(items, list) or not (items or damage):
        yield IntakeError("the feed holds no entries; nothing to read", where=name)
        return
    for number, item in enumerate(items, 1):
        where = f"{name}:{number}"
        if isinstance(item, dict):
            entry = _json_entry(item, feed)
            yield _report(entry, where=where, max_characters=max_characters, base=base, links=links)
        else:
            yield IntakeError("the entry is no object", where=where)
    if damage is not None:
        yield IntakeError(f"{damage.message}; {len(items)} entries before that were read", where=name)


def _too_large(name: str) -> IntakeError:
    return IntakeError(
        f"a feed of more than {MOST_BYTES:,} bytes; split it, or give its entries as JSON lines", where=name
    )


# --- RSS and Atom -------------------------------------------------------------------------------------


def _harmless(text: str) -> tuple[str, bool]:
    """
    The feed from its root on, and whether an unclosed CDATA section was closed at the end.

    What stands before the root may declare entities that grow without end or name files; a feed needs
    none. Entities of HTML become the letters that they name.
    """
    root = _ROOT.search(text)
    text = _ENTITY.sub(_letter, text[root.start() :] if root else text)
    unclosed = text.rfind(_CDATA) > text.rfind(_CDATA_END)
    return (f"{text}{_CDATA_END}" if unclosed else text), unclosed


def _outside_cdata(text: str) -> str:
    """The feed without its CDATA sections, in which markup is text."""
    parts, at = [], 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        parts.append(text[at:start])
        at = end + len(_CDATA_END)
    return "".join((*parts, text[at:]))


def _letter(match: re.Match[str]) -> str:
    if match[1] in _XML_ENTITIES:
        return match[0]
    return html5.get(f"{match[1]};", match[0])


def _parse_xml(text: str) -> Any:
    """
    What feedparser makes of the feed.

    It is given a stream: a string or bytes it would take for an address or a file.

    Its cleaning of markup and its making of addresses are left out: our own reading drops what is no
    text, and the words are kept as they were written.
    """
    import feedparser  # noqa: PLC0415 - 60 ms, only for feeds

    stream = io.BytesIO(text.encode("utf-8", errors="replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(
        stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _damage(found: Any, expected: int) -> str:
    """What to say of a feed that was not read to its end."""
    fault = found.get("bozo_exception")
    reason = fault.getMessage() if hasattr(fault, "getMessage") else str(fault or "no well-formed XML")
    read = len(found.entries)
    what = (
        f"{read} of {max(read, expected)} entries were read, the last of them perhaps not in full"
        if read
        else "no entry could be read"
    )
    return f"the feed is damaged ({' '.join(reason.split())[:120]}); {what}; fetch it anew"


def _string(row: Any, key: str) -> str:
    """The field where it is a string, else ""."""
    value = dict.get(row, key)  # feedparser's own lookup gives one field for another
    return value if isinstance(value, str) else ""


def _xml_entry(row: Any, *, publisher: str, language: str, note: str, atom: str) -> _Entry:
    published, updated = _string(row, "published"), _string(row, "updated")
    if not published and updated and atom.startswith("atom"):
        dated = "dated by when the entry was last updated; the feed does not say when it was published"
        note = f"{note}; {dated}" if note else dated
    text, kind, tongue = _fullest(row)
    source = dict.get(row, "source")
    return _Entry(
        id=_string(row, "id") or _string(row, "link"),
        title=_plain(_string(row, "title")),
        link=_string(row, "link"),
        published=published or updated,
        text=text,
        # Without a tag, blank lines part paragraphs whatever the type says.
        markup=bool(_MARKUP.search(text)) or (kind in _HTML_TYPES and "\n\n" not in text),
        language=tongue or language,
        publisher=_plain((_string(source, "title") if isinstance(source, dict) else "") or publisher),
        note=note,
    )


def _fullest(row: Any) -> tuple[str, str, str]:
    """Text, type and language of the longest content that has words, else of the summary."""
    parts = [part for part in dict.get(row, "content") or () if isinstance(part, dict)]
    detail = dict.get(row, "summary_detail")
    choices = [
        (_string(part, "value"), _string(part, "type"), _string(part, "language"))
        for part in (*sorted(parts, key=lambda part: -len(_string(part, "value"))), detail or {})
    ]
    return next((choice for choice in choices if _has_words(choice[0])), ("", "", ""))


def _has_words(text: str) -> bool:
    return bool(_WORD.search(_TAG.sub("", text)))


def _plain(text: str) -> str:
    """A title without markup."""
    return unescape(_TAG.sub("", text)) if _MARKUP.search(text) else text


# --- JSON Feed ----------------------------------------------------------------------------------------


def _json_entry(item: dict[str, Any], feed: Mapping[str, Any]) -> _Entry:
    given = item.get("id")
    fields = ("content_html", "content_text", "summary")
    kind = next((key for key in fields if _has_words(_string(item, key))), "")
    published, modified = _string(item, "date_published"), _string(item, "date_modified")
    dated = "dated by when the entry was last modified" if modified and not published else ""
    return _Entry(
        id=str(given) if isinstance(given, (str, int)) and not isinstance(given, bool) else "",
        title=_string(item, "title"),
        link=_string(item, "url") or _string(item, "external_url"),
        published=published or modified,
        text=_string(item, kind),
        markup=kind == "content_html",
        language=_string(item, "language") or _string(feed, "language"),
        publisher=_string(feed, "title"),
        note=dated,
    )


def _salvaged(text: str) -> list[Any]:
    """The entries of a damaged JSON Feed up to the damage."""
    start = re.search(r'"items"\s*:\s*\[', text)
    at, items, decoder = start.end() if start else len(text), [], json.JSONDecoder()
    while at < len(text):
        at = _skip(text, at)
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items


_GAP = re.compile(r"[\s,]*")


def _skip(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


# --- entries to reports -------------------------------------------------------------------------------


def _report(
    entry: _Entry, *, where: str, max_characters: int, base: str, links: bool
) -> Fetched | IntakeError:
    title, link = _field(entry.title), _link(entry.link, base)
    if not entry.text and not (links and link):
        named = title or _field(entry.id) or "without a title"
        return IntakeError(
            f"the entry {named[:100]!r} has no text of its own; fetch its page (--follow does)", where=where
        )
    if len(entry.text) > max_characters:
        return IntakeError(too_long(len(entry.text), max_characters), where=where)
    return Fetched(
        id=_field(entry.id),
        origin=where,
        media=Media.FRAGMENT if entry.markup else Media.TEXT,
        content=clean(entry.text),
        title=title or None,
        published=_field(entry.published) or None,
        url=link,
        publisher=_field(entry.publisher) or None,
        language=_field(entry.language) or None,
        notes=(entry.note,) if entry.note else (),
        original=entry.dumped(),
    )


def _field(text: str) -> str:
    """A field on one line."""
    return " ".join(clean(text[:LONGEST_FIELD]).split())


def _link(link: str, base: str) -> str | None:
    """The address of the entry's page, None where there is none that can be fetched."""
    try:
        link = urljoin(base, _field(link))
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme in {"http", "https"} and parts.netloc else None
