"""Known names in a text: states, nationalities, bodies, groups, forums, places, leftmost and longest."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from dragoman.actors.fold import fold
from dragoman.actors.tables import bodies, places, states
from dragoman.model import Parsed

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sense:
    """
    What a known name stands for.

    ``kind`` is state, adjective, people, capital, city, site, region, area, organisation, office, group,
    faction, metonym, forum or domestic; ``name`` the usual short name; ``parties`` the codes it acts for;
    ``country`` where it lies or sits; ``city`` its city, for capitals, metonyms and sites.
    """

    kind: str
    name: str
    parties: tuple[str, ...] = ()
    country: str | None = None
    city: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in the text, in code points and in tokens."""

    start: int
    end: int
    start_token: int
    end_token: int
    surface: str
    sense: Sense


def _senses() -> list[tuple[str, Sense]]:
    """All known names with what they stand for; a name that comes first keeps its sense."""
    found: list[tuple[str, Sense]] = []
    for state in states().values():
        parties = (state.code,)
        here = Sense("state", state.name, parties, state.code)
        found += [(name, here) for name in (state.name, *state.aliases)]
        found += [(name, Sense("people", state.name, parties, state.code)) for name in state.people]
        found += [(name, Sense("adjective", state.name, parties, state.code)) for name in state.adjectives]
        if state.capitals:
            seat = Sense("capital", state.name, parties, state.code, state.capitals[0])
            found += [(name, seat) for name in state.capitals if name != state.name]
    for prefix, code in _PREFIXES.items():
        found.append((prefix, Sense("adjective", states()[code].name, (code,), code)))
    for body in bodies():
        kind = "faction" if body.kind == "people" else body.kind
        country = body.parties[0] if kind == "metonym" else None
        found += [(name, Sense(kind, body.name, body.parties, country, body.seat)) for name in body.aliases]
    for place in places():
        sense = Sense(place.kind, place.name, (), place.country, place.city)
        found += [(name, sense) for name in (place.name, *place.aliases)]
    return found


# Combining forms of nations, as in "Sino-Russian".
_PREFIXES = {"Sino": "CHN", "Russo": "RUS", "Franco": "FRA", "Anglo": "GBR", "Indo": "IND", "Nippo": "JPN"}


class Gazetteer:
    """
    Finds known names by their first word, longest name first.

    Args:
        senses: names with what they stand for. An upper-case letter of a name must be one in the text
            too ("us" is not "US"); all-capital text counts as any case.
    """

    def __init__(self, senses: list[tuple[str, Sense]]) -> None:
        self._by_word: dict[str, list[tuple[str, str, Sense]]] = {}
        by_word: defaultdict[str, dict[str, tuple[str, str, Sense]]] = defaultdict(dict)
        for surface, sense in senses:
            pattern = fold(surface)
            first = _WORD.search(pattern)
            if first is not None:
                by_word[first.group()].setdefault(surface, (pattern, surface, sense))
        for word, rows in by_word.items():
            self._by_word[word] = sorted(rows.values(), key=lambda row: -len(row[0]))

    def find(self, text: str) -> list[tuple[int, int, str, Sense]]:
        """Start, end, listed name and sense of each known name, in order and without overlap."""
        folded = fold(text)
        found = []
        free = 0
        by_word = self._by_word
        for match in _WORD.finditer(folded):
            start = match.start()
            if start < free:
                continue
            for pattern, surface, sense in by_word.get(match.group(), ()):
                end = start + len(pattern)
                if (
                    folded.startswith(pattern, start)
                    and _ends(folded, end)
                    and _as_prefix(folded, end, surface)
                    and _cased(text, start, surface)
                ):
                    found.append((start, end, surface, sense))
                    free = end
                    break
        return found


def _ends(folded: str, end: int) -> bool:
    """Whether a word may end here."""
    return end >= len(folded) or not folded[end].isalnum() or not folded[end - 1].isalnum()


def _as_prefix(folded: str, end: int, surface: str) -> bool:
    """Whether a combining form ("Sino") stands before a hyphen, or the name is none."""
    return surface not in _PREFIXES or folded.startswith("-", end)


def _cased(text: str, start: int, surface: str) -> bool:
    """Whether every capital of the listed name is one in the text; "US" needs both."""
    words = text[start : start + len(surface)]
    if words == surface:
        return True
    if words.isupper():
        return len(words) > 3  # "US" in capitals is the listed form; shorter words in headlines are words
    return all(char.isupper() for char, listed in zip(words, surface, strict=True) if listed.isupper())


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of all tables."""
    return Gazetteer(_senses())


def find_hits(parsed: Parsed) -> list[Hit]:
    """Known names of the report's body, in tokens; those in page furniture are left out."""
    tokens = parsed.tokens
    hits: list[Hit] = []
    at, count = 0, len(tokens)
    for start, end, surface, sense in gazetteer().find(parsed.document.text):
        while at < count and tokens[at].end <= start:
            at += 1
        if at == count:
            break
        if tokens[at].start >= end:
            continue
        stop = at
        while stop < count and tokens[stop].start < end:
            stop += 1
        first = at
        while sense.kind == "faction" and first < stop - 1 and tokens[first].text[:1].islower():
            first += 1  # "ethnic Albanians": the name begins with its capital
        if tokens[at].sentence == tokens[stop - 1].sentence:
            hits.append(Hit(start, end, first, stop, surface, sense))
    return hits
