"""Judgements in the reporter's own voice: words of praise or scorn that nobody is said to have said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from dragoman.data import read_rows
from dragoman.model import BlockKind, Defect, DefectKind, Parsed, Span, Statement
from dragoman.statements.quotation import Quotation

_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us", "me"})
_OWN_VOICE = 3  # first-person words outside quotations that make a text its writer's own statement
_LONGEST_QUOTE = 25

Pattern = tuple[frozenset[str] | str, ...]  # a set of words, or a stem that ends in "*"


def find_opinions(
    parsed: Parsed, statements: Sequence[Statement], quotations: Sequence[Quotation]
) -> list[Defect]:
    """
    Evaluative phrases of the table outside quotations and outside what the report attributes.

    A text in the first person (a speech, a joint statement, a column) has no reporter, so nothing in
    it is found. Precision comes first: the table holds phrases that are hardly ever neutral.
    """
    spoken = _spoken(parsed, statements, quotations)
    if _own_voice(parsed, spoken):
        return []
    found: list[Defect] = []
    taken = -1
    index = _patterns()
    tokens = parsed.tokens
    for token in tokens:
        if token.i <= taken or token.lower not in index or spoken[token.i]:
            continue
        for reach, pattern in index[token.lower]:
            end = _match(parsed, token.i, pattern)
            if end is None or any(spoken[token.i : end]):
                continue
            start = _clause_start(parsed, token.i) if reach == "clause" else token.i
            stop = _clause_end(parsed, end) if reach == "clause" else end
            found.append(
                Defect(
                    DefectKind.UNATTRIBUTED_OPINION,
                    _words(parsed, start, stop),
                    "judgement in the reporter's own voice",
                )
            )
            taken = stop - 1
            break
    return found


def _spoken(parsed: Parsed, statements: Sequence[Statement], quotations: Sequence[Quotation]) -> list[bool]:
    """For every token whether somebody is said to have said it, or it stands outside the report's body."""
    flags = [False] * len(parsed.tokens)
    spans = [(s.content.start, s.content.end) for s in statements] + [(q.start, q.end) for q in quotations]
    low = 0
    reach = 0
    for start, end in sorted(spans):
        while low < len(flags) and parsed.tokens[low].start < max(start, reach):
            low += 1
        reach = max(reach, end)
        while low < len(flags) and parsed.tokens[low].start < end:
            flags[low] = True
            low += 1
    for sentence in parsed.sentences:
        if sentence.block is not BlockKind.PARAGRAPH:
            for k in range(sentence.start_token, sentence.end_token):
                flags[k] = True
    return flags


def _own_voice(parsed: Parsed, spoken: list[bool]) -> bool:
    return sum(t.lower in _FIRST_PERSON and not spoken[t.i] for t in parsed.tokens) >= _OWN_VOICE


def _match(parsed: Parsed, at: int, pattern: Pattern) -> int | None:
    """End of the pattern's words at token ``at``, None where they are not there."""
    tokens = parsed.tokens
    if at + len(pattern) > len(tokens) or tokens[at].sentence != tokens[at + len(pattern) - 1].sentence:
        return None
    for step, wanted in enumerate(pattern):
        word = tokens[at + step].lower
        fits = word.startswith(wanted) if isinstance(wanted, str) else not wanted or word in wanted
        if not fits:
            return None
    return at + len(pattern)


def _clause_start(parsed: Parsed, at: int) -> int:
    """Where the clause begins whose words the phrase ends: at its subject, else at the phrase."""
    tokens = parsed.tokens
    first = parsed.sentences[tokens[at].sentence].start_token
    start = at
    while start > first and at - start < 8 and tokens[start - 1].pos not in {"PUNCT", "CCONJ", "SCONJ"}:
        start -= 1
    return start


def _clause_end(parsed: Parsed, end: int) -> int:
    """Where the words run on to: at most three more, up to a stop or a new clause."""
    tokens = parsed.tokens
    last = parsed.sentences[tokens[end - 1].sentence].end_token
    stop = end
    while (
        stop < last
        and stop - end < 3
        and tokens[stop].pos not in {"PUNCT", "CCONJ", "SCONJ"}
        and tokens[stop].tag != "WRB"
    ):
        stop += 1
    return stop


def _words(parsed: Parsed, start: int, end: int) -> Span:
    while start < end - 1 and parsed.tokens[start].pos == "PUNCT":
        start += 1
    while end - 1 > start and parsed.tokens[end - 1].pos == "PUNCT":
        end -= 1
    return parsed.span(start, min(end, start + _LONGEST_QUOTE))


@cache
def _patterns() -> dict[str, list[tuple[str, Pattern]]]:
    """Patterns by first word; the longest come first, so that a phrase beats the word it begins with."""
    index: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
    for reach, phrase in read_rows("defects", "opinion.tsv", titled=True):
        words = phrase.split()
        pattern: Pattern = tuple(_word(word) for word in words)
        for first in words[0].split("|"):
            for form in _forms(first):
                index[form].append((reach, pattern))
    for patterns in index.values():
        patterns.sort(key=lambda pair: -len(pair[1]))
    return dict(index)


def _word(word: str) -> frozenset[str] | str:
    if word == "_":
        return frozenset()
    if word.endswith("*"):
        return word[:-1]
    return frozenset(word.split("|"))


def _forms(word: str) -> tuple[str, ...]:
    """Forms of a stem that can begin a phrase."""
    if not word.endswith("*"):
        return (word,)
    stem = word[:-1]
    endings = ("", "s", "es", "ed", "ing", "ly", "ic", "ia", "e", "es", "er", "ers", "ering", "ness")
    return tuple(stem + ending for ending in endings)
