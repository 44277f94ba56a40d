"""
The trained network as an ONNX graph whose result is the same to the bit on every processor.

Floating-point sums depend on their order, and the order on the processor's instructions. This graph
has no sum that could be rounded: everything that is summed lies on a grid so coarse, and is bounded so
tightly, that each partial sum is exact in whatever order. What is rounded is rounded element by
element, one IEEE operation a node, which every processor rounds alike.

- Linear layers: inputs as bytes, weights as integers of 7 bits, sums in 32-bit integers.
- Attention: queries, keys, values and attention weights are whole numbers in float32 whose sums of
  products stay below 2**24.
- Softmax: the exponential as a parabola to the eighth, weights rounded before they are summed.
- Layer norm: inputs on a grid; sums of squares in float64.
- GELU: its tail as a parabola to the sixteenth.

tests/language/test_exact.py holds the shipped file to this.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
import torch
from network import HEADS, LAYERS, NAME, TRUNK, WIDTH, Network
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

Array = np.ndarray[Any, Any]

# Weights reach 64: two products of a byte and a weight fit 16 bits, as processors without VNNI add them.
STEPS = 64
# Queries, keys and values reach 720: 32 products of two of them sum to less than 2**24.
REACH = 720
# The attention weights of a word piece sum to about this; with 720 and a half for each of at most
# 512 pieces lost or gained in rounding, what they mix stays below 2**24.
WHOLE = 22_000
# (1 - A*y + B*y**2)**8, less what it is at the end, is exp(-8y) within 0.0045 and nearer where it is small.
EXP_A, EXP_B, EXP_END, EXP_DOUBLINGS = 0.979, 0.376, 10.25, 3
EXP_UNIT = math.sqrt(EXP_B) / 2**EXP_DOUBLINGS
# The sum of at most 512 such weights, none above 1, is exact on this grid.
EXP_GRID = 2.0**-14
# (K - (A*u + H)**2)**16 is the normal distribution's tail beyond u, so that u times it is right within 0.001.
TAIL_A, TAIL_H, TAIL_DOUBLINGS = 0.1327344, 0.1835775, 4
TAIL_K = TAIL_H**2 + 2 ** (-1 / 2**TAIL_DOUBLINGS)
# Arc scores: 2**-14 is fine enough, and 192 products of numbers below 2**8 are exact in float64.
ARC_GRID, ARC_BOUND = 2.0**-14, 2.0**8
# Values may go this much farther than on the reports that the ranges were measured on; beyond, they are cut.
MARGIN = 1.25

INPUTS = (("pieces", "p"), ("shapes", "p"), ("firsts", "w"), ("word_shapes", "w"))
OUTPUTS = (
    ("sentence", ["w"]), ("tags", ["w", None]), ("pos", ["w", None]), ("names", ["w", None]),
    ("arcs", ["w", "c"]), ("dependents", ["w", None]), ("heads", ["c", None]),
)  # fmt: skip


@dataclass(frozen=True)
class Ranges:
    """
    How far values go, measured on reports.

    Attributes:
        mixed: (layers, 3 * width), queries, keys and values.
        given: (1 + 2 * layers,), the inputs of all layer norms in order.
        normed: (1 + 2 * layers, width), their outputs.
    """

    mixed: Array
    given: Array
    normed: Array


Bytes = tuple[str, str, str]  # names of a tensor's bytes, their scale and their zero point


def rounder(grid: float) -> float:
    """The number that, added and taken away again, leaves a float32 on the grid, a power of two."""
    return 1.5 * 2.0**23 * grid


class Graph:
    """An ONNX graph under construction; each call adds a node and gives the name of what it puts out."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.names: dict[tuple[Any, ...], str] = {}

    def constant(self, value: Any, dtype: Any = np.float32) -> str:
        """A constant; equal ones are stored once."""
        array = np.array(value, dtype=dtype, order="C")
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.names:
            self.names[key] = f"c{len(self.names)}"
            self.constants.append(numpy_helper.from_array(array, self.names[key]))
        return self.names[key]

    def node(self, kind: str, *inputs: str, outputs: int = 1, name: str = "", **attributes: Any) -> Any:
        """A node; several outputs come as a list."""
        names = [name] if name else [f"n{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names[0] if len(names) == 1 else names

    def add(self, x: str, y: str | float) -> str:
        """Sum, element by element."""
        return self.node("Add", x, self._operand(y))

    def sub(self, x: str, y: str | float) -> str:
        """Difference, element by element."""
        return self.node("Sub", x, self._operand(y))

    def mul(self, x: str, y: str | float) -> str:
        """Product, element by element."""
        return self.node("Mul", x, self._operand(y))

    def _operand(self, y: Any) -> str:
        return y if isinstance(y, str) else self.constant(y)

    def clip(self, x: str, bound: float, dtype: Any = np.float32) -> str:
        """Between minus and plus a bound."""
        return self.node("Clip", x, self.constant(-bound, dtype), self.constant(bound, dtype))

    def on_grid(self, x: str, grid: float) -> str:
        """Rounded to a multiple of ``grid``, a power of two."""
        return self.sub(self.add(x, rounder(grid)), rounder(grid))

    def to(self, x: str, dtype: int) -> str:
        """In another type."""
        return self.node("Cast", x, to=dtype)

    def reshape(self, x: str, shape: Sequence[int]) -> str:
        """In another shape; 0 keeps a length."""
        return self.node("Reshape", x, self.constant(shape, np.int64))

    def table(self, weight: Array, rows: str) -> str:
        """Rows of an embedding, stored as bytes with one scale."""
        low, high = min(0.0, float(weight.min())), max(0.0, float(weight.max()))
        scale = np.float32((high - low) / 255)
        zero = np.uint8(round(-low / scale))
        steps = np.clip(np.rint(weight / scale) + int(zero), 0, 255).astype(np.uint8)
        picked = self.node("Gather", self.constant(steps, np.uint8), rows)
        return self.node("DequantizeLinear", picked, self.constant(scale), self.constant(zero, np.uint8))

    def bytes_of(self, x: str) -> Bytes:
        """Bytes, scale and zero point of a tensor."""
        quantized, scale, zero = self.node("DynamicQuantizeLinear", x, outputs=3)
        return quantized, scale, zero

    def linear(self, x: Bytes, weight: Array, bias: Array | None, factor: Array | float = 1.0) -> str:
        """``(x @ weight + bias) * factor``; ``weight`` has a column for each output."""
        quantized, scale, zero = x
        size = np.maximum(np.abs(weight).max(0), 1e-12) / STEPS
        steps = np.clip(np.rint(weight / size), -STEPS, STEPS)
        sums = self.node("MatMulInteger", quantized, self.constant(steps, np.int8), zero)
        scales = self.mul(scale, self.constant(size * factor))
        product = self.mul(self.to(sums, TensorProto.FLOAT), scales)
        return product if bias is None else self.add(product, self.constant(bias * factor))

    def norm(self, x: str, gain: Array, bias: Array, bound: float) -> str:
        """Layer norm over the last axis of what lies within ``bound``, a power of two."""
        width = len(gain)
        # The sum of 384 numbers below the bound is below 512 times the bound: 24 bits of this grid.
        x = self.on_grid(self.clip(x, bound), bound * 2.0**-15)
        axis = self.constant([-1], np.int64)
        total = self.node("ReduceSum", x, axis, keepdims=1)
        wide = self.to(total, TensorProto.DOUBLE)
        each = self.to(x, TensorProto.DOUBLE)
        squares = self.node("ReduceSum", self.mul(each, each), axis, keepdims=1)
        count = self.constant(float(width), np.float64)
        spread = self.sub(self.mul(squares, count), self.mul(wide, wide))
        least = self.constant(1e-12 * width**2, np.float64)
        deviation = self.node("Div", count, self.node("Sqrt", self.add(spread, least)))
        mean = self.to(self.node("Div", wide, count), TensorProto.FLOAT)
        x = self.mul(self.sub(x, mean), self.to(deviation, TensorProto.FLOAT))
        return self.add(self.mul(x, self.constant(gain)), self.constant(bias))

    def gelu(self, x: str) -> str:
        """GELU of ``x`` that comes times ``TAIL_A``; puts it out times the same."""
        size = self.node("Abs", x)
        bend = self.add(size, TAIL_H)
        tail = self.node("Relu", self.node("Sub", self.constant(TAIL_K), self.mul(bend, bend)))
        for _ in range(TAIL_DOUBLINGS):
            tail = self.mul(tail, tail)
        return self.sub(self.node("Relu", x), self.mul(size, tail))

    def softmax(self, scores: str) -> str:
        """Whole numbers that sum to about ``WHOLE``, from scores that come times ``EXP_UNIT``."""
        # 1 - A*y + B*y**2 is (root*y - turn)**2 + rest, y growing with the distance from the best score.
        root = math.sqrt(EXP_B)
        turn, end = EXP_A / (2 * root), EXP_END / 2**EXP_DOUBLINGS
        best = self.node("ReduceMax", scores, axes=[-1], keepdims=1)
        y = self.sub(scores, self.sub(best, turn))
        y = self.node("Clip", y, self.constant(turn - root * end))
        power = self.add(self.mul(y, y), 1 - turn**2)
        for _ in range(EXP_DOUBLINGS):
            power = self.mul(power, power)
        # Rounded; what rounds it also takes off the flat end, so that far words weigh nothing.
        flat = (1 - EXP_A * end + EXP_B * end**2) ** 2**EXP_DOUBLINGS
        flat = round(flat / EXP_GRID) * EXP_GRID
        power = self.sub(self.add(power, rounder(EXP_GRID)), rounder(EXP_GRID) + flat)
        total = self.node("ReduceSum", power, self.constant([-1], np.int64), keepdims=1)
        return self.on_grid(self.mul(power, self.node("Div", self.constant(WHOLE), total)), 1.0)

    def attention(self, x: Bytes, weight: Array, bias: Array, reach: Array) -> str:
        """
        What the heads mix: values, in units of their reach by ``REACH * WHOLE``.

        ``weight`` and ``bias`` hold queries, keys and values beside one another, ``reach`` tells how far each
        of these may go before it is cut.
        """
        size = WIDTH // HEADS
        queries, keys, values = reach.reshape(3, HEADS, size)
        # A product of whole numbers shall be the score times EXP_UNIT, but for a power of two that
        # takes nothing from exactness: the reach of the queries gives way.
        unit = queries[:, :1] * keys[:, :1] / REACH**2 * EXP_UNIT / math.sqrt(size)
        grid = 2.0 ** np.ceil(np.log2(unit))
        factor = REACH / np.concatenate([queries * grid / unit, keys, values]).reshape(-1)
        mixed = self.on_grid(self.clip(self.linear(x, weight, bias, factor), REACH), 1.0)
        parts = self.node("Split", mixed, outputs=3, axis=1)
        q, k, v = (self.reshape(part, (0, HEADS, size)) for part in parts)
        q = self.mul(self.node("Transpose", q, perm=[1, 0, 2]), self.constant(grid[:, :, None]))
        k = self.node("Transpose", k, perm=[1, 2, 0])
        v = self.node("Transpose", v, perm=[1, 0, 2])
        weights = self.softmax(self.node("MatMul", q, k))
        mixed = self.node("Transpose", self.node("MatMul", weights, v), perm=[1, 0, 2])
        return self.reshape(mixed, (0, WIDTH))


def power_of_two(value: float) -> float:
    """The least power of two that is no less."""
    return 2.0 ** math.ceil(math.log2(value))


class Builder:
    """The graph of a trained network, with the inputs and outputs that the package runs."""

    def __init__(self, network: Network, ranges: Ranges) -> None:
        self.graph = Graph()
        self.ranges = ranges
        self.weights = {key: value.detach().double().numpy() for key, value in network.named_parameters()}

    def build(self) -> onnx.ModelProto:
        """The whole graph."""
        x = self._encoder()
        words = self.graph.node("Gather", x, "firsts")
        shapes = self.graph.table(self.weights["shape.weight"], "word_shapes")
        self._heads(self.graph.node("Concat", words, shapes, axis=1))
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [size]) for name, size in INPUTS]
        outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in OUTPUTS]
        graph = helper.make_graph(self.graph.nodes, "dragoman", inputs, outputs, self.graph.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        return model

    def _parts(self, *names: str) -> tuple[Array, Array]:
        """Weight and bias of linear layers side by side."""
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        return weight, np.concatenate([self.weights[f"{name}.bias"] for name in names])

    def _linear(self, x: Bytes, *names: str, unit: Array | float = 1.0, factor: float = 1.0) -> str:
        """Linear layers side by side, of an input that comes in units of ``unit``, times ``factor``."""
        weight, bias = self._parts(*names)
        return self.graph.linear(x, weight * np.reshape(unit, (-1, 1)), bias, factor)

    def _balanced(self, x: str, reach: Array, *names: str) -> tuple[Bytes, Array]:
        """
        The bytes of an input in units that fit it, and these units.

        One scale serves all bytes, and few channels go far. The root of their reach is left to the
        weights, which have a scale of their own for each output.

        Source: Xiao et al. 2023, SmoothQuant.
        """
        unit = np.sqrt(reach / np.abs(self._parts(*names)[0]).max(1))
        return self.graph.bytes_of(self.graph.mul(x, self.graph.constant(1 / unit))), unit

    def _norm(self, x: str, name: str, number: int) -> str:
        bound = power_of_two(MARGIN * self.ranges.given[number])
        return self.graph.norm(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], bound)

    def _encoder(self) -> str:
        graph = self.graph
        start, step = graph.constant(0, np.int64), graph.constant(1, np.int64)
        places = graph.node("Range", start, graph.node("Size", "pieces"), step)
        x = graph.table(self.weights["encoder.words.weight"], "pieces")
        x = graph.add(x, graph.table(self.weights["encoder.positions.weight"], places))
        x = graph.add(x, graph.table(self.weights["encoder.shapes.weight"], "shapes"))
        x = self._norm(x, "encoder.norm", 0)
        for k in range(LAYERS):
            x = self._layer(x, k)
        return x

    def _layer(self, x: str, k: int) -> str:
        graph, name = self.graph, f"encoder.layers.{k}"
        given, unit = self._balanced(x, self.ranges.normed[2 * k], f"{name}.qkv")
        weight, bias = self._parts(f"{name}.qkv")
        reach = np.repeat(MARGIN * self.ranges.mixed[k].reshape(3 * HEADS, -1).max(1), WIDTH // HEADS)
        mixed = graph.bytes_of(graph.attention(given, weight * unit[:, None], bias, reach))
        unit = reach[2 * WIDTH :] / (REACH * WHOLE)
        x = self._norm(graph.add(x, self._linear(mixed, f"{name}.out", unit=unit)), f"{name}.norm", 2 * k + 1)
        given, unit = self._balanced(x, self.ranges.normed[2 * k + 1], f"{name}.up")
        inner = graph.gelu(self._linear(given, f"{name}.up", unit=unit, factor=TAIL_A))
        x = graph.add(x, self._linear(graph.bytes_of(inner), f"{name}.down", unit=1 / TAIL_A))
        return self._norm(x, f"{name}.last_norm", 2 * k + 2)

    def _heads(self, x: str) -> None:
        graph, unit = self.graph, 1 / TAIL_A
        reach = np.concatenate([self.ranges.normed[-1], np.abs(self.weights["shape.weight"]).max(0)])
        words, units = self._balanced(x, reach, "trunk", "name_trunk")
        trunks = graph.gelu(self._linear(words, "trunk", "name_trunk", unit=units, factor=TAIL_A))
        x, named = self._split(trunks, TRUNK, NAME)
        self._named(self._linear(graph.bytes_of(named), "names", unit=unit), "names")
        names = ("sentence", "tags", "pos", "relation_dependent", "arc_dependent")
        widths = [len(self.weights[f"{name}.bias"]) for name in names]
        parts = self._split(self._linear(graph.bytes_of(x), *names, unit=unit), *widths)
        parts[0] = graph.reshape(parts[0], (-1,))
        for part, name in zip(parts[:4], ("sentence", "tags", "pos", "dependents"), strict=True):
            self._named(part, name)
        root = graph.constant(self.weights["root"].reshape(1, -1) * TAIL_A)
        rooted = graph.bytes_of(graph.node("Concat", root, x, axis=0))
        names = ("relation_head", "arc_head")
        widths = [len(self.weights[f"{name}.bias"]) for name in names]
        heads, arc_heads = self._split(self._linear(rooted, *names, unit=unit), *widths)
        self._named(heads, "heads")
        self._arcs(parts[4], arc_heads)

    def _arcs(self, dependents: str, heads: str) -> None:
        graph, arc = self.graph, self.weights["arc"]
        dependents = graph.bytes_of(graph.node("LeakyRelu", dependents, alpha=0.1))
        dependents = graph.linear(dependents, arc[:-1], arc[-1])
        heads = graph.node("LeakyRelu", heads, alpha=0.1)
        wide = [
            graph.to(graph.on_grid(graph.clip(part, ARC_BOUND), ARC_GRID), TensorProto.DOUBLE)
            for part in (dependents, graph.node("Transpose", heads, perm=[1, 0]))
        ]
        self._named(graph.to(graph.node("MatMul", *wide), TensorProto.FLOAT), "arcs")

    def _split(self, x: str, *widths: int) -> list[str]:
        sizes = self.graph.constant(widths, np.int64)
        parts: list[str] = self.graph.node("Split", x, sizes, outputs=len(widths), axis=1)
        return parts

    def _named(self, x: str, name: str) -> None:
        """Make ``x``, which a node has just put out, an output of the graph."""
        self.graph.node("Identity", x, name=name)


def measure_ranges(network: Network, chunks: Iterable[Sequence[Tensor]]) -> Ranges:
    """
    How far the values of a network go.

    Args:
        network: in full precision.
        chunks: the inputs of ``network``, each with a batch of one.
    """
    ranges = Ranges(
        np.zeros((LAYERS, 3 * WIDTH)), np.zeros(2 * LAYERS + 1), np.zeros((2 * LAYERS + 1, WIDTH))
    )
    encoder = network.encoder
    norms = [encoder.norm]
    for k, layer in enumerate(encoder.layers):
        layer.qkv.register_forward_hook(lambda _, _given, out, k=k: _widen(ranges.mixed[k], out))
        norms += [layer.norm, layer.last_norm]
    for k, norm in enumerate(norms):
        norm.register_forward_pre_hook(lambda _, given, k=k: _widen(ranges.given[k : k + 1], given[0]))
        norm.register_forward_hook(lambda _, _given, out, k=k: _widen(ranges.normed[k], out))
    with torch.no_grad():
        for chunk in chunks:
            network(*chunk)
    return ranges


def _widen(reach: Array, values: Tensor) -> None:
    """Let a reach, of each channel or of all, cover these values."""
    np.maximum(reach, values.abs().reshape(-1, len(reach)).amax(0).numpy(), out=reach)
