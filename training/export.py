"""
Turn a checkpoint into the files that the package ships: int8 ONNX, labels, vocabulary, lemmas.

    python training/export.py --model build/model --shared ../shared --to src/dragoman/data/language
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from data import Labels
from lemmas import write_lemmas
from network import Network, Scores, Sizes, forbidden
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from train import encoder_files

from dragoman.language.labels import NAME_TAGS
from dragoman.language.pieces import SHAPES

INPUTS = ("pieces", "shapes", "firsts", "word_shapes")
OUTPUTS = ("sentence", "tags", "pos", "names", "arcs", "dependents", "heads")


class OneChunk(torch.nn.Module):
    """The network over one chunk, without padding, as the package runs it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *chunk: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """All scores, in the order of ``OUTPUTS``."""
        scores: Scores = self.network(*(part.unsqueeze(0) for part in chunk))
        return tuple(getattr(scores, name)[0] for name in OUTPUTS)


def load_network(folder: Path) -> tuple[Network, Labels]:
    """The trained network and its labels."""
    stored = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    labels = Labels(stored["tags"], stored["pos"], stored["deps"])
    network = Network(Sizes(len(SHAPES), len(labels.tags), len(labels.pos), len(labels.deps), len(NAME_TAGS)))
    network.load_state_dict(torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True))
    return network.eval(), labels


def write_onnx(network: Network, path: Path) -> None:
    """The network in full precision, free in the numbers of pieces and words."""
    pieces, words = torch.ones(12, dtype=torch.long), torch.arange(1, 9)
    sample = (pieces, torch.zeros_like(pieces), words, torch.zeros_like(words))
    axes = {"pieces": {0: "p"}, "shapes": {0: "p"}, "firsts": {0: "w"}, "word_shapes": {0: "w"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            OneChunk(network), sample, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes={**axes, **{name: {0: "n"} for name in OUTPUTS}}, opset_version=17, dynamo=False,
        )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """
    Weights as 8-bit integers, one scale a column.

    ``reduce_range`` keeps 7 bits: sums of products then never saturate on processors without VNNI,
    so that all processors give the same integers.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )  # fmt: skip


def write_heads(network: Network, path: Path) -> None:
    """What runs after the encoder in numpy: the relation scorer and the transitions of names."""
    transitions = network.transitions.detach() + forbidden(len(NAME_TAGS))
    np.savez_compressed(
        path,
        relation_weight=network.relation.weight.detach().numpy().T.astype(np.float32),
        relation_bias=network.relation.bias.detach().numpy().astype(np.float32),
        transitions=transitions.numpy().astype(np.float32),
    )


def export(model: Path, shared: Path, target: Path, *, full: bool) -> None:
    """Write all files of the package's language data."""
    target.mkdir(parents=True, exist_ok=True)
    network, labels = load_network(model)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "network.onnx"
        write_onnx(network, whole)
        onnx.checker.check_model(str(whole))
        if full:
            shutil.copy(whole, target / "network.onnx")
        else:
            quantize(whole, target / "network.onnx")
    write_heads(network, target / "heads.npz")
    (target / "labels.json").write_text(
        json.dumps({**vars(labels), "shapes": SHAPES}, indent=1) + "\n", encoding="utf-8"
    )
    shutil.copy(encoder_files()[1], target / "vocab.txt")
    write_lemmas(shared, target / "lemmas.tsv")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=Path("build/model"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--to", type=Path, default=Path("src/dragoman/data/language"))
    parser.add_argument("--full", action="store_true", help="keep full precision, to measure what int8 costs")
    options = parser.parse_args()
    export(options.model, options.shared, options.to, full=options.full)


if __name__ == "__main__":
    main()
