"""Agreements: deals, ceasefires, documents signed or adopted (codebook: AGREE; rulings 6, 8, 9, 12)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.acts import MEETING_NOUNS, act, acting, doing, meeting_nouns_under
from dragoman.events.linear import listed_after, opposite, owners_before
from dragoman.events.participants import participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.status import Mood, Reality, reality_of
from dragoman.events.syntax import (
    case_of,
    clause_head,
    is_negated,
    obliques,
    undergoers,
)
from dragoman.events.tables import words
from dragoman.model import EventType, Reason, Status, Use

DEAL_NOUNS = words("deal")
OCCASIONS = frozenset({"at", "during", "after", "following", "in", "before", "since"})
CEASEFIRES = frozenset({"ceasefire", "cease-fire", "truce", "armistice"})
# Under these verbs the object must be one of the plain deal nouns; statements and plans can be "signed" only.
STRICT_VERBS = frozenset(
    {"announce", "declare", "approve", "endorse", "extend", "renew", "strike", "seal", "mediate"}
)
STRICT_NOUNS = frozenset(
    "agreement deal accord treaty pact ceasefire cease-fire truce armistice memorandum".split()
)
ISSUE_VERBS = frozenset({"make", "issue"})
CONTENT_FREE = words("courtesy")


def read_sign(scene: Scene, verb: int) -> list[Sighting]:
    """ "X and Y signed a treaty", "a deal was reached between X and Y", "Norway brokered a truce"."""
    parsed = scene.parsed
    lemma = parsed.tokens[verb].lemma
    allowed = STRICT_NOUNS if lemma in STRICT_VERBS else DEAL_NOUNS
    things = [t for t in _signed(scene, verb) if _is_deal(scene, t, allowed)]
    if lemma in ISSUE_VERBS:
        things = [t for t in things if _is_joint(scene, t)]
    reality = reality_of(scene, verb)
    status = agreement_status(reality)
    token = parsed.tokens[verb]
    bare_gerund = token.tag == "VBG" and not any(
        parsed.tokens[c].dep.startswith("aux") for c in parsed.children(verb)
    )
    if not things or status is None or bare_gerund:
        return []
    signers = doing(scene, verb) + acting(scene, obliques(parsed, verb, {"with", "between"}))
    brokered = lemma in {"broker", "mediate"}
    found = []
    for thing in things:
        inner = _deal_parties(scene, thing)
        members, mediators = (inner, signers) if brokered else (signers + inner, ())
        found.append(
            act(
                scene,
                EventType.AGREEMENT,
                verb if len(things) == 1 else thing,
                status=status,
                reason=reality.reason,
                members=members,
                mediators=mediators,
                chain=[verb, thing],
                about=thing,
                title=thing,
            )
        )
    return found


def _signed(scene: Scene, verb: int) -> list[int]:
    return undergoers(scene.parsed, verb) or obliques(scene.parsed, verb, {"into"})


def _is_joint(scene: Scene, noun: int) -> bool:
    return any(scene.parsed.tokens[c].lower == "joint" for c in scene.parsed.children(noun)) or (
        noun > 0 and scene.parsed.tokens[noun - 1].lower == "joint"
    )


def read_joint_statement(scene: Scene, noun: int) -> list[Sighting]:
    """ "Joint Statement from X and Y" as a headline: an agreement of those who make it."""
    parsed = scene.parsed
    if not (_is_joint(scene, noun) and scene.in_headline(noun)):
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


def _is_deal(scene: Scene, noun: int, allowed: frozenset[str]) -> bool:
    if any(scene.parsed.tokens[c].lower in {"any", "no", "such"} for c in scene.parsed.children_by(noun, "det")):
        return False
    mention = scene.actors.at(noun)
    if mention is not None and mention.use is Use.DOCUMENT:
        return True
    return scene.parsed.tokens[noun].lemma.lower() in allowed or _is_cease_fire(scene, noun)


def _is_cease_fire(scene: Scene, noun: int) -> bool:
    """ "cease-fire", cut into three tokens."""
    tokens = scene.parsed.tokens
    return tokens[noun].lemma == "fire" and noun > 1 and tokens[noun - 2].lower == "cease"


def _deal_parties(scene: Scene, noun: int) -> tuple[Participant, ...]:
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


def read_agree(scene: Scene, verb: int) -> list[Sighting]:
    """ "X and Y agreed to …", "X agreed with Y on …"; agreeing to meet is a meeting planned (ruling 2)."""
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    members = doing(scene, verb) + acting(scene, obliques(parsed, verb, {"with"}))
    codes = {c for p in members for c in p.parties}
    named = len(codes) > 1
    if not codes or is_negated(parsed, verb) or reality.mood not in {Mood.PAST, Mood.PRESENT, Mood.FUTURE}:
        return []
    meetings = [m for m in meeting_nouns_under(scene, verb) if case_of(parsed, m) not in OCCASIONS]
    complements = parsed.children_by(verb, "xcomp", "ccomp")
    complements += [c for c in parsed.children_by(verb, "advcl") if c > verb and parsed.tokens[c].tag == "VB"]
    meets = [c for c in complements if parsed.tokens[c].lemma in {"meet", "negotiate", "talk", "speak"}]
    if (meetings or meets) and not _mere_topic(scene, verb, meetings, meets):
        trigger = (meetings or meets)[0]
        return [
            act(
                scene,
                EventType.MEETING,
                trigger,
                status=Status.PLANNED,
                reason=reality.reason,
                members=members,
                chain=[*complements, verb],
                weak=not named,
            )
        ]
    content = {
        parsed.tokens[c].lemma.lower() for c in complements + obliques(parsed, verb, {"on", "to", "upon"})
    }
    if (
        not content
        or content <= CONTENT_FREE
        or _keeps_contact(scene, complements)
        or _says_that_so(scene, verb)
    ):
        return []
    if not named and (reality.mood is Mood.FUTURE or parsed.tokens[verb].tag not in {"VBD", "VBN"}):
        return []
    status = Status.EXPECTED if reality.mood is Mood.FUTURE else Status.REACHED
    about = (complements + obliques(parsed, verb, {"on", "to", "upon"}))[0]
    return [
        act(
            scene,
            EventType.AGREEMENT,
            verb,
            status=status,
            reason=reality.reason,
            members=members,
            chain=complements,
            about=about,
        )
    ]


def _mere_topic(scene: Scene, verb: int, meetings: list[int], meets: list[int]) -> bool:
    """Whether the meeting below "agree" is not what was agreed ("agreed to end talks")."""
    return not meets and all(scene.parsed.tokens[m].dep.startswith("nmod") for m in meetings)


def _says_that_so(scene: Scene, verb: int) -> bool:
    """ "agreed that it was important": a shared view, no deal."""
    parsed = scene.parsed
    for clause in parsed.children_by(verb, "ccomp"):
        words = {parsed.tokens[c].lower for c in parsed.children(clause)}
        if "that" in words and not words & {"would", "will", "shall"}:
            return True
    return False


def _keeps_contact(scene: Scene, complements: list[int]) -> bool:
    """ "agreed to keep in touch", "to maintain contacts": courtesy, no deal."""
    parsed = scene.parsed
    below = {parsed.tokens[c].lemma.lower() for v in complements for c in parsed.children(v)}
    return bool(below & {"touch", "contact", "dialogue", "communication", "cooperation", "coordination"})


def read_deal(scene: Scene, noun: int) -> list[Sighting]:
    """ "an agreement reached in November", "the 1994 accord between X and Y", "a Norway-brokered truce"."""
    parsed = scene.parsed
    members = _deal_parties(scene, noun)
    brokers = _brokers(scene, noun)
    brokered = {b.head for b in brokers}
    members = tuple(m for m in members if m.head not in brokered)
    came_about = _came_about(scene, noun)
    verb = clause_head(parsed, noun)
    token = parsed.tokens[noun]
    if token.dep.partition(":")[0] == "obj" and parsed.tokens[token.head].lemma in {
        "sign",
        "reach",
        "violate",
        "break",
        "honor",
        "honour",
    }:
        came_about = came_about if parsed.tokens[token.head].lemma not in {"sign", "reach"} else None
    reason = (
        came_about.reason if came_about else Reason("status.noun-alone", "named as something that exists")
    )
    status = agreement_status(came_about) if came_about else Status.REACHED
    if status is None or _is_negotiated(scene, noun):
        return []
    del verb
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
    dated = sighting.when is not None and parsed.tokens[noun].lemma.lower() in STRICT_NOUNS | {"fire"}
    solid = came_about is not None or (dated and (bool(members) or (sighting.when is not None and sighting.when.edtf is not None)))
    return [replace(sighting, weak=not solid)]


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


EFFECT_VERBS = frozenset(
    "sign reach strike conclude broker mediate take come go enter negotiate hold begin start".split()
)


def _effect_verbs(scene: Scene, noun: int) -> list[int]:
    parsed = scene.parsed
    found = [c for c in parsed.children_by(noun, "acl") if parsed.tokens[c].lemma in EFFECT_VERBS]
    token = parsed.tokens[noun]
    if token.dep.startswith("nsubj") and parsed.tokens[token.head].lemma in EFFECT_VERBS:
        found.append(token.head)
    return found


def _reached_at(scene: Scene, noun: int) -> list[int]:
    """The verbs that bring a deal about and the meeting it was reached at, with when and where that was held."""
    parsed = scene.parsed
    found = []
    for verb in _effect_verbs(scene, noun):
        found.append(verb)
        for meeting in obliques(parsed, verb, {"at", "during", "in", "after", "following"}):
            if parsed.tokens[meeting].lemma.lower() in MEETING_NOUNS:
                found += [meeting, *parsed.children_by(meeting, "acl")]
    return found


def _came_about(scene: Scene, noun: int) -> Reality | None:
    """Reality of the predicate that brings the deal about ("signed in May", "went into effect"), None without one."""
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


def read_ceasefire(scene: Scene, noun: int) -> list[Sighting]:
    """A ceasefire or truce: as a deal; alone it only adds to one already told."""
    return read_deal(scene, noun)
