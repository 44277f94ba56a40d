"""A page's visible text as blocks in the order of the page, with where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # type: ignore[import-untyped]

# Elements whose content is never read as text (HTML standard, sections 4.2, 4.8, 4.10, 4.12).
_SILENT = frozenset(
    "script style noscript template svg math head iframe object embed applet canvas audio video picture map "
    "select option datalist textarea button input progress meter dialog".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_REGIONS = {
    "nav": "nav", "menu": "nav", "footer": "foot", "aside": "aside", "form": "form", "fieldset": "form",
    "figure": "figure", "figcaption": "figure",
}  # fmt: skip
_ROLES = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "search": "nav", "banner": "nav",
    "contentinfo": "foot", "dialog": "banner", "alertdialog": "banner",
}  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|hidden|d-none|is-hidden)(?:\s|$)",
    re.IGNORECASE,
)
_BANNER_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp|onetrust|paywall|newsletter)(?:[\s_-]|$)", re.IGNORECASE
)
_SIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)?|share|sharing|social|sidebar|breadcrumbs?|comments?|promo|advert\w*|"
    r"most-?(?:read|popular)|tags?|pagination|masthead)(?:[\s_-]|$)", re.IGNORECASE
)  # fmt: skip
_ARTICLE_TYPE = re.compile(r"schema\.org/(?:\w*Article|\w*Posting|Report)\b")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DATA_URI = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=-]+)*;base64,[A-Za-z0-9+/=\s%]+")


@dataclass(frozen=True, slots=True)
class PageBlock:
    """
    A run of visible text between two block borders.

    Attributes:
        text: with single blanks.
        tag: the innermost block element around it.
        parent: number of the element around that one; siblings share it.
        region: "nav", "foot", "aside", "form", "figure", "banner", "side", or "" for the page's own column.
        linked: share of the text that is links.
        article: whether it stands inside an element that the page declares to be its article.
    """

    text: str
    tag: str
    parent: int
    region: str
    linked: float
    article: bool


def parse_markup(markup: str) -> HtmlElement | None:
    """The page's tree, or None where there is none; embedded pictures are dropped first."""
    if "base64," in markup:
        markup = _DATA_URI.sub("", markup)
    parser = HTMLParser(
        remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False, huge_tree=True
    )
    try:
        tree = document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


_FLAT_KEEP = re.compile(
    r"</?(?:p|br|h[1-6]|title|meta|html|head|body|script|style|time)\b[^<>]{0,2000}>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def flattened(markup: str) -> str:
    """The markup without its containers, to read a page that is nested deeper than the parser goes."""
    return _ANY_TAG.sub(lambda match: match[0] if _FLAT_KEEP.fullmatch(match[0]) else " ", markup)


@dataclass(slots=True)
class _Frame:
    """An open element on the way down."""

    number: int
    tag: str
    parent: int
    region: str
    article: bool
    link: bool


@dataclass(slots=True)
class _Buffer:
    """Text since the last block border."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    total: int = 0

    def add(self, text: str | None, *, link: bool) -> None:
        if text:
            self.parts.append(text)
            size = len(text.strip())
            self.total += size
            self.linked += size if link else 0


def page_blocks(tree: HtmlElement) -> list[PageBlock]:
    """The visible blocks of the page in order; what scripts, styles and hidden elements hold is left out."""
    body = tree.find("body")
    walker = etree.iterwalk(tree if body is None else body, events=("start", "end"))
    blocks: list[PageBlock] = []
    frames = [_Frame(0, "body", 0, "", article=False, link=False)]
    buffer = _Buffer()
    number = 0
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            number += 1
            if tag in _BLOCK:
                buffer = _flush(blocks, buffer, frames[-1])
            frames.append(_frame(element, tag, number, frames[-1]))
            if tag in _SILENT or _is_hidden(element):
                walker.skip_subtree()
            else:
                buffer.add(element.text, link=frames[-1].link)
        else:
            closed = frames[-1]
            if tag in _BLOCK:
                buffer = _flush(blocks, buffer, closed)
            frames.pop()
            if frames:
                buffer.add(element.tail, link=frames[-1].link)
    _flush(blocks, buffer, frames[-1] if frames else _Frame(0, "body", 0, "", article=False, link=False))
    return blocks


def _frame(element: HtmlElement, tag: str, number: int, above: _Frame) -> _Frame:
    names = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    region = above.region or _REGIONS.get(tag) or _ROLES.get(element.get("role", "").lower(), "")
    if not region and len(names) > 1 and tag not in {"body", "html", "main", "article"}:
        region = "banner" if _BANNER_NAME.search(names) else "side" if _SIDE_NAME.search(names) else ""
    declared = tag == "article" or element.get("itemprop") == "articleBody"
    article = above.article or declared or bool(_ARTICLE_TYPE.search(element.get("itemtype", "")[:200]))
    if tag in _BLOCK and tag != "br":
        return _Frame(number, tag, above.number, region, article=article, link=above.link)
    return _Frame(
        above.number, above.tag, above.parent, region, article=article, link=above.link or tag == "a"
    )


def _flush(blocks: list[PageBlock], buffer: _Buffer, frame: _Frame) -> _Buffer:
    """End the block that the buffer holds; an empty buffer goes on being used."""
    if not buffer.total:
        buffer.parts.clear()
        return buffer
    text = _SPACE.sub(" ", _INVISIBLE.sub("", "".join(buffer.parts))).strip()
    if text:
        share = buffer.linked / buffer.total
        blocks.append(PageBlock(text, frame.tag, frame.parent, frame.region, share, frame.article))
    return _Buffer()


def _is_hidden(element: HtmlElement) -> bool:
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true":
        return True
    style, names = get("style"), get("class")
    return bool(style and _HIDDEN_STYLE.search(style[:500])) or bool(
        names and _HIDDEN_CLASS.search(names[:300])
    )
