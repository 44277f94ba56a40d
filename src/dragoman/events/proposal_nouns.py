"""Proposals named by a noun: an offer by X to Y, X's plan (REQUEST, CONCEDE; rulings 1, 4, 11)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.acts import (
    act,
    acting,
    addressees_of,
    counterparts_under,
    doing,
    meeting_nouns_under,
    owners_of,
    propose,
)
from dragoman.events.governing import effect_of
from dragoman.events.participants import merged_parties
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.snippets import trigger_step
from dragoman.events.status import Mood, reality_of
from dragoman.events.syntax import clause_head
from dragoman.events.tables import words
from dragoman.events.when import find_when
from dragoman.events.where import find_where
from dragoman.model import EventType, Reason, Status

LIGHT_VERBS = words("puts-forward")


def read_proposal_noun(scene: Scene, noun: int) -> list[Sighting]:
    """ "an offer by X to Y", "X's proposals", "a Zambian offer of a truce"."""
    return _read_noun(scene, noun, weak=False)


def read_plan_noun(scene: Scene, noun: int) -> list[Sighting]:
    """ "peace plan", "initiative", "draft": only with an owner and somebody it is put to."""
    found = _read_noun(scene, noun, weak=False)
    return [s if s.to else replace(s, weak=True) for s in found]


def read_invitation(scene: Scene, noun: int) -> list[Sighting]:
    """ "an invitation on behalf of X for Y to visit Z"; an accepted one is a meeting ahead (ruling 2)."""
    accepted = _accepted(scene, noun)
    if accepted is not None:
        return [accepted]
    return [s for s in _read_noun(scene, noun, weak=False) if s.to]


def _accepted(scene: Scene, noun: int) -> Sighting | None:
    """ "X has accepted Y's invitation to visit Z": the visit, or the meeting that the infinitive names."""
    parsed = scene.parsed
    token = parsed.tokens[noun]
    verb = token.head
    if parsed.tokens[verb].lemma.lower() != "accept" or not token.dep.startswith(("obj", "nsubj:pass")):
        return None
    reality = reality_of(scene, verb)
    inner = parsed.children_by(noun, "acl")
    attends = any(parsed.tokens[i].lemma in {"attend", "join", "participate"} for i in inner)
    if reality.mood not in {Mood.PAST, Mood.ONGOING, Mood.PRESENT} or not inner or attends:
        return None
    guests = doing(scene, verb)
    asked = counterparts_under(scene, noun)
    asked += tuple(p for i in inner for p in counterparts_under(scene, i) + _opposite(scene, i))
    hosts = asked or owners_of(scene, noun)  # "the EU's invitation to visit Ukraine": whom they visit
    hosts += tuple(p for p in owners_of(scene, noun) if set(p.parties) <= set(merged_parties(hosts)))
    members = tuple({p.head: p for p in guests + hosts}.values()) if guests else ()
    if len(merged_parties(members)) < 2:
        return None
    reason = Reason("status.invitation-accepted", "both sides agreed to it", reality.reason.spans)
    found = act(
        scene,
        EventType.MEETING,
        noun,
        status=Status.PLANNED,
        reason=reason,
        members=members,
        chain=[*inner, verb],
    )
    when = find_when(scene, [noun, *inner])  # not the day on which it was accepted, or said to be
    where = found.where or find_where(scene, [inner[0]], destination=True)
    return replace(found, when=when, where=where, definite=False)


def _opposite(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Whom the infinitive names: "to meet X", "to visit Z"."""
    return acting(scene, scene.parsed.children_by(verb, "obj"))


def read_demand_noun(scene: Scene, noun: int) -> list[Sighting]:
    """Demands as a noun are stances (ruling 4): they only add to a demand already told."""
    return [replace(s, weak=True) for s in _read_noun(scene, noun, weak=True)]


def _read_noun(scene: Scene, noun: int, *, weak: bool) -> list[Sighting]:
    parsed = scene.parsed
    token = parsed.tokens[noun]
    verb = clause_head(parsed, noun)
    by = owners_of(scene, noun)
    to = addressees_of(scene, noun) + counterparts_under(scene, noun)
    if token.head != noun and token.dep.partition(":")[0] == "obj":
        governor = token.head
        lemma = parsed.tokens[governor].lemma.lower()
        if effect_of(scene, governor) in {"refuse", "suspend", "cancel"} or lemma in {
            "accept",
            "welcome",
            "discuss",
        }:
            return []
        if lemma in LIGHT_VERBS:
            by = by or doing(scene, governor)
            to = to or addressees_of(scene, governor)
            verb = governor
    if not by:
        return []
    reality = reality_of(scene, verb) if parsed.tokens[verb].pos in {"VERB", "AUX"} else None
    expected = reality is not None and reality.mood is Mood.FUTURE and token.head == verb
    status = Status.EXPECTED if expected else Status.MADE
    meetings = meeting_nouns_under(scene, noun)
    reason = reality.reason if reality else trigger_step(scene, noun, "act")
    found = propose(scene, noun, status, reason, by, to, meetings, title=noun, chain=[verb])
    return [replace(found, weak=weak or not to)]
