"""Whatever the bytes, every source gives at least one value, and a report's text can be stored."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import IntakeError
from dragoman.intake import Fetched, read_sources
from dragoman.intake.decode import clean

NAMES = st.sampled_from(["x.txt", "x.html", "x.jsonl", "x.json", "x", "x.jsonl.gz", "x.xz"])
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


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_cleaned_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert all(sign in {"\n", "\t"} or sign.isprintable() or ord(sign) > 0x9F for sign in cleaned)
