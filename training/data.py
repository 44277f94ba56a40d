"""Training data: annotated documents, what their marks allow, and chunks of them for the network."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from dragoman.language.chunks import certain_end
from dragoman.language.labels import NAME_TAGS, NAMES
from dragoman.language.pieces import WordPieces, shape_of
from dragoman.language.tokens import blank_english

# What a mark of the general corpora (PER, ORG, LOC alone) may be in ours, which has eight types. The
# guideline (ENTITIES.md) gives places inside offices to the ROLE and nations as adjectives to NORP.
ALLOWED = {
    "PER": ("PER",),
    "LOC": ("GPE", "LOC", "NORP", "ROLE*", "FORUM*", "DOC*", "ORG*"),
    "ORG": ("ORG", "FORUM", "ROLE*", "DOC*"),
    "MISC": ("NORP", "DOC", "FORUM", "ROLE*", "O"),
    "O": ("O", "ROLE*", "NORP", "DOC*", "FORUM*"),
}
# Unmarked words of these kinds begin or continue none of our names.
NEVER_NAMED = frozenset({"VERB", "AUX", "PRON", "ADV", "SCONJ", "INTJ"})
SMALLEST, LARGEST, LONGEST = 24, 128, 250  # word pieces of a chunk


@dataclass
class Text:
    """
    One annotated text.

    ``sentences`` are bounds in words; where ``parsed`` is False they are only what rules are sure of.
    ``heads`` count from the text's first word, -1 at a root. ``names`` are bit masks of allowed name
    tags; ``blocks`` are words that begin a paragraph.
    """

    words: list[str]
    sentences: list[tuple[int, int]]
    parsed: bool
    names: list[int]
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    blocks: frozenset[int] = frozenset()
    weight: float = 1.0


ALL_TAGS = (1 << len(NAME_TAGS)) - 1


def _bits(place: str, names: Sequence[str]) -> int:
    bits = 0
    for name in names:
        if name == "O":
            bits |= 1
            continue
        k = NAMES.index(name.rstrip("*"))
        bits |= 1 << (1 + 2 * k if place == "B" else 2 + 2 * k)
        if name.endswith("*"):  # may be any part of a longer name
            bits |= 3 << (1 + 2 * k)
    return bits


def allowed_tags(place: str, label: str, pos: str) -> int:
    """Bit mask of our name tags that a mark (``B``/``I``/``O``/"" for missing) leaves open."""
    if place == "":
        return ALL_TAGS
    if place == "O":
        return 1 if pos in NEVER_NAMED else _bits("B", ALLOWED["O"]) | _bits("I", ALLOWED["O"])
    return _bits(place, ALLOWED[label])


def read_docbin(path: Path) -> list[Text]:
    """Texts of a spaCy DocBin; those without a parse get the sentence ends that rules are sure of."""
    from spacy.tokens import DocBin

    texts = []
    for doc in DocBin().from_disk(path).get_docs(blank_english().vocab):
        words = [token.text for token in doc]
        if not words:
            continue
        names = [allowed_tags(token.ent_iob_, token.ent_type_, token.pos_) for token in doc]
        if not doc.has_annotation("DEP"):
            texts.append(Text(words, sure_sentences(words), parsed=False, names=names))
            continue
        texts.append(
            Text(
                words,
                [(sentence.start, sentence.end) for sentence in doc.sents],
                parsed=True,
                names=names,
                tags=[token.tag_ for token in doc],
                pos=[token.pos_ for token in doc],
                deps=[token.dep_.lower() for token in doc],
                heads=[token.head.i if token.head.i != token.i else -1 for token in doc],
                lemmas=[token.lemma_ for token in doc],
            )
        )
    return texts


def read_entities(path: Path, *, weight: float = 1.0) -> list[Text]:
    """Reports of the project's own annotation, all eight types marked."""
    texts = []
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        words, bounds, blocks = tokenize(row["text"])
        tags = [0] * len(words)
        for start, end, label in row["entities"]:
            inside = [i for i, (a, b) in enumerate(bounds) if a < end and b > start]
            for place, i in enumerate(inside):
                tags[i] = NAMES.index(label) * 2 + (1 if place == 0 else 2)
        texts.append(
            Text(
                words,
                sure_sentences(words, blocks),
                parsed=False,
                names=[1 << tag for tag in tags],
                blocks=frozenset(blocks),
                weight=weight,
            )
        )
    return texts


