"""Reports for the temporal room, tagged by a small word list, so that no model is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
import spacy

from dragoman.model import BlockKind, DateWitness, Document, Parsed, Sentence, Token
from dragoman.testing import make_document

_TOKENIZER = spacy.blank("en").tokenizer
_TAGS = {
    "IN": "in on at of by from with for until since before after during between through about around "
    "over ahead that",
    "DT": "the a an this that these those each every",
    "CC": "and or but",
    "TO": "to",
    "MD": "will would may could",
    "PRP": "he she they it we",
    "VBD": "met held said began ended signed was were arrived agreed came spoke had left talked lasted "
    "expired took",
    "VBZ": "is has says begins starts visits meets",
    "VBP": "are have plan",
    "VB": "meet hold visit begin travel be start arrive",
    "VBN": "held scheduled expected been published set",
    "VBG": "speaking arriving",
    "JJ": "last next late early recent brutal bilateral maritime second",
    "NNS": "talks ministers people troops days weeks months years drafts",
    ".": ". ? !",
    ",": ",",
}
TAG_OF = {word: tag for tag, words in reversed(_TAGS.items()) for word in words.split()}
LEMMA_OF = {
    "scheduled": "schedule",
    "expected": "expect",
    "set": "set",
    "are": "be",
    "is": "be",
    "says": "say",
    "said": "say",
}

ReadReport = Callable[..., Parsed]


def _tag(word: str) -> str:
    if word != "May" and word.lower() in TAG_OF:
        return TAG_OF[word.lower()]
    if word[:1].isdigit():
        return "CD"
    if not word[:1].isalnum():
        return ":"
    return "NNP" if word[:1].isupper() else "NN"


def parse_words(document: Document) -> Parsed:
    """The report in spaCy's tokens, a sentence to every full stop; no tree, so tense comes from the words."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.CHROME:
            continue
        text = document.text[block.start : block.end]
        for match in re.finditer(r".+?(?:(?<=[a-z\d)]{2})\.(?=\s|$)|$)", text, re.DOTALL):
            first = len(tokens)
            for word in _TOKENIZER(match[0]):
                if word.is_space:
                    continue
                i, start = len(tokens), block.start + match.start() + word.idx
                lower = word.text.lower()
                tokens.append(
                    Token(i, start, start + len(word.text), word.text, lower, LEMMA_OF.get(lower, lower), "X",
                          _tag(word.text), "dep", i, len(sentences))
                )  # fmt: skip
            if len(tokens) > first:
                sentences.append(Sentence(len(sentences), first, len(tokens), block.kind, number))
    return Parsed(document, tuple(tokens), tuple(sentences), ())


@pytest.fixture
def read_report() -> ReadReport:
    """A report parsed by words alone: its text, its stated date and other witnesses."""

    def read(
        text: str, *, published: str | None = None, witnesses: Sequence[DateWitness] = (), **fields: object
    ) -> Parsed:
        document = make_document(text, published=published, **fields)
        return parse_words(replace(document, witnesses=(*document.witnesses, *witnesses)))

    return read
