"""The word tables of the events room, read once from ``dragoman/data/events``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.data import read_rows


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that can name an event; ``frame`` says which rule reads it."""

    lemma: str
    pos: str
    frame: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Governor:
    """What a predicate over a meeting noun does to the meeting."""

    lemma: str
    effect: str
    particle: str


@cache
def triggers() -> dict[tuple[str, str], Trigger]:
    """Triggers by lemma and part of speech ("N", "V")."""
    table = {}
    for row in read_rows("events", "triggers.tsv"):
        lemma, pos, frame, *rest = row
        table[lemma, pos] = Trigger(lemma, pos, frame, plural=bool(rest) and rest[0] == "P")
    return table


@cache
def governors() -> dict[str, tuple[Governor, ...]]:
    """Governing predicates by lemma; those that need a particle first."""
    table: dict[str, list[Governor]] = {}
    for row in read_rows("events", "governors.tsv"):
        lemma, effect, *rest = row
        table.setdefault(lemma, []).append(Governor(lemma, effect, rest[0] if rest else ""))
    return {lemma: tuple(sorted(found, key=lambda g: not g.particle)) for lemma, found in table.items()}


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Word classes by name."""
    table: dict[str, set[str]] = {}
    for name, line in read_rows("events", "words.tsv"):
        table.setdefault(name, set()).update(line.split())
    return {name: frozenset(found) for name, found in table.items()}


def words(name: str) -> frozenset[str]:
    """The words of one class of ``words.tsv``."""
    return word_classes()[name]
