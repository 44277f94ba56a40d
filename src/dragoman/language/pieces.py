"""Word pieces and word shapes: what the encoder sees of a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

START = "[CLS]"
BREAK = "[SEP]"
UNKNOWN = "[UNK]"
MASK = "[MASK]"

# More pieces say nothing new of a word; addresses and noise would fill the window otherwise.
MAX_PIECES = 8
# Longer words are noise (base64, fused pages): only this much of them is looked at.
MAX_CHARACTERS = 100

# The encoder is uncased: a shape stands beside each word so that "US" is not "us". The order is part
# of the trained model; append, never insert.
SHAPES = (
    "none", "lower", "title", "upper", "letter", "mixed", "digits", "alphanumeric", "punctuation",
    "dotted", "other", "glued",
)  # fmt: skip
_SHAPE = {name: number for number, name in enumerate(SHAPES)}


def shape_of(word: str, *, spaced: bool) -> int:
    """
    Number of the word's shape in ``SHAPES``.

    Args:
        word: the word.
        spaced: whether white space stands before it: tells opening quotes from closing ones.
    """
    name = _shape_name(word[:MAX_CHARACTERS])
    return _SHAPE["glued" if name == "punctuation" and not spaced else name]


def _shape_name(word: str) -> str:
    if word.isalpha():
        if word.islower():
            return "lower"
        if word.isupper():
            return "letter" if len(word) == 1 else "upper"
        return "title" if word[0].isupper() and word[1:].islower() else "mixed"
    if word.isdecimal():
        return "digits"
    if any(character.isdecimal() for character in word):
        return "alphanumeric" if any(character.isalpha() for character in word) else "digits"
    if not any(character.isalpha() for character in word):
        return "punctuation"
    if "." in word:
        return "dotted" if word[0].isupper() else "lower"
    if word.islower():
        return "lower"
    return "other"


# Treebanks write straight apostrophes, outlets often curly ones: "People’s Republic". Double quotes stay.
_STRAIGHT = str.maketrans("’‘", "''")


class WordPieces:
    """
    Split words into the pieces of an uncased WordPiece vocabulary.

    Greedy, longest first, as BERT does it: accents are dropped, punctuation stands alone. What a
    word gives is remembered, for reports repeat their words; the memory is bounded.

    Args:
        vocabulary: pieces in the order of their numbers, as in ``vocab.txt``.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.start = self._ids[START]
        self.stop = self._ids[BREAK]
        self.mask = self._ids[MASK]
        self._unknown = self._ids[UNKNOWN]
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def from_file(cls, path: Path) -> WordPieces:
        """The pieces of a ``vocab.txt``."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def of(self, word: str) -> tuple[int, ...]:
        """Numbers of the word's pieces: at least one, at most ``MAX_PIECES``."""
        found = self._known.get(word)
        if found is None:
            found = self._split(word)
            if len(self._known) > 100_000:
                self._known.clear()
            if len(word) <= MAX_CHARACTERS:
                self._known[word] = found
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFD", word[:MAX_CHARACTERS].lower().translate(_STRAIGHT))
        pieces: list[int] = []
        for run in _runs(character for character in plain if unicodedata.category(character) != "Mn"):
            pieces.extend(self._greedy(run))
            if len(pieces) >= MAX_PIECES:
                break
        return tuple(pieces[:MAX_PIECES]) or (self._unknown,)

    def _greedy(self, run: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(run):
            for end in range(len(run), start, -1):
                piece = self._ids.get(("##" if start else "") + run[start:end])
                if piece is not None:
                    break
            else:
                return [self._unknown]
            pieces.append(piece)
            start = end
        return pieces


def _runs(characters: Iterable[str]) -> list[str]:
    """Letters and digits together, every other character alone, white space and controls dropped."""
    runs: list[str] = []
    joined = False
    for character in characters:
        category = unicodedata.category(character)
        if character.isspace() or category in {"Cc", "Cf"}:
            joined = False
        elif category[0] in "PSC" or character in "^$`|~+<=>":
            runs.append(character)
            joined = False
        elif joined:
            runs[-1] += character
        else:
            runs.append(character)
            joined = True
    return runs
