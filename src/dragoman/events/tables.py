"""The word tables of the events room, read once from ``dragoman/data/events``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.errors import ModelError


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


def rows(name: str) -> list[list[str]]:
    """Rows of a table in ``dragoman/data/events``: cells split at tabs, comments left out."""
    source = files("dragoman.data") / "events" / name
    try:
        text = source.read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(f"cannot read the table {source}; reinstall dragoman") from error
    lines = (line.rstrip("\n") for line in text.splitlines())
    return [
        [cell.strip() for cell in line.split("\t")] for line in lines if line and not line.startswith("#")
    ]


@cache
def triggers() -> dict[tuple[str, str], Trigger]:
    """Triggers by lemma and part of speech ("N", "V")."""
    table = {}
    for row in rows("triggers.tsv"):
        lemma, pos, frame, *rest = row
        table[lemma, pos] = Trigger(lemma, pos, frame, plural=bool(rest) and rest[0] == "P")
    return table


@cache
def governors() -> dict[str, tuple[Governor, ...]]:
    """Governing predicates by lemma; those that need a particle first."""
    table: dict[str, list[Governor]] = {}
    for row in rows("governors.tsv"):
        lemma, effect, *rest = row
        table.setdefault(lemma, []).append(Governor(lemma, effect, rest[0] if rest else ""))
    return {lemma: tuple(sorted(found, key=lambda g: not g.particle)) for lemma, found in table.items()}


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Word classes by name."""
    table: dict[str, set[str]] = {}
    for name, line in rows("words.tsv"):
        table.setdefault(name, set()).update(line.split())
    return {name: frozenset(found) for name, found in table.items()}


def words(name: str) -> frozenset[str]:
    """The words of one class of ``words.tsv``."""
    return word_classes()[name]
