"""From a report to its parse: the project's own model, or a spaCy pipeline that the user names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dragoman.language.lemmas import Lemmatizer, lemmatizer
from dragoman.language.network import FOLDER, Annotation, Network, load_network
from dragoman.language.subjects import settle_sayers, settle_subjects
from dragoman.language.tokens import blank_english
from dragoman.model import BlockKind, Document, Name, Parsed, Sentence, Token
from dragoman.text.dates import find_dateline

BODY = frozenset({BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.BYLINE})
DATELINED = 2  # first paragraphs that a dateline may open
# Lines longer than this are cut at a space, and runs without any space are cut anyway: the tokenizer's
# time grows with the square of what it gets in one run of brackets or quotes.
LONGEST_LINE, LONGEST_RUN = 20_000, 200
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}")


class Language(Protocol):
    """Anything that parses a document."""

    def parse(self, document: Document) -> Parsed:
        """Tokens, sentences, dependencies and names of the document's body."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report's body with their places and the blocks they stand in."""

    texts: list[str]
    starts: list[int]
    spaced: list[bool]  # whether white space (or the block's edge) stands before
    blocks: list[tuple[int, BlockKind]]  # index in Document.blocks, kind; one for each break
    breaks: list[int]  # words that begin a block


def body_lines(document: Document) -> Iterator[tuple[int, int, int, BlockKind]]:
    """
    Start, end, block index and kind of each line of the body.

    A document without blocks is one paragraph. Lines end at newlines also inside a block; very long
    lines are cut at a space, for the tokenizer's time grows with the length of what it gets.
    """
    text = document.text
    blocks = [(b.start, b.end, k, b.kind) for k, b in enumerate(document.blocks) if b.kind in BODY]
    if not document.blocks:
        blocks = [(0, len(text), 0, BlockKind.PARAGRAPH)]
    for start, end, index, kind in blocks:
        at = start
        while at < end:
            stop = min(end, at + LONGEST_LINE)
            newline = text.find("\n", at, stop)
            if newline >= 0:
                stop = newline
            elif stop < end:
                space = text.rfind(" ", at, stop)
                stop = space if space > at else stop
            for piece in _pieces(text, at, stop):
                yield *piece, index, kind
            at = stop + 1 if stop < end and text[stop].isspace() else max(stop, at + 1)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bounds of a line, or of its parts where it holds runs without white space beyond reason."""
    for match in _RUN.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    if start < end:
        yield start, end


def _story_starts(document: Document) -> list[int]:
    """Where the story begins behind a dateline, which is no part of its first sentence."""
    paragraphs = [b for b in document.blocks if b.kind is BlockKind.PARAGRAPH][:DATELINED]
    found = ((b.start, find_dateline(document.text[b.start : b.end])) for b in paragraphs)
    return [start + dateline.end for start, dateline in found if dateline is not None]


def words_of(document: Document) -> Words:
    """The words of the body; blocks begin anew, and so does the story behind a dateline, lines do not."""
    make_doc = blank_english().make_doc
    words = Words([], [], [], [], [])
    last, story = -1, _story_starts(document)
    for start, end, index, kind in body_lines(document):
        fresh, gap = index != last, True
        for token in make_doc(document.text[start:end]):
            if token.is_space:
                gap = True
                continue
            if story and start + token.idx >= story[0]:
                fresh = fresh or story[0] >= start
                story = story[1:]
            if fresh:
                words.breaks.append(len(words.texts))
                words.blocks.append((index, kind))
                fresh, last = False, index
            words.texts.append(token.text)
            words.starts.append(start + token.idx)
            words.spaced.append(gap)
            gap = bool(token.whitespace_)
    return words


@dataclass(frozen=True, slots=True)
class NeuralLanguage:
    """The project's own model; its card is MODEL_CARD.md in ``data/language``. Picklable."""

    network: Network
    lemmas: Lemmatizer

    def parse(self, document: Document) -> Parsed:
        """Tokens, sentences, dependencies and names of the document's body."""
        words = words_of(document)
        if not words.texts:
            return Parsed(document, (), (), ())
        return to_parsed(
            document, words, self.network.annotate(words.texts, words.spaced, words.breaks), self.lemmas
        )


def to_parsed(document: Document, words: Words, annotation: Annotation, lemmas: Lemmatizer) -> Parsed:
    """What the network said, as values of the model."""
    heads, deps = settle_sayers(*settle_subjects(annotation.heads, annotation.deps))
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    firsts = [i for i, start in enumerate(annotation.starts) if start]
    block = -1
    for number, (first, end) in enumerate(zip(firsts, [*firsts[1:], len(words.texts)], strict=True)):
        while block + 1 < len(words.breaks) and words.breaks[block + 1] <= first:
            block += 1
        index, kind = words.blocks[block]
        sentences.append(Sentence(number, first, end, kind, index))
        for i in range(first, end):
            text, start, pos, tag = words.texts[i], words.starts[i], annotation.pos[i], annotation.tags[i]
            low, lemma = text.lower(), lemmas.lemma(text, pos, tag)
            dep, head = deps[i], heads[i]
            tokens.append(Token(i, start, start + len(text), text, low, lemma, pos, tag, dep, head, number))
    names = tuple(Name(*name) for name in annotation.names)
    return Parsed(document, tuple(tokens), tuple(sentences), names)


def load_language(pipeline: str | None = None, *, folder: Path = FOLDER) -> Language:
    """
    The language model.

    Args:
        pipeline: name or path of an installed spaCy pipeline to use instead of the project's own;
            it needs a parser (UD or ClearNLP labels), a tagger and names.
        folder: where the project's own model lies.

    Raises:
        ModelError: the model is missing or damaged, or there is no such pipeline.
    """
    if pipeline is not None:
        from dragoman.language.foreign import SpacyLanguage  # noqa: PLC0415 - rarely wanted

        return SpacyLanguage.load(pipeline)
    return NeuralLanguage(load_network(folder), lemmatizer(folder / "lemmas.tsv"))
