"""Whatever the bytes, every source gives at least one value, and a report's text can be stored."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import IntakeError
from dragoman.intake import Fetched, read_sources
from dragoman.intake.decode import clean

NAMES = st.sampled_from(
    ["x.txt", "x.html", "x.jsonl", "x.json", "x", "x.jsonl.gz", "x.xz", "x.warc", "x.warc.gz", "x.xml"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "title", "url", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


def check(rows: list[Fetched | IntakeError]) -> None:
    assert rows
    for row in rows:
        if isinstance(row, Fetched):
            assert row.id
            assert row.content.strip()
            assert "\r" not in row.content
            assert "\0" not in row.content
            row.content.encode()
        else:
            assert row.where
            assert row.message
            str(row).encode()
    ids = [row.id for row in rows if isinstance(row, Fetched)]
    assert len(ids) == len(set(ids))


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400), name=NAMES)
def test_any_bytes_under_any_name(content: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        check(list(read_sources([path])))


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(JSON, min_size=1, max_size=5), junk=st.binary(max_size=40), at=st.integers(0, 400))
def test_any_json_lines_with_junk_in_them(rows: list[object], junk: bytes, at: int) -> None:
    content = b"\n".join(json.dumps(row).encode() for row in rows)
    damaged = content[:at] + junk + content[at:]
    check(list(read_sources(["-"], stdin=io.BytesIO(content))))
    check(list(read_sources(["-"], stdin=io.BytesIO(damaged))))


SENTENCE = "Envoys of Norway and Chile met in Bergen."


def feed(count: int) -> bytes:
    items = "".join(
        f"<item><guid>n{i}</guid><description>&lt;p&gt;{SENTENCE} {i}&lt;/p&gt;</description></item>"
        for i in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def json_feed(count: int) -> bytes:
    items = [{"id": f"n{i}", "content_text": f"{SENTENCE} {i}"} for i in range(count)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def members(count: int) -> list[bytes]:
    """The records of an archive, each with a page."""
    found = []
    for i in range(count):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{SENTENCE} {i}</p>".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/{i}\r\n"
            "WARC-Date: 2022-01-23T10:00:00Z\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        found.append(head.encode() + block + b"\r\n\r\n")
    return found


def archive(count: int) -> bytes:
    return b"".join(members(count))


def packed_archive(count: int) -> bytes:
    return b"".join(gzip.compress(one) for one in members(count))


def damaged(content: bytes, at: float, cut: int, junk: bytes) -> bytes:
    start = int(at * len(content))
    return content[:start] + junk + content[start + cut :]


PAGE_OF_ARCHIVE = re.compile(
    rb"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://[^\r]*\r\nWARC-Date: [^\r]*\r\n"
    rb"Content-Type: application/http\r\nContent-Length: \d+\r\n\r\n"
    rb"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
)
# How many entries a reader still sees in damaged bytes; of packed ones each must come out or be told.
SHOWN: dict[Callable[[int], bytes], Callable[[bytes], int]] = {
    feed: lambda content: max(content.count(b"<item>"), content.count(b"</item>")),
    json_feed: lambda content: content.count(b'{"id"'),
    archive: lambda content: len(PAGE_OF_ARCHIVE.findall(content)),
    packed_archive: lambda _: 6,
}
MADE = st.sampled_from([feed, json_feed, archive, packed_archive])


@settings(max_examples=150, deadline=None)
@given(make=MADE, content=st.binary(max_size=300))
def test_any_bytes_after_the_beginning_of_a_feed_or_an_archive(
    make: Callable[[int], bytes], content: bytes
) -> None:
    for start in (make(0)[:12], make(1)[:60], make(1)):
        check(list(read_sources(["-"], stdin=io.BytesIO(start + content))))


@settings(max_examples=300, deadline=None)
@given(make=MADE, at=st.floats(0, 1), cut=st.integers(0, 40), junk=st.binary(max_size=20))
def test_damage_never_loses_an_entry_without_a_word(
    make: Callable[[int], bytes], at: float, cut: int, junk: bytes
) -> None:
    content = damaged(make(6), at, cut, junk)
    rows = list(read_sources(["-"], stdin=io.BytesIO(content)))
    check(rows)
    unknown = isinstance(rows[0], Fetched) and rows[0].id == "stdin"  # then all of it is one text
    if not unknown and not any(isinstance(row, IntakeError) for row in rows):
        assert len(rows) >= SHOWN[make](content)


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 5), junk=st.binary(min_size=1, max_size=200), spot=st.floats(0.1, 0.9))
def test_a_damaged_member_of_an_archive_costs_no_other_one(at: int, junk: bytes, spot: float) -> None:
    parts = [gzip.compress(one) for one in members(6)]
    place = int(spot * len(parts[at]))
    parts[at] = parts[at][:place] + junk + parts[at][place + len(junk) :]
    rows = list(read_sources(["-"], stdin=io.BytesIO(b"".join(parts))))
    read = {row.url for row in rows if isinstance(row, Fetched)}
    if at > 0 or len(read) > 1:  # a first member that cannot be unpacked tells nobody that this is an archive
        assert read >= {f"http://x.example/{i}" for i in range(6) if i != at}
    check(rows)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_cleaned_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert all(sign in {"\n", "\t"} or sign.isprintable() or ord(sign) > 0x9F for sign in cleaned)
