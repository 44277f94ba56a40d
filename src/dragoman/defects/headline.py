"""Headlines that claim an outcome or a number which the body does not carry."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dragoman.data import read_rows
from dragoman.model import BlockKind, Defect, DefectKind, Parsed, Token

_LEAST_BODY = 40  # words; a shorter body is a stub that supports nothing and contradicts nothing
_BEGINNINGS = frozenset({
    "begin", "start", "open", "launch", "resume", "plan", "schedule", "expect", "await", "prepare", "due",
    "convene", "kick", "ahead", "upcoming", "will", "tomorrow",
})  # fmt: skip
_TALKS = frozenset({
    "talk", "negotiation", "meeting", "summit", "consultation", "discussion", "conversation", "dialogue",
    "round", "conference", "session", "visit", "call",
})  # fmt: skip
_HEDGES = frozenset({
    "may", "might", "could", "would", "should", "if", "will", "to", "?", "can", "hope", "plan", "seek",
    "urge", "ready",
})  # fmt: skip
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Claim:
    name: str
    claim: tuple[tuple[str, ...], ...]
    support: frozenset[str]


def find_unsupported_headline(parsed: Parsed) -> list[Defect]:
    """
    The headline, where it claims what no word of the body carries; at most one defect.

    End and failure of talks: the body knows no word of an end and speaks of the talks as beginning or
    to come. Agreement and refusal: the body has no word of that class at all. Numbers: the body
    counts the same thing, never with the headline's number. Hedged headlines ("may", "to sign", questions)
    claim nothing. Precision before recall: one supporting word in the body is enough to let it pass.
    """
    heads = [t for s in parsed.sentences if s.block is BlockKind.HEADLINE for t in _tokens(parsed, s.i)]
    body = [t for s in parsed.sentences if s.block is BlockKind.PARAGRAPH for t in _tokens(parsed, s.i)]
    if not heads or sum(t.text[0].isalnum() for t in body) < _LEAST_BODY:
        return []
    note = _unsupported_claim(heads, body) or _unsupported_number(heads, body)
    if not note:
        return []
    return [Defect(DefectKind.HEADLINE_UNSUPPORTED, parsed.span(heads[0].i, heads[-1].i + 1), note)]


def _tokens(parsed: Parsed, sentence: int) -> tuple[Token, ...]:
    bounds = parsed.sentences[sentence]
    return parsed.tokens[bounds.start_token : bounds.end_token]


def _unsupported_claim(heads: list[Token], body: list[Token]) -> str:
    lemmas = [_lemma(token) for token in heads]
    if _HEDGES & set(lemmas) or not _verbs(heads):
        return ""
    known = {_lemma(token) for token in body} | {token.lower for token in body}
    talks = bool(_TALKS & set(lemmas))
    for claim in _claims():
        words = next((words for words in claim.claim if _holds(lemmas, heads, words)), None)
        if words is None or claim.support & known:
            continue
        if claim.name in {"end", "failure"} and not (talks and _BEGINNINGS & known):
            continue
        return f"the body has no word that carries “{' '.join(words)}”"
    return ""


def _lemma(token: Token) -> str:
    return token.lemma.lower()


def _verbs(heads: list[Token]) -> bool:
    return any(token.pos in {"VERB", "AUX"} for token in heads)


def _holds(lemmas: list[str], heads: list[Token], words: tuple[str, ...]) -> bool:
    """Whether the words stand in the headline in this order, the first as verb where it is the only one."""
    at = 0
    for word in words:
        try:
            at = lemmas.index(word, at) + 1
        except ValueError:
            return False
    return len(words) > 1 or heads[at - 1].pos == "VERB"


def _unsupported_number(heads: list[Token], body: list[Token]) -> str:
    """A count in the headline that the body gives differently and never the same."""
    counted: dict[str, set[int]] = defaultdict(set)
    numbers = set()
    for here, after in zip(body, [*body[1:], None], strict=True):
        value = _value(here)
        if value is not None:
            numbers.add(value)
            if after is not None and after.pos == "NOUN":
                counted[_lemma(after)].add(value)
    for here, after in pairwise(heads):
        value = _value(here)
        if value is None or value < 2 or value in numbers or after.pos != "NOUN":
            continue
        others = counted.get(_lemma(after), set())
        if others and sum(others) != value and len(others) == 1:
            return f"the body counts {min(others)}, not {value}"
    return ""


def _value(token: Token) -> int | None:
    if token.lower in _NUMBERS:
        return _NUMBERS[token.lower]
    digits = token.text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


@cache
def _claims() -> tuple[_Claim, ...]:
    return tuple(
        _Claim(name, tuple(tuple(words.split("_")) for words in claim.split()), frozenset(support.split()))
        for name, claim, support in read_rows("defects", "headline.tsv", titled=True)
    )
