"""Persons' names held against each other: which may be one person's, and which tells more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dragoman.actors.fold import loose_key, words
from dragoman.actors.tables import Term, holders, pairing, word_set
from dragoman.actors.variants import standard_name
from dragoman.reconcile.scripts import latin

# What stands before a name and is none: titles, forms of address.
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady president king queen prince princess sheikh sheik emir "
    "sultan mullah ayatollah general gen colonel col senator minister secretary chancellor ambassador pope "
    "his her your highness majesty excellency excellencies holiness honour honor royal the hon rt "
    "dear".split()
)
SUFFIXES = frozenset("jr sr ii iii iv v vi vii xiv xv xvi".split())
_MARKS = re.compile(r"[*\[\]]")  # of transcripts ("André*s", "[Sergei] Lavrov")
_ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ar", "ash", "an"})
# Where the family name stands first; a first word may then stand alone for the whole name.
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "JPN", "VNM", "KHM", "TWN", "SGP"})
_SHORTEST_LOOSE = 4  # shorter words of unrelated names share a loose key


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """A name's folded Latin words without titles and articles, and its number or suffix ("ii", "jr")."""

    words: tuple[str, ...]
    suffix: str = ""

    @property
    def full(self) -> bool:
        """Whether it is more than a surname or a mononym."""
        return len(self.words) > 1

    @property
    def detail(self) -> tuple[int, int]:
        """How much it tells: words written out, then all words."""
        return sum(len(word) > 1 for word in self.words), len(self.words)

    @property
    def blocks(self) -> frozenset[str]:
        """Keys one of which any other spelling of it shares: first and last word, and the table's name."""
        listed = {f"table {term.name}" for term in listed_terms(self)}
        return frozenset({_sound(self.words[0]), _sound(self.words[-1])} | listed)


@cache
def read_name(text: str) -> PersonName | None:
    """The name in ``text``, None where it is a title alone ("Your Highness")."""
    parts = [word.removesuffix("'s").strip("'") for word in words(latin(_MARKS.sub("", text)))]
    suffix = next((word for word in parts[1:] if word in SUFFIXES and word == parts[-1]), "")
    parts = [word for word in parts if word and word != suffix]
    while parts and parts[0] in TITLES:
        del parts[0]
    kept = [word for word in parts if word not in _ARTICLES] or parts
    return PersonName(tuple(kept), suffix) if kept else None


@cache
def _sound(word: str) -> str:
    """The key by which spellings of one word meet."""
    return (loose_key(word) or word) if len(word) >= _SHORTEST_LOOSE else word


def transliterated(party: str | None) -> bool:
    """Whether names of a party's people come from another script, so that their spelling varies."""
    return party not in word_set("latin-script")


def _same_word(one: str, other: str, *, loose: bool) -> bool:
    """Whether two words are spellings of one: equal, or alike in what transliteration varies."""
    if one == other:
        return True
    key = _sound(one)
    return loose and min(len(one), len(other)) >= _SHORTEST_LOOSE and len(key) > 2 and key == _sound(other)


def _same_given(one: str, other: str, *, loose: bool) -> bool:
    """The same for given names, which may be short forms or initials."""
    if _same_word(one, other, loose=loose) or other in pairing("nicknames").get(one, ()):
        return True
    return min(len(one), len(other)) == 1 and one[0] == other[0]


@cache
def listed_terms(name: PersonName) -> tuple[Term, ...]:
    """Terms of office of whoever bears this name in a spelling that the table lists, or all but lists."""
    if not name.full:
        return ()
    table = _listed()
    terms = table.get(name.words) or table.get((name.words[0], name.words[-1]))
    if terms:
        return tuple(terms)
    plain = " ".join(name.words)
    sounding = [term for term in holders().sounding(plain) if transliterated(term.party)]
    standard = standard_name(plain)
    return tuple(sounding or (holders().named(standard) if standard else ()))


@cache
def _listed() -> dict[tuple[str, ...], list[Term]]:
    """Terms of the table by every listed spelling, read as names are read here."""
    found: defaultdict[tuple[str, ...], list[Term]] = defaultdict(list)
    for term in holders().terms:
        for key in {name.words for name in map(read_name, (term.name, *term.variants)) if name}:
            found[key].append(term)
    return dict(found)


@cache
def listed_names(name: PersonName, party: str | None) -> frozenset[str]:
    """Standard names in the table that this name of somebody of ``party`` may stand for."""
    return frozenset(term.name for term in listed_terms(name) if party is None or term.party == party)


def may_be_one(one: PersonName, other: PersonName, *, loose: bool = True) -> bool:
    """
    Whether two full names may be one person's.

    Equal up to transliteration; the same words in another order; the shorter one inside the longer with the
    same surname, given names also as initials or short forms; or spellings that the table gives to one
    person. "Kerry" and "Kelly" differ, "Kim Jong-il" and "Kim Jong-un" differ, "II" and "III" differ.

    Args:
        one: a name.
        other: another.
        loose: whether spellings that only differ as transliterations do count as one.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    short, long = sorted((one.words, other.words), key=lambda key: (len(key), key))
    if sorted(short) == sorted(long):
        return True
    return _inside(short, long, loose=loose) or _beginning(short, long) or _listed_alike(one, other)


def _inside(short: tuple[str, ...], long: tuple[str, ...], *, loose: bool) -> bool:
    """Whether ``short`` is ``long`` with some given names left out or shortened."""
    if not _same_word(short[-1], long[-1], loose=loose):
        return False
    if len(short[0]) > 1 and not any(
        len(word) > 1 and _same_given(short[0], word, loose=loose) for word in long
    ):
        return len(short) == len(long) == 2 and len(long[0]) == 1 and short[0][0] == long[0]
    at = 0
    for word in short[:-1]:
        while at < len(long) - 1 and not _same_given(word, long[at], loose=loose):
            at += 1
        if at >= len(long) - 1:
            return False
        at += 1
    return True


def _beginning(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether ``short`` begins a longer name ("Tamim bin Hamad" of "Tamim bin Hamad Al Thani")."""
    return 2 < len(short) < len(long) and long[: len(short)] == short


def _listed_alike(one: PersonName, other: PersonName) -> bool:
    return bool({term.name for term in listed_terms(one)} & {term.name for term in listed_terms(other)})


@cache
def handles(name: PersonName, party: str | None) -> frozenset[str]:
    """Words that may stand alone for a full name: its surname, and what the table lists alone ("Lula")."""
    royal = name.words[-2:-1] in {("bin",), ("ibn",)}  # the last word is the father's name
    found = {name.words[0 if royal else -1]}
    if party in FAMILY_FIRST:
        found.add(name.words[0])
    listed = (form for term in listed_terms(name) for form in (term.name, *term.variants))
    found |= {read.words[0] for read in map(read_name, listed) if read and not read.full}
    sounds = {f"~{_sound(word)}" for word in found} if transliterated(party) else set()
    return frozenset(found | sounds)


def handle(name: PersonName, party: str | None) -> str:
    """The key under which :func:`handles` has a bare surname; without a party as it is spelt."""
    return f"~{_sound(name.words[-1])}" if party and transliterated(party) else name.words[-1]


def best_form(forms: Iterable[tuple[str, int]]) -> str:
    """The name to show: the most frequent Latin form, full ones first; then the longer, then by letters."""
    return min(forms, key=lambda form: (*_plainness(form[0]), -form[1], -len(form[0]), form[0]))[0]


def _plainness(form: str) -> tuple[bool, bool, bool]:
    name = read_name(form)
    return latin(form) != form, form.isupper(), not (name and name.full)
