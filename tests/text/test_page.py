# ruff: noqa: E501 - pages and sentences stay on their lines
"""Saved pages: what is taken for the report, what for its furniture, and what damage does to it."""

from __future__ import annotations

import json
import random
import re
import tarfile
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import TextError
from dragoman.intake import Fetched, Media
from dragoman.model import BlockKind, Document, WitnessKind
from dragoman.text import find_surface_defects, to_document

SHARED = Path(__file__).parents[2] / ".." / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")

PARAGRAPHS = [
    "The foreign ministers of Norway and Chile met in Bergen on Wednesday and agreed to open talks on a fishing treaty.",
    "“We want a text by May,” the Norwegian minister told reporters after the meeting, which lasted for three hours.",
    "Her Chilean counterpart spoke of a good beginning and invited the Norwegian side to Santiago in April.",
    "Both ministries said that the commission on fleets would go on with its work in the meantime.",
]
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Norway and Chile open fishing talks - The Alpine Courier</title>
<meta property="og:title" content="Norway and Chile open fishing talks">
<meta property="og:site_name" content="The Alpine Courier">
<meta property="og:url" content="https://courier.example/2021/03/03/fishing">
<meta property="article:published_time" content="2021-03-03T18:20:00+01:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Norway and Chile open fishing talks",
"datePublished": "2021-03-03", "publisher": {{"name": "The Alpine Courier"}}}}</script>
<script>var hidden = "<p>The script must not be read as a report of any kind at all.</p>";</script>
<style>p {{ color: red }}</style></head>
<body>
<div id="cookie-banner"><p>We use cookies to improve your experience on this website. Accept all cookies, please.</p></div>
<header><a href="/">The Alpine Courier</a><span>Friday, 8 September 2023</span>
<nav><ul><li><a href="/w">World</a></li><li><a href="/b">Business</a></li></ul></nav></header>
<main><article><h1>Norway and Chile open fishing talks</h1>
<p class="lead">After years of quarrels over cod the two states have agreed to sit down at one table.</p>
<div class="byline">By Anna Holm</div><time datetime="2021-03-03">3 March 2021</time>
<div class="share"><a href="#f">Share on Facebook</a><a href="#t">Tweet</a></div>
{body}
<p style="display:none">This hidden sentence must not be read as part of the report by anybody.</p>
<p class="sr-only">This sentence for screen readers must not be read as part of the report.</p>
<aside class="related"><h3>Related</h3><ul><li><a href="/1">Iceland sends an envoy to Oslo for herring talks</a></li></ul></aside>
</article></main>
<footer><p>© 2023 The Alpine Courier. All rights reserved.</p></footer></body></html>"""


def page(*paragraphs: str) -> str:
    return PAGE.format(body="\n".join(f"<p>{text}</p>" for text in paragraphs or PARAGRAPHS))


def read(markup: str) -> Document:
    return to_document(Fetched("p", "p.html", Media.HTML, markup))


def lines(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def check(document: Document) -> None:
    assert document.text.strip()
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
    for span in (*document.chrome, *(witness.span for witness in document.witnesses if witness.span)):
        assert document.text[span.start : span.end] == span.exact
    for defect in find_surface_defects(document):
        assert document.text[defect.span.start : defect.span.end] == defect.span.exact


def check_or_fault(markup: str) -> None:
    """A page gives a sound document, or a fault that names it and says something."""
    try:
        document = read(markup)
    except TextError as error:
        fault = error
    else:
        check(document)
        return
    assert fault.where == "p.html"
    assert len(fault.message) > 20


def test_the_report_of_a_page() -> None:
    document = read(page())
    check(document)
    assert document.title == "Norway and Chile open fishing talks"
    assert lines(document, BlockKind.HEADLINE) == [document.title]
    lead = "After years of quarrels over cod the two states have agreed to sit down at one table."
    assert lines(document, BlockKind.PARAGRAPH) == [lead, *PARAGRAPHS]
    assert lines(document, BlockKind.BYLINE) == ["By Anna Holm", "3 March 2021"] or lines(
        document, BlockKind.BYLINE
    ) == ["By Anna Holm 3 March 2021"]
    assert (document.publisher, document.language) == ("The Alpine Courier", "en")
    assert document.url == "https://courier.example/2021/03/03/fishing"
    assert document.text.startswith(f"{document.title}\n\n{lead}")


def test_scripts_and_hidden_text_are_gone_and_furniture_is_reported() -> None:
    document = read(page())
    assert "must not be read" not in document.text
    furniture = [span.exact for span in document.chrome]
    for words in ("We use cookies", "World", "Share on Facebook", "Iceland sends", "© 2023"):
        assert any(words in line for line in furniture), words


def test_the_pages_own_dates_are_told_apart() -> None:
    stated = {witness.edtf for witness in read(page()).witnesses if witness.kind is WitnessKind.STATED}
    weak = {witness.edtf for witness in read(page()).witnesses if witness.kind is WitnessKind.PAGE}
    urls = {witness.edtf for witness in read(page()).witnesses if witness.kind is WitnessKind.URL}
    assert stated == {"2021-03-03"}
    assert urls == {"2021-03-03"}
    assert "2021-03-03" not in weak


def test_a_bare_page_is_read_and_an_empty_one_refused() -> None:
    bare = "<html><body>" + "".join(f"<p>{text}" for text in PARAGRAPHS)
    assert lines(read(bare), BlockKind.PARAGRAPH) == PARAGRAPHS
    for markup in (
        "<html><body></body></html>",
        "<html>",
        "<!doctype html><title>Talks</title>",
        "<p></p><script>x</script>",
    ):
        with pytest.raises(TextError, match=r"no visible text|no report"):
            read(markup)
    with pytest.raises(TextError, match="no report found"):
        read("<html><body><nav><a href='/'>Home</a><a href='/w'>World</a></nav></body></html>")


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<blockquote>", "<table><tr><td>", "<ul><li>", "<span>"])
def test_a_page_nested_beyond_the_parsers_depth_is_still_read(opening: str) -> None:
    document = read(
        f"<html><title>Talks open in Bergen today</title><body>{opening * 20_000}<p>{PARAGRAPHS[0]}</p>"
    )
    assert PARAGRAPHS[0] in document.text


PIECE = "<p>The ministers met in Bergen on Friday and agreed to go on, officials said in note number {}.</p>"
HOSTILE = {
    "paragraphs": lambda n: "".join(PIECE.format(i) for i in range(n)),
    "links": lambda n: "".join(f'<a href="/{i}">link {i}</a> ' for i in range(n)) + PIECE,
    "divs": lambda n: "<div><div><span>text</span></div></div>" * (n // 3) + PIECE,
    "tables": lambda n: "<table>" + "<tr><td>a</td></tr>" * (n // 2) + "</table>" + PIECE,
    "breaks": lambda n: "<p>" + "Talks were held in Bergen on Friday.<br>" * n,
    "brackets": lambda n: "<" * n * 20 + PIECE,
    "comments": lambda n: "<!--" * n + "-->" + PIECE,
    "entities": lambda n: "&#0;&#x110000;&#55296;&amp;" * n + PIECE,
    "attributes": lambda n: f'<div class="{"a " * n * 20}">' + PIECE,
    "times": lambda n: '<time datetime="2021-03-03">x</time>' * n + PIECE,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_pages_take_a_bounded_time(shape: str) -> None:
    markup = (
        f"<html><head><title>Talks open in Bergen</title></head><body>{HOSTILE[shape](6_000)}</body></html>"
    )
    started = time.process_time()
    try:
        check(read(markup))
    except TextError:
        assert shape in {"brackets", "comments"}
    assert time.process_time() - started < 12


def damaged(markup: str, rng: random.Random) -> str:
    """The page with one kind of damage that downloads and editors do."""
    at, to = sorted(rng.randrange(len(markup)) for _ in range(2))
    tags = list(re.finditer(r"<[^<>]*>", markup))
    tag = rng.choice(tags) if tags else None
    kind = rng.randrange(8)
    if kind == 0:
        return markup[:to]
    if kind == 1:
        return markup[:at] + markup[to:]
    if kind == 2 and tag:
        return markup[: tag.start()] + markup[tag.end() :]
    if kind == 3 and tag:
        return markup[: tag.start()] + tag[0] * 50 + markup[tag.end() :]
    if kind == 4:
        return (
            markup[:at]
            + "".join(chr(rng.choice([0, 7, 0x2028, 0xD7FF, 60, 62, 34, 0xFFFD])) for _ in range(30))
            + markup[at:]
        )
    if kind == 5:
        return markup.replace(">", "", rng.randrange(1, 50))
    if kind == 6:
        return markup.replace('"', "", rng.randrange(1, 50))
    return markup[at:to] + markup


@settings(max_examples=120, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_damaged_pages_give_a_document_or_a_fault(rng: random.Random, times: int) -> None:
    markup = page()
    for _ in range(times):
        markup = damaged(markup, rng) or "<p>"
    check_or_fault(markup)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_as_a_page(text: str) -> None:
    check_or_fault(f"<html><body><p>{text}</p></body></html>")


@cache
def real_pages(count: int) -> list[tuple[str, str]]:
    found = []
    with tarfile.open(SHARED / "corpora" / "kremlin_html.tar.xz") as archive:
        for member in archive:
            if member.isfile() and (stream := archive.extractfile(member)):
                found.append((member.name.split("/")[1], stream.read().decode()))
            if len(found) == count:
                break
    return found


@needs_shared
def test_real_pages_keep_headline_date_place_and_all_paragraphs() -> None:
    rows = {}
    with (SHARED / "corpora" / "kremlin.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            rows[row["id"].rpartition("-")[2]] = row
    missing = []
    for number, markup in real_pages(60):
        row, document = rows[number], read(markup)
        check(document)
        assert document.title == " ".join(row["title"].split())
        assert [w.edtf for w in document.witnesses if w.kind is WitnessKind.STATED] == [row["published"]]
        assert row["place"] in {None, document.place}
        held = " ".join(lines(document, BlockKind.PARAGRAPH))
        wanted = [" ".join(re.sub("[\u00ad\u200b]", "", text).split()) for text in row["text"].split("\n\n")]
        missing += [text for text in wanted if text not in held and any(sign.isalpha() for sign in text)]
    assert missing == []


@needs_shared
def test_damaged_real_pages_give_a_document_or_a_fault() -> None:
    rng = random.Random(1)  # noqa: S311
    for _, markup in real_pages(60)[::3]:
        for _ in range(2):
            broken = damaged(damaged(markup, rng), rng)
            started = time.process_time()
            check_or_fault(broken)
            assert time.process_time() - started < 10