def tokenize(text: str) -> tuple[list[str], list[tuple[int, int]], list[int]]:
    """Words, their bounds and the words that begin a line."""
    words: list[str] = []
    bounds: list[tuple[int, int]] = []
    blocks: list[int] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        first = len(words)
        for token in blank_english().make_doc(line.rstrip("\r\n")):
            if not token.is_space:
                words.append(token.text)
                bounds.append((offset + token.idx, offset + token.idx + len(token.text)))
        if len(words) > first:
            blocks.append(first)
        offset += len(line)
    return words, bounds, blocks


def sure_sentences(words: list[str], blocks: Sequence[int] = (0,)) -> list[tuple[int, int]]:
    """Bounds of stretches between certain ends of sentences."""
    starts = sorted({0, *blocks, *(i + 1 for i in range(len(words) - 1) if certain_end(words, i))})
    return list(zip(starts, [*starts[1:], len(words)], strict=True))


@dataclass(frozen=True)
class Labels:
    """Label inventories, in the order of the network's outputs."""

    tags: list[str]
    pos: list[str]
    deps: list[str]

    @classmethod
    def of(cls, texts: Sequence[Text]) -> Labels:
        """All labels that the texts use."""
        parsed = [text for text in texts if text.parsed]
        return cls(
            *(sorted({label for text in parsed for label in getattr(text, kind)}) for kind in ("tags", "pos", "deps"))
        )


@dataclass
class Example:
    """One chunk as numbers; -100 where there is no label."""

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]
    word_shapes: list[int]
    sentence: list[int]  # number of the sentence within the chunk
    starts: list[float]  # 1 at the first word of a sentence, -100 where given or unknown
    names: list[int]
    tags: list[int]
    pos: list[int]
    deps: list[int]
    heads: list[int]  # 0 the root, else 1 + word within the chunk
    weight: float


class Sampler:
    """
    Cut texts into chunks, anew in every epoch.

    A chunk is a single sentence or a run of them up to a random size; some sentence bounds are
    shown to the network as breaks, as paragraphs are when reports are read. Some chunks lose
    their last full stop or their case, as headlines do.
    """

    def __init__(self, wordpieces: WordPieces, labels: Labels) -> None:
        self.wordpieces = wordpieces
        self.tag = {label: i for i, label in enumerate(labels.tags)}
        self.pos = {label: i for i, label in enumerate(labels.pos)}
        self.dep = {label: i for i, label in enumerate(labels.deps)}

    def sample(self, texts: Sequence[Text], chance: random.Random) -> Iterator[Example]:
        """Chunks of all texts, with augmentation."""
        for text in texts:
            run: list[tuple[int, int]] = []
            size, target = 0, self._target(chance)
            for bounds in text.sentences:
                grown = sum(len(self.wordpieces.of(text.words[i])) for i in range(*bounds))
                if run and size + grown > target:
                    yield self.example(text, run, chance)
                    run, size, target = [], 0, self._target(chance)
                run.append(bounds)
                size += grown
            if run:
                yield self.example(text, run, chance)

    def _target(self, chance: random.Random) -> int:
        return 1 if chance.random() < 0.2 else chance.randint(SMALLEST, LARGEST)

    def example(self, text: Text, run: list[tuple[int, int]], chance: random.Random | None = None) -> Example:
        """One run of sentences as numbers; augmented where a source of chance is given."""
        start, end = run[0][0], run[-1][1]
        if chance and end - start > 4 and chance.random() < 0.05:
            end = _without_final_stop(text, run, end)
        words = text.words[start:end]
        shapes = [shape_of(word) for word in words]
        if chance:
            shapes = _recased(words, shapes, chance)
        begins = {bounds[0] for bounds in run}
        show = chance.choice((0.0, 0.5)) if chance else 0.0
        pieces, piece_shapes, firsts, starts, sentence = [self.wordpieces.start], [0], [], [], []
        number = -1
        for i, word in enumerate(words, start):
            if len(pieces) > LONGEST:  # beyond this the window would be blunt at reading, too
                words = words[: i - start]
                break
            begin = i in begins
            given = i == start
            number += begin
            if begin and not given and (i in text.blocks or (chance and chance.random() < show)):
                pieces.append(self.wordpieces.stop)
                piece_shapes.append(0)
                given = True
            firsts.append(len(pieces))
            own = self.wordpieces.of(word)
            if chance and chance.random() < 0.03:
                own = (self.wordpieces.mask,) * min(len(own), 2)
            pieces.extend(own)
            piece_shapes.extend([shapes[i - start]] * len(own))
            starts.append(-100.0 if given or not text.parsed else float(begin))
            sentence.append(number)
        pieces.append(self.wordpieces.stop)
        piece_shapes.append(0)
        count = len(words)
        end = start + count
        nothing = [-100] * count
        return Example(
            pieces, piece_shapes, firsts, shapes[:count], sentence, starts, text.names[start:end],
            [self.tag.get(tag, -100) for tag in text.tags[start:end]] or nothing,
            [self.pos.get(tag, -100) for tag in text.pos[start:end]] or nothing,
            [self.dep.get(dep, -100) for dep in text.deps[start:end]] or nothing,
            [_head(head, start, end) for head in text.heads[start:end]] or nothing,
            text.weight,
        )  # fmt: skip


