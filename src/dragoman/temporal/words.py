"""The words, rules and modifiers of time expressions, read once from the package's data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from dragoman.data import read_rows
from dragoman.errors import ModelError

# One token may hold several words of a date ("10,2022", "17th-century", "1939–45"):
# the finder reads its atoms.
ATOM = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\
    d+(?![\d.])"
    r"|\d+(?:st|nd|rd|th|s)(?![a-z])|\d+|[^\W\d_]+(?:\.[^\W\d_]+)*\.?|\S",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]+")
_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)")
_DECADE = re.compile(r"([12][0-9]{2}0)s")
_SHORT_DECADE = re.compile(r"([1-9]0)s")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::[0-5][0-9])?")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")

TRIGGER_CLASSES = frozenset(
    "MONTH MONTHSHORT WEEKDAY WEEKDAYS SEASON FALL PART NOON UNIT UNITS HOLIDAY SETWORD REFWORD DEICTIC "
    "ERA AMPM YEAR DECADE DECADEWORD YYS CLOCK DOTTED SLASHED ORDNUM MILITARY".split()
)
TRIGGER_WORDS = frozenset("eve present past time date hrs hours yy".split())


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: words or classes of which one must stand there, or may."""

    words: frozenset[str]
    classes: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A pattern of words, what it means and what else must hold; ``order`` is its line in the table."""

    name: str
    elements: tuple[Element, ...]
    kind: str
    given: Mapping[str, str]
    guard: str
    order: int


@dataclass(frozen=True, slots=True, eq=False)
class Modifier:
    """Words before an expression that shade it."""

    name: str
    elements: tuple[Element, ...]
    target: str
    mod: str
    article: bool


def _rows(name: str, columns: int) -> list[list[str]]:
    """The rows of a table, without comments, padded to ``columns`` cells."""
    rows = []
    for cells in read_rows("temporal", name):
        if len(cells) > columns:
            raise ModelError(f"data/temporal/{name}, {cells[0]!r}: {len(cells)} columns, not {columns}")
        rows.append(cells + [""] * (columns - len(cells)))
    return rows


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    """Classes and values of the words in words.tsv."""
    table: dict[str, dict[str, str]] = {}
    for word, name, value in _rows("words.tsv", 3):
        table.setdefault(word, {})[name] = value
    return table


def _numeral_classes(text: str) -> dict[str, str]:
    """Classes of an atom that begins with a digit."""
    found: dict[str, str] = {}
    if _DIGITS.fullmatch(text):
        number = int(text[:9])
        found["DIGITS"] = text
        if len(text) <= 2 and 1 <= number <= 31:
            found["DAY"] = text
        if len(text) == 4 and 1000 <= number <= 2199:
            found["YEAR"] = text
        if len(text) == 4 and number % 100 < 60 and number <= 2400:
            found["MILITARY"] = f"T{text[:2]}:{text[2:]}"
    for name, pattern, shape in (
        ("ORDNUM", _ORDINAL, "{0}"),
        ("DECADE", _DECADE, "{0}"),
        ("YYS", _SHORT_DECADE, "{0}"),
        ("CLOCK", _CLOCK, "T{0:0>2}:{1}"),
        ("DOTTED", _DOTTED, "{0} {1} {2}"),
        ("SLASHED", _SLASHED, "{0} {1} {2}"),
    ):
        match = pattern.fullmatch(text)
        if match:
            found[name] = shape.format(*match.groups())
    if "ORDNUM" in found and 1 <= int(found["ORDNUM"]) <= 31:
        found["DAY"] = found["ORDNUM"]
    return found


_NO_CLASSES: Mapping[str, str] = MappingProxyType({})


@cache
def lexicon() -> Mapping[str, Mapping[str, str]]:
    """Classes of the words that make time expressions, by lower-case word."""
    return MappingProxyType(_lexicon())


def classes(lower: str) -> Mapping[str, str]:
    """The classes that an atom belongs to, with its value in each."""
    if lower[:1].isdigit() and lower.isascii():
        return _numeral_classes(lower)
    return lexicon().get(lower, _NO_CLASSES)


def _elements(pattern: str) -> tuple[Element, ...]:
    """A pattern's places."""
    places = []
    for part in pattern.split(" "):
        optional = part.endswith("?")
        names = part.removesuffix("?").split("|")
        words = frozenset(name for name in names if not name.isupper() or name in "-,")
        places.append(Element(words, tuple(name for name in names if name not in words), optional))
    return tuple(places)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of the table."""
    found = []
    for order, (name, pattern, meaning, guard) in enumerate(_rows("rules.tsv", 4)):
        kind, *pairs = meaning.split(" ")
        given = dict(pair.split("=", 1) for pair in pairs)
        found.append(Rule(name, _elements(pattern), kind, MappingProxyType(given), guard, order))
    return tuple(found)


@cache
def modifiers() -> tuple[Modifier, ...]:
    """All modifiers in the order of the table."""
    return tuple(
        Modifier(name, _elements(pattern), target, mod, article == "the")
        for name, pattern, target, mod, article in _rows("modifiers.tsv", 5)
    )


@cache
def _contexts() -> dict[str, frozenset[str]]:
    """Words around time expressions, contexts.tsv."""
    return {name: frozenset(words.split(" ")) for name, words in _rows("contexts.tsv", 2)}


def context(name: str) -> frozenset[str]:
    """The words of one line of contexts.tsv."""
    return _contexts()[name]
