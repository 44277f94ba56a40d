"""What a page says of itself: title, outlet, address, language, date of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from dragoman.model import DateWitness, WitnessKind
from dragoman.text.dates import parse_stated

# Names under which pages state when a report was published: Open Graph, Dublin Core, schema.org and what
# large publishing systems write (origin: these vocabularies and htmldate's list of attributes; facts).
# Strongest first, for where they disagree: the time of publication, then the day of issue, then mere dates.
_PUBLISHED_NAMES = tuple(
    "article:published_time og:article:published_time og:published_time published_time article:published "
    "article.published article:post_date date_published publication_date publication-date publicationdate "
    "publish-date publish_date publishdate published-date published_date citation_publication_date "
    "dc.date.issued dcterms.issued dc.issued parsely-pub-date sailthru.date cxenseparse:recs:publishtime "
    "article_date_original dc.date dcterms.date dc.date.created dcterms.created dc.created article.created "
    "pubdate pub_date rbpubdate og:pubdate bt:pubdate citation_date".split()
)
_SITE_NAMES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "article:publisher",
    "twitter:app:name:iphone",
)
_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|WebPage|CreativeWork)$")
_DEEPEST = 12  # levels of JSON-LD that are searched
_MOST_NODES = 2_000


@dataclass(frozen=True, slots=True)
class PageData:
    """The page's own metadata; None for what it does not say."""

    titles: tuple[str, ...]
    publisher: str | None
    url: str | None
    language: str | None
    published: tuple[DateWitness, ...]


def read_metadata(tree: HtmlElement) -> PageData:
    """What head, JSON-LD and marked-up times of a page state."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name, content[:2000])
    nodes = list(_linked_data(tree))
    url = meta.get("og:url") or _canonical(tree)
    site = next(
        (meta[name] for name in _SITE_NAMES if name in meta and not meta[name].startswith("http")), None
    )
    return PageData(
        titles=tuple(_titles(tree, meta, nodes)),
        publisher=site or _publisher(nodes),
        url=url if url and url.startswith(("http://", "https://")) else None,
        language=(tree.get("lang") or meta.get("og:locale") or meta.get("inlanguage") or "").strip()[:20]
        or None,
        published=tuple(_published(tree, meta, nodes)),
    )


def _canonical(tree: HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            return str(element.get("href") or "").strip() or None
    return None


def _titles(tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, object]]) -> Iterator[str]:
    """Headlines as the page's metadata have them, best first."""
    for node in nodes:
        headline = node.get("headline")
        if isinstance(headline, str) and _is_article(node):
            yield " ".join(headline.split())
    for name in ("og:title", "twitter:title", "dc.title", "headline"):
        if name in meta:
            yield meta[name]
    title = tree.find(".//title")
    if title is not None and title.text:
        yield " ".join(title.text.split())


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Objects of the page's JSON-LD, outermost first; what does not parse is passed over."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            level: list[object] = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_DEEPEST):
            below: list[object] = []
            for value in level:
                if isinstance(value, list):
                    below += value
                elif isinstance(value, dict):
                    count += 1
                    if count > _MOST_NODES:
                        return
                    yield value
                    below += [child for child in value.values() if isinstance(child, (dict, list))]
            level = below


def _is_article(node: dict[str, object]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in kinds)


def _publisher(nodes: list[dict[str, object]]) -> str | None:
    for node in nodes:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            return name.strip()
    return None


def _published(
    tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, object]]
) -> Iterator[DateWitness]:
    """Each day that the page states as that of publication, once, with where it says so."""
    given: set[str] = set()
    for value, note in _published_values(tree, meta, nodes):
        edtf = parse_stated(value)
        if edtf and edtf not in given:
            given.add(edtf)
            yield DateWitness(WitnessKind.STATED, edtf, note=note)


def _published_values(
    tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, object]]
) -> Iterator[tuple[str, str]]:
    for name in _PUBLISHED_NAMES:
        if name in meta:
            yield meta[name], f"meta {name}"
    for node in nodes:
        value = node.get("datePublished")
        if isinstance(value, str) and _is_article(node):
            yield value, "JSON-LD datePublished"
    for element in tree.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.text or "", "time of publication marked on the page"
            return
    # Where a page marks no time, its first bare datePublished is the best; elsewhere it is often a picture's.
    for name in ("datepublished", "date"):
        if name in meta:
            yield meta[name], f"meta {name}"
            return
