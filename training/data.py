"""Training data: annotated documents, what their marks allow, and chunks of them for the network."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from spacy.tokens import DocBin

from dragoman.language.chunks import certain_end
from dragoman.language.labels import NAME_TAGS, NAMES
from dragoman.language.pieces import WordPieces, shape_of
from dragoman.language.tokens import blank_english

# What a mark of the general corpora (PER, ORG, LOC alone) may always be in ours, which has eight types,
# and what it may be part of where a word that goes with such names stands near ("minister", "treaty"):
# the guideline (ENTITIES.md) gives places inside offices to the ROLE.
ALLOWED = {
    "PER": (("PER",), ("ORG",)),
    "LOC": (("GPE", "LOC"), ("ROLE", "ORG", "FORUM", "DOC")),
    "ORG": (("ORG", "FORUM"), ("ROLE", "DOC")),
    "MISC": (("O",), ("ROLE", "FORUM", "DOC")),
    "O": (("O",), ("ROLE", "FORUM", "DOC")),
}
# Words in lower case inside names ("Minister of Foreign Affairs", "Charter of the United Nations").
_LINKS = dict.fromkeys(
    ("of", "for", "and", "the", "to", "on", "in", "'s", "-"), ("ROLE", "DOC", "FORUM", "ORG")
)
# Words this far away from a name's telling word can belong to the name.
REACH = 4
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
    spaced: list[bool]
    sentences: list[tuple[int, int]]
    parsed: bool
    names: list[int]
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    blocks: frozenset[int] = frozenset()


ALL_TAGS = (1 << len(NAME_TAGS)) - 1
BEGINNINGS = sum(1 << tag for tag in range(len(NAME_TAGS)) if tag == 0 or tag % 2)


def _whole(name: str) -> int:
    """Bit mask of both tags of a name type."""
    return 6 << (2 * NAMES.index(name))


class Cues:
    """
    Words that tell a type of name, learned from the project's own reports.

    Args:
        own: texts whose names are fully marked.
    """

    def __init__(self, own: Sequence[Text]) -> None:
        inside: Counter[tuple[str, str]] = Counter()
        total: Counter[str] = Counter()
        for text in own:
            for word, bits in zip(text.words, text.names, strict=True):
                total[word.lower()] += 1
                if bits > 1:
                    inside[word.lower(), NAMES[(bits.bit_length() - 2) // 2]] += 1
        self._types: dict[str, set[str]] = defaultdict(set)
        self.nations = {word for (word, name) in inside if name == "NORP" and word[0].isalpha()}
        for (word, name), count in inside.items():
            if count >= 2 and 2 * count > total[word] and word.isalpha() and word not in self.nations:
                self._types[word].add(name)

    def near(self, words: Sequence[str]) -> list[set[str]]:
        """Types of names that each word may be part of, by the telling words around it."""
        found: list[set[str]] = [set() for _ in words]
        for i, word in enumerate(words):
            for name in self._types.get(word.lower(), ()):
                for near in found[max(0, i - REACH) : i + REACH + 1]:
                    near.add(name)
        return found

    def allowed(self, words: Sequence[str], marks: Sequence[tuple[str, str]]) -> list[int]:
        """
        Bit masks of our name tags that the marks of a general corpus leave open.

        Args:
            words: the words.
            marks: place (``B``, ``I``, ``O`` or "" for missing) and label of each.
        """
        masks: list[int] = []
        article = False  # the name began with "the", which is outside in our guideline
        for word, (place, label), near in zip(words, marks, self.near(words), strict=True):
            capital = word[0].isupper()
            if place == "" and capital:
                masks.append(ALL_TAGS)
                continue
            always, nearby = ALLOWED[label or "O"]
            shift = {"B": 2, "I": 4}.get(place, 0)
            mask = 0
            for name in always:
                mask |= 1 if name == "O" else shift << (2 * NAMES.index(name))
            for name in nearby:
                if name in near and (capital or name in self._types.get(word.lower(), _LINKS.get(word, ()))):
                    mask |= _whole(name)
            if word.lower() in self.nations or (capital and label in {"", "MISC"} and _demonym(word)):
                mask |= _whole("NORP")
            if place == "I" and article:
                mask = sum(2 << (2 * NAMES.index(name)) for name in always if name != "O") | (mask & 1)
            article = place == "B" and word.lower() == "the"
            masks.append(1 if article else mask)
        return masks


def _demonym(word: str) -> bool:
    return word.endswith(
        ("an", "ans", "ese", "ish", "i", "is", "ic", "ics", "ist", "ists", "ch", "ts", "eks", "ek", "s")
    )


def read_docbin(path: Path, cues: Cues) -> list[Text]:
    """Texts of a spaCy DocBin; those without a parse get the sentence ends that rules are sure of."""
    texts = []
    for doc in DocBin().from_disk(path).get_docs(blank_english().vocab):
        words = [token.text for token in doc]
        if not words:
            continue
        names = cues.allowed(words, [(token.ent_iob_, token.ent_type_) for token in doc])
        spaced = [True, *(bool(token.whitespace_) for token in doc)][:-1]
        if not doc.has_annotation("DEP"):
            texts.append(Text(words, spaced, sure_sentences(words), parsed=False, names=names))
            continue
        texts.append(
            Text(
                words,
                spaced,
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


def read_entities(path: Path) -> list[Text]:
    """Reports of the project's own annotation, all eight types marked."""
    texts = []
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        words, bounds, blocks = tokenize(row["text"])
        spaced = [i in blocks or start > bounds[i - 1][1] for i, (start, _) in enumerate(bounds)]
        tags = [0] * len(words)
        for start, end, label in row["entities"]:
            inside = [i for i, (a, b) in enumerate(bounds) if a < end and b > start]
            for place, i in enumerate(inside):
                tags[i] = NAMES.index(label) * 2 + (1 if place == 0 else 2)
        texts.append(
            Text(
                words,
                spaced,
                sure_sentences(words, blocks),
                parsed=False,
                names=[1 << tag for tag in tags],
                blocks=frozenset(blocks),
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
            *(
                sorted({label for text in parsed for label in getattr(text, kind)})
                for kind in ("tags", "pos", "deps")
            )
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
        spaced = text.spaced[start:end]
        recased = _recased(words, chance) if chance else words
        shapes = [shape_of(word, spaced=gap) for word, gap in zip(recased, spaced, strict=True)]
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
        names = text.names[start:end]
        if names and not names[0] & BEGINNINGS:  # a name cut in two
            names[0] = ALL_TAGS
        return Example(
            pieces, piece_shapes, firsts, shapes[:count], sentence, starts, names,
            [self.tag.get(tag, -100) for tag in text.tags[start:end]] or nothing,
            [self.pos.get(tag, -100) for tag in text.pos[start:end]] or nothing,
            [self.dep.get(dep, -100) for dep in text.deps[start:end]] or nothing,
            [_head(head, start, end) for head in text.heads[start:end]] or nothing,
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


def _recased(words: list[str], chance: random.Random) -> list[str]:
    """Words as in a headline in capitals, a headline in title case or text without case, at times."""
    drawn = chance.random()
    if drawn > 0.06:
        return words
    if drawn < 0.02:
        return [word.upper() for word in words]
    if drawn < 0.05:
        return [word[:1].upper() + word[1:] if len(word) > 3 else word for word in words]
    return [word.lower() for word in words]


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
