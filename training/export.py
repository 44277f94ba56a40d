"""
Turn a checkpoint into the files that the package ships: ONNX in whole numbers, labels, vocabulary, lemmas.

    python training/export.py --model build/model --shared ../shared --to src/dragoman/data/language
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from data import Labels
from exact import Builder, measure_ranges
from lemmas import write_lemmas
from network import Network, Scores, Sizes, forbidden
from train import encoder_files

from dragoman.evaluation.language import paragraphs
from dragoman.language.chunks import cut_chunks
from dragoman.language.labels import NAME_TAGS
from dragoman.language.language import words_of
from dragoman.language.network import chunk_inputs
from dragoman.language.pieces import SHAPES, WordPieces, shape_of
from dragoman.model import Document

INPUTS = ("pieces", "shapes", "firsts", "word_shapes")
EXAMPLES = Path(__file__).parent.parent / "examples"
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


def example_chunks(folder: Path, vocabulary: Path) -> Iterator[tuple[torch.Tensor, ...]]:
    """The network's inputs, a batch of one each, for all chunks of the reports of a folder."""
    wordpieces = WordPieces.from_file(vocabulary)
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        words = words_of(Document(path.name, text, tuple(paragraphs(text))))
        pieces = [wordpieces.of(word) for word in words.texts]
        shapes = [shape_of(word, spaced=gap) for word, gap in zip(words.texts, words.spaced, strict=True)]
        for chunk in cut_chunks(words.texts, [len(own) for own in pieces], words.breaks):
            inputs = chunk_inputs(chunk, pieces, shapes, wordpieces)
            yield tuple(torch.from_numpy(inputs[name]).unsqueeze(0) for name in INPUTS)


def write_exact(network: Network, path: Path, examples: Path) -> None:
    """The network in whole numbers, ranges as measured on the reports of ``examples``."""
    ranges = measure_ranges(network, example_chunks(examples, encoder_files()[1]))
    onnx.save(Builder(network, ranges).build(), str(path))


def write_heads(network: Network, path: Path) -> None:
    """What runs after the encoder in numpy: the relation scorer and the transitions of names."""
    transitions = network.transitions.detach() + forbidden(len(NAME_TAGS))
    np.savez_compressed(
        path,
        relation_weight=network.relation.weight.detach().numpy().T.astype(np.float32),
        relation_bias=network.relation.bias.detach().numpy().astype(np.float32),
        transitions=transitions.numpy().astype(np.float32),
    )


def export(model: Path, shared: Path, target: Path, *, full: bool, examples: Path = EXAMPLES) -> None:
    """Write all files of the package's language data."""
    target.mkdir(parents=True, exist_ok=True)
    network, labels = load_network(model)
    if full:
        write_onnx(network, target / "network.onnx")
        onnx.checker.check_model(str(target / "network.onnx"))
    else:
        write_exact(network, target / "network.onnx", examples)
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
    parser.add_argument("--full", action="store_true", help="keep full precision, to measure the loss")
    options = parser.parse_args()
    export(options.model, options.shared, options.to, full=options.full)


if __name__ == "__main__":
    main()
