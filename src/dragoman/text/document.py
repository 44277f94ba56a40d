"""Fetched content to a stored text with its layout, title, outlet and witnesses of its date."""

from __future__ import annotations

import logging
import re

from dragoman.errors import TextError
from dragoman.intake import Fetched, Media
from dragoman.model import BlockKind, DateWitness, Document, Span, WitnessKind
from dragoman.text.dates import parse_stated, url_witness
from dragoman.text.language import identify_language
from dragoman.text.layout import find_layout

LOGGER = logging.getLogger(__name__)

_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3


def to_document(fetched: Fetched) -> Document:
    """
    The report as a stored text; no offset moves after this.

    The text of a file or record is stored as it came. A record's title goes before the text, with a
    blank line, where the text does not hold it. A page's main text is taken out of its markup, its
    furniture follows at the end, marked as chrome.

    Raises:
        TextError: there is no text worth reading in it.
    """
    document = _read_page(fetched) if fetched.media is Media.HTML else _read_text(fetched)
    if (
        sum(1 for _ in zip(_LETTER.finditer(document.text), range(_FEWEST_LETTERS), strict=False))
        < _FEWEST_LETTERS
    ):
        raise TextError("holds no words; check the file", where=fetched.origin)
    return document


def _read_page(fetched: Fetched) -> Document:
    from dragoman.text.page import read_page  # noqa: PLC0415 - loads lxml and trafilatura, 0.2 s

    return read_page(fetched)


def _read_text(fetched: Fetched) -> Document:
    """A report of plain text or a JSON record."""
    text, title = fetched.content, fetched.title
    prefixed = title is not None and title not in text
    if prefixed:
        text = f"{title}\n\n{text}"
    layout = find_layout(text, title=title, prefixed=prefixed, publisher=fetched.publisher)
    chrome = tuple(
        Span.of(text, block.start, block.end) for block in layout.blocks if block.kind is BlockKind.CHROME
    )
    found = layout.headline.exact if layout.headline else None
    body = "\n".join(text[b.start : b.end] for b in layout.blocks[:40] if b.kind is BlockKind.PARAGRAPH)
    return Document(
        id=fetched.id,
        text=text,
        blocks=layout.blocks,
        title=(title.strip() if title else None) or found,
        origin=fetched.origin,
        url=fetched.url,
        publisher=fetched.publisher or layout.publisher,
        place=fetched.place or layout.place,
        language=normal_language(fetched.language) or identify_language(body or text),
        witnesses=(*given_witnesses(fetched), *layout.witnesses),
        chrome=chrome,
    )


def given_witnesses(fetched: Fetched) -> tuple[DateWitness, ...]:
    """What the metadata that came with the report say of its date."""
    witnesses = []
    if fetched.published:
        if edtf := parse_stated(fetched.published):
            note = f"given with the report: {fetched.published[:40]!r}"
            witnesses.append(DateWitness(WitnessKind.STATED, edtf, note=note))
        else:
            LOGGER.warning(
                "%s: 'published' is %r, no date that can be read", fetched.origin, fetched.published[:40]
            )
    if witness := url_witness(fetched.url):
        witnesses.append(witness)
    return tuple(witnesses)


_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED = {
    "english": "en",
    "russian": "ru",
    "greek": "el",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "arabic": "ar",
}


def normal_language(value: str | None) -> str | None:
    """A BCP 47 tag for a language as given ("en", "en_GB", "English"), or None."""
    if not value:
        return None
    value = value.strip()
    if named := _NAMED.get(value.lower()):
        return named
    return value.replace("_", "-") if _TAG.fullmatch(value) else None
