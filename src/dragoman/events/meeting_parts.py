"""What meetings named by a noun and by a verb share."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.syntax import DEFINITE, determiners
from dragoman.model import EntityKind, MeetingKind, Reason

WITH = frozenset({"between", "with", "among", "involving", "together with", "along with", "alongside"})
OWNERS = frozenset({"of", "by", "for", "within", "inside"})
COUNTED = frozenset({"meeting", "conversation", "call"})  # one can be told from another; "talks" cannot
OCCASIONS = frozenset({"summit", "conference", "session", "forum"})
CALL_WORDS = frozenset("telephone phone call teleconference".split())
VIDEO_WORDS = frozenset("video videoconference video-conference virtual virtually".split())


def one_each(
    scene: Scene,
    trigger: int,
    found: list[Sighting],
    first: tuple[Participant, ...],
    second: tuple[Participant, ...],
) -> list[Sighting]:
    """
    "Separate meetings with X and Y", "met separately with", "bilateral meetings": one for each that is named.

    So it is of "meetings with the president, A. B., and the chancellor, C. D.", all by name.
    """
    parsed = scene.parsed
    several = parsed.tokens[trigger].tag == "NNS" and parsed.tokens[trigger].lemma.lower() in COUNTED
    near = {
        t.lower
        for t in parsed.tokens[max(0, trigger - 6) : trigger + 3]
        if t.sentence == parsed.tokens[trigger].sentence and t.dep != "root"  # "is separate from the talks"
    }
    by_name = several and len(second) > 1 and all(len(p.people) == 1 for p in second)
    apart = bool(near & {"separate", "separately", "individual"}) or by_name
    apart = apart or (several and bool(near & {"one", "bilateral"}))
    single = [
        Participant((code,), _people_of(scene, p, code), p.span, p.head) for p in second for code in p.parties
    ]
    if not apart or len(found) != 1 or len(single) < 2:
        return found
    return [replace(found[0], members=(*first, other), definite=False, apart=True) for other in single]


def _people_of(scene: Scene, participant: Participant, code: str) -> tuple[str, ...]:
    """Those of the participant's persons who act for one of its parties ("the leaders of X and Y")."""
    mention = scene.actors.at(participant.head)
    if mention is None or len(participant.parties) < 2:
        return participant.people
    persons = [e for e in scene.entities(mention) if e.kind is EntityKind.PERSON]
    return tuple(e.name for e in persons if code in e.parties)


def points_back(scene: Scene, noun: int) -> bool:
    """Whether a meeting noun points back ("the talks", "both meetings")."""
    return bool(determiners(scene.parsed, noun) & (DEFINITE | {"both"}))


def kind_of(scene: Scene, chain: list[int]) -> MeetingKind | None:
    """Call or video where the words for it stand at the trigger, or beside what governs it."""
    tokens = scene.parsed.tokens
    near = {tokens[chain[0]].lemma.lower()}
    for head in chain[:2]:
        near |= {tokens[c].lemma.lower() for c in scene.parsed.children(head)} - {"call"}
    if near & VIDEO_WORDS:
        return MeetingKind.VIDEO
    return MeetingKind.CALL if near & CALL_WORDS else None


def member_steps(members: tuple[Participant, ...]) -> list[Reason]:
    """A step for each of those who take part."""
    return [
        Reason(
            "event.participant",
            f"“{m.span.exact}” takes part for {', '.join(m.parties) or 'nobody known'}",
            (m.span,),
        )
        for m in members
    ]
