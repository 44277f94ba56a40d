"""The network gives the same bits on every processor: what it is made of, and what it says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.evaluation.portable import digests
from dragoman.language.chunks import Chunk
from dragoman.language.network import _BOUND, _GRID, _WEIGHT_GRID, FOLDER, load_network
from dragoman.language.trees import best_tree
from dragoman.pipeline import Pipeline

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

# Nodes that move data, count in whole numbers, or do one correctly rounded IEEE operation an element.
# Softmax, LayerNormalization, Erf, Exp, Gemm and what fuses several roundings are not among them.
EXACT = {
    "Abs", "Add", "Cast", "Clip", "Concat", "DequantizeLinear", "Div", "DynamicQuantizeLinear", "Gather",
    "Identity", "LeakyRelu", "MatMulInteger", "Mul", "Range", "ReduceMax", "Relu", "Reshape", "Size", "Split",
    "Sqrt", "Sub", "Transpose",
}  # fmt: skip
# Nodes that sum floats: exact where what they sum lies on a grid, and only here do they stand. Two sums
# in each of 13 layer norms, one in each of 6 softmaxes; two products in each of 6 layers, one for the arcs.
SUMMED = {"ReduceSum": 2 * 13 + 6, "MatMul": 2 * 6 + 1}

# What `python -m dragoman.evaluation portable` prints on every machine.
NETWORK = "573b49c236b0807124f5b5398d8cf19dd8a874c501fbd57e50e539c7926e6d6a"
ANNOTATIONS = "cde5f205d215fc1a777f146390a579555606f23544dba47eef9c93c3f2d43312"


def fields(data: bytes) -> list[tuple[int, Any]]:
    """Field numbers and values of a protocol buffers message: all that a test needs of the ONNX format."""
    found, at = [], 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                return value

    while at < len(data):
        key = number()
        value: Any
        if key & 7 == 0:
            value = number()
        else:
            size = {1: 8, 5: 4}.get(key & 7) or number()
            value, at = data[at : at + size], at + size
        found.append((key >> 3, value))
    return found


def graph() -> list[tuple[int, Any]]:
    """The graph of the shipped network: nodes are field 1, constants field 5."""
    return next(fields(v) for k, v in fields((FOLDER / "network.onnx").read_bytes()) if k == 7)


def test_every_node_is_exact() -> None:
    kinds = Counter(
        next(v for k, v in fields(value) if k == 4).decode() for number, value in graph() if number == 1
    )
    assert set(kinds) - EXACT == set(SUMMED)
    assert {kind: kinds[kind] for kind in SUMMED} == SUMMED


def test_weights_leave_room_for_two_products_in_16_bits() -> None:
    """Processors without VNNI add two products of a byte and a weight in 16 bits, saturating."""
    weights = 0
    for number, value in graph():
        tensor = fields(value) if number == 5 else []
        if (2, 3) in tensor:  # int8
            steps = np.frombuffer(next(v for k, v in tensor if k == 9), dtype=np.int8)
            assert 2 * 255 * int(np.abs(steps.astype(int)).max()) < 2**15
            weights += steps.size
    assert weights > 10_000_000


def test_relations_are_summed_exactly() -> None:
    """Each partial sum of the relation scorer stays below 2**53 steps of its grid."""
    weights = load_network()._relation * _WEIGHT_GRID
    assert (weights == np.rint(weights)).all()
    assert np.abs(weights).sum(0).max() * _BOUND * _GRID < 2**53


def test_trees_do_not_depend_on_less_than_a_step() -> None:
    """Scores that differ by rounding alone give the same tree: the first of equals."""
    scores = np.zeros((4, 5), dtype=np.float32)
    scores[:, 1] = 1
    noisy = scores + np.linspace(0, 1e-6, scores.size, dtype=np.float32).reshape(scores.shape)
    assert best_tree(noisy) == best_tree(scores)


def outputs(pieces: list[int]) -> list[Any]:
    """All raw outputs of the network for one chunk of word pieces that are no words."""
    words = list(range(len(pieces)))
    return load_network()._run(Chunk(0, len(words), ()), [(piece,) for piece in pieces], [1] * len(words))


@pytest.mark.parametrize("size", [1, 7, 64, 200])
def test_whole_numbers_stay_whole(size: int) -> None:
    """Whatever comes in, the outputs are finite and the same when asked again."""
    pieces = np.random.default_rng(size).integers(0, 30_522, size).tolist()
    first, again = outputs(pieces), outputs(pieces)
    assert all(np.isfinite(part).all() for part in first)
    assert [part.tobytes() for part in first] == [part.tobytes() for part in again]


def test_this_machine_gives_what_all_give() -> None:
    """
    The network's numbers for our own reports, and the trees and names made of them, by their digests.

    Fails also where the model or the reports were changed; then compare two kinds of processor again, as
    docs/language.md says, before the new digests are put here.
    """
    found = digests(Pipeline.build(), [str(EXAMPLES)])
    told = "this machine reads otherwise than those on which the model was measured"
    assert found.network == NETWORK, f"{told}: its numbers"
    assert found.annotations == ANNOTATIONS, f"{told}: its trees and names"
