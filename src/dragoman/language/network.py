"""The trained network: words of a report in, sentences, tags, trees and names out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from dragoman.errors import ModelError
from dragoman.language.chunks import Chunk, cut_chunks
from dragoman.language.names import best_tags, spans
from dragoman.language.pieces import SHAPES, WordPieces, shape_of
from dragoman.language.trees import best_tree

FOLDER = Path(__file__).parent.parent / "data" / "language"
_SUM = 192  # width of the relation scorer's sum; its product takes the rest
# The relation scorer sums 320 products: of numbers on this grid below this bound with weights on the
# other, each partial sum is exact in float64, in whatever order a processor adds.
_GRID, _BOUND, _WEIGHT_GRID = 2.0**12, 2.0**10, 2.0**16


@dataclass(frozen=True, slots=True)
class Annotation:
    """
    What the network says of a list of words.

    Attributes:
        starts: True at each word that begins a sentence.
        tags, pos, deps: labels per word.
        heads: index of each word's head, its own at a root; never outside the sentence.
        names: label, first word, end.
    """

    starts: list[bool]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    names: list[tuple[str, int, int]]


class Network:
    """
    The network behind ``annotate``; loads on first use and pickles as its folder.

    Each chunk passes alone and without padding: what a report gives depends on nothing but its own
    words, in whatever company it is read.

    Args:
        folder: where ``network.onnx``, ``heads.npz``, ``labels.json`` and ``vocab.txt`` lie.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._pieces = WordPieces.from_file(folder / "vocab.txt")
            # Opened here: np.load leaves the file open where it is damaged.
            with (folder / "heads.npz").open("rb") as file, np.load(file) as heads:
                self._relation = _on_grid(heads["relation_weight"], _WEIGHT_GRID)
                self._relation_bias = heads["relation_bias"]
                self._transitions = heads["transitions"]
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
            message = f"{folder}: the language model is missing or damaged; reinstall, or run `make model`"
            raise ModelError(message) from error
        if labels.get("shapes") != list(SHAPES):
            message = f"{folder}: the language model knows other word shapes than this release; reinstall"
            raise ModelError(message)
        self._tags: list[str] = labels["tags"]
        self._pos: list[str] = labels["pos"]
        self._deps: list[str] = labels["deps"]
        self._root = self._deps.index("root")
        self._session = _session(folder / "network.onnx")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the folder: a worker process loads its own."""
        return load_network, (self.folder,)

    def annotate(
        self, words: Sequence[str], spaced: Sequence[bool], breaks: Sequence[int] = (0,)
    ) -> Annotation:
        """
        Sentences, tags, trees and names of the words of one report.

        Args:
            words: in order, without white space.
            spaced: whether white space stands before each.
            breaks: indices of words that begin a block (headline, paragraph), ascending.
        """
        annotation = Annotation([], [], [], [], [], [])
        chunks, scores, begins = [], [], []
        for chunk, output in self.outputs(words, spaced, breaks):
            starts = output[0] > 0
            starts[0] = True
            starts[[at - chunk.start for at in chunk.breaks]] = True
            self._parse(annotation, chunk, output, starts)
            chunks.append(chunk)
            scores.append(output[3])
            begins.append(starts)
        for chunk, tags in zip(chunks, best_tags(scores, self._transitions, begins), strict=True):
            for label, start, end in spans(tags):
                annotation.names.append((label, start + chunk.start, end + chunk.start))
        return annotation

    def outputs(
        self, words: Sequence[str], spaced: Sequence[bool], breaks: Sequence[int] = (0,)
    ) -> Iterator[tuple[Chunk, list[Any]]]:
        """Each chunk of the words, and the numbers that the network puts out for it."""
        pieces = [self._pieces.of(word) for word in words]
        shapes = [shape_of(word, spaced=gap) for word, gap in zip(words, spaced, strict=True)]
        for chunk in cut_chunks(words, [len(own) for own in pieces], breaks):
            yield chunk, self._run(chunk, pieces, shapes)

    def annotate_sentence(self, words: Sequence[str], spaced: Sequence[bool]) -> Annotation:
        """The same for words known to be one sentence; for evaluation on gold sentences."""
        pieces = [self._pieces.of(word) for word in words]
        chunk = Chunk(0, len(words), ())
        shapes = [shape_of(word, spaced=gap) for word, gap in zip(words, spaced, strict=True)]
        output = self._run(chunk, pieces, shapes)
        annotation = Annotation([], [], [], [], [], [])
        starts = np.zeros(len(words), dtype=bool)
        starts[0] = True
        self._parse(annotation, chunk, output, starts)
        annotation.names.extend(spans(best_tags([output[3]], self._transitions, [starts])[0]))
        return annotation

    def _run(self, chunk: Chunk, pieces: list[tuple[int, ...]], shapes: list[int]) -> list[Any]:
        """Outputs of the network for one chunk."""
        feed = chunk_inputs(chunk, pieces, shapes, self._pieces)
        outputs: list[Any] = self._session.run(None, feed)
        return outputs

    def _parse(self, annotation: Annotation, chunk: Chunk, output: list[Any], starts: Any) -> None:
        """Add one chunk's sentences, tags and trees."""
        _, tags, pos, _, arcs, dependents, heads = output
        count = len(tags)
        columns = np.empty(count, dtype=np.int64)  # column of each word's head among the chunk's
        bounds = [*np.flatnonzero(starts).tolist(), count]
        for start, end in pairwise(bounds):
            inside = arcs[start:end, start : end + 1].copy()
            inside[:, 0] = arcs[start:end, 0]
            tree = np.array(best_tree(inside))
            columns[start:end] = np.where(tree > 0, tree + start, 0)
        relations = self._relations(dependents, heads, columns)
        own = np.arange(count)
        annotation.starts.extend(starts.tolist())
        annotation.heads.extend((np.where(columns > 0, columns - 1, own) + chunk.start).tolist())
        annotation.deps.extend([self._deps[k] for k in relations.tolist()])
        annotation.tags.extend([self._tags[k] for k in tags.argmax(1).tolist()])
        annotation.pos.extend([self._pos[k] for k in pos.argmax(1).tolist()])

    def _relations(self, dependents: Any, heads: Any, columns: Any) -> Any:
        picked = heads[columns]
        total = dependents[:, :_SUM] + picked[:, :_SUM]
        np.maximum(total, 0.1 * total, out=total)
        both = np.concatenate([total, dependents[:, _SUM:] * picked[:, _SUM:]], axis=1)
        np.clip(both, -_BOUND, _BOUND, out=both)
        scores = _on_grid(both, _GRID) @ self._relation + self._relation_bias
        rooted = columns == 0
        scores[:, self._root] = np.where(rooted, np.inf, -np.inf)  # "root" at roots and nowhere else
        return scores.argmax(1)


