"""Word pieces and shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.network import FOLDER
from dragoman.language.pieces import MAX_PIECES, SHAPES, WordPieces, shape_of

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "talk",
    "##s",
    "un",
    "##til",
    ".",
    "u",
    "s",
    "'",
    "e",
    "-",
]


@pytest.fixture(scope="module")
def small() -> WordPieces:
    return WordPieces(PIECES)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("talks", ["talk", "##s"]),
        ("TALKS", ["talk", "##s"]),
        ("Untils", ["un", "##til", "##s"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("é", ["e"]),
        ("’s", ["'", "s"]),
        ("zebra", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_pieces_of_words(small: WordPieces, word: str, pieces: list[str]) -> None:
    assert [PIECES[number] for number in small.of(word)] == pieces


@given(st.text(min_size=1))
def test_every_word_has_a_few_pieces(word: str) -> None:
    pieces = WordPieces(PIECES)
    assert 1 <= len(pieces.of(word)) <= MAX_PIECES
    assert pieces.of(word) == pieces.of(word)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"), ("Talks", "title"), ("NATO", "upper"), ("I", "letter"), ("McCain", "mixed"),
        ("2022", "digits"), ("3.5", "digits"), ("G8", "alphanumeric"), ("U.S.", "dotted"), ("a.m.", "lower"),
        (",", "punctuation"), ("Jean-Marie", "other"), ("n't", "lower"),
    ],
)  # fmt: skip
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word, spaced=True)] == shape


def test_punctuation_knows_its_side() -> None:
    assert SHAPES[shape_of('"', spaced=False)] == "glued"
    assert shape_of("talks", spaced=False) == shape_of("talks", spaced=True)


def test_the_vocabulary_is_whole() -> None:
    shipped = WordPieces.from_file(FOLDER / "vocab.txt")
    assert len(shipped.of("negotiations")) == 1
