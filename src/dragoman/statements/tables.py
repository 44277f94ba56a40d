"""The words that attribute, read once from the tables in ``dragoman/data/statements``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.data import read_rows

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue word can do: ``kind`` is speech, thought, plan or judgement; frames as in the table."""

    kind: str
    frames: frozenset[str]


@cache
def verb_cues() -> dict[str, Cue]:
    """Cue verbs by lemma ("say", "point_out"); a lemma of several lines has the frames of all."""
    return _merged(read_rows("statements", "cue_verbs.tsv", titled=True))


@cache
def noun_cues() -> dict[str, Cue]:
    """Cue nouns by lemma."""
    return _merged(read_rows("statements", "cue_nouns.tsv", titled=True))


@cache
def light_verbs() -> frozenset[str]:
    """Verbs that carry a cue noun: "make" (a statement), "express" (hope)."""
    return frozenset(
        word for row in read_rows("statements", "light_verbs.tsv", titled=True) for word in row[0].split()
    )


@cache
def particles() -> frozenset[str]:
    """Second words of cue verbs of two words."""
    return frozenset(lemma.partition("_")[2] for lemma in verb_cues() if "_" in lemma)


@cache
def cue_forms() -> dict[str, str]:
    """Inflected forms of cue verbs and nouns to their lemma, to see a cue in a word that was run together."""
    forms: dict[str, str] = {
        "said": "say",
        "told": "tell",
        "wrote": "write",
        "held": "hold",
        "thought": "think",
    }
    for lemma in verb_cues():
        if "_" not in lemma:
            forms.update(dict.fromkeys(_inflected(lemma), lemma))
    for lemma in noun_cues():
        forms.update({lemma: lemma, _plural(lemma): lemma})
    return forms


def _merged(rows: list[list[str]]) -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for kind, frames, lemmas in rows:
        for lemma in lemmas.split():
            old = cues.get(lemma)
            new = frozenset(frames.split(","))
            cues[lemma] = Cue(old.kind if old else kind, (old.frames if old else frozenset()) | new)
    return cues


def _inflected(lemma: str) -> tuple[str, ...]:
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    return lemma, _plural(lemma), lemma + "ed", lemma + "ing"


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")
