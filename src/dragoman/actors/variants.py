"""Well-known names in a form of their own: "Anthony Blinken" for Antony Blinken."""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import OSA

from dragoman.actors.fold import loose_key, words
from dragoman.actors.tables import Term, holders, word_set

_SHORTEST = 5


@cache
def standard_name(name: str) -> str | None:
    """
    The usual spelling of a well-known person's name, where ``name`` is another one; else None.

    A name of two words or more that the table of office holders does not list, but that is one letter off a
    single listed holder's name in one word and equal in the others. Names from other scripts may be
    transliterated: their spelling counts as usual where it only varies what transliteration varies
    ("Zelensky", "Zelenskiy"). Well-known surnames alone are never judged.

    Args:
        name: a person's name without titles.

    Limit: knows only holders of office in the table; a namesake one letter off is taken for the holder, so
        show it to a reader rather than correct by it.
    """
    key = words(name)
    table = holders()
    if len(key) < 2 or table.keyed(key):
        return None
    found: dict[str, Term] = {}
    for term in (*table.surnamed(key[-1]), *table.surnamed(key[0])):
        for form in (term.name, *term.variants):
            if _one_off(key, words(form)):
                found[term.name] = term
    if len(found) != 1:
        return None
    standard, term = next(iter(found.items()))
    if term.party not in word_set("latin-script") and loose_key(name) in {
        loose_key(form) for form in (term.name, *term.variants)
    }:
        return None
    return standard


def _one_off(key: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether two names differ in one word by one letter, in a word long enough for that to be a slip."""
    if len(key) != len(known):
        return False
    different = [(one, other) for one, other in zip(key, known, strict=True) if one != other]
    if len(different) != 1:
        return False
    one, other = different[0]
    return (
        one[0] == other[0]
        and min(len(one), len(other)) >= _SHORTEST
        and OSA.distance(one, other, score_cutoff=1) == 1
    )
