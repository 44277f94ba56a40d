"""The model as a spaCy component: ``nlp.add_pipe("dragoman_reader")`` annotates a Doc."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG
from spacy.language import Language as SpacyPipeline
from spacy.symbols import IDS
from spacy.tokens import Doc

from dragoman.language.lemmas import Lemmatizer, lemmatizer
from dragoman.language.network import FOLDER, Network, load_network
from dragoman.language.tokens import blank_english

NAME = "dragoman_reader"
_BEGIN, _INSIDE, _OUTSIDE = 3, 1, 2  # spaCy's ENT_IOB


class Reader:
    """
    Sets sentences, tags, lemmas, dependencies and names on a Doc.

    White space tokens hang on the word before them. A Doc is one block: where paragraphs matter,
    make one Doc of each.
    """

    def __init__(self, network: Network, lemmas: Lemmatizer) -> None:
        self.network = network
        self.lemmas = lemmas

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, annotated."""
        real = [token.i for token in doc if not token.is_space]
        if not real:
            return doc
        words = [doc[i].text for i in real]
        spaced = [i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space for i in real]
        found = self.network.annotate(words, spaced)
        strings = doc.vocab.strings
        rows: Any = np.zeros((len(doc), 8), dtype=np.uint64)
        heads = np.full(len(doc), -1, dtype=np.int64)
        heads[0] = 1 if len(doc) > 1 else 0
        for k, i in enumerate(real):
            pos, tag = found.pos[k], found.tags[k]
            dep = "ROOT" if found.heads[k] == k else found.deps[k]
            lemma = self.lemmas.lemma(words[k], pos, tag)
            rows[i, :5] = (strings.add(tag), IDS[pos], strings.add(dep), strings.add(lemma), _OUTSIDE)
            rows[i, 6] = int(found.starts[k])
            heads[i] = real[found.heads[k]] - i
        for i in range(real[0]):  # leading white space hangs on the first word
            heads[i] = real[0] - i
        for label, start, end in found.names:
            for k in range(start, end):
                rows[real[k], 4] = _BEGIN if k == start else _INSIDE
                rows[real[k], 5] = strings.add(label)
        rows[:, 7] = heads.astype(np.uint64)
        return doc.from_array([TAG, POS, DEP, LEMMA, ENT_IOB, ENT_TYPE, SENT_START, HEAD], rows)


@SpacyPipeline.factory(
    NAME,
    default_config={"folder": None},
    assigns=[
        "token.tag",
        "token.pos",
        "token.dep",
        "token.head",
        "token.lemma",
        "token.is_sent_start",
        "doc.ents",
    ],
)
def make_reader(nlp: Any, name: str, folder: str | None) -> Reader:  # noqa: ARG001 - spaCy's signature
    """The component with the model of ``folder``, the shipped one by default."""
    path = Path(folder) if folder else FOLDER
    return Reader(load_network(path), lemmatizer(path / "lemmas.tsv"))


def spacy_pipeline() -> Any:
    """A spaCy pipeline with our tokenizer and the model: ``spacy_pipeline()("Lavrov met Blinken.")``."""
    nlp = blank_english()
    if NAME not in nlp.pipe_names:
        nlp.add_pipe(NAME)
    return nlp
