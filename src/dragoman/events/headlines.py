"""What a headline leaves open ("Statement on the meeting of X and Y") and the sentence below it tells."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.participants import merged_parties, merged_people
from dragoman.events.scene import Scene
from dragoman.events.sighting import Sighting
from dragoman.model import BlockKind, EventType, Reason, Status

AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.POSTPONED, Status.CANCELLED})


def settle_headlines(scene: Scene, sightings: list[Sighting]) -> list[Sighting]:
    """
    The sightings, with a meeting that the headline only names as real as the first sentence says that it is.

    "Statement on the Meeting Between A and B", and below it "A will meet with B": it is to come. Where
    the first sentence tells of it as held, or not at all, the headline stands.
    """
    body = next((s for s in scene.parsed.sentences if s.block is BlockKind.PARAGRAPH), None)
    if body is None:
        return sightings
    first = [s for s in sightings if scene.parsed.tokens[s.trigger].sentence == body.i]
    return [_settled(scene, s, first) for s in sightings]


def _settled(scene: Scene, sighting: Sighting, first: list[Sighting]) -> Sighting:
    named = sighting.type is EventType.MEETING and sighting.status_reason.rule == "status.noun-alone"
    if not named or not scene.in_headline(sighting.trigger):
        return sighting
    told = [s for s in first if s.type is EventType.MEETING and _same(s, sighting)]
    if not told or any(s.status not in AHEAD for s in told):
        return sighting
    reason = Reason(
        "status.told-below", "the first sentence says how real it is", told[0].status_reason.spans
    )
    return replace(sighting, status=told[0].status, status_reason=reason)


def _same(one: Sighting, other: Sighting) -> bool:
    """Whether both name the same persons, or the same parties where one names none."""
    first, second = set(merged_people(one.members)), set(merged_people(other.members))
    if first and second:
        return bool(first & second)
    return set(merged_parties(one.members)) == set(merged_parties(other.members))
