"""Names from tags: whole, in order, never across a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.labels import NAME_TAGS, NAMES
from dragoman.language.names import best_tags, spans

TAG = {tag: number for number, tag in enumerate(NAME_TAGS)}


@pytest.fixture(scope="module")
def transitions() -> np.ndarray:
    """Nothing preferred; an inside tag follows only its own name."""
    table = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), dtype=np.float32)
    for tag in range(2, len(NAME_TAGS), 2):
        table[:, tag] = -1e4
        table[tag - 1, tag] = table[tag, tag] = 0
    return table


def scored(tags: list[str]) -> np.ndarray:
    scores = np.zeros((len(tags), len(NAME_TAGS)), dtype=np.float32)
    for row, tag in zip(scores, tags, strict=True):
        row[TAG[tag]] = 4
    return scores


def test_spans_of_tags() -> None:
    tags = [TAG[tag] for tag in ("B-ROLE", "I-ROLE", "B-PER", "I-PER", "O", "B-GPE", "B-GPE")]
    assert spans(tags) == [("ROLE", 0, 2), ("PER", 2, 4), ("GPE", 5, 6), ("GPE", 6, 7)]


def test_no_name_begins_inside(transitions: np.ndarray) -> None:
    tags = best_tags(
        [scored(["O", "I-PER", "I-PER", "O"])], transitions, [np.array([True, False, False, False])]
    )
    assert [NAME_TAGS[tag][0] for tag in tags[0]] in (["O", "B", "I", "O"], ["O", "O", "O", "O"])


def test_a_name_ends_with_its_sentence(transitions: np.ndarray) -> None:
    starts = np.array([True, False, True])
    tags = best_tags([scored(["O", "B-PER", "I-PER"])], transitions, [starts])
    assert NAME_TAGS[tags[0][2]] != "I-PER"


@given(st.lists(st.lists(st.sampled_from(NAME_TAGS), min_size=1, max_size=12), min_size=1, max_size=4))
def test_chunks_do_not_touch_one_another(chunks: list[list[str]]) -> None:
    """What a chunk gives is the same alone and beside others; spans stay inside it."""
    table = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), dtype=np.float32)
    scores = [scored(chunk) for chunk in chunks]
    starts = [np.arange(len(chunk)) == 0 for chunk in chunks]
    together = best_tags(scores, table, starts)
    alone = [best_tags([one], table, [begins])[0] for one, begins in zip(scores, starts, strict=True)]
    assert together == alone
    for tags in together:
        for label, start, end in spans(tags):
            assert label in NAMES
            assert 0 <= start < end <= len(tags)
