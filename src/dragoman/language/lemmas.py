"""Lemmas: regular inflection by rule, the rest from a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dragoman.errors import ModelError

# Universal POS tags whose words inflect; others are their own lemma in lower case.
_INFLECTED = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV", "PROPN"})
_VOWELS = frozenset("aeiou")


class Lemmatizer:
    """
    Lemma of a word by its form and tags.

    Args:
        table: (form in lower case, UPOS) to lemma, where the rules are wrong.
        stems: known base forms, against which the rules try their guesses ("hop" or "hope" for "hoped").
    """

    def __init__(self, table: dict[tuple[str, str], str], stems: frozenset[str] = frozenset()) -> None:
        self._table = table
        self._stems = stems

    @classmethod
    def from_file(cls, path: Path) -> Lemmatizer:
        """The lemmatizer of a ``lemmas.tsv``: form, UPOS, lemma; or a base form alone."""
        table: dict[tuple[str, str], str] = {}
        stems: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) == 1:
                stems.add(fields[0])
            else:
                table[fields[0], fields[1]] = fields[2]
        return cls(table, frozenset(stems))

    def lemma(self, word: str, pos: str, tag: str) -> str:
        """The lemma: lower case except for proper nouns."""
        low = word.lower().replace("’", "'")
        found = self._table.get((low, pos))
        if found is not None:
            return found
        if pos == "PROPN":
            return singular_name(word) if tag == "NNPS" else word
        return regular(low, tag, self._stems) if pos in _INFLECTED else low


def singular_name(word: str) -> str:
    """A proper noun without its plural ending: "Emirates" stays to the table, "Kurds" gives "Kurd"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def regular(low: str, tag: str, stems: frozenset[str]) -> str:
    """Undo regular inflection, as the Penn Treebank tag says which there is."""
    if tag in {"NNS", "VBZ"}:
        return _without_s(low, stems)
    if tag in {"VBD", "VBN"} and low.endswith("ed") and len(low) > 3:
        return "y".join((low[:-3], "")) if low.endswith("ied") and len(low) > 4 else _base(low[:-2], stems)
    if tag == "VBG" and low.endswith("ing") and len(low) > 4:
        return _base(low[:-3], stems)
    if tag in {"JJR", "RBR"} and low.endswith("er") and len(low) > 4:
        return low[:-3] + "y" if low.endswith("ier") else _base(low[:-2], stems)
    if tag in {"JJS", "RBS"} and low.endswith("est") and len(low) > 5:
        return low[:-4] + "y" if low.endswith("iest") else _base(low[:-3], stems)
    return low


def _without_s(low: str, stems: frozenset[str]) -> str:
    if not low.endswith("s") or len(low) < 3 or low.endswith("ss"):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) and low[:-1] not in stems:
        return low[:-2]
    return low[:-1]


def _base(stem: str, stems: frozenset[str]) -> str:
    """The base form behind a stem: as it is, with "e", or with one consonant of two."""
    for guess in (stem, stem + "e", stem[:-1]):
        if guess in stems and (guess != stem[:-1] or stem[-1:] == stem[-2:-1]):
            return guess
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith(("at", "iz", "is", "v", "c", "u", "dg", "rg", "ng", "bl", "tl", "dl", "gl", "pl")):
        return stem + "e"
    short = len(stem) > 2 and stem[-2] in _VOWELS and stem[-3] not in _VOWELS and stem[-1] not in "wxyrn"
    return stem + "e" if short and sum(c in _VOWELS for c in stem) == 1 else stem


@cache
def lemmatizer(path: Path) -> Lemmatizer:
    """The lemmatizer of a file; read once a process. ModelError where there is no such table."""
    try:
        return Lemmatizer.from_file(path)
    except (OSError, ValueError, IndexError) as error:
        message = f"{path}: the table of lemmas is missing or damaged; reinstall, or run `make model`"
        raise ModelError(message) from error
