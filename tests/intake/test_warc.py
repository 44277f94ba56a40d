"""Web archives: pages are reports, damage costs the record that it hits."""

from __future__ import annotations

import gzip
import io
import logging
import lzma
import zlib
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import IntakeError
from dragoman.intake import Fetched, Media, read_sources
from dragoman.model import WitnessKind
from dragoman.text import to_document

SENTENCE = "Envoys of Norway and Chile met in Bergen on Friday, and they will meet again in May."


def page(number: int = 1) -> bytes:
    return f"<html><body><h1>Report {number}</h1><p>{SENTENCE}</p></body></html>".encode()


def answer(body: bytes, headers: str = "Content-Type: text/html", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


def record(
    block: bytes,
    uri: str = "https://courier.example/1",
    kind: str = "response",
    more: str = "",
    length: int | None = None,
) -> bytes:
    content = "application/http" if kind in {"response", "request", "revisit"} else "text/plain"
    if "Content-Type" not in more:
        more = f"Content-Type: {content}\r\n{more}"
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2022-01-23T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:{kind}:{uri}>\r\n{more}Content-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def numbered(count: int, **options: Any) -> list[bytes]:
    return [record(answer(page(i)), f"https://courier.example/{i}", **options) for i in range(1, count + 1)]


def read(
    tmp_path: Path, content: bytes, name: str = "crawl.warc", **options: Any
) -> list[Fetched | IntakeError]:
    (tmp_path / name).write_bytes(content)
    return list(read_sources([tmp_path / name], **options))


def urls(rows: list[Fetched | IntakeError]) -> list[str]:
    return [(row.url or "").rpartition("/")[2] for row in rows if isinstance(row, Fetched)]


def faults(rows: list[Fetched | IntakeError]) -> list[str]:
    return [str(row) for row in rows if isinstance(row, IntakeError)]


PACKS = {
    "crawl.warc": b"".join,
    "crawl.warc.gz": lambda records: b"".join(gzip.compress(one) for one in records),
    "whole.warc.gz": lambda records: gzip.compress(b"".join(records)),
    "crawl.warc.xz": lambda records: lzma.compress(b"".join(records)),
    "download": lambda records: b"".join(gzip.compress(one) for one in records),
}


@pytest.mark.parametrize("name", PACKS)
def test_each_page_is_a_report_with_its_address_and_no_day_but_a_bound(tmp_path: Path, name: str) -> None:
    rows = read(tmp_path, PACKS[name](numbered(3)), name)  # type: ignore[operator]
    assert urls(rows) == ["1", "2", "3"]
    first = rows[0]
    assert isinstance(first, Fetched)
    assert (first.id, first.address, first.media) == (first.url, first.url, Media.HTML)
    assert first.original == page(1)
    assert (first.published, first.seen) == (None, "2022-01-23")
    witnesses = to_document(first).witnesses
    assert [(w.kind, w.edtf) for w in witnesses] == [(WitnessKind.PAGE, "../2022-01-23")]


def test_a_pipe_is_read_as_a_file_is() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.inner = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            return self.inner.readinto(buffer[:1000])

    for name in ("crawl.warc", "crawl.warc.gz"):
        data = PACKS[name](numbered(3))  # type: ignore[operator]
        assert urls(list(read_sources(["-"], stdin=io.BufferedReader(Pipe(data))))) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page()), "Content-Type: text/html\r\nContent-Encoding: gzip"),
        (zlib.compress(page()), "Content-Type: text/html\r\nContent-Encoding: deflate"),
        (
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(page()), page()),
            "Content-Type: text/html\r\nTransfer-Encoding: chunked",
        ),
    ],
)
def test_codings_are_undone(tmp_path: Path, body: bytes, headers: str) -> None:
    (row,) = read(tmp_path, record(answer(body, headers)))
    assert isinstance(row, Fetched)
    assert row.original == page()


def test_the_charset_of_the_header_counts_before_that_of_the_page(tmp_path: Path) -> None:
    text = "Послы Норвегии и Чили встретились в Бергене."
    body = f'<html><head><meta charset="iso-8859-5"></head><body><p>{text}</p></body></html>'.encode("cp1251")
    (row,) = read(tmp_path, record(answer(body, "Content-Type: text/html; charset=windows-1251")))
    assert isinstance(row, Fetched)
    assert text in row.content


