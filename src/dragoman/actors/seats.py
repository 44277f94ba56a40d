"""Where the dated table of office holders contradicts for whom somebody seems to act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from dragoman.actors.fold import surname_of, words
from dragoman.actors.roles import fits, office_class
from dragoman.actors.tables import Term, holders, pairing, states, word_set


def serves_another(terms: Iterable[Term], office: str, parties: Sequence[str], year: int | None) -> bool:
    """
    Whether somebody held this office for other states alone in that year: one beside the name is not theirs.

    "To the White House Prime Minister Scott Morrison of Australia": the table knows that prime minister, and
    not there. Who is told in another office may be a namesake, "U.S. envoy John Howard". Bodies and groups
    are not asked about: the president of a state may chair a union of several.

    Args:
        terms: of whoever bears exactly the full name.
        office: class of the office that the report gives.
        parties: for which the report seems to have the person act.
        year: of publication; None where it is open, then every year counts.
    """
    if not parties or not states().keys() >= set(parties):
        return False
    held = [term for term in terms if term.party in states() and (year is None or term.held(year))]
    own = {one for party in parties for one in _kin(party)}
    return any(_alike(office, term.office) for term in held) and own.isdisjoint(term.party for term in held)


def cannot_head(key: tuple[str, ...], office: str, party: str, year: int | None) -> bool:
    """
    Whether somebody cannot be the head of a state whom a guess would make of them.

    "President López Obrador" in a report of the White House is not of the United States: the table has that
    office in other hands. Nor is "King Salman", for they have a president, nor any prime minister.

    Args:
        key: folded words of the name.
        office: class of the office; those outside the list "one-holder" are shared by many or change often.
        party: code of the state.
        year: of publication; None where it is open, then the table says nothing.
    """
    if office == "prime minister" and party in word_set("no-prime-minister"):
        return True
    if office not in word_set("one-holder") or year is None:
        return False
    held = [term for term in _terms().get(party, ()) if term.held(year, 1)]
    same = [term for term in held if office_class(term.office) == office]
    if not same:  # a state has one head: a president or a monarch
        others = {"president": "monarch", "monarch": "president"}.get(office)
        return any(office_class(term.office) == others for term in held)
    return not any({key[0], surname_of(key)} & _words(term) for term in same)


def _alike(office: str, held: str) -> bool:
    """Whether who is called the one may hold the other; heads of state and of government are one rank."""
    ranks = word_set("one-holder")
    return fits(office, held) or (office in ranks and office_class(held) in ranks)


def _kin(party: str) -> set[str]:
    """A state with those that it became or came from, under which the table may have its people."""
    became = pairing("became")
    return {party, *became.get(party, ()), *(old for old, new in became.items() if party in new)}


@cache
def _terms() -> dict[str, list[Term]]:
    """The terms of each party."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in holders().terms:
        found[term.party].append(term)
    return dict(found)


def _words(term: Term) -> set[str]:
    return {word for name in (term.name, *term.variants) for word in words(name)}
