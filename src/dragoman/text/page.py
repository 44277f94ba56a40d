"""A saved page to a stored text: headline, bylines, paragraphs, and its furniture at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from dragoman.errors import TextError
from dragoman.intake import Fetched
from dragoman.intake.decode import clean
from dragoman.model import Block, BlockKind, DateWitness, Document, Span, WitnessKind
from dragoman.text.dates import date_line, find_dateline, find_dates, time_line, url_witness, witnesses_in
from dragoman.text.furniture import Zone, furniture
from dragoman.text.language import identify_language, looks_english
from dragoman.text.layout import is_byline, is_published, is_updated
from dragoman.text.markup import PageBlock, flattened, page_blocks, parse_markup
from dragoman.text.metadata import PageData, read_metadata

# trafilatura and htmldate take time that grows faster than the page beyond this; measured in docs/text.md.
MOST_ELEMENTS = 10_000
MOST_BLOCKS_IN_HEAD = 60  # between headline and body
FURNITURE_LINES, FURNITURE_CHARACTERS = 60, 200  # kept of a page's furniture: lines, and characters of each
SHINGLE = 4  # words
_WORD = re.compile(r"\w+")
_ENDED = re.compile(r"[.!?…:;。！？।؟][\"”’»')\]]*$")
_SITE_SEPARATOR = re.compile(r"\s+(?:[|•·»«–—]|-{1,2}|::)\s+")
_PROSE_TAGS = frozenset(
    {"p", "blockquote", "li", "dd", "td", "pre", "div", "section", "article", "h2", "h3", "h4"}
)

# What may stand between paragraphs beside elements of the paragraphs' own kind.
_AMONG_PARAGRAPHS = ("p", "li", "blockquote", "h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of the page and what it is in the report."""

    text: str
    kind: BlockKind


def read_page(fetched: Fetched) -> Document:
    """
    The report of a saved page.

    trafilatura says what the main text is; we take the page's own blocks that hold it, and beside them
    what stands between the headline and them (lead, date, place) and the siblings it passed over. Text
    that a reader of the page does not see is left out. Furniture follows the text as chrome, up to 60 lines.

    Raises:
        TextError: there is no text, no main text, or more than ``fetched.max_characters``.

    Limit: pages that build their text by script hold none of it.
    """
    tree, blocks = _visible(fetched)
    data = read_metadata(tree)
    main = _main_blocks(tree, blocks)
    if not main:
        raise TextError(
            "no report found on the page, only furniture; save the report's own page, or its text as .txt",
            where=fetched.origin,
        )
    at, title = _find_headline(blocks, main, data)
    pieces = _pieces(blocks, _below_headline(blocks, main, at), at, title)
    text, layout = _assemble(title, pieces)
    return _document(fetched, tree, data, title, text, layout)


def visible_blocks(fetched: Fetched) -> list[PageBlock]:
    """
    What a reader sees of the markup, in order.

    Raises:
        TextError: there is nothing to see, or more than ``fetched.max_characters``.
    """
    return _visible(fetched)[1]


def _visible(fetched: Fetched) -> tuple[HtmlElement, list[PageBlock]]:
    """The tree of the markup and its visible blocks."""
    tree = parse_markup(fetched.content)
    blocks = page_blocks(tree) if tree is not None else []
    if not blocks and (tree := parse_markup(flattened(fetched.content))) is not None:
        blocks = page_blocks(tree)
    if tree is None or not blocks:
        raise TextError(
            "the page holds no visible text; save it again once it has loaded", where=fetched.origin
        )
    length, limit = sum(len(block.text) for block in blocks), fetched.max_characters
    if limit is not None and length > limit:
        raise TextError(
            f"the page holds {length:,} characters of text, more than the {limit:,} that a report may have; "
            "save the report alone, or raise the limit with --max-chars",
            where=fetched.origin,
        )
    return tree, blocks


# --- which blocks are the report ----------------------------------------------------------------------


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _shingles(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def _extracted(tree: HtmlElement) -> list[list[str]]:
    """The words of each paragraph of the main text, as trafilatura finds it."""
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return []
    import trafilatura  # noqa: PLC0415 - 0.1 s, only for pages

    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree),
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        # Raised inside on trees that no browser makes; the page's own blocks still tell.
        return []
    body = getattr(found, "body", None)
    if body is None:
        return []
    lines = ("".join(element.itertext()) for element in body.iterchildren())
    return [words for line in lines if (words := _words(line))]


