"""Titles, subjects, forums, people and places of claims, made comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from dragoman.actors.fold import fold, loose_key, words
from dragoman.actors.tables import bodies, pairing, places, states
from dragoman.data import read_rows

_LONG = 5  # letters from which one letter more or less makes no other first name
_CACHE = 1 << 16


@cache
def word_class(name: str) -> tuple[str, ...]:
    """A class of words.tsv, in its order."""
    rows = read_rows("reconcile", "words.tsv")
    return tuple(word for row in rows if row[0] == name for word in row[1].split())


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(word_class(name))


@cache
def _party_words(party: str) -> frozenset[str]:
    """Names, adjectives and people of a party, by stem: the parties say them already."""
    state = states().get(party)
    names = (state.name, *state.aliases, *state.adjectives, *state.people) if state else (party,)
    return frozenset(stem(word) for name in names for word in words(name))


def stem(word: str) -> str:
    """A word without its plural or possessive ending."""
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True, slots=True)
class Wording:
    """
    The words of a title or a subject that tell it apart.

    Attributes:
        telling: its words without empty ones, names of the parties, years and kinds of document.
        kinds: the kinds of document that it names ("treaty").
    """

    telling: frozenset[str]
    kinds: frozenset[str]


@lru_cache(_CACHE)
def wording_of(text: str | None, parties: tuple[str, ...] = ()) -> Wording:
    """What a title or a subject says, besides who takes part."""
    told = [stem(word) for word in words(text or "")]
    empty, kinds = _set("empty"), _set("document")
    plain = [word for word in told if len(word) > 1 and word not in empty and word + "s" not in empty]
    return Wording(
        frozenset(
            word
            for word in plain
            if word not in kinds
            and not (word.isdigit() and len(word) == 4)
            and not any(word in _party_words(party) for party in parties)
        ),
        frozenset(word for word in plain if word in kinds),
    )


@dataclass(frozen=True, slots=True)
class ForumName:
    """
    A forum.

    Attributes:
        telling: the words that tell it apart.
        number: of the session, where the name has one.
        body: whether it names a body that sits ("council", "forum"), not just an occasion ("summit").
    """

    telling: frozenset[str]
    number: int | None
    body: bool


@cache
def _short_names() -> tuple[tuple[str, str], ...]:
    """Long names of organisations and forums with the usual one, the longest first."""
    long = {
        fold(alias): fold(body.name)
        for body in bodies()
        if body.kind in {"organisation", "forum"}
        for alias in body.aliases
        if " " in alias
    }
    return tuple(sorted(long.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _short(text: str) -> str:
    """A name with organisations by their usual names: "CIS" for "Commonwealth of Independent States"."""
    told = fold(text)
    for long, usual in _short_names():
        if long in told:
            told = told.replace(long, usual)
    return told


@lru_cache(_CACHE)
def forum_of(text: str | None) -> ForumName | None:
    """The forum that a name stands for, None where there is none."""
    if not text:
        return None
    ordinals, shared = word_class("ordinal"), _set("forum")
    number, telling = None, []
    for word in words(_short(text)):
        digits = word.rstrip("sthndr")
        if word in ordinals:
            number = ordinals.index(word) + 1
        elif digits.isdigit() and digits != word and len(digits) < 4:
            number = int(digits)
        elif word not in shared:
            telling.append(stem(word))
    plain = [stem(word) for word in words(_short(text)) if word not in ordinals and len(word) > 3]
    return ForumName(
        frozenset(telling or plain or [fold(text)]), number, not _set("body").isdisjoint(words(text))
    )


@lru_cache(_CACHE)
def name_key(name: str) -> tuple[str, ...]:
    """The words of a person's name by sound, so that spellings from other scripts fall together."""
    told = [word for word in words(name) if word not in _set("title")] or words(name)
    return tuple(loose_key(word) or word for word in told)


@lru_cache(_CACHE)
def same_person(one: str, other: str) -> bool:
    """
    Whether two names may be one person's: "Lavrov" and "Sergei Lavrov", "Joe Biden" and "Joseph Biden".

    Limit: a surname alone fits every bearer.
    """
    left, right = name_key(one), name_key(other)
    if not left or not right:
        return False
    if len(left) > len(right):
        left, right = right, left
    if set(left) <= set(right):
        return len(left) > 1 or left[0] in (right[0], right[-1])
    return left[-1] == right[-1] and len(left) > 1 and _first_names(words(one)[0], words(other)[0])


def _first_names(one: str, other: str) -> bool:
    """Whether two first names may be one: an initial, a short form, another spelling, a nickname."""
    nicknames = pairing("nicknames")
    return (
        one.startswith(other)
        or loose_key(one) == loose_key(other)
        or _one_letter_off(one, other)
        or other.startswith(one)
        or other in nicknames.get(one, ())
        or one in nicknames.get(other, ())
    )


def _one_letter_off(one: str, other: str) -> bool:
    """ "Sergej" and "Sergei": longer names that begin alike and differ in one letter."""
    long = min(len(one), len(other)) >= _LONG and one[0] == other[0]
    return long and Levenshtein.distance(one, other, score_cutoff=1) <= 1


# "Republic of Kyrgyzstan", "Hashemite Kingdom of Jordan".
_FORM = re.compile(r"(?:[a-z']+ )*(?:republic|kingdom|state|federation|union|commonwealth) of (?:the )?")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its city where it is that fine, and the state."""

    city: str | None
    country: str | None


@cache
def _known_places() -> dict[str, Spot]:
    """Spot by every folded name of the tables of places and states; regions and areas have no city."""
    found: dict[str, Spot] = {}
    for place in places():
        city = fold(place.city or place.name) if place.kind in {"city", "site"} else None
        for name in (place.name, *place.aliases):
            found.setdefault(fold(name), Spot(city, place.country))
    for state in states().values():
        for capital in state.capitals:
            others = (fold(name) for name in state.capitals if loose_key(name) == loose_key(capital))
            found.setdefault(fold(capital), Spot(next(others), state.code))
        for name in (state.name, *state.aliases):
            found[fold(name)] = Spot(None, state.code)
    renamed = word_class("renamed")
    for old, new in zip(renamed[::2], renamed[1::2], strict=True):
        found[old.replace("_", " ")] = found.get(new.replace("_", " "), Spot(new.replace("_", " "), None))
    return found


@lru_cache(_CACHE)
def spot_of(place: str | None, country: str | None) -> Spot | None:
    """Where a claim puts its event, None where it does not say."""
    if not place:
        return Spot(None, country) if country else None
    name = fold(place).removeprefix("the ")
    known = _known_places().get(name) or _known_places().get(_FORM.sub("", name), Spot(name, None))
    spot = Spot(known.city, country or known.country)
    return spot if spot.city or spot.country else None
