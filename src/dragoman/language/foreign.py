"""A spaCy pipeline of the user's choice in place of the project's own model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.errors import ModelError
from dragoman.language.language import body_lines
from dragoman.model import BlockKind, Document, Name, Parsed, Sentence, Token

# Names of OntoNotes, the labels of spaCy's own pipelines, in ours; the others are no names here.
# https://catalog.ldc.upenn.edu/docs/LDC2013T19/OntoNotes-Release-5.0.pdf
NAMES = {
    "PERSON": "PER", "PER": "PER", "GPE": "GPE", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP", "ORG": "ORG",
    "EVENT": "FORUM", "LAW": "DOC", "ROLE": "ROLE", "FORUM": "FORUM", "DOC": "DOC",
}  # fmt: skip

# Relations of ClearNLP, which spaCy's English pipelines use, in UD's. Prepositions head their phrase
# there and copulas their clause; only labels are mapped, not the shape of the tree.
# https://github.com/clir/clearnlp-guidelines/blob/master/md/specifications/dependency_labels.md
RELATIONS = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj",
    "dative": "iobj", "pobj": "obl", "prep": "case", "agent": "case", "attr": "xcomp", "acomp": "xcomp",
    "oprd": "xcomp", "pcomp": "advcl", "relcl": "acl:relcl", "poss": "nmod:poss", "prt": "compound:prt",
    "neg": "advmod", "npadvmod": "obl:unmarked", "quantmod": "advmod", "preconj": "cc:preconj",
    "predet": "det:predet", "intj": "discourse", "meta": "dep",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpacyLanguage:
    """A spaCy pipeline; line by line, so that no sentence leaves its block."""

    pipeline: Any

    @classmethod
    def load(cls, name: str) -> SpacyLanguage:
        """The pipeline of that name or path; ModelError where there is none or it lacks what we need."""
        import spacy  # noqa: PLC0415 - slow to import

        try:
            pipeline = spacy.load(name)
        except (OSError, ValueError, ImportError) as error:
            message = (
                f"no spaCy pipeline {name!r}: install it (python -m spacy download {name}) or name another"
            )
            raise ModelError(message) from error
        return cls(pipeline)

    def parse(self, document: Document) -> Parsed:
        """Tokens, sentences, dependencies and names of the document's body."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        names: list[Name] = []
        for start, end, index, kind in body_lines(document):
            doc = self.pipeline(document.text[start:end])
            if not doc.has_annotation("DEP"):
                message = (
                    f"spaCy pipeline {self.pipeline.meta.get('name', '?')!r} has no parser; name one that has"
                )
                raise ModelError(message)
            _add_doc(doc, start, (index, kind), tokens, sentences, names)
        return Parsed(document, tuple(tokens), tuple(sentences), tuple(names))


def _add_doc(
    doc: Any,
    offset: int,
    block: tuple[int, BlockKind],
    tokens: list[Token],
    sentences: list[Sentence],
    names: list[Name],
) -> None:
    places: dict[int, int] = {}
    for token in doc:
        if not token.is_space:
            places[token.i] = len(tokens) + len(places)
    for sentence in doc.sents:
        real = [token for token in sentence if not token.is_space]
        if not real:
            continue
        number, first = len(sentences), places[real[0].i]
        tokens.extend(_token(token, offset, places, number) for token in real)
        sentences.append(Sentence(number, first, first + len(real), block[1], block[0]))
    for entity in doc.ents:
        inside = [places[token.i] for token in entity if token.i in places]
        if entity.label_ in NAMES and inside:
            names.append(Name(NAMES[entity.label_], inside[0], inside[-1] + 1))


def _token(token: Any, offset: int, places: dict[int, int], sentence: int) -> Token:
    i = places[token.i]
    start = offset + token.idx
    head, dep = places.get(token.head.i, i), token.dep_.lower()
    lemma = token.lemma_ or token.lower_
    return Token(
        i, start, start + len(token.text), token.text, token.text.lower(),
        lemma if token.pos_ == "PROPN" else lemma.lower(), token.pos_ or "X", token.tag_,
        "root" if head == i else RELATIONS.get(dep, dep), head, sentence,
    )  # fmt: skip
