"""Agreements told by a verb: signed, reached, adopted, agreed (codebook: AGREE; rulings 2, 6, 8, 9)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.acts import act, acting, doing, meeting_nouns_under
from dragoman.events.deal_nouns import STRICT_NOUNS, agreement_status, deal_parties, is_joint
from dragoman.events.participants import merged_parties
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.status import Mood, Reality, reality_of
from dragoman.events.syntax import case_of, conjuncts, is_negated, obliques, undergoers
from dragoman.events.tables import words
from dragoman.model import EventType, Status, Use

DEAL_NOUNS = words("deal")
OCCASIONS = frozenset({"at", "during", "after", "following", "in", "before", "since"})
STRICT_VERBS = words("strict-verb")
READY = frozenset({"ready", "prepared", "willing"})
ISSUE_VERBS = frozenset({"make", "issue"})
CONTENT_FREE = words("courtesy")


def read_sign(scene: Scene, verb: int) -> list[Sighting]:
    """ "X and Y signed a treaty", "a deal was reached between X and Y", "Norway brokered a truce"."""
    parsed = scene.parsed
    lemma = parsed.tokens[verb].lemma
    allowed = STRICT_NOUNS if lemma in STRICT_VERBS else DEAL_NOUNS
    things = [t for t in _listed(scene, verb) or _signed(scene, verb) if _is_deal(scene, t, allowed)]
    if lemma in ISSUE_VERBS:
        things = [t for t in things if is_joint(scene, t)]
    reality = reality_of(scene, verb)
    token = parsed.tokens[verb]
    status = agreement_status(reality)
    if reality.mood is Mood.WISH and parsed.tokens[token.head].lower in READY:
        status = Status.EXPECTED  # "is ready to sign the treaty"
    bare_gerund = token.tag == "VBG" and not any(
        parsed.tokens[c].dep.startswith("aux") for c in parsed.children(verb)
    )
    if not things or status is None or bare_gerund:
        return []
    ready = parsed.tokens[token.head].lower in READY and not doing(scene, verb)
    signers = doing(scene, token.head if ready else verb)
    signers += acting(scene, obliques(parsed, verb, {"with", "between"}))
    brokered = lemma in {"broker", "mediate"}
    found = []
    for thing in things:
        inner = deal_parties(scene, thing)
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


def _listed(scene: Scene, verb: int) -> list[int]:
    """ "Agreements were signed, including a memorandum on X and a protocol on Y": each of these."""
    parsed = scene.parsed
    over = [verb, *_signed(scene, verb)]
    heads = [c for head in over for c in parsed.children(head) if case_of(parsed, c) == "including"]
    return [member for head in heads for member in conjuncts(parsed, head)]


def _signed(scene: Scene, verb: int) -> list[int]:
    return undergoers(scene.parsed, verb) or obliques(scene.parsed, verb, {"into"})


def _is_deal(scene: Scene, noun: int, allowed: frozenset[str]) -> bool:
    if any(
        scene.parsed.tokens[c].lower in {"any", "no", "such"} for c in scene.parsed.children_by(noun, "det")
    ):
        return False
    mention = scene.actors.at(noun)
    if mention is not None and mention.use is Use.DOCUMENT:
        return True
    return scene.parsed.tokens[noun].lemma.lower() in allowed or _is_cease_fire(scene, noun)


def _is_cease_fire(scene: Scene, noun: int) -> bool:
    """ "cease-fire", cut into three tokens."""
    tokens = scene.parsed.tokens
    return tokens[noun].lemma == "fire" and noun > 1 and tokens[noun - 2].lower == "cease"


def read_agree(scene: Scene, verb: int) -> list[Sighting]:
    """ "X and Y agreed to …", "X agreed with Y on …"; agreeing to meet is a meeting planned (ruling 2)."""
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    members = doing(scene, verb) + acting(scene, obliques(parsed, verb, {"with"}))
    told = reality.mood in {Mood.PAST, Mood.PRESENT, Mood.FUTURE} and not is_negated(parsed, verb)
    if not merged_parties(members) or not told:
        return []
    complements = parsed.children_by(verb, "xcomp", "ccomp")
    complements += [c for c in parsed.children_by(verb, "advcl") if c > verb and parsed.tokens[c].tag == "VB"]
    trigger = _agreed_meeting(scene, verb, complements)
    if trigger is None:
        return _agreed_matter(scene, verb, complements, members, reality)
    reason, weak = reality.reason, len(merged_parties(members)) < 2
    found = act(
        scene,
        EventType.MEETING,
        trigger,
        status=Status.PLANNED,
        reason=reason,
        members=members,
        chain=[*complements, verb],
        weak=weak,
    )
    open_ended = parsed.tokens[trigger].lemma in {"speak", "talk"} and not (found.when or found.where)
    return [replace(found, weak=weak or open_ended)]  # "agreed to speak again": nothing is set


def _agreed_meeting(scene: Scene, verb: int, complements: list[int]) -> int | None:
    """The noun or verb of the meeting that was agreed on, None where something else was agreed."""
    parsed = scene.parsed
    meets = [c for c in complements if parsed.tokens[c].lemma in {"meet", "negotiate", "talk", "speak"}]
    meetings = [m for m in meeting_nouns_under(scene, verb) if case_of(parsed, m) not in OCCASIONS]
    if not meets and all(parsed.tokens[m].dep.startswith("nmod") for m in meetings):
        return None  # "agreed to end talks on talks": a mere topic
    return (meetings or meets)[0]


def _agreed_matter(
    scene: Scene,
    verb: int,
    complements: list[int],
    members: tuple[Participant, ...],
    reality: Reality,
) -> list[Sighting]:
    """The agreement on what stands below "agree", [] where that is courtesy or a shared view."""
    parsed = scene.parsed
    matter = complements + obliques(parsed, verb, {"on", "to", "upon"})
    if {parsed.tokens[c].lemma.lower() for c in matter} <= CONTENT_FREE:
        return []
    if _keeps_contact(scene, complements) or _says_that_so(scene, verb):
        return []
    future = reality.mood is Mood.FUTURE
    one_sided = len(merged_parties(members)) < 2
    if one_sided and (future or parsed.tokens[verb].tag not in {"VBD", "VBN"}):
        return []
    return [
        act(
            scene,
            EventType.AGREEMENT,
            verb,
            status=Status.EXPECTED if future else Status.REACHED,
            reason=reality.reason,
            members=members,
            chain=complements,
            about=matter[0],
        )
    ]


def _says_that_so(scene: Scene, verb: int) -> bool:
    """ "agreed that it was important": a shared view, no deal."""
    parsed = scene.parsed
    for clause in parsed.children_by(verb, "ccomp"):
        words = {parsed.tokens[c].lower for c in parsed.children(clause)}
        binding = {"would", "will", "shall"} | ({"must"} if parsed.tokens[verb].tag != "VBZ" else set())
        if "that" in words and not words & binding:
            return True
    return False


def _keeps_contact(scene: Scene, complements: list[int]) -> bool:
    """ "agreed to keep in touch", "to maintain contacts": courtesy, no deal."""
    parsed = scene.parsed
    below = {parsed.tokens[c].lemma.lower() for v in complements for c in parsed.children(v)}
    return bool(below & {"touch", "contact", "dialogue", "communication", "cooperation", "coordination"})
