"""Chunks: every word in exactly one, bounded, cut at certain ends of sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.chunks import MAX_PIECES, TARGET_PIECES, certain_end, cut_chunks

WORDS = st.sampled_from(
    ["The", "talks", "ended", ".", "Mr.", "Gen", '"', "U.S.", "and", "J", "?", "Moscow", ")"]
)


@given(
    st.lists(st.tuples(WORDS, st.integers(1, 8)), max_size=400),
    st.sets(st.integers(1, 399), max_size=20),
)
def test_chunks_cover_all_words_within_the_window(rows: list[tuple[str, int]], breaks: set[int]) -> None:
    words, sizes = [word for word, _ in rows], [size for _, size in rows]
    begins = [0, *sorted(b for b in breaks if b < len(words))] if words else []
    chunks = cut_chunks(words, sizes, begins)
    assert [i for chunk in chunks for i in range(chunk.start, chunk.end)] == list(range(len(words)))
    for chunk in chunks:
        assert sum(sizes[chunk.start : chunk.end]) <= MAX_PIECES
        assert list(chunk.breaks) == [b for b in begins if chunk.start < b < chunk.end]


def test_chunks_end_at_certain_ends() -> None:
    words = ["The", "talks", "have", "ended", "in", "Geneva", "."] * 40
    for chunk in cut_chunks(words, [1] * len(words), [0]):
        assert chunk.end - chunk.start <= TARGET_PIECES
        assert words[chunk.end - 1] == "."


@pytest.mark.parametrize(
    ("words", "i", "ends"),
    [
        (["They", "met", ".", "Talks", "went", "on"], 2, True),
        (["They", "met", ".", '"', "Talks"], 2, False),  # the quotation mark may close what was said
        (["They", "met", ".", '"', "Talks"], 3, False),  # or open what follows
        (["They", "met", ".", "“", "Talks"], 2, True),
        (["They", "met", ".", "”", "Talks"], 3, True),
        (["Gen", ".", "Smith"], 1, False),
        (["J", ".", "Smith"], 1, False),
        (["at", "3.5", "per", "cent"], 1, False),
        (["They", "met", ".", "and", "left"], 2, False),
        (["They", "met"], 1, True),
    ],
)
def test_certain_ends(words: list[str], i: int, ends: bool) -> None:
    assert certain_end(words, i) is ends


def test_a_text_without_ends_is_cut_in_linear_time() -> None:
    words = ["word"] * 200_000
    begun = time.perf_counter()
    chunks = cut_chunks(words, [1] * len(words), [0])
    assert time.perf_counter() - begun < 5
    assert all(chunk.end - chunk.start <= MAX_PIECES for chunk in chunks)
