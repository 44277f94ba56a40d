"""The network: a MiniLM encoder and its heads for sentences, tags, dependencies and names."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS, HEADS, WIDTH, INNER, POSITIONS, VOCABULARY = 6, 12, 384, 1536, 512, 30522
TRUNK, ARC, RELATION_SUM, RELATION_PRODUCT, NAME = 384, 192, 192, 128, 192
FAR = -1e4


@dataclass(frozen=True)
class Sizes:
    """How many labels each head has."""

    shapes: int
    tags: int
    pos: int
    deps: int
    names: int


class Layer(nn.Module):
    """One transformer layer, queries, keys and values in one product."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None, dropout: float) -> Tensor:
        """The layer's output; ``mask`` is True for pieces that may be looked at."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # By hand: on processors twice as fast in bfloat16 as scaled_dot_product_attention (torch 2.13).
        scores = (q @ k.transpose(2, 3)) * (1 / math.sqrt(WIDTH // HEADS))
        if mask is not None:
            scores = scores.masked_fill(~mask, FAR)
        mixed = scores.softmax(-1) @ v
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm(x + functional.dropout(mixed, dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.last_norm(x + functional.dropout(inner, dropout, self.training))


class Encoder(nn.Module):
    """MiniLM-L6 with word shapes added to its input."""

    def __init__(self, shapes: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(shapes, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        """One vector for each word piece."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(places) + self.shapes(shapes))
        x = functional.dropout(x, self.dropout, self.training)
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide, self.dropout)
        return x

    def load(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of a BERT checkpoint; its first token type becomes part of the positions."""
        types = weights["embeddings.token_type_embeddings.weight"][0]
        own = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"] + types,
            "shapes.weight": self.shapes.weight.data,
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense", "norm": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "last_norm": "output.LayerNorm",
        }  # fmt: skip
        for i in range(LAYERS):
            old = f"encoder.layer.{i}"
            for kind in ("weight", "bias"):
                parts = [weights[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                own[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                for new, name in names.items():
                    own[f"layers.{i}.{new}.{kind}"] = weights[f"{old}.{name}.{kind}"]
        self.load_state_dict(own)


@dataclass
class Scores:
    """What the heads say of each word of a chunk; of arcs, column 0 is the root."""

    sentence: Tensor
    tags: Tensor
    pos: Tensor
    names: Tensor
    arcs: Tensor
    dependents: Tensor
    heads: Tensor


class Network(nn.Module):
    """Encoder and heads; a word is its first piece and its shape."""

    def __init__(self, sizes: Sizes, *, dropout: float = 0.1, word_dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = Encoder(sizes.shapes, dropout)
        self.shape = nn.Embedding(sizes.shapes, 32)
        self.trunk = nn.Linear(WIDTH + 32, TRUNK)
        self.drop = nn.Dropout(word_dropout)
        self.sentence = nn.Linear(TRUNK, 1)
        self.tags = nn.Linear(TRUNK, sizes.tags)
        self.pos = nn.Linear(TRUNK, sizes.pos)
        self.name_trunk = nn.Linear(WIDTH + 32, NAME)
        self.names = nn.Linear(NAME, sizes.names)
        self.transitions = nn.Parameter(torch.zeros(sizes.names, sizes.names))
        self.root = nn.Parameter(torch.randn(TRUNK) * 0.02)
        self.arc_dependent = nn.Linear(TRUNK, ARC)
        self.arc_head = nn.Linear(TRUNK, ARC)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        both = RELATION_SUM + RELATION_PRODUCT
        self.relation_dependent = nn.Linear(TRUNK, both)
        self.relation_head = nn.Linear(TRUNK, both)
        self.relation = nn.Linear(both, sizes.deps)

    def forward(
        self, pieces: Tensor, shapes: Tensor, firsts: Tensor, word_shapes: Tensor, mask: Tensor | None = None
    ) -> Scores:
        """Scores of the words whose first pieces are ``firsts``."""
        hidden = self.encoder(pieces, shapes, mask)
        words = hidden.gather(1, firsts.unsqueeze(-1).expand(-1, -1, WIDTH))
        words = self.drop(torch.cat([words, self.shape(word_shapes)], -1))
        x = self.drop(functional.gelu(self.trunk(words)))
        named = self.drop(functional.gelu(self.name_trunk(words)))
        batch = x.shape[0]
        with_root = torch.cat([self.root.expand(batch, 1, -1), x], 1)
        dependents = self.drop(functional.leaky_relu(self.arc_dependent(x), 0.1))
        heads = self.drop(functional.leaky_relu(self.arc_head(with_root), 0.1))
        arcs = (dependents @ self.arc[:-1] + self.arc[-1]) @ heads.transpose(1, 2)
        return Scores(
            sentence=self.sentence(x).squeeze(-1),
            tags=self.tags(x),
            pos=self.pos(x),
            names=self.names(named),
            arcs=arcs,
            dependents=self.relation_dependent(x),
            heads=self.relation_head(with_root),
        )

    def relations(self, dependents: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """Scores of relations between each word and its head; ``chosen`` counts from the root, 0."""
        picked = heads.gather(1, chosen.clamp(min=0).unsqueeze(-1).expand(-1, -1, heads.shape[-1]))
        total = functional.leaky_relu(dependents[..., :RELATION_SUM] + picked[..., :RELATION_SUM], 0.1)
        product = dependents[..., RELATION_SUM:] * picked[..., RELATION_SUM:]
        return self.relation(self.drop(torch.cat([total, product], -1)))


def forbidden(names: int) -> Tensor:
    """FAR where one name tag may not follow another: row the former, column the latter."""
    table = torch.zeros(names, names)
    for tag in range(2, names, 2):  # the inside of a name follows its beginning or its inside
        table[:, tag] = FAR
        table[tag - 1, tag] = table[tag, tag] = 0
    return table


def name_loss(scores: Tensor, transitions: Tensor, allowed: Tensor, words: Tensor) -> Tensor:
    """
    Summed loss of a linear-chain CRF over partly known tags.

    Minus the log probability that the tags are among the allowed: unknown tags carry no loss of
    their own (Tsuboi et al. 2008).

    Args:
        scores: (batch, words, tags).
        transitions: (tags, tags), learned.
        allowed: booleans like ``scores``.
        words: booleans, (batch, words), False for padding.
    """
    batch, length, size = scores.shape
    table = transitions + forbidden(size).to(scores)
    both = torch.cat([scores.masked_fill(~allowed, FAR), scores])
    live = torch.cat([words, words])
    inside = torch.zeros(size, dtype=torch.bool, device=scores.device)
    inside[2::2] = True
    alpha = both[:, 0].masked_fill(inside, FAR)
    for i in range(1, length):
        after = torch.logsumexp(alpha.unsqueeze(2) + table, 1) + both[:, i]
        alpha = torch.where(live[:, i, None], after, alpha)
    total = torch.logsumexp(alpha, 1)
    return (total[batch:] - total[:batch]).sum()
