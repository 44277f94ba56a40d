"""Trees: one root, no cycle, and the best there is."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.trees import best_tree


def reaches_root(heads: list[int]) -> bool:
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


def random_scores(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32) * 3


@given(seed=st.integers(0, 10**6), count=st.integers(1, 40))
def test_every_answer_is_a_tree_with_one_root(seed: int, count: int) -> None:
    heads = best_tree(random_scores(seed, count))
    assert heads.count(0) == 1
    assert reaches_root(heads)


@given(seed=st.integers(0, 10**6), count=st.integers(1, 5), root=st.integers(0, 4))
def test_no_other_tree_of_a_short_sentence_scores_more(seed: int, count: int, root: int) -> None:
    """All trees of up to five words are tried; which word is the root is plain."""
    root = min(root, count - 1)
    scores = random_scores(seed, count)
    scores[:, 0] = -50
    scores[root, 0] = 50
    trees = [
        heads
        for heads in product(range(count + 1), repeat=count)
        if heads.count(0) == 1 and all(heads[i] != i + 1 for i in range(count)) and reaches_root(list(heads))
    ]
    best = max(sum(float(scores[i, head]) for i, head in enumerate(heads)) for heads in trees)
    found = best_tree(scores)
    assert abs(sum(float(scores[i, head]) for i, head in enumerate(found)) - best) < 1e-4


def test_a_cycle_is_broken_at_its_weakest_arc() -> None:
    """Two words that take each other for heads: the one that likes the root more becomes the root."""
    scores = np.array([[1.0, 0.0, 5.0], [2.0, 5.0, 0.0]], dtype=np.float32)
    assert best_tree(scores) == [2, 0]
