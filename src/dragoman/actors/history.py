"""What was named before: how far a phrase or a pronoun may look back, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.resolve import Draft, Reading

# How many units of speech a phrase or pronoun may look back.
PAIR_REACH = 4
PRONOUN_REACH = 2
BAND_REACH = 6
# Mentions that a phrase may look back over at most: a bound on the work in texts without full stops.
FARTHEST = 200


def unit_of(reading: Reading, draft: Draft) -> int:
    """The unit of speech that a draft stands in."""
    return reading.units[draft.start]


def recent(reading: Reading, draft: Draft, history: Sequence[Draft], reach: int) -> list[Draft]:
    """Drafts before this one, nearest first, at most ``reach`` units of speech back."""
    first = unit_of(reading, draft) - reach
    near: list[Draft] = []
    for earlier in reversed(history):
        if unit_of(reading, earlier) < first or len(near) >= FARTHEST:
            break
        near.append(earlier)
    return near


def refer(reading: Reading, draft: Draft, person: int, rule: str, note: str) -> None:
    """Let a draft refer to a person, for the reason given."""
    key = reading.person_ids[person]
    draft.entities, draft.parties = (key,), reading.entities[key].parties
    draft.rule, draft.note = rule, note
