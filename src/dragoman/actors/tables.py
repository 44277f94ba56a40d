"""The tables of states, bodies, places and office holders, read once when first asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from dragoman.actors.fold import fold, loose_key, words
from dragoman.data import read_rows


@dataclass(frozen=True, slots=True)
class State:
    """A state with the words that name it; ``code`` is ISO 3166-1 alpha-3."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, group, forum or house that stands for a government."""

    kind: str
    name: str
    parties: tuple[str, ...]
    seat: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its state; ``city`` is where a site stands; ``thousands`` of people, 0 where not known."""

    kind: str
    name: str
    city: str
    country: str | None
    aliases: tuple[str, ...] = ()
    thousands: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """Someone's term of office; ``end`` is None for an open one."""

    name: str
    variants: tuple[str, ...]
    party: str
    office: str
    start: int
    end: int | None
    source: str

    def held(self, year: int, slack: int = 0) -> bool:
        """Whether the term covers ``year``, give or take ``slack`` years."""
        return self.start - slack <= year <= (self.end or 9999) + slack


def _many(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def states() -> dict[str, State]:
    """States by code."""
    found = {}
    for code, _, name, aliases, adjectives, people, capital in read_rows("actors", "states.tsv", titled=True):
        found[code] = State(code, name, _many(aliases), _many(adjectives), _many(people), _many(capital))
    return found


@cache
def bodies() -> tuple[Body, ...]:
    """Organisations, groups, forums, metonyms."""
    return tuple(
        Body(kind, name, _many(parties), seat, _many(aliases))
        for kind, name, parties, seat, aliases in read_rows("actors", "bodies.tsv", titled=True)
    )


@cache
def group_names() -> frozenset[str]:
    """Party names of armed groups, movements and peoples."""
    return frozenset(party for body in bodies() if body.kind in {"group", "people"} for party in body.parties)


@cache
def places() -> tuple[Place, ...]:
    """Places of diplomacy."""
    return tuple(
        Place(kind, name, city, country or None, _many(aliases))
        for kind, name, city, country, aliases in read_rows("actors", "places.tsv", titled=True)
    )


@cache
def cities() -> dict[str, tuple[tuple[str, int], ...]]:
    """Countries and thousands of people of the cities with a (folded) name, largest first."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, country, thousands in read_rows("actors", "cities.tsv", titled=True):
        found[fold(name)].append((country, int(thousands)))
    return {name: tuple(sorted(rows, key=lambda row: -row[1])) for name, rows in found.items()}


@cache
def offices() -> dict[str, tuple[str, str]]:
    """Office class, and for whom its holder acts, by the words for it."""
    return {row[0]: (row[1], row[2]) for row in read_rows("actors", "offices.tsv", titled=True)}


@cache
def nouns() -> dict[str, str]:
    """Class of a common noun that stands for actors."""
    return {
        form: row[1] for row in read_rows("actors", "nouns.tsv", titled=True) for form in row[0].split("|")
    }


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split("|")) for row in read_rows("actors", "words.tsv", titled=True)}


def word_set(name: str) -> frozenset[str]:
    """A list of words that the rules use, by its name in words.tsv."""
    return _words()[name]


@cache
def _pairings() -> dict[str, dict[str, tuple[str, ...]]]:
    found: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, word, partners in read_rows("actors", "pairings.tsv", titled=True):
        found[name][word] = tuple(partners.split("|"))
    return dict(found)


def pairing(name: str) -> dict[str, tuple[str, ...]]:
    """What goes with what, by the pairing's name in pairings.tsv."""
    return _pairings()[name]


class Holders:
    """
    The dated table of office holders, by name.

    Args:
        terms: rows of the table.
    """

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._full: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._loose: defaultdict[str, list[int]] | None = None
        for i, term in enumerate(terms):
            seen = set()
            for name in (term.name, *term.variants):
                key = words(name)
                if key in seen:
                    continue
                seen.add(key)
                self._full[key].append(i)
                for word in {key[0], key[-1]}:
                    rows = self._by_word[word]
                    if not rows or rows[-1] != i:
                        rows.append(i)

    def named(self, name: str) -> list[Term]:
        """Terms of whoever bears exactly this name in a listed spelling."""
        return [self.terms[i] for i in self._full.get(words(name), ())]

    def keyed(self, key: tuple[str, ...]) -> list[Term]:
        """The same for a name given by its folded words."""
        return [self.terms[i] for i in self._full.get(key, ())]

    def surnamed(self, word: str) -> list[Term]:
        """Terms of all whose name begins or ends with this (folded) word."""
        return [self.terms[i] for i in self._by_word.get(word, ())]

    def ending(self, key: tuple[str, ...]) -> list[Term]:
        """Terms of all whose name ends with these (folded) words: a surname of several ("López Obrador")."""
        size = len(key)
        return [
            term
            for term in self.surnamed(key[-1])
            if any(words(name)[-size:] == key for name in (term.name, *term.variants))
        ]

    def sounding(self, name: str) -> list[Term]:
        """Terms of whoever's name shares the loose key with ``name``; for names from other scripts."""
        if self._loose is None:
            self._loose = defaultdict(list)
            for i, term in enumerate(self.terms):
                for key in {loose_key(form) for form in (term.name, *term.variants)}:
                    self._loose[key].append(i)
        return [self.terms[i] for i in self._loose.get(loose_key(name), ())]


@cache
def holders() -> Holders:
    """Who held which office when."""
    return Holders(
        tuple(
            Term(name, _many(variants), party, office, int(start), int(end) if end else None, source)
            for name, variants, party, office, start, end, source in read_rows(
                "actors", "holders.tsv", titled=True
            )
        )
    )


@cache
def female_names() -> frozenset[str]:
    """Folded first names borne by women; a full name where its bearer is known by it alone."""
    names = (
        " ".join(words(name))
        for row in read_rows("actors", "first_names.tsv", titled=True)
        for name in row[0].split("|")
    )
    return frozenset(names)