def test_texts_conversions_and_resources_count_and_the_rest_is_passed_over_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    records = [
        record(b"software: x", "", "warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(answer(SENTENCE.encode(), "Content-Type: text/plain"), "https://c.example/text"),
        record(SENTENCE.encode(), "https://c.example/wet", "conversion"),
        record(page(), "https://c.example/saved", "resource", "Content-Type: text/html\r\n"),
        record(answer(b"\x89PNG", "Content-Type: image/png"), "https://c.example/x.png"),
        record(answer(page(), status="404 Not Found"), "https://c.example/none"),
        record(answer(b"User-agent: *", "Content-Type: text/plain"), "https://c.example/robots.txt"),
        record(b"a: b", kind="metadata"),
        record(b"wget -r", "metadata://gnu.org/software/wget/warc/arguments", "resource"),
    ]
    rows = read(tmp_path, b"".join(records))
    assert urls(rows) == ["text", "wet", "saved"]
    assert faults(rows) == []
    for told in ("1 request", "1 image/png", "1 metadata", "1 answer without a page", "1 warcinfo"):
        assert told in caplog.text


def test_an_archive_without_a_page_says_what_it_holds(tmp_path: Path) -> None:
    rows = read(tmp_path, record(b"a: b", kind="metadata"))
    assert "no page or text; in it: 1 metadata" in faults(rows)[0]


@pytest.mark.parametrize("packed", [False, True])
def test_damaged_records_are_named_by_offset_and_the_rest_is_read(tmp_path: Path, *, packed: bool) -> None:
    good = numbered(5)
    bad = [
        good[0],
        record(answer(page(), "Content-Encoding: gzip\r\nContent-Type: text/html")),
        good[1],
        record(b"no answer at all"),
        good[2],
        record(answer(page()), length=10),
        good[3],
        good[4],
    ]
    packs = [gzip.compress(one) if packed else one for one in bad]
    rows = read(tmp_path, b"".join(packs), "crawl.warc.gz" if packed else "crawl.warc")
    assert urls(rows) == ["1", "2", "3", "4", "5"]
    offsets = [sum(map(len, packs[:i])) for i in (1, 3, 5)]
    assert [int(fault.partition("crawl.warc")[2].split(":")[1]) for fault in faults(rows)] == offsets
    assert all("damaged" in fault for fault in faults(rows))


def test_a_length_that_leads_into_the_next_record_takes_that_one_not_along(tmp_path: Path) -> None:
    one, two, three = numbered(3)
    long = record(answer(page()), "https://courier.example/bad", length=len(answer(page())) + 300)
    rows = read(tmp_path, one + long + two + three)
    assert urls(rows) == ["1", "2", "3"]
    assert len(faults(rows)) == 1


def test_junk_between_records_is_told(tmp_path: Path) -> None:
    one, two = numbered(2)
    rows = read(tmp_path, one + b"junk of some kind" + b"\r\n\r\n" + two)
    assert urls(rows) == ["1", "2"]
    assert "belong to no record" in faults(rows)[0]


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    members = [gzip.compress(one) for one in numbered(5)]
    for bad in (0, 2, 4):
        for broken in (
            members[bad][:-20],
            members[bad][:60] + b"\xff" * 40 + members[bad][100:],
            b"junk\0" * 9,
        ):
            if broken.startswith(b"junk") and not bad:
                continue  # nothing tells that such a file is an archive
            packed = b"".join([*members[:bad], broken, *members[bad + 1 :]])
            rows = read(tmp_path, packed, "crawl.warc.gz")
            assert urls(rows) == [str(i + 1) for i in range(5) if i != bad], (bad, broken[:10])
            assert len(faults(rows)) == 1
            assert f"crawl.warc.gz:{sum(map(len, members[:bad]))}" in faults(rows)[0]


def test_a_cut_archive_gives_what_it_holds(tmp_path: Path) -> None:
    for name in ("crawl.warc", "crawl.warc.gz"):
        rows = read(tmp_path, PACKS[name](numbered(3))[:-40], name)  # type: ignore[operator]
        assert urls(rows) == ["1", "2"]
        assert len(faults(rows)) == 1


def test_a_record_over_the_limit_is_passed_over_and_only_told_where_it_is_a_page(tmp_path: Path) -> None:
    big = b"<p>x</p>" * 400_000
    records = [
        record(answer(big), "https://c.example/big"),
        record(answer(big, "Content-Type: video/mp4"), "https://c.example/film"),
        *numbered(1),
    ]
    for pack in ("crawl.warc", "crawl.warc.gz"):
        rows = read(tmp_path, PACKS[pack](records), pack, max_characters=1000)  # type: ignore[operator]
        assert urls(rows) == ["1"]
        assert len(faults(rows)) == 1
        assert "--max-chars" in faults(rows)[0]


def test_records_that_unpack_without_end_are_given_up(tmp_path: Path) -> None:
    bomb = gzip.compress(record(answer(b" " * (200 << 20))), compresslevel=9)
    rows = read(tmp_path, bomb + gzip.compress(numbered(1)[0]), "crawl.warc.gz", max_characters=10_000_000)
    assert urls(rows) == ["1"]
    assert "unpack to more than" in faults(rows)[0]
    inner = gzip.compress(b" " * (200 << 20), compresslevel=9)
    coded = record(answer(inner, "Content-Type: text/html\r\nContent-Encoding: gzip"))
    rows = read(tmp_path, coded + numbered(1)[0])
    assert urls(rows) == ["1"]
    assert "--max-chars" in faults(rows)[0]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_page_found_again_is_a_report_only_under_another_address(tmp_path: Path, name: str) -> None:
    original = record(answer(page()), "https://courier.example/1")
    refers = "WARC-Refers-To: <urn:response:https://courier.example/1>\r\n"
    digest = "WARC-Payload-Digest: sha1:UNKNOWN\r\n"
    records = [
        record(answer(b""), "https://courier.example/copy", "revisit", refers),
        original,
        record(answer(b""), "https://courier.example/1", "revisit", refers),
        record(answer(b""), "https://courier.example/lost", "revisit", digest),
    ]
    rows = read(tmp_path, PACKS[name](records), name)  # type: ignore[operator]
    assert urls(rows) == ["1", "copy"]
    assert isinstance(rows[1], Fetched)
    assert rows[1].original == page()
    assert "1 records repeat pages that are not in this file" in faults(rows)[0]


def test_two_captures_of_one_address_are_versions_of_one_report(tmp_path: Path) -> None:
    rows = read(tmp_path, record(answer(page(1))) + record(answer(page(2))))
    assert [row.address for row in rows if isinstance(row, Fetched)] == ["https://courier.example/1"] * 2
    assert len({row.id for row in rows if isinstance(row, Fetched)}) == 2
