"""What bytes seem to be: markup, records, text, or something that holds no text for us."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from dragoman.data import read_rows
from dragoman.intake.fetched import Media

HEAD = 65_536  # bytes that decide

MEDIA_BY_SUFFIX = {
    ".jsonl": Media.RECORD,
    ".ndjson": Media.RECORD,
    ".json": Media.RECORD,
    ".html": Media.HTML,
    ".htm": Media.HTML,
    ".xhtml": Media.HTML,
    ".txt": Media.TEXT,
    ".text": Media.TEXT,
    ".md": Media.TEXT,
}
PACKED_SUFFIXES = frozenset({".gz", ".xz", ".bz2"})

# A page announces itself near its beginning; comments and white space may come first.
_HTML_HEAD = re.compile(
    rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<article[\s>]|<title[\s>])", re.IGNORECASE
)
_HTML_TAG = re.compile(
    rb"<(?:p|div|br|h[1-6]|span|a|ul|li|table|section|main)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_RECORD_HEAD = re.compile(rb'\A\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')
# The root of a feed; before it may stand a declaration, comments and a document type.
_BEFORE_ROOT = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_FEED_ROOT = re.compile(r"<(?:\w+:)?(?:(?P<plain>rss|feed)|(?P<rdf>RDF))(?=[\s>])[^>]*")
_RSS_NAMESPACES = ("purl.org/rss/", "my.netscape.com/rdf/", "channel.netscape.com/rdf/")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')
_WARC = re.compile(rb"WARC/\d\.\d+\r?\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TAGS_OF_A_PAGE = 3
_MOST_CONTROLS = 0.02  # of all bytes; text has none, tables of old terminals a few


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes at an offset that give a format away."""

    offset: int
    magic: bytes
    name: str
    advice: str


@cache
def signatures() -> tuple[Signature, ...]:
    """The table of file signatures, ``data/intake/signatures.tsv``."""
    rows = read_rows("intake", "signatures.tsv")
    return tuple(Signature(int(o), bytes.fromhex(m), name, advice) for o, m, name, advice in rows)


def find_signature(head: bytes) -> Signature | None:
    """The format that the first bytes give away, if it is one that holds no readable text."""
    for signature in signatures():
        if head.startswith(signature.magic, signature.offset):
            return signature
    return None


def wide_encoding(head: bytes) -> str | None:
    """The encoding of text in units of two or four bytes, by byte order mark or by its zero bytes."""
    marks = (
        ("utf-32", b"\xff\xfe\0\0"),
        ("utf-32", b"\0\0\xfe\xff"),
        ("utf-16", b"\xff\xfe"),
        ("utf-16", b"\xfe\xff"),
    )
    for name, mark in marks:
        if head.startswith(mark):
            return name
    sample = head[: len(head) & ~1][:4096]
    if len(sample) < 8:
        return None
    low, high = Counter(sample[::2]), Counter(sample[1::2])
    if 0 not in low and 0 not in high:
        return None
    # One of the two bytes of each unit names the script: the commonest two values cover nearly all of them.
    half = len(sample) / 2
    narrow_low, narrow_high = (sum(n for _, n in row.most_common(2)) > 0.9 * half for row in (low, high))
    if narrow_high and not narrow_low and high[0]:
        return "utf-16-le"
    if narrow_low and not narrow_high and low[0]:
        return "utf-16-be"
    return None


def looks_binary(head: bytes) -> bool:
    """Whether the bytes are no text in any encoding of single or several bytes."""
    if b"\0" in head and head.count(0) > 0.001 * len(head) + 2:
        return True
    return len(_CONTROL.findall(head)) > _MOST_CONTROLS * len(head) + 2


def looks_html(head: bytes) -> bool:
    """Whether the bytes are markup of a page; a text that mentions a tag is not."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\f")[:4096]
    if start.startswith(b"<") and (
        _HTML_HEAD.search(start) or len(_HTML_TAG.findall(head)) >= _TAGS_OF_A_PAGE
    ):
        return True
    return bool(re.search(rb"<(?:!doctype\s+html|html[\s>])", start, re.IGNORECASE)) and b"</" in head


def looks_xml_feed(head: bytes) -> bool:
    """Whether the bytes are RSS or Atom, by their root element."""
    wide = wide_encoding(head[:4096])
    text = head.decode(wide or "latin-1", errors="replace").removeprefix("\ufeff").removeprefix("ï»¿")
    at = 0
    while before := _BEFORE_ROOT.match(text, at):
        at = before.end()
    root = _FEED_ROOT.match(text, at)
    if root is None:
        return False
    return bool(root["plain"]) or any(name in root[0] for name in _RSS_NAMESPACES)


def looks_json_feed(head: bytes) -> bool:
    """Whether the bytes are JSON Feed, by the version that it must name."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and bool(_JSON_FEED.search(head))


def looks_warc(name: str, head: bytes) -> bool:
    """
    Whether the unpacked bytes are a web archive: by its first line, or by its name and a later one.

    ``head`` is empty where the first record cannot be unpacked; then the name decides.
    """
    if _WARC.match(head):
        return True
    return ".warc" in PurePath(name.lower()).suffixes and (not head or bool(_WARC.search(head)))


def media_of(name: str, head: bytes) -> Media:
    """What the content is: records by name or by their braces, pages by their tags, else text."""
    path = PurePath(name.lower())
    suffix = path.suffix
    if suffix in PACKED_SUFFIXES:
        suffix = PurePath(path.stem).suffix
    named = MEDIA_BY_SUFFIX.get(suffix)
    if named is Media.RECORD:
        return Media.RECORD
    if looks_html(head):
        return Media.HTML
    if named is Media.HTML and b"<" in head and _HTML_TAG.search(head):
        return Media.HTML
    if named is not Media.HTML and _RECORD_HEAD.match(head.removeprefix(b"\xef\xbb\xbf")):
        return Media.RECORD
    return Media.TEXT
