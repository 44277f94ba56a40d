"""Which decisions count."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from dragoman.model import Anchor, Decision, Judgement, in_force, taken_back
from dragoman.web.queue import counting

NOON = datetime(2022, 1, 21, 12, tzinfo=UTC)


def judged(key: str, undoes: str | None = None) -> Judgement:
    """A judgement of one moment, for the clocks of two people may differ."""
    decision = Decision.UNDO if undoes else Decision.NOT_EVENT
    anchors = () if undoes else (Anchor("c" * 16, "r" * 16, "meeting", 0, 4),)
    return Judgement(key, decision, anchors, "ada", NOON, "", None, None, undoes)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_counts_follows_from_what_undoes_what_not_from_the_order(order: tuple[int, ...]) -> None:
    made = [judged("d"), judged("b", "d"), judged("a", "b")]
    judgements = tuple(made[at] for at in order)
    assert [j.id for j in in_force(judgements)] == ["d"]
    assert taken_back(judgements) == {"b"}
    assert counting(judgements) == {"d", "a"}
