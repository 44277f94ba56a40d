"""What stands around a name: its head, its preposition, the word that governs it."""

from __future__ import annotations

from dragoman.model import Parsed

_CORE = frozenset(
    {"nsubj", "obj", "obl", "nmod", "conj", "appos", "root", "iobj", "csubj", "parataxis", "dep", "vocative"}
)
_SKIPPED = frozenset({"DT", "JJ", "PRP$", "CD", "JJR", "JJS", "PDT", "NN", "RB"})
_SUBORDINATE = frozenset(
    {"if", "that", "because", "although", "though", "while", "whether", "unless", "so", "whereas", "lest"}
)
_BOTH_WAYS = frozenset({"after", "before", "since", "until", "as", "than", "once"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def head_of(parsed: Parsed, start: int, end: int) -> int:
    """
    The token of a name that the rest of the sentence attaches to.

    Where the parse has several, the one with an argument's relation, the last of these; names are mostly
    headed by their last word in English, and the flat relation by its first.
    """
    tokens = parsed.tokens
    outside = [i for i in range(start, end) if not start <= tokens[i].head < end or tokens[i].head == i]
    core = [i for i in outside if tokens[i].dep.partition(":")[0] in _CORE]
    if core:
        return core[-1]
    return outside[-1] if outside else end - 1


def first_conjunct(parsed: Parsed, i: int) -> int:
    """Up the coordination to its first member; the token itself where it is in none."""
    tokens = parsed.tokens
    seen = 0
    while tokens[i].dep == "conj" and tokens[i].head != i and seen < 20:
        i = tokens[i].head
        seen += 1
    return i


def preposition(parsed: Parsed, start: int, head: int) -> str:
    """
    The preposition right of which a name stands ("in", "between"), "" for none.

    Word order decides before the parse: prepositions are where the parse errs most.
    """
    tokens = parsed.tokens
    first = parsed.sentences[tokens[start].sentence].start_token
    i = start - 1
    while i >= first and start - i <= 4 and tokens[i].tag in _SKIPPED:
        i -= 1
    if i >= first and tokens[i].tag in {"IN", "TO"} and not _subordinates(parsed, i, head):
        return tokens[i].lower
    cases = [
        k
        for k in parsed.children_by(head, "case")
        if k < start and parsed.tokens[k].lower not in _SUBORDINATE
    ]
    return tokens[cases[-1]].lower if cases else ""


def _subordinates(parsed: Parsed, i: int, head: int) -> bool:
    """Whether a word tagged as a preposition opens a clause ("if Zagreb refuses") instead."""
    token = parsed.tokens[i]
    if token.lower in _SUBORDINATE:
        return True
    return token.lower in _BOTH_WAYS and (token.dep == "mark" or parsed.tokens[head].dep.startswith("nsubj"))


def governor(parsed: Parsed, i: int) -> int | None:
    """The token that governs ``i``, past coordination; None at a root."""
    i = first_conjunct(parsed, i)
    above = parsed.tokens[i].head
    return None if above == i else above


def is_possessive(parsed: Parsed, end: int) -> bool:
    """Whether a possessive mark follows a name that ends before token ``end``."""
    return (
        end < len(parsed.tokens)
        and parsed.tokens[end].text in _POSSESSIVE
        and parsed.tokens[end].tag == "POS"
    )


def words_between(parsed: Parsed, start: int, end: int) -> list[str]:
    """Lower-case words from token ``start`` up to ``end``."""
    return [token.lower for token in parsed.tokens[start:end]]


def sides_with(parsed: Parsed, start: int) -> bool:
    """Whether "pro-" or "anti-" stands before a nation, which then names a stance and nobody's nation."""
    tokens = parsed.tokens
    if tokens[start].lower.startswith(("pro-", "anti-", "non-")):
        return True
    return (
        start > 1
        and tokens[start - 1].text in {"-", "–"}
        and tokens[start - 2].lower in {"pro", "anti", "non"}
    )


def units(parsed: Parsed) -> list[int]:
    """
    For each token the number of the unit of speech it stands in.

    Units are the parse's sentences, parted further at full stops inside them: how far a phrase may look
    back should not hang on a sentence bound that the model missed.
    """
    numbers: list[int] = []
    number, ended = 0, False
    last = -1
    for token in parsed.tokens:
        if token.sentence != last or ended:
            number += bool(numbers)
            last = token.sentence
        ended = token.text in {".", "?", "!"}
        numbers.append(number)
    return numbers