def _main_blocks(tree: HtmlElement, blocks: list[PageBlock]) -> list[int]:
    """Indices of the blocks that hold the main text, in order."""
    paragraphs = _extracted(tree)
    known: set[tuple[str, ...]] = set()
    for words in paragraphs:
        known |= _shingles(words, SHINGLE)
    short = {tuple(words) for words in paragraphs if len(words) <= SHINGLE}
    candidates = [i for i, block in enumerate(blocks) if _may_be_body(block)]
    main = [i for i in candidates if _is_known(blocks[i].text, known)]
    if not main:
        main = [i for i in candidates if blocks[i].region == "" and _is_prose(blocks[i])]
    main = _in_one_place(blocks, main)
    if not main:
        return []
    held = set(main)
    for i in range(main[0], main[-1]):
        if i not in held and blocks[i].region == "" and tuple(_words(blocks[i].text)) in short:
            held.add(i)
    return sorted(held)


def _may_be_body(block: PageBlock) -> bool:
    """Whether a block can hold main text at all: no heading of the page, navigation, banner or bare link."""
    if block.tag == "h1" or block.region in {"nav", "foot", "form", "banner"}:
        return False
    return block.linked <= 0.8 or len(block.text) >= 200


def _is_known(text: str, known: set[tuple[str, ...]]) -> bool:
    words = _words(text)
    if len(words) < SHINGLE:
        return False
    shingles = [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    return sum(shingle in known for shingle in shingles) >= 0.8 * len(shingles)


def _is_prose(block: PageBlock) -> bool:
    return (
        block.tag in _PROSE_TAGS
        and block.linked < 0.5
        and len(block.text.split()) >= 6
        and bool(_ENDED.search(block.text))
        and not furniture(block.text, Zone.BODY)
    )


def _in_one_place(blocks: list[PageBlock], main: list[int]) -> list[int]:
    """Without teasers that repeat the report elsewhere on the page, under other parents."""
    weight: dict[int, int] = {}
    for i in main:
        weight[blocks[i].parent] = weight.get(blocks[i].parent, 0) + len(blocks[i].text)
    owner: dict[str, int] = {}
    for i in main:
        held = owner.get(blocks[i].text)
        if held is None or weight[blocks[i].parent] > weight[held]:
            owner[blocks[i].text] = blocks[i].parent
    kept = [i for i in main if owner[blocks[i].text] == blocks[i].parent]
    outside = [i for i in kept if blocks[i].region in {"aside", "side", "figure"}]
    # A sidebar's text counts only where the whole report seems to stand in one.
    return kept if len(outside) > len(kept) / 2 else [i for i in kept if i not in set(outside)]


# --- headline, lead, bylines --------------------------------------------------------------------------


def _below_headline(blocks: list[PageBlock], main: list[int], at: int | None) -> list[int]:
    """The main text without what stands above the headline, if most of it stands below."""
    if at is None:
        return main
    below = [i for i in main if i > at]
    size = sum(len(blocks[i].text) for i in below)
    return below if size > sum(len(blocks[i].text) for i in main) / 2 else main


def _pieces(blocks: list[PageBlock], main: list[int], at: int | None, title: str | None) -> list[_Piece]:
    """All blocks of the page but the headline as pieces: report first, furniture after it."""
    body: list[_Piece] = []
    rest: list[_Piece] = []
    held = set(main)
    places = {(blocks[i].parent, tag) for i in main for tag in (blocks[i].tag, *_AMONG_PARAGRAPHS)}
    first, last = main[0], main[-1]
    start = at + 1 if at is not None and first - at <= MOST_BLOCKS_IN_HEAD else first
    head_end = main[min(2, len(main) - 1)]  # a lead may stand above the bylines
    near_date = False
    for i, block in enumerate(blocks):
        kind = BlockKind.CHROME
        if i == at or (block.text == title and i not in held):
            continue
        if i in held:
            heads_links = (
                block.tag in {"h2", "h3", "h4"} and i + 1 < len(blocks) and blocks[i + 1].linked > 0.8
            )
            kind = BlockKind.CHROME if heads_links else _kind_in_body(block)
        elif first < i < last and _belongs(block, places):
            kind = BlockKind.PARAGRAPH
        elif start <= i < head_end:
            kind = _kind_above_body(block, near_date=near_date)
            near_date = kind is BlockKind.BYLINE
        elif i > last and _belongs(block, places) and _ends_report(block):
            kind = BlockKind.PARAGRAPH
        if kind is BlockKind.CHROME:
            rest.append(_Piece(block.text, kind))
        else:
            body.append(_Piece(block.text, kind))
    return [*body, *_kept_furniture(rest)]


def _ends_report(block: PageBlock) -> bool:
    """Whether a block after the extracted text may be of it: an ended sentence, or a mark such as "* * *"."""
    return bool(_ENDED.search(block.text)) or not _WORD.search(block.text)


def _belongs(block: PageBlock, places: set[tuple[int, str]]) -> bool:
    """Whether a block that the extraction passed over stands among the paragraphs and is no furniture."""
    return (
        (block.parent, block.tag) in places
        and block.region == ""
        and block.linked < 0.5
        and not furniture(block.text, Zone.BODY)
    )


def _kind_in_body(block: PageBlock) -> BlockKind:
    """What a block of the main text is: a paragraph, but for lines that the extraction should have left."""
    if date_line(block.text) or is_byline(block.text):
        return BlockKind.BYLINE
    return BlockKind.CHROME if furniture(block.text, Zone.BODY) else BlockKind.PARAGRAPH


def _kind_above_body(block: PageBlock, *, near_date: bool) -> BlockKind:
    """What a block between headline and body is: lead, line of date, time, place or author, or furniture."""
    text = block.text
    if block.region in {"nav", "form", "banner", "side", "foot"}:
        return BlockKind.CHROME
    if date_line(text) or time_line(text) or is_byline(text):
        return BlockKind.BYLINE
    if furniture(text, Zone.HEAD) or block.linked >= 0.5:
        return BlockKind.CHROME
    words = len(text.split())
    if near_date and words <= 8 and not _ENDED.search(text) and text[0].isupper():
        return BlockKind.BYLINE
    if block.region in {"aside", "figure"}:
        return BlockKind.CHROME
    return BlockKind.PARAGRAPH if _is_prose(block) or words >= 15 else BlockKind.CHROME


def _find_headline(blocks: list[PageBlock], main: list[int], data: PageData) -> tuple[int | None, str | None]:
    """Where the headline stands on the page, and its words: the heading that the page's own title repeats."""
    wanted = [clean(title) for title in data.titles if title.strip()]
    folded = [_fold(title) for title in wanted]
    headings = [i for i, block in enumerate(blocks) if block.tag in {"h1", "h2"} and i <= main[-1]]
    before = [i for i in headings if i < main[0]] or headings[:1]
    for level in ("h1", "h2"):
        for i in reversed(before):
            text = _fold(blocks[i].text)
            if (
                blocks[i].tag == level
                and text
                and any(text in title or title in text for title in folded if title)
            ):
                return i, blocks[i].text
    for i in reversed(before):
        if blocks[i].tag == "h1" and blocks[i].region in {"", "side"} and len(blocks[i].text.split()) >= 3:
            return i, blocks[i].text
    if not wanted:
        return None, None
    title = _without_site(wanted[0], data.publisher)
    at = next((i for i, block in enumerate(blocks[: main[0]]) if _fold(block.text) == _fold(title)), None)
    return at, title or None


def _fold(text: str) -> str:
    return " ".join(_words(text))


def _without_site(title: str, publisher: str | None) -> str:
    """The title without the outlet's name at its end ("... - The Daily Example")."""
    parts = _SITE_SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    is_site = publisher and _fold(parts[-1]) in _fold(publisher)
    if is_site or (len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 4):
        cut = title.rfind(parts[-1])
        return _SITE_SEPARATOR.sub(lambda m: m[0], title[:cut]).rstrip(" |•·»«–—-:")
    return title


def _kept_furniture(rest: Iterable[_Piece]) -> list[_Piece]:
    """The first lines of the page's furniture, each once and cut at a length that still tells what it is."""
    lines = dict.fromkeys(piece.text[:FURNITURE_CHARACTERS].strip() for piece in rest)
    return [_Piece(line, BlockKind.CHROME) for line in list(lines)[:FURNITURE_LINES] if line]


# --- the document -------------------------------------------------------------------------------------


def _assemble(title: str | None, pieces: list[_Piece]) -> tuple[str, tuple[Block, ...]]:
    """The stored text and its blocks: headline, then a blank line before each further piece."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    head = [_Piece(title, BlockKind.HEADLINE)] if title else []
    for piece in (*head, *pieces):
        text = clean(piece.text).replace("\n", " ").strip()
        if not text:
            continue
        start = length + (2 if parts else 0)
        parts.append(text)
        length = start + len(text)
        blocks.append(Block(start, length, piece.kind))
    return "\n\n".join(parts), tuple(blocks)


def _document(
    fetched: Fetched,
    tree: HtmlElement,
    data: PageData,
    title: str | None,
    text: str,
    blocks: tuple[Block, ...],
) -> Document:
    url = fetched.url or data.url
    witnesses = [*data.published, *_line_witnesses(text, blocks)]
    if witness := url_witness(url):
        witnesses.append(witness)
    if (guess := _guessed_date(tree)) and all(guess != witness.edtf for witness in witnesses):
        witnesses.append(DateWitness(WitnessKind.PAGE, guess, note="htmldate finds it on the page"))
    dateline = next(
        (found for block in blocks if block.kind is BlockKind.PARAGRAPH
         for found in [find_dateline(text[block.start : block.end])]), None,
    )  # fmt: skip
    place = next(
        (
            text[b.start : b.end]
            for b in blocks
            if b.kind is BlockKind.BYLINE and _is_place(text[b.start : b.end])
        ),
        None,
    )
    body = "\n".join(text[b.start : b.end] for b in blocks[:40] if b.kind is BlockKind.PARAGRAPH)
    return Document(
        id=fetched.id,
        text=text,
        blocks=blocks,
        title=title,
        origin=fetched.origin,
        url=url,
        publisher=data.publisher,
        place=place or (dateline.place if dateline else None),
        language=_language(body, data.language),
        witnesses=tuple(witnesses),
        chrome=tuple(Span.of(text, b.start, b.end) for b in blocks if b.kind is BlockKind.CHROME),
    )


def _is_place(line: str) -> bool:
    """Whether a line beside the date is a place: nothing else stays a byline without date, time or author."""
    return not (find_dates(line) or time_line(line) or is_byline(line))


def _line_witnesses(text: str, blocks: tuple[Block, ...]) -> list[DateWitness]:
    """Dates in bylines and, weaker, in the page's furniture; the dateline of the first paragraph."""
    witnesses: list[DateWitness] = []
    paragraphs = 0
    for block in blocks:
        line = text[block.start : block.end]
        if block.kind is BlockKind.BYLINE:
            kind = WitnessKind.PAGE if is_updated(line) else WitnessKind.BYLINE
            witnesses += witnesses_in(
                text, block.start, find_dates(line)[:1], kind, "stands between headline and text"
            )
        elif block.kind is BlockKind.CHROME and (dates := date_line(line)):
            kind = WitnessKind.BYLINE if is_published(line) else WitnessKind.PAGE
            witnesses += witnesses_in(
                text, block.start, dates[:1], kind, "stands beside the report on the page"
            )
        elif block.kind is BlockKind.PARAGRAPH and paragraphs < 2:
            paragraphs += 1
            if (dateline := find_dateline(line)) and dateline.date:
                witnesses += witnesses_in(
                    text, block.start, [dateline.date], WitnessKind.DATELINE, "stands in the dateline"
                )
    return witnesses


def _guessed_date(tree: HtmlElement) -> str | None:
    """The date that htmldate finds in markup alone, within fixed bounds: it must not depend on today."""
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return None
    from htmldate import find_date  # noqa: PLC0415 - 0.1 s, only for pages

    try:
        return find_date(
            deepcopy(tree),
            extensive_search=False,
            original_date=True,
            min_date="1990-01-01",
            max_date="2099-12-31",
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _language(body: str, declared: str | None) -> str | None:
    """English where the text shows it, else what the page declares, but templates declare "en" falsely."""
    if looks_english(body):
        return "en"
    code = (declared or "").replace("_", "-").split("-")[0].lower()
    return code if code and code != "en" else identify_language(body)