def _head(head: int, start: int, end: int) -> int:
    if head < 0:
        return 0
    return head - start + 1 if start <= head < end else -100


def _without_final_stop(text: Text, run: list[tuple[int, int]], end: int) -> int:
    last = end - 1
    if last <= run[-1][0] or text.words[last] != "." or last in text.heads[run[-1][0] : end]:
        return end
    return last


def _recased(words: list[str], shapes: list[int], chance: random.Random) -> list[int]:
    """Shapes as in a headline in capitals, a headline in title case or text without case, at times."""
    drawn = chance.random()
    if drawn > 0.06:
        return shapes
    if drawn < 0.02:
        return [shape_of(word.upper()) for word in words]
    if drawn < 0.05:
        return [shape_of(word[:1].upper() + word[1:]) if len(word) > 3 else shape for word, shape in zip(words, shapes, strict=True)]
    return [shape_of(word.lower()) for word in words]


@dataclass
class Batch:
    """Examples side by side, padded."""

    pieces: np.ndarray
    shapes: np.ndarray
    mask: np.ndarray
    firsts: np.ndarray
    word_shapes: np.ndarray
    words: np.ndarray
    sentence: np.ndarray
    starts: np.ndarray
    names: np.ndarray
    tags: np.ndarray
    pos: np.ndarray
    deps: np.ndarray
    heads: np.ndarray
    weight: np.ndarray


def collate(examples: Sequence[Example]) -> Batch:
    """Pad examples to one size."""
    longest = max(len(example.pieces) for example in examples)
    most = max(len(example.firsts) for example in examples)

    def table(kind: str, width: int, fill: float, dtype: type) -> np.ndarray:
        rows = np.full((len(examples), width), fill, dtype=dtype)
        for row, example in zip(rows, examples, strict=True):
            values = getattr(example, kind)
            row[: len(values)] = values
        return rows

    mask = np.zeros((len(examples), longest), dtype=bool)
    words = np.zeros((len(examples), most), dtype=bool)
    for i, example in enumerate(examples):
        mask[i, : len(example.pieces)] = True
        words[i, : len(example.firsts)] = True
    bits = table("names", most, 1, np.int64)
    return Batch(
        pieces=table("pieces", longest, 0, np.int64), shapes=table("shapes", longest, 0, np.int64), mask=mask,
        firsts=table("firsts", most, 0, np.int64), word_shapes=table("word_shapes", most, 0, np.int64),
        words=words, sentence=table("sentence", most, -1, np.int64),
        starts=table("starts", most, -100, np.float32),
        names=(bits[..., None] >> np.arange(len(NAME_TAGS))) & 1 == 1,
        tags=table("tags", most, -100, np.int64), pos=table("pos", most, -100, np.int64),
        deps=table("deps", most, -100, np.int64), heads=table("heads", most, -100, np.int64),
        weight=np.array([example.weight for example in examples], dtype=np.float32),
    )  # fmt: skip


def batches(examples: Sequence[Example], pieces: int, chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, about ``pieces`` word pieces a batch, in random order."""
    ordered = sorted(examples, key=lambda example: len(example.pieces) + 6 * chance.random())
    made: list[list[Example]] = []
    current: list[Example] = []
    for example in ordered:
        if current and len(example.pieces) * (len(current) + 1) > pieces:
            made.append(current)
            current = []
        current.append(example)
    if current:
        made.append(current)
    chance.shuffle(made)
    return made
