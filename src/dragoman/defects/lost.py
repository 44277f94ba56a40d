"""Sentences that lack a word, where only the parse shows it: an article or "and" with nothing behind it."""

from __future__ import annotations

from dragoman.model import BlockKind, Defect, DefectKind, Parsed

_ARTICLES = frozenset({"the", "a", "an"})
_STOPS = frozenset({".", ",", ";", "!", "?"})
_BEFORE = 4  # words of context in the quote


def find_lost_words(parsed: Parsed) -> list[Defect]:
    """
    Articles and conjunctions right before a stop in the body.

    "It agreed to the." has lost a noun, "Paris and." a partner. Prepositions before a stop with a space
    are found on the surface; without one they end many sound sentences ("what they spoke about.").
    """
    found = []
    tokens = parsed.tokens
    for sentence in parsed.sentences:
        if sentence.block is not BlockKind.PARAGRAPH:
            continue
        for k in range(sentence.start_token + 1, sentence.end_token):
            if tokens[k].text in _STOPS and _dangles(parsed, k, last=k + 1 == sentence.end_token):
                start = max(sentence.start_token, k - _BEFORE)
                found.append(Defect(DefectKind.LOST_WORDS, parsed.span(start, k + 1), "a word is missing here"))
    return found


def _dangles(parsed: Parsed, k: int, *, last: bool) -> bool:
    word = parsed.tokens[k - 1]
    if word.lower in _ARTICLES and word.pos == "DET" and word.text.islower():
        return True
    return last and parsed.tokens[k].text == "." and word.lower in {"and", "or"} and word.pos == "CCONJ"
