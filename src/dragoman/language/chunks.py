"""Where a text may be cut for the encoder: after certain ends of sentences, within a bounded window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Word pieces per pass of the encoder: enough for context across sentences, cheap in attention.
TARGET_PIECES = 120
# A sentence with no certain end in sight is cut here; longer windows cost more and parse no better.
MAX_PIECES = 200

_FINAL = frozenset({".", "!", "?", ".."})
# Straight quotes are in neither: they may close the sentence before or open the next.
_CLOSING = frozenset({"”", "’", "''", ")", "]", "»"})
_OPENING = frozenset({"“", "‘", "``", "(", "[", "«"})
# Words whose full stop may stand apart and ends nothing; the tokenizer keeps most with their dot.
_ABBREVIATED = frozenset(
    {
        "gen", "sen", "rep", "gov", "lt", "col", "maj", "capt", "sgt", "adm", "mr", "mrs", "ms", "dr", "prof",
        "st", "no", "nos", "vs", "jr", "sr", "co", "inc", "ltd", "corp", "dept", "fig", "vol", "pp", "p",
        "art", "hon", "rev", "amb", "pres", "u.s", "u.n", "u.k", "e.u",
    }
)  # fmt: skip


def certain_end(words: Sequence[str], i: int) -> bool:
    """
    Whether a sentence surely ends after word ``i``.

    True after a full stop, exclamation or question mark (and the quotes or brackets that close after
    it) before a capital, unless the word before is an abbreviation or an initial. Misses many ends
    on purpose: the sentence head of the network finds the others.
    """
    if i + 1 >= len(words):
        return True
    if not _opens_sentence(words, i + 1):
        return False
    last = i
    while last >= 0 and i - last < 3 and words[last] in _CLOSING:
        last -= 1
    if last < 1 or words[last] not in _FINAL:
        return False
    before = words[last - 1]
    return len(before) > 1 and before.lower() not in _ABBREVIATED


def _opens_sentence(words: Sequence[str], i: int) -> bool:
    word = words[i]
    if word in _OPENING and i + 1 < len(words):
        word = words[i + 1]
    return word[0].isupper()


@dataclass(frozen=True, slots=True)
class Chunk:
    """
    Words that pass the encoder together.

    Attributes:
        start, end: indices of the words, end exclusive.
        breaks: indices of the words before which a block of the report begins.
    """

    start: int
    end: int
    breaks: tuple[int, ...]


def cut_chunks(words: Sequence[str], sizes: Sequence[int], breaks: Sequence[int]) -> list[Chunk]:
    """
    All words in chunks of about ``TARGET_PIECES`` word pieces, one pass, in order.

    Chunks end at blocks or certain ends of sentences; only where none comes within ``MAX_PIECES``
    the cut is blunt.

    Args:
        words: the words of the report's body.
        sizes: word pieces of each.
        breaks: indices of words that begin a block, ascending; the first is 0.
    """
    chunks: list[Chunk] = []
    begins = frozenset(breaks)
    start, size, last_end, size_at_end = 0, 0, 0, 0
    inside: list[int] = []
    for i in range(len(words)):
        if i > start and (i in begins or certain_end(words, i - 1)):
            last_end, size_at_end = i, size
        if i > start and size + sizes[i] > (TARGET_PIECES if last_end > start else MAX_PIECES):
            cut = last_end if last_end > start else i
            chunks.append(Chunk(start, cut, tuple(b for b in inside if b < cut)))
            inside = [b for b in inside if b > cut]
            size = size - size_at_end if cut == last_end else 0
            start, last_end, size_at_end = cut, cut, 0
            if cut < i:  # an end may stand between the cut and here
                last_end, size_at_end = _last_end(words, sizes, begins, cut, i)
        if i > start and i in begins:
            inside.append(i)
        size += sizes[i]
    if words:
        chunks.append(Chunk(start, len(words), tuple(inside)))
    return chunks


def _last_end(
    words: Sequence[str], sizes: Sequence[int], begins: frozenset[int], start: int, stop: int
) -> tuple[int, int]:
    last, size, size_at_last = start, 0, 0
    for i in range(start, stop + 1):
        if i > start and (i in begins or certain_end(words, i - 1)):
            last, size_at_last = i, size
        if i < stop:
            size += sizes[i]
    return last, size_at_last
