"""Where the dated table of office holders contradicts for whom somebody seems to act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from dragoman.actors.fold import words
from dragoman.actors.roles import office_class
from dragoman.actors.tables import Term, holders, pairing, states, word_set


def serves_another(terms: Iterable[Term], parties: Sequence[str], year: int | None) -> bool:
    """
    Whether somebody held office for other states alone in that year: one beside the name is not theirs.

    "To the White House Prime Minister Scott Morrison of Australia": the table knows him, and not there.
    Bodies and groups are not asked about: the president of one state may chair a union of several. A state
    that is no more counts as those that came after it; the table may have its people under them.

    Args:
        terms: of whoever bears the full name.
        parties: for which the report seems to have the person act.
        year: of publication; None where it is open, then every year counts.
    """
    if not parties or not states().keys() >= set(parties):
        return False
    held = {term.party for term in terms if year is None or term.held(year, 1)} & states().keys()
    heirs = {heir for party in parties for heir in pairing("heirs").get(party, ())}
    return bool(held) and held.isdisjoint({*parties, *heirs})


def is_held_by_others(key: Sequence[str], office: str, party: str, year: int | None) -> bool:
    """
    Whether the table has that office of a state in other hands: none of these words is in their names.

    For guesses alone: "President López Obrador" in a report of the White House is not of the United States.

    Args:
        key: folded words of the name.
        office: class of the office; those outside the list "one-holder" are shared by many or change often.
        party: code of the state.
        year: of publication; None where it is open, then nothing is known.
    """
    if year is None or office not in word_set("one-holder"):
        return False
    held = [
        term for term in _terms().get(party, ()) if office_class(term.office) == office and term.held(year, 1)
    ]
    named = {word for term in held for word in _words(term)}
    return bool(held) and named.isdisjoint(key)


def lacks(office: str, party: str) -> bool:
    """Whether a state of the table has no such office at its head, as the United States have no king."""
    listed = _terms().get(party, ())
    return (
        office in word_set("one-holder")
        and bool(listed)
        and not any(office_class(term.office) == office for term in listed)
    )


@cache
def _terms() -> dict[str, list[Term]]:
    """The terms of each party."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in holders().terms:
        found[term.party].append(term)
    return dict(found)


def _words(term: Term) -> set[str]:
    return {word for name in (term.name, *term.variants) for word in words(name) if len(word) > 2}
