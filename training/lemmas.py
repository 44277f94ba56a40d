"""The table of lemmas that rules get wrong, from the lemmas of EWT and GUM."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from data import Cues, Text, read_docbin

from dragoman.language.lemmas import Lemmatizer

HEADER = """\
# Base forms (one field) and lemmas that the rules of dragoman.language.lemmas get wrong (form, UPOS, lemma).
# Derived from the lemmas of UD English EWT (CC BY-SA 4.0) and GUM, open genres (CC BY 4.0), training and
# development parts. This table is under CC BY-SA 4.0.
"""
SOURCES = ("ewt_train", "ewt_dev", "gum_open_train", "gum_open_dev")


def write_lemmas(shared: Path, path: Path) -> None:
    """Write base forms seen at least twice and the exceptions."""
    texts = [text for name in SOURCES for text in read_docbin(shared / "train" / f"{name}.spacy", Cues([]))]
    stems = _base_forms(texts)
    rules = Lemmatizer({}, stems)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    guessed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        for word, pos, tag, lemma in zip(text.words, text.pos, text.tags, text.lemmas, strict=True):
            if not lemma or lemma == "_":
                continue
            key = (word.lower(), pos)
            seen[key][lemma if pos == "PROPN" else lemma.lower()] += 1
            guessed[key].add(rules.lemma(word, pos, tag))
    rows = []
    for key, lemmas in sorted(seen.items()):
        best = lemmas.most_common(1)[0][0]
        if guessed[key] == {best} or (key[1] == "PROPN" and best.lower() == key[0]):
            continue
        if not any(character.isalpha() for character in key[0]) or {"\t", "@"} & set(key[0] + best):
            continue  # addresses of persons are no lemmas
        rows.append("\t".join((*key, best)))
    path.write_text(HEADER + "\n".join(sorted(stems)) + "\n" + "\n".join(rows) + "\n", encoding="utf-8")


def _base_forms(texts: list[Text]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        for pos, lemma in zip(text.pos, text.lemmas, strict=True):
            if (
                pos in {"VERB", "ADJ", "NOUN", "ADV"}
                and lemma.isalpha()
                and lemma.isascii()
                and len(lemma) > 2
            ):
                counts[lemma.lower()] += 1
    return frozenset(lemma for lemma, count in counts.items() if count >= 2)