def chunk_inputs(
    chunk: Chunk, pieces: Sequence[Sequence[int]], shapes: Sequence[int], wordpieces: WordPieces
) -> dict[str, Any]:
    """
    What the network is fed for one chunk.

    Args:
        chunk: which words.
        pieces: word pieces of each word of the report.
        shapes: shape of each word of the report.
        wordpieces: where the marks of the chunk's edges and breaks come from.
    """
    numbers, kinds, firsts = [wordpieces.start], [0], []
    breaks = frozenset(chunk.breaks)
    for i in range(chunk.start, chunk.end):
        if i in breaks:
            numbers.append(wordpieces.stop)
            kinds.append(0)
        firsts.append(len(numbers))
        numbers.extend(pieces[i])
        kinds.extend([shapes[i]] * len(pieces[i]))
    numbers.append(wordpieces.stop)
    kinds.append(0)
    return {
        "pieces": np.array(numbers, dtype=np.int64),
        "shapes": np.array(kinds, dtype=np.int64),
        "firsts": np.array(firsts, dtype=np.int64),
        "word_shapes": np.array(shapes[chunk.start : chunk.end], dtype=np.int64),
    }


def _on_grid(values: Any, grid: float) -> Any:
    """Rounded to multiples of one by ``grid``, as float64."""
    return np.rint(values.astype(np.float64) * grid) / grid


def _session(path: Path) -> Any:
    """
    An onnxruntime session on one thread, quiet.

    It runs the nodes as they stand: fused ones would round where the graph does not, and each
    processor in its own way.
    """
    import onnxruntime  # noqa: PLC0415 - slow to import

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises several kinds, some of them bare
        message = f"{path}: the language model is missing or damaged; reinstall, or run `make model`"
        raise ModelError(message) from error


@cache
def load_network(folder: Path = FOLDER) -> Network:
    """The network of a folder; loaded once a process."""
    return Network(folder)
