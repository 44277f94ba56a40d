"""The published examples: whole, sound as HTML, open to every reader, asking no other host."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html  # type: ignore[import-untyped]
from tests.publish.conftest import council_of, files_of, largest_of, pages_of, rows_of

from dragoman.publish.links import event_path, negotiation_path

Pages = dict[str, html.HtmlElement]


@pytest.fixture(scope="module")
def pages(example_site: Path) -> Pages:
    return pages_of(example_site)


def test_every_link_leads_somewhere_and_every_id_stands_once(example_site: Path, pages: Pages) -> None:
    """Also the anchors: a link to part of a page finds that part."""
    files = set(files_of(example_site))
    ids = {path: [e.get("id") for e in page.iter() if e.get("id")] for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for element in page.iter():
            for name in ("href", "src", "xlink:href"):
                address = element.get(name)
                if address is None or urlsplit(address).scheme in {"http", "https"}:
                    continue
                parts = urlsplit(address)
                target = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
                if target not in files or (parts.fragment and parts.fragment not in ids.get(target, [])):
                    broken.append((path, address))
    assert broken == []
    assert len(pages) > 70


def test_references_by_id_find_their_element(pages: Pages) -> None:
    for path, page in pages.items():
        ids = {e.get("id") for e in page.iter()}
        for element in page.iter():
            for name in ("aria-labelledby", "aria-describedby"):
                for wanted in (element.get(name) or "").split():
                    assert wanted in ids, (path, wanted)


def test_nothing_is_asked_of_another_host_and_nothing_runs(pages: Pages) -> None:
    for path, page in pages.items():
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            if element.tag == "script":
                assert element.get("type") == "application/ld+json", path
            assert element.tag not in {"iframe", "img", "object", "embed", "form", "base"}, path
            if element.tag == "link" and element.get("rel") != "canonical":
                assert not urlsplit(element.get("href")).scheme, path
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], path
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == [
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
        ]


def test_the_style_asks_for_nothing(example_site: Path) -> None:
    style = (example_site / "style.css").read_text(encoding="utf-8")
    assert "@import" not in style
    assert "url(" not in style
    for query in ("prefers-color-scheme:dark", "@media print", "prefers-reduced-motion"):
        assert query in style


def test_headings_are_in_order_and_landmarks_are_there(pages: Pages) -> None:
    for path, page in pages.items():
        levels = [int(e.tag[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        assert page.get("lang") == "en"
        for landmark in ("main", "nav", "header", "footer"):
            assert page.find(f".//{landmark}") is not None, path
        (first,) = page.xpath("//a[1][@class='skip']")
        assert first.get("href") == "#main"
        for table in page.iter("table"):
            assert table.xpath(".//thead//th[@scope='col']"), path
            assert table.xpath(".//tbody//th[@scope='row']"), path


def test_pages_are_well_formed(example_site: Path) -> None:
    """Every element that a page opens it closes: made anew from what the parser saw, no tag is lost."""
    void = {"meta", "link"}
    for path, data in files_of(example_site).items():
        if not path.endswith(".html"):
            continue
        text = re.sub(r"<script.*?</script>", "", data.decode(), flags=re.DOTALL)
        open_tags: list[str] = []
        for close, tag, rest in re.findall(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>", text):
            if tag in void or rest.endswith("/"):
                continue
            if close:
                assert open_tags.pop() == tag, path
            else:
                open_tags.append(tag)
        assert open_tags == [], path


def test_every_text_of_a_link_says_something(pages: Pages) -> None:
    for path, page in pages.items():
        for link in page.iter("a", "{http://www.w3.org/2000/svg}a"):
            assert (link.get("aria-label") or link.text_content()).strip(), path


def test_every_event_negotiation_and_report_has_its_place(example_site: Path, pages: Pages) -> None:
    events, negotiations = rows_of(example_site, "events"), rows_of(example_site, "negotiations")
    assert {p for p in pages if p.startswith("event/")} == {event_path(row["id"]) for row in events}
    assert {p for p in pages if p.startswith("negotiation/")} == {
        negotiation_path(row["id"]) for row in negotiations
    }
    assert len(pages["sources.html"].xpath("//ol[contains(@class,'sources')]/li")) == 25
    assert len(events) > 50


def test_a_negotiation_tells_each_event_once_with_numbered_sources(example_site: Path, pages: Pages) -> None:
    negotiation = largest_of(example_site)
    page = pages[negotiation_path(negotiation["id"])]
    story = page.xpath("//section[@aria-labelledby='story']/p")
    assert len(story) == len(negotiation["happenings"]) > 20
    for paragraph in story:
        assert paragraph.xpath("./a[starts-with(@href,'../event/')]")
        assert paragraph.xpath(".//sup/a[starts-with(@href,'#source-')]")
    numbers = [
        int(li.get("id").removeprefix("source-")) for li in page.xpath("//li[starts-with(@id,'source-')]")
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert page.xpath("//figure//*[local-name()='svg']")


def test_an_event_shows_slots_words_history_and_what_differs(example_site: Path, pages: Pages) -> None:
    page = pages[event_path(council_of(example_site))]
    text = page.text_content()
    assert "Reports differ on the day: 12 January 2022 (4 sources) or 13 January 2022 (1 source)" in text
    assert [q.text_content() for q in page.iter("mark")][-1] == "met in Brussels on Thursday"
    assert len(page.xpath("//figure[@class='said']")) == 6
    assert page.xpath("//tr[@class='differs']/th")[0].text_content() == "Date"
    assert len(page.xpath("//ol[@class='history']/li")) == 6


def test_where_files_lie_on_the_publishers_machine_is_not_told(example_site: Path) -> None:
    here = str(Path(__file__).parents[2]).encode()
    for path, data in files_of(example_site).items():
        assert here not in data, path
        assert b"january-2022" not in data, path
    assert b">notebook.txt<" in (example_site / "sources.html").read_bytes()


def test_drawings_are_svg(example_site: Path) -> None:
    path = negotiation_path(largest_of(example_site)["id"])
    data = (example_site / path).read_text(encoding="utf-8")
    drawings = re.findall(r"<svg.*?</svg>", data, flags=re.DOTALL)
    assert len(drawings) == 2
    for drawing in drawings:
        assert etree.fromstring(drawing.encode()).tag == "{http://www.w3.org/2000/svg}svg"
