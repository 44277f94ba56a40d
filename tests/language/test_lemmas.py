"""Lemmas by rule, and by table where rules fail."""

from __future__ import annotations

import pytest

from dragoman.language.lemmas import Lemmatizer, lemmatizer
from dragoman.language.network import FOLDER

SHIPPED = lemmatizer(FOLDER / "lemmas.tsv")


@pytest.mark.parametrize(
    ("word", "pos", "tag", "lemma"),
    [
        ("talks", "NOUN", "NNS", "talk"),
        ("Parties", "NOUN", "NNS", "party"),
        ("crises", "NOUN", "NNS", "crisis"),
        ("men", "NOUN", "NNS", "man"),
        ("met", "VERB", "VBD", "meet"),
        ("agreed", "VERB", "VBD", "agree"),
        ("discussed", "VERB", "VBN", "discuss"),
        ("planned", "VERB", "VBN", "plan"),
        ("signing", "VERB", "VBG", "sign"),
        ("urging", "VERB", "VBG", "urge"),
        ("denies", "VERB", "VBZ", "deny"),
        ("holds", "VERB", "VBZ", "hold"),
        ("was", "AUX", "VBD", "be"),
        ("’s", "AUX", "VBZ", "be"),
        ("n't", "PART", "RB", "not"),
        ("earlier", "ADV", "RBR", "early"),
        ("latest", "ADJ", "JJS", "late"),
        ("their", "PRON", "PRP$", "their"),
        ("Geneva", "PROPN", "NNP", "Geneva"),
        ("Russians", "PROPN", "NNPS", "Russian"),
        ("The", "DET", "DT", "the"),
    ],
)
def test_shipped_lemmas(word: str, pos: str, tag: str, lemma: str) -> None:
    assert SHIPPED.lemma(word, pos, tag) == lemma


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("walked", "VBD", "walk"),
        ("hoped", "VBD", "hope"),
        ("stopped", "VBD", "stop"),
        ("carried", "VBD", "carry"),
        ("negotiated", "VBD", "negotiate"),
        ("called", "VBD", "call"),
        ("reaches", "VBZ", "reach"),
    ],
)
def test_rules_without_a_table(word: str, tag: str, lemma: str) -> None:
    assert Lemmatizer({}).lemma(word, "VERB", tag) == lemma


def test_the_table_goes_before_the_rules() -> None:
    assert Lemmatizer({("mice", "NOUN"): "mouse"}).lemma("Mice", "NOUN", "NNS") == "mouse"
