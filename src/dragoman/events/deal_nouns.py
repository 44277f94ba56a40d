"""Agreements named by a noun: deals, ceasefires, joint statements (codebook: AGREE; rulings 6, 12)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.acts import act, acting
from dragoman.events.governing import effect_of
from dragoman.events.linear import listed_after, opposite, owners_before
from dragoman.events.nouns import MEETING_NOUNS
from dragoman.events.participants import participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.status import Mood, Reality, reality_of
from dragoman.events.syntax import case_of, obliques
from dragoman.events.tables import words
from dragoman.events.when import find_when
from dragoman.model import EventType, Reason, Status

STRICT_NOUNS = words("strict-deal")
EFFECT_VERBS = words("comes-about")


def read_joint_statement(scene: Scene, noun: int) -> list[Sighting]:
    """ "Joint Statement from X and Y" as a headline: an agreement of those who make it."""
    parsed = scene.parsed
    if not (is_joint(scene, noun) and scene.in_headline(noun)):
        return []
    after = noun + 1
    words = parsed.tokens[after].lower if after + 1 < len(parsed.tokens) else ""
    members = listed_after(scene, after + 1) if words in {"from", "by", "of", "between"} else ()
    reason = Reason("status.noun-alone", "a joint statement that stands", (parsed.span(noun, noun + 1),))
    return (
        [
            act(
                scene,
                EventType.AGREEMENT,
                noun,
                status=Status.REACHED,
                reason=reason,
                members=members,
                title=noun,
            )
        ]
        if members
        else []
    )


def is_joint(scene: Scene, noun: int) -> bool:
    """Whether "joint" stands with the noun."""
    return any(scene.parsed.tokens[c].lower == "joint" for c in scene.parsed.children(noun)) or (
        noun > 0 and scene.parsed.tokens[noun - 1].lower == "joint"
    )


def deal_parties(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Whose deal it is: "the X-Y accord", "a treaty between X and Y"."""
    parsed = scene.parsed
    named = opposite(scene, noun) or participants(
        scene, obliques(parsed, noun, {"between", "with", "among", "by"})
    )
    return tuple(p for p in owners_before(scene, noun) + named if p.parties)


def agreement_status(reality: Reality) -> Status | None:
    """Status of an agreement, None where the words do not make one."""
    return {
        Mood.PAST: Status.REACHED,
        Mood.PRESENT: Status.REACHED,
        Mood.ONGOING: Status.EXPECTED,
        Mood.FUTURE: Status.EXPECTED,
        Mood.POSSIBLE: Status.EXPECTED,
    }.get(reality.mood)


def read_deal(scene: Scene, noun: int) -> list[Sighting]:
    """ "an agreement reached in November", "the 1994 accord between X and Y", "a Norway-brokered truce"."""
    parsed = scene.parsed
    members = deal_parties(scene, noun)
    brokers = _brokers(scene, noun)
    brokered = {b.head for b in brokers}
    members = tuple(m for m in members if m.head not in brokered)
    came_about = None if _is_signed(scene, noun) else _came_about(scene, noun)
    reason = (
        came_about.reason if came_about else Reason("status.noun-alone", "named as something that exists")
    )
    status = agreement_status(came_about) if came_about else Status.REACHED
    if status is None or _is_negotiated(scene, noun) or _is_left(scene, noun):
        return []
    sighting = act(
        scene,
        EventType.AGREEMENT,
        noun,
        status=status,
        reason=reason,
        members=members,
        mediators=brokers,
        chain=_reached_at(scene, noun),
        title=noun,
    )
    when = find_when(scene, [noun, *_reached_at(scene, noun)])  # not the day on which it is spoken of
    fixed = parsed.tokens[noun].lemma.lower() in STRICT_NOUNS | {"fire"}
    dated = when is not None and fixed and (bool(members) or when.edtf is not None)
    solid = came_about is not None or dated
    return [replace(sighting, weak=not solid)]


def _is_signed(scene: Scene, noun: int) -> bool:
    """Whether the noun is what somebody signs or reaches, which the verb's own rule reads."""
    token = scene.parsed.tokens[noun]
    return token.dep.startswith("obj") and scene.parsed.tokens[token.head].lemma in {"sign", "reach"}


def _is_negotiated(scene: Scene, noun: int) -> bool:
    """Whether the deal is only what talks are about ("talks on an agreement", "proposal for a truce")."""
    parsed = scene.parsed
    token = parsed.tokens[noun]
    head = parsed.tokens[token.head]
    if token.dep.startswith("nmod") and head.lemma.lower() in MEETING_NOUNS | {
        "offer",
        "proposal",
        "draft",
        "violation",
    }:
        return True
    return case_of(parsed, noun) in {"for", "on", "about", "toward", "towards"}


def _is_left(scene: Scene, noun: int) -> bool:
    """Whether somebody leaves or rejects the deal ("withdrew from", "pulled out of the treaty on Monday")."""
    token = scene.parsed.tokens[noun]
    against = effect_of(scene, token.head) in {"refuse", "suspend", "cancel"}
    case = case_of(scene.parsed, noun)
    left = case == "from" or (case in {"of", "out"} and token.dep.startswith("obl"))
    return left or (against and token.dep.startswith("obj"))


def _effect_verbs(scene: Scene, noun: int) -> list[int]:
    parsed = scene.parsed
    found = [c for c in parsed.children_by(noun, "acl") if parsed.tokens[c].lemma in EFFECT_VERBS]
    token = parsed.tokens[noun]
    if token.dep.startswith("nsubj") and parsed.tokens[token.head].lemma in EFFECT_VERBS:
        found.append(token.head)
    return found


def _reached_at(scene: Scene, noun: int) -> list[int]:
    """The verbs that bring a deal about, and the meeting at which they did."""
    parsed = scene.parsed
    found = []
    for verb in _effect_verbs(scene, noun):
        found.append(verb)
        for meeting in obliques(parsed, verb, {"at", "during", "in", "after", "following"}):
            if parsed.tokens[meeting].lemma.lower() in MEETING_NOUNS:
                found += [meeting, *parsed.children_by(meeting, "acl")]
    return found


def _came_about(scene: Scene, noun: int) -> Reality | None:
    """Reality of the predicate that brings the deal about ("went into effect"), None without one."""
    for verb in _effect_verbs(scene, noun):
        return reality_of(scene, verb)
    return None


def _brokers(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Who brokered it: "Norway-brokered truce", "a ceasefire brokered by Egypt", "mediated by"."""
    parsed = scene.parsed
    heads: list[int] = []
    for child in parsed.children_by(noun, "acl", "amod"):
        token = parsed.tokens[child]
        if token.lemma in {"broker", "mediate", "brokered", "mediated"} or token.lower in {
            "brokered",
            "mediated",
        }:
            heads += obliques(parsed, child, {"by"})
            heads += [
                c
                for c in parsed.children(child)
                if scene.actors.at(c) is not None and parsed.tokens[c].dep != "punct"
            ]
    return acting(scene, heads)
