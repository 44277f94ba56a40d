"""Sentences that lack a word, where the surface alone does not show it: a preposition whose noun is gone."""

from __future__ import annotations

from dragoman.model import BlockKind, Defect, DefectKind, Parsed
from dragoman.statements.tree import FINITE

_PREPOSITIONS = frozenset({
    "of", "in", "at", "with", "from", "between", "during", "against", "into", "by", "for",
})  # fmt: skip
_FOLLOWING = frozenset({"in", "on", "with", "by", "at", "of", "from", "for"})
_MEASURES = frozenset("least most all once best times first present large average behalf - –".split())
_PHRASES = frozenset("kind sort advantage care charge lot".split())  # "taken advantage of in"
_ARTICLES = frozenset({"the", "a", "an"})
_CONTEXT = 4  # words of the quote to each side


def find_lost_words(parsed: Parsed) -> list[Defect]:
    """
    A noun, a preposition, and then no noun: "the talks in on Monday", "the talks in began".

    A preposition may end a clause ("the hall they met in was cold"), so only one right behind a noun
    counts, and only before a finite verb or another preposition that measures nothing ("of at least").
    An article before a finite verb counts too. What stands before a stop the surface shows.
    """
    found = []
    for sentence in parsed.sentences:
        if sentence.block is not BlockKind.PARAGRAPH:
            continue
        for k in range(sentence.start_token + 1, sentence.end_token - 1):
            if _gap_behind(parsed, k, sentence.end_token):
                start = max(sentence.start_token, k - _CONTEXT)
                end = min(sentence.end_token, k + _CONTEXT)
                note = (
                    f"a word is missing between “{parsed.tokens[k].text}” and “{parsed.tokens[k + 1].text}”"
                )
                found.append(Defect(DefectKind.LOST_WORDS, parsed.span(start, end), note))
    return found


def _gap_behind(parsed: Parsed, k: int, end: int) -> bool:
    before, word, after = parsed.tokens[k - 1 : k + 2]
    if word.lower in _ARTICLES and word.pos == "DET":
        return after.pos == "AUX" and after.tag in FINITE and after.text.islower()
    if word.lower not in _PREPOSITIONS or word.pos != "ADP" or before.pos not in {"NOUN", "PROPN"}:
        return False
    if before.lower in _PHRASES:
        return False
    if after.tag == "VBD" or (after.pos == "AUX" and after.tag in FINITE):  # "maps" may be verb or noun
        return not _stranded(parsed, k)
    beyond = parsed.tokens[k + 2].lower if k + 2 < end else ""
    return after.pos == "ADP" and after.lower in _FOLLOWING and beyond not in _MEASURES


def _stranded(parsed: Parsed, k: int) -> bool:
    """Whether the preposition may belong to a relative clause that ends here."""
    nearby = parsed.tokens[max(0, k - 8) : k]
    return any(t.dep.startswith("acl") or t.tag in {"WP", "WDT", "WRB", "PRP"} for t in nearby)
