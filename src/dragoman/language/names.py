"""Names from tag scores: the best sequence of tags that makes whole names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dragoman.language.labels import NAMES

Array = np.ndarray[Any, np.dtype[np.float32]]
_FAR = np.float32(-1e4)


def best_tags(scores: Sequence[Array], transitions: Array, starts: Sequence[Array]) -> list[list[int]]:
    """
    For each chunk the best tags of its words (Viterbi), all chunks at once.

    Args:
        scores: per chunk (words, tags).
        transitions: row the former tag, column the latter; forbidden ones are far below zero.
        starts: per chunk, True where a sentence begins; no name runs on into it.
    """
    if not scores:
        return []
    sizes = [len(chunk) for chunk in scores]
    longest, tags = max(sizes), transitions.shape[0]
    padded = np.zeros((len(scores), longest, tags), dtype=np.float32)
    for row, chunk, begins in zip(padded, scores, starts, strict=True):
        row[: len(chunk)] = chunk
        row[: len(chunk), 2::2][begins] = _FAR
    backs = np.empty((longest, len(scores), tags), dtype=np.int8)
    alpha = padded[:, 0].copy()
    turned = np.ascontiguousarray(transitions.T)  # row the latter tag: the search runs along memory
    rows = np.empty((longest, len(scores), tags), dtype=np.float32)
    rows[0] = alpha
    for i in range(1, longest):
        reach = alpha[:, None, :] + turned
        backs[i] = reach.argmax(2)
        alpha = reach.max(2) + padded[:, i]
        rows[i] = alpha
    found = []
    for k, size in enumerate(sizes):
        tag = int(rows[size - 1, k].argmax())
        path = [tag]
        for i in range(size - 1, 0, -1):
            tag = int(backs[i, k, tag])
            path.append(tag)
        path.reverse()
        found.append(path)
    return found


def spans(tags: Sequence[int]) -> list[tuple[str, int, int]]:
    """Label, first and last word (exclusive) of each name in a sequence of tags."""
    found: list[tuple[str, int, int]] = []
    start, label = -1, 0
    for i, tag in enumerate((*tags, 0)):
        if start >= 0 and tag != 2 * label + 2:
            found.append((NAMES[label], start, i))
            start = -1
        if tag and (tag % 2 or start < 0):
            start, label = i, (tag - 1) // 2
    return found
