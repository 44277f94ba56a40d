"""Who the other side is in a transcript: "we" are the speaker's own, and who speaks after talks was there."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.participants import merged_parties, participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.language.turns import Turn
from dragoman.model import EventType, Reason

FIRST_PERSON = frozenset({"we", "i", "our", "my"})


def with_speakers(scene: Scene, sightings: list[Sighting]) -> list[Sighting]:
    """
    The sightings, with the speaker at talks that name one side only.

    "We have just finished talks with A": A and whoever speaks. "Press statements following talks with A" as
    the headline: A and the one other party that speaks below.
    """
    return [_with_speaker(scene, s) for s in sightings] if scene.turns else sightings


def _with_speaker(scene: Scene, sighting: Sighting) -> Sighting:
    own = set(merged_parties(sighting.all_members)) | set(sighting.forum_parties)
    if sighting.type is not EventType.MEETING or len(own) != 1:
        return sighting
    if sighting.spoken:
        turn = scene.turns[scene.block_of(sighting.trigger)]
        named = _speaker(scene, turn) if _speaks_of_own(scene, sighting.trigger) else None
    elif scene.in_headline(sighting.trigger):
        named = _other_side(scene, own)
    else:
        named = None
    if named is None or not named.parties or set(named.parties) & own:
        return sighting
    step = Reason("event.speaker", f"“{named.span.exact}” speaks of talks of the own side", (named.span,))
    return replace(sighting, members=(*sighting.members, named), steps=(*sighting.steps, step))


def _speaks_of_own(scene: Scene, trigger: int) -> bool:
    """Whether "we" or "I" is the subject over the trigger, or "our" or "my" stands before it."""
    tokens, at = scene.parsed.tokens, trigger
    for _ in range(len(tokens)):
        if any(tokens[c].lower in FIRST_PERSON for c in scene.parsed.children_by(at, "nsubj", "nmod:poss")):
            return True
        if tokens[at].head == at:
            break
        at = tokens[at].head
    return False


def _speaker(scene: Scene, turn: Turn) -> Participant | None:
    first = None if turn.speaker is None else scene.parsed.token_at(turn.speaker[0])
    mention = None if first is None else scene.actors.at(first)
    found = () if mention is None else participants(scene, [mention.head_token])
    return found[0] if found else None


def _other_side(scene: Scene, own: set[str]) -> Participant | None:
    """The first who speaks for another party, where only one other party speaks."""
    speakers = [p for turn in scene.turns.values() if (p := _speaker(scene, turn)) is not None]
    others = [p for p in speakers if p.parties and not set(p.parties) & own]
    return others[0] if len({p.parties for p in others}) == 1 else None
