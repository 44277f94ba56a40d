"""The bytes of one page or text to a report, wherever they came from: file, archive or address."""

from __future__ import annotations

from dragoman.errors import IntakeError
from dragoman.intake.decode import clean, decode, guess_encoding
from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.records import too_long
from dragoman.intake.sniff import HEAD, find_signature, looks_binary, wide_encoding

BYTES_PER_CHARACTER = 4
# Markup, scripts and pictures inside a saved page may be many times its text.
MARKUP_FACTOR = 16
MOST_UNKNOWN = 0.1  # share of characters that no encoding explains, in what is still text


def most_bytes(media: Media, max_characters: int) -> int:
    """How many bytes may hold a report of so many characters."""
    return max_characters * (BYTES_PER_CHARACTER if media is Media.TEXT else MARKUP_FACTOR)


def unreadable(head: bytes) -> str | None:
    """Why content that begins so cannot be a report at all, or None."""
    if not head.strip() and len(head) < HEAD:
        return "the file is empty; nothing to read"
    if signature := find_signature(head):
        return f"seems to be {signature.name}; {signature.advice}"
    if not wide_encoding(head[:4096]) and looks_binary(head):
        return "seems to be binary data, not text; give plain text, HTML or JSON lines"
    return None


def make_report(
    data: bytes,
    media: Media,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    where: str,
    max_characters: int,
    charset: str | None = None,
) -> Fetched | IntakeError:
    """
    The one report that a text or a page is.

    Args:
        data: all of it.
        media: TEXT or HTML.
        id: the report's id.
        where: for messages.
        max_characters: the longest report.
        charset: what the server said of the encoding, where one did.
    """
    if len(data) > most_bytes(media, max_characters):
        return IntakeError(too_long(len(data), max_characters, unit="bytes"), where=where)
    encoding = guess_encoding(data, html=media is Media.HTML, charset=charset)
    text = clean(decode(data, encoding))
    if not text.strip():
        return IntakeError("the file is empty; nothing to read", where=where)
    if media is Media.TEXT and len(text) > max_characters:
        return IntakeError(too_long(len(text), max_characters), where=where)
    if text.count("\ufffd") > MOST_UNKNOWN * len(text) + 2:
        return IntakeError(
            "seems to be binary data or text in an unknown encoding; save it as UTF-8", where=where
        )
    notes = () if encoding.startswith("utf-8") else (f"decoded as {encoding}",)
    limit = max_characters if media is Media.HTML else None
    return Fetched(id, where, media, text, notes=notes, max_characters=limit, original=data)
