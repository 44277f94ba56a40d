"""Words that lost the blank between them."""

from __future__ import annotations

from dragoman.data import read_words

# Function words that stand first or last in a fused pair. Left out are those that build real compounds
# ("over", "after", "under", "up", "for-" as in "forgive").
_LONG_LAST = frozenset(
    "that the and with from which this these those was were has have had would will could should "
    "they their there been into because while when where what his its said for are but not who than also "
    "before between during against our your".split()
)
_LONG_FIRST = frozenset(
    "that the and with from which this these those was were has have had would could should they their "
    "been into because while his its said are but than also between during against our your not".split()
)
_SHORT_LAST = frozenset("of to in on at by is as".split())
_SHORT_FIRST = frozenset("of to we is".split())
_LEAST_BESIDE_LONG, _LEAST_BESIDE_SHORT = 4, 5  # letters of the other word
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "like")
_SHORTEST, _LONGEST = 7, 40  # letters of a fused word


def split_fused(word: str, frequent: frozenset[str]) -> tuple[str, str] | None:
    """The frequent word and the function word that ``word`` could be made of, long function words first."""
    cuts = [(word[:i], word[i:]) for i in range(2, len(word) - 1)]
    for first, last in cuts:
        if last in _LONG_LAST and first in frequent and len(first) >= _LEAST_BESIDE_LONG:
            return first, last
        if first in _LONG_FIRST and last in frequent and len(last) >= _LEAST_BESIDE_LONG:
            return first, last
    for first, last in cuts:
        if last in _SHORT_LAST and first in frequent and len(first) >= _LEAST_BESIDE_SHORT:
            return first, last
        if first in _SHORT_FIRST and last in frequent and len(last) >= _LEAST_BESIDE_SHORT:
            return first, last
    return None


def fused_words(word: str) -> tuple[str, str] | None:
    """
    The two words that a lower-case word was made of by losing the blank between them, or None.

    One of the two must be a function word, the other a frequent one, and no dictionary may know the
    whole, bare or under an ending.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return None
    pair = split_fused(word, read_words("text", "frequent_words.txt"))
    if not pair:
        return None
    known, frequent = read_words("text", "compounds.txt"), read_words("text", "frequent_words.txt")
    if word in known or word in frequent:
        return None
    stems = {word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)}
    return None if (stems | {f"{stem}e" for stem in stems}) & known else pair
