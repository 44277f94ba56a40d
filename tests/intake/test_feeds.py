"""Feeds: each entry is a report; what is damaged is told, what is hostile does nothing."""

from __future__ import annotations

import gzip
import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import IntakeError
from dragoman.intake import Fetched, Media, Policy, read_sources
from dragoman.intake.policy import Answer
from dragoman.model import WitnessKind
from dragoman.text import to_document

SUMMARY = "Envoys of Norway and Chile met in Bergen on Friday. They will meet again in May."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Bergen &amp; Fjord Courier</title><link>https://courier.example/</link>
<language>en-gb</language>
<item><title>Envoys meet</title><link>https://courier.example/1</link>
<guid isPermaLink="false">tag:courier,1</guid><pubDate>Fri, 21 Jan 2022 23:30:00 -0500</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>Envoys of Norway and Chile met in Bergen.</p>
<p>They&nbsp;agreed.</p>]]></content:encoded>
</item>
<item><title>Talks go on</title><link>https://courier.example/2</link>
<pubDate>Sat, 22 Jan 2022 10:00:00 GMT</pubDate><description>{SUMMARY}</description></item>
</channel></rss>
"""
ATOM = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Fjord Wire</title>
<id>urn:wire</id><updated>2022-01-23T00:00:00Z</updated>
<entry><id>urn:wire:1</id><title type="html">Envoys &lt;b&gt;meet&lt;/b&gt;</title>
<link rel="alternate" href="https://wire.example/1"/><published>2022-01-21T00:30:00+03:00</published>
<updated>2022-01-23T00:30:00+03:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SUMMARY}</p></div></content></entry>
<entry><id>urn:wire:2</id><title>Second</title><link href="https://wire.example/2"/>
<updated>2022-01-22T09:00:00Z</updated><summary>{SUMMARY}</summary></entry>
</feed>
"""
RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Old Wire</title></channel>
<item rdf:about="https://old.example/1"><title>Envoys meet</title><link>https://old.example/1</link>
<dc:date>2022-01-21</dc:date><description>{SUMMARY}</description></item>
</rdf:RDF>
"""
JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Fjord Wire",
    "language": "en",
    "items": [
        {
            "id": 1,
            "url": "https://wire.example/1",
            "title": "Envoys meet",
            "content_html": f"<p>{SUMMARY}</p>",
            "date_published": "2022-01-21T10:00:00+01:00",
        },
        {"id": "b", "content_text": f"{SUMMARY}\n\nMore follows.", "date_modified": "2022-01-22"},
    ],
}


def read(
    tmp_path: Path, content: str | bytes, name: str = "feed", **options: Any
) -> list[Fetched | IntakeError]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_sources([path], **options))


def entries(tmp_path: Path, content: str | bytes, name: str = "feed") -> list[Fetched]:
    rows = read(tmp_path, content, name)
    assert [str(row) for row in rows if isinstance(row, IntakeError)] == []
    return [row for row in rows if isinstance(row, Fetched)]


def fault(rows: list[Fetched | IntakeError]) -> IntakeError:
    (found,) = [row for row in rows if isinstance(row, IntakeError)]
    return found


def text_of(report: Fetched) -> list[tuple[str, str]]:
    document = to_document(report)
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def test_each_entry_of_rss_is_a_report_with_the_feed_as_its_publisher(tmp_path: Path) -> None:
    first, second = entries(tmp_path, RSS)
    assert (first.id, first.url, first.address) == (
        "tag:courier,1", "https://courier.example/1", "https://courier.example/1",
    )  # fmt: skip
    assert (first.title, first.publisher, first.language) == (
        "Envoys meet", "The Bergen & Fjord Courier", "en-gb",
    )  # fmt: skip
    assert first.published == "Fri, 21 Jan 2022 23:30:00 -0500"
    assert second.id == "https://courier.example/2"
    assert first.origin.endswith("feed:1")


def test_full_content_counts_before_the_summary(tmp_path: Path) -> None:
    first, second = entries(tmp_path, RSS)
    assert text_of(first) == [
        ("headline", "Envoys meet"),
        ("paragraph", "Envoys of Norway and Chile met in Bergen."),
        ("paragraph", "They agreed."),
    ]
    assert text_of(second)[1:] == [("paragraph", SUMMARY)]


def test_the_stated_day_is_the_day_at_the_outlet_not_in_utc(tmp_path: Path) -> None:
    witnesses = to_document(entries(tmp_path, RSS)[0]).witnesses
    assert [(w.kind, w.edtf) for w in witnesses] == [(WitnessKind.STATED, "2022-01-21")]
    assert "Fri, 21 Jan 2022 23:30:00 -0500" in witnesses[0].note
    atom = to_document(entries(tmp_path, ATOM)[0]).witnesses
    assert [(w.kind, w.edtf) for w in atom] == [(WitnessKind.STATED, "2022-01-21")]


def test_atom_is_read_and_an_entry_with_no_day_but_that_of_its_update_says_so(tmp_path: Path) -> None:
    first, second = entries(tmp_path, ATOM)
    assert (first.id, first.title, first.publisher) == ("urn:wire:1", "Envoys meet", "Fjord Wire")
    assert text_of(first)[1:] == [("paragraph", SUMMARY)]
    assert first.notes == ()
    assert second.published == "2022-01-22T09:00:00Z"
    assert "last updated" in second.notes[0]


def test_rss_1_is_read(tmp_path: Path) -> None:
    (report,) = entries(tmp_path, RDF)
    assert (report.published, report.publisher, report.notes) == ("2022-01-21", "Old Wire", ())


def test_json_feed_is_read(tmp_path: Path) -> None:
    first, second = entries(tmp_path, json.dumps(JSON_FEED))
    assert (first.id, first.media, first.published) == ("1", Media.FRAGMENT, "2022-01-21T10:00:00+01:00")
    assert text_of(first) == [("headline", "Envoys meet"), ("paragraph", SUMMARY)]
    assert (second.id, second.media, second.content) == ("b", Media.TEXT, f"{SUMMARY}\n\nMore follows.")
    assert second.address.endswith("feed#b")
    assert "last modified" in second.notes[0]


@pytest.mark.parametrize("name", ["x.xml", "x.rss", "x.txt", "x.html", "x.json", "x.xml.gz"])
@pytest.mark.parametrize("content", [RSS, ATOM, RDF, json.dumps(JSON_FEED), json.dumps(JSON_FEED, indent=1)])
def test_a_feed_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str, content: str) -> None:
    data = content.encode()
    rows = entries(tmp_path, gzip.compress(data) if name.endswith("gz") else data, name)
    assert all(SUMMARY in row.content or "Bergen" in row.content for row in rows)
    assert rows[0].title == "Envoys meet"


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><rss></rss><p>Envoys met in Bergen.</p></body></html>",
        "<!doctype html><html><head><title>rss</title></head><body><p>A page.</p></body></html>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
        "The <rss> tag opens a feed.",
        '{"version": "1", "text": "Envoys met in Bergen."}',
    ],
)
def test_what_only_speaks_of_feeds_is_none(tmp_path: Path, content: str) -> None:
    (report,) = entries(tmp_path, content)
    assert report.media in {Media.HTML, Media.TEXT, Media.RECORD}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1251", "koi8-r"])
def test_feeds_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Послы Норвегии и Чили встретились в Бергене в пятницу. Они договорились встретиться снова."
    declared = "utf-8" if encoding.startswith("utf-8") else encoding
    feed = RSS.replace(SUMMARY, text).replace('encoding="utf-8"', f'encoding="{declared}"')
    feed = feed.replace("<rss", f"<!-- {text} -->\n<rss").replace("&nbsp;", " ")
    assert entries(tmp_path, feed.encode(encoding))[1].content == text


def test_an_entry_without_text_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    feed = RSS.replace(
        f"<description>{SUMMARY}</description>", "<description><![CDATA[<img src='a'>]]></description>"
    )
    rows = read(tmp_path, feed)
    assert [type(row) for row in rows] == [Fetched, IntakeError]
    assert "'Talks go on' has no text" in fault(rows).message
    assert fault(rows).where.endswith("feed:2")


def test_a_cut_feed_gives_what_it_holds_and_a_word_on_the_rest(tmp_path: Path) -> None:
    first, cut, last = read(tmp_path, RSS[: RSS.index("They will meet")])
    assert isinstance(first, Fetched)
    assert first.id == "tag:courier,1"
    assert isinstance(cut, IntakeError)
    assert "'Talks go on' has no text" in cut.message
    assert isinstance(last, IntakeError)
    assert "damaged" in last.message
    assert "2 of 2" in last.message


def test_a_feed_with_a_fault_that_loses_nothing_is_read_with_a_note(tmp_path: Path) -> None:
    first, second = entries(tmp_path, RSS.replace("Bergen &amp; Fjord", "Bergen & Fjord"))
    assert first.publisher == "The Bergen & Fjord Courier"
    assert "no well-formed XML" in second.notes[0]


def test_entities_of_html_are_no_fault(tmp_path: Path) -> None:
    first, _ = entries(tmp_path, RSS.replace("Bergen &amp; Fjord", "Bergen &eacute;&hellip;"))
    assert (first.publisher, first.notes) == ("The Bergen é… Courier", ())


def test_a_cut_json_feed_gives_what_it_holds_and_a_word_on_the_rest(tmp_path: Path) -> None:
    content = json.dumps(JSON_FEED)
    rows = read(tmp_path, content[: content.index('"b"')])
    assert [row.id for row in rows if isinstance(row, Fetched)] == ["1"]
    assert "does not parse" in fault(rows).message
    assert "1 entries before" in fault(rows).message


def test_a_feed_without_entries_is_named(tmp_path: Path) -> None:
    assert "no entries" in fault(read(tmp_path, "<rss><channel></channel></rss>")).message
    assert "no entries" in fault(read(tmp_path, json.dumps({**JSON_FEED, "items": []}))).message
    assert "no entries" in fault(read(tmp_path, json.dumps({**JSON_FEED, "items": 3}))).message


def test_a_report_of_a_feed_is_held_to_the_limit(tmp_path: Path) -> None:
    rows = read(tmp_path, RSS.replace(SUMMARY, SUMMARY * 20), max_characters=1000)
    assert "--max-chars" in fault(rows).message


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize("gap", ["", "\n"])
def test_entities_that_grow_do_not_grow(tmp_path: Path, gap: str) -> None:
    entities = f'<!ENTITY l0 "ha">{LAUGHS}'.replace("<!ENTITY", f"{gap}<!ENTITY")
    bomb = f'<?xml version="1.0"?>{gap}<!DOCTYPE x [{entities}{gap}]>'
    feed = RSS[RSS.index("<rss") :].replace(SUMMARY, f"&l11; {SUMMARY}")
    started = time.perf_counter()
    rows = read(tmp_path, bomb + feed)
    assert time.perf_counter() - started < 5
    assert all(len(row.content) < 1000 for row in rows if isinstance(row, Fetched))
    assert [row.id for row in rows if isinstance(row, Fetched)][1] == "https://courier.example/2"


def test_no_file_and_no_host_is_asked_for_an_entity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("HIDDEN", encoding="utf-8")

    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    head = (
        f'<!DOCTYPE rss PUBLIC "x" "http://127.0.0.1/x.dtd" [<!ENTITY a SYSTEM "file://{tmp_path}/secret">'
        '<!ENTITY b SYSTEM "http://127.0.0.1/x"><!ENTITY % c SYSTEM "http://127.0.0.1/y"> %c;]>'
    )
    feed = RSS[RSS.index("<rss") :].replace(SUMMARY, f"&a; &b; {SUMMARY}")
    rows = read(tmp_path, head + feed)
    assert len([row for row in rows if isinstance(row, Fetched)]) == 2
    assert not any("HIDDEN" in row.content for row in rows if isinstance(row, Fetched))


def test_a_feed_that_is_the_name_of_a_file_is_not_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "<rss>").write_text(RSS, encoding="utf-8")
    assert "no entry" in fault(read(tmp_path, "<rss>")).message


@pytest.mark.parametrize(
    "piece",
    ["<", "<![CDATA[", "<!DOCTYPE x [", "<!--", "<a b='", "<item>&lt;", "<description>", "\n<!ENTITY a"],
)
@pytest.mark.parametrize("before", [True, False])
def test_time_grows_with_the_feed_and_no_faster(tmp_path: Path, piece: str, *, before: bool) -> None:
    many = piece * (400_000 // len(piece))
    content = f"{many}<rss>" if before else f"<rss><channel><item>{many}"
    started = time.perf_counter()
    assert read(tmp_path, content, "feed.xml")
    assert time.perf_counter() - started < 15  # 2 s measured; what grows with the square takes minutes


def test_the_bytes_of_an_entry_hold_what_it_says_and_not_how_often_it_was_read(tmp_path: Path) -> None:
    first = entries(tmp_path, RSS)[1].original
    counted = RSS.replace("<description>Envoys", "<comments>512</comments><description>Envoys")
    assert entries(tmp_path, counted)[1].original == first
    assert entries(tmp_path, RSS.replace("in May", "in June"))[1].original != first
    assert json.loads(first)["text"] == SUMMARY


def test_two_entries_with_one_link_are_two_reports(tmp_path: Path) -> None:
    feed = ATOM.replace("https://wire.example/2", "https://wire.example/1")
    assert [row.address for row in entries(tmp_path, feed)] == [
        "https://wire.example/1",
        "https://wire.example/1#urn:wire:2",
    ]


# --- following the links --------------------------------------------------------------------------------

PAGE = (
    f"<html><body><h1>Envoys meet at length</h1><article><p>{SUMMARY}</p><p>{SUMMARY} So it is.</p></article>"
    "</body></html>"
)


def test_links_are_not_fetched_unless_asked_for(tmp_path: Path) -> None:
    def never(url: str) -> Answer:
        raise AssertionError(url)

    assert len(read(tmp_path, RSS, fetch=never)) == 2


def test_followed_links_bring_the_page_under_the_entrys_name_and_day(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        if url.endswith("2"):
            raise IntakeError("answers with status 404", where=url)
        return Answer(url, f"{url}?x", PAGE.encode(), "answer.html", None, "2022-02-01")

    first, problem, second = read(tmp_path, RSS, fetch=fetch, policy=Policy(follow=True))
    assert asked == ["https://courier.example/1", "https://courier.example/2"]
    assert isinstance(first, Fetched)
    assert (first.id, first.media, first.original) == ("tag:courier,1", Media.HTML, PAGE.encode())
    assert first.address == "https://courier.example/1"
    document = to_document(first)
    assert document.publisher == "The Bergen & Fjord Courier"
    assert (WitnessKind.STATED, "2022-01-21") in {(w.kind, w.edtf) for w in document.witnesses}
    assert (WitnessKind.PAGE, "../2022-02-01") in {(w.kind, w.edtf) for w in document.witnesses}
    assert isinstance(problem, IntakeError)
    assert "status 404; the entry is read as the feed has it" in problem.message
    assert isinstance(second, Fetched)
    assert second.content == SUMMARY


def test_an_entry_without_text_is_followed_too(tmp_path: Path) -> None:
    def fetch(url: str) -> Answer:
        if url.endswith("1"):
            raise IntakeError("answers with status 404", where=url)
        return Answer(url, url, PAGE.encode(), "answer.html")

    bare = RSS.replace(f"<description>{SUMMARY}</description>", "")
    bare = bare[: bare.index("<description>")] + bare[bare.index("</content:encoded>") + 18 :]
    problem, page = read(tmp_path, bare, fetch=fetch, policy=Policy(follow=True))
    assert isinstance(problem, IntakeError)
    assert "status 404; the entry has no text of its own" in problem.message
    assert isinstance(page, Fetched)
    assert (page.id, page.content) == ("https://courier.example/2", PAGE)
    assert len(read(tmp_path, bare)) == 2


def test_a_feed_that_links_to_itself_ends(tmp_path: Path) -> None:
    def fetch(url: str) -> Answer:
        return Answer(url, url, RSS.encode(), "answer.xml")

    rows = read(tmp_path, RSS, fetch=fetch, policy=Policy(follow=True))
    assert len([row for row in rows if isinstance(row, Fetched)]) == 2
