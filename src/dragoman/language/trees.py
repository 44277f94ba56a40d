"""Trees from arc scores: the best heads, and where these make no tree, the best tree."""

from __future__ import annotations

from typing import Any

import numpy as np

Scores = np.ndarray[Any, np.dtype[np.float32]]
Wide = np.ndarray[Any, np.dtype[np.float64]]
_FAR = -1e6
# Scores count in steps of this: their sums are then exact, and the best tree the best on every processor.
_STEP = 2.0**-16


# Where several words would be the root, or none, as many of the likeliest are tried.
_ROOTS = 3


def best_tree(given: Scores) -> list[int]:
    """
    Heads of the highest-scoring tree with one root.

    Args:
        given: scores, row the dependent, column the head; column 0 is the root, column j + 1 word j.

    Returns:
        For each word its head as a column number.

    Source: Chu and Liu 1965, Edmonds 1967. Most sentences need only the best head of each word;
    the search for cycles runs where these are no tree.
    Limit: the root is sought among the three likeliest words.
    """
    scores: Wide = np.rint(given.astype(np.float64) / _STEP) * _STEP
    words = np.arange(len(scores))
    scores[words, words + 1] = _FAR
    heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and _is_tree(heads.tolist()):
        return [int(head) for head in heads]
    chosen = np.flatnonzero(heads == 0)
    if len(chosen) == 0:
        chosen = words
    likeliest = chosen[np.argsort(-scores[chosen, 0], kind="stable")[:_ROOTS]]
    trees = [_tree_from(scores, int(root)) for root in likeliest]
    return max(trees, key=lambda tree: float(scores[words, tree].sum()))


def _tree_from(scores: Wide, root: int) -> list[int]:
    """Heads of the best tree whose root is a given word."""
    count = len(scores)
    square = np.full((count + 1, count + 1), -np.inf)
    square[1:] = scores
    kept = square[root + 1, 0]
    square[1:, 0] = -np.inf
    square[root + 1] = -np.inf
    square[root + 1, 0] = kept
    heads = square[1:].argmax(1).tolist()
    return heads if _is_tree(heads) else _edmonds(square)[1:]


def _is_tree(heads: list[int]) -> bool:
    state = [0] * (len(heads) + 1)  # 0 unseen, else the walk that saw it
    state[0] = -1
    for start in range(1, len(heads) + 1):
        node = start
        while state[node] == 0:
            state[node] = start
            node = heads[node - 1]
        if state[node] == start:
            return False
        node = start
        while state[node] == start:
            state[node] = -1
            node = heads[node - 1]
    return True


def _edmonds(scores: Wide) -> list[int]:
    """Heads of the best arborescence from node 0, cycles contracted one after the other."""
    count = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    frames = []
    # Each round contracts one cycle into a new graph with fewer nodes.
    while True:
        heads = scores.argmax(1)
        heads[0] = 0
        cycle = _find_cycle(heads.tolist())
        if not cycle:
            break
        inside = np.zeros(len(scores), dtype=bool)
        inside[cycle] = True
        outside = np.flatnonzero(~inside)
        members = np.array(cycle)
        own = scores[members, heads[members]]
        size = len(outside)
        smaller = np.full((size + 1, size + 1), -np.inf)
        smaller[:size, :size] = scores[np.ix_(outside, outside)]
        leaving = scores[np.ix_(outside, members)]
        smaller[:size, size] = leaving.max(1)
        leave_by = members[leaving.argmax(1)]
        entering = scores[np.ix_(members, outside)] - own[:, None]
        smaller[size, :size] = entering.max(0)
        enter_at = members[entering.argmax(0)]
        smaller[0] = -np.inf
        smaller[size, size] = -np.inf
        frames.append((heads, outside, leave_by, enter_at))
        scores = smaller
    result = heads.tolist()
    for heads, outside, leave_by, enter_at in reversed(frames):
        size = len(outside)
        whole = heads.tolist()
        for i in range(size):
            head = result[i]
            whole[outside[i]] = int(leave_by[i]) if head == size else int(outside[head])
        entry = result[size]
        whole[int(enter_at[entry])] = int(outside[entry])
        result = whole
    result[0] = 0
    assert len(result) == count  # noqa: S101 - contraction must undo itself
    return [int(head) for head in result]


def _find_cycle(heads: list[int]) -> list[int]:
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle = [node]
            step = heads[node]
            while step != node:
                cycle.append(step)
                step = heads[step]
            return cycle
    return []
