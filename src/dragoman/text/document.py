"""Fetched content to a stored text with its layout, title, outlet and witnesses of its date."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace

from dragoman.errors import TextError
from dragoman.intake import Fetched, Media
from dragoman.intake.decode import clean
from dragoman.model import Block, BlockKind, DateWitness, Document, Span, WitnessKind
from dragoman.text.dates import parse_stated, url_witness
from dragoman.text.language import identify_language
from dragoman.text.layout import find_layout
from dragoman.text.venue import find_venue

LOGGER = logging.getLogger(__name__)

_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3
_MOST_LINKED = 0.9  # share of a line that is link
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"”’»')\]]*$")


_TELLING = 6  # words from which a headline hardly stands in a sentence by chance


def to_document(fetched: Fetched) -> Document:
    """
    The report as a stored text; no offset moves after this.

    The text of a file or record is stored as it came. A record's title goes before the text, with a
    blank line, where the text does not hold it. A page's main text is taken out of its markup, its
    furniture follows at the end, marked as chrome.

    Raises:
        TextError: there is no text worth reading in it.
    """
    document = _READERS.get(fetched.media, _read_text)(fetched)
    if (
        sum(1 for _ in zip(_LETTER.finditer(document.text), range(_FEWEST_LETTERS), strict=False))
        < _FEWEST_LETTERS
    ):
        raise TextError("holds no words; check the file", where=fetched.origin)
    return document


def _read_page(fetched: Fetched) -> Document:
    from dragoman.text.page import read_page  # noqa: PLC0415 - loads lxml and trafilatura, 0.2 s

    document = read_page(fetched)
    stated = _stated_witnesses(fetched)
    return replace(
        document,
        title=document.title or fetched.title,
        publisher=fetched.publisher or document.publisher,
        witnesses=(*stated, *document.witnesses),
    )


def _read_fragment(fetched: Fetched) -> Document:
    """
    The report of markup that holds nothing else: every visible block is a line of it, in order.

    Nothing is looked for as on a page; lines that the table of furniture names are chrome, and so are
    lines that are one link.
    """
    from dragoman.text.page import visible_blocks  # noqa: PLC0415 - as above

    blocks = visible_blocks(fetched)
    text = clean("\n\n".join(block.text for block in blocks))
    links = frozenset(block.text for block in blocks if _is_bare_link(block.text, block.linked))
    return _read_text(replace(fetched, content=text), links=links)


def _is_bare_link(text: str, linked: float) -> bool:
    """Whether a block leads elsewhere and says nothing: no sentence, and hardly a word outside its link."""
    return linked > _MOST_LINKED and not _SENTENCE.search(text)


def _read_text(fetched: Fetched, *, links: frozenset[str] = frozenset()) -> Document:
    """A report of plain text or a JSON record; paragraphs that are in ``links`` are chrome."""
    text, title = fetched.content, fetched.title
    prefixed = title is not None and not _shows(text, title)
    if prefixed:
        text = f"{title}\n\n{text}"
    layout = find_layout(text, title=title, prefixed=prefixed, publisher=fetched.publisher)
    blocks = tuple(_without_links(block, text, links) for block in layout.blocks)
    chrome = tuple(
        Span.of(text, block.start, block.end) for block in blocks if block.kind is BlockKind.CHROME
    )
    found = layout.headline.exact if layout.headline else None
    body = "\n".join(text[b.start : b.end] for b in blocks[:40] if b.kind is BlockKind.PARAGRAPH)
    return Document(
        id=fetched.id,
        text=text,
        blocks=blocks,
        title=(title.strip() if title else None) or found,
        origin=fetched.origin,
        url=fetched.url,
        publisher=fetched.publisher or layout.publisher,
        place=fetched.place or layout.place or find_venue(text, blocks, title or found),
        language=normal_language(fetched.language) or identify_language(body or text),
        witnesses=(*given_witnesses(fetched), *layout.witnesses),
        chrome=chrome,
    )


def _shows(text: str, title: str) -> bool:
    """Whether the text shows its headline; a short one ("Trade talks") only where it begins a line."""
    if title not in text:
        return False
    return len(title.split()) >= _TELLING or text.lstrip().startswith(title) or f"\n{title.lstrip()}" in text


def _without_links(block: Block, text: str, links: frozenset[str]) -> Block:
    is_link = block.kind is BlockKind.PARAGRAPH and text[block.start : block.end] in links
    return replace(block, kind=BlockKind.CHROME) if is_link else block


def given_witnesses(fetched: Fetched) -> tuple[DateWitness, ...]:
    """What the metadata that came with the report say of its date."""
    witness = url_witness(fetched.url)
    return (*_stated_witnesses(fetched), *((witness,) if witness else ()))


def _stated_witnesses(fetched: Fetched) -> list[DateWitness]:
    """The stated day; and the day of fetching, as the bound that it is and never as a day."""
    witnesses = []
    if fetched.published:
        if edtf := parse_stated(fetched.published):
            note = f"given with the report: {fetched.published[:40]!r}"
            witnesses.append(DateWitness(WitnessKind.STATED, edtf, note=note))
        else:
            LOGGER.warning(
                "%s: 'published' is %r, no date that can be read", fetched.origin, fetched.published[:40]
            )
    if fetched.seen and (day := parse_stated(fetched.seen)):
        note = "somebody fetched it on that day; it was published no later"
        witnesses.append(DateWitness(WitnessKind.PAGE, f"../{day}", note=note))
    return witnesses


_READERS: dict[Media, Callable[[Fetched], Document]] = {
    Media.HTML: _read_page,
    Media.FRAGMENT: _read_fragment,
}


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
