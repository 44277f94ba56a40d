"""Refusals: proposals and meetings turned down (codebook: REJECT; rulings 1, 4, 11)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.acts import (
    acting,
    addressees_of,
    counterparts_under,
    doing,
    made_or_expected,
    meeting_nouns_under,
    owners_of,
    refusal,
)
from dragoman.events.endings import BREAKABLE
from dragoman.events.nouns import MEETING_NOUNS, PROPOSED_NOUNS
from dragoman.events.participants import names_other
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.status import Reality, reality_of
from dragoman.events.syntax import is_negated, obliques, undergoers
from dragoman.events.tables import words
from dragoman.model import EventType, Reason, Status, Use

NO_PROPOSALS = words("denied")
ACCEPTING = words("accepting")
NEEDS_MEETING = words("needs-meeting")
INTENDS = words("intends")


def read_reject(scene: Scene, verb: int) -> list[Sighting]:
    """ "X rejected Y's offer", "X refused to hold talks with Y", "X boycotted the meeting"."""
    parsed = scene.parsed
    status = made_or_expected(reality := reality_of(scene, verb))
    by = doing(scene, verb)
    if status is None or not by:
        return []
    things = undergoers(parsed, verb)
    complements = parsed.children_by(verb, "xcomp", "ccomp")
    if complements and not things:
        return _refused_doing(scene, verb, complements, by, status, reality)
    things = [t for t in things if _refusable(scene, t)]
    if not things:
        return []
    to: tuple[Participant, ...] = addressees_of(scene, verb)
    for thing in things:
        to += owners_of(scene, thing) + counterparts_under(scene, thing) + addressees_of(scene, thing)
    found = refusal(scene, verb, status, reality.reason, by=by, to=to, about=things[0])
    if parsed.tokens[verb].lemma == "boycott" and (found.when or found.where):  # ruling 1
        stayed_away = replace(
            found, type=EventType.MEETING, status=Status.REFUSED, members=by + to, by=(), to=()
        )
        return [found, stayed_away]
    return [found]


def _refusable(scene: Scene, noun: int) -> bool:
    parsed = scene.parsed
    lemma = parsed.tokens[noun].lemma.lower()
    if lemma in NO_PROPOSALS:
        return False
    mention = scene.actors.at(noun)
    document = mention is not None and mention.use in {Use.DOCUMENT, Use.FORUM}
    return (
        lemma in PROPOSED_NOUNS | MEETING_NOUNS | BREAKABLE
        or document
        or lemma in {"it", "that", "they", "them", "measure", "mediator"}
    )


def _refused_doing(
    scene: Scene,
    verb: int,
    complements: list[int],
    by: tuple[Participant, ...],
    status: Status,
    reality: Reality,
) -> list[Sighting]:
    parsed = scene.parsed
    if parsed.tokens[verb].lemma not in {"refuse", "decline", "rule"}:
        return []
    for complement in complements:
        lemma = parsed.tokens[complement].lemma
        meetings = meeting_nouns_under(scene, complement)
        if lemma in ACCEPTING or meetings:
            to = counterparts_under(scene, complement) + addressees_of(scene, complement)
            if not (to or meetings):
                continue
            return [
                refusal(
                    scene, verb, status, reality.reason, by=by, to=to, chain=[complement], about=complement
                )
            ]
    return []


def read_will_not(scene: Scene, verb: int) -> list[Sighting]:
    """ "X will not negotiate with Y", "X does not intend to discuss the offer at the assembly"."""
    parsed = scene.parsed
    negator = _negator(scene, verb)
    by = () if negator is None else doing(scene, verb)
    lemma = parsed.tokens[verb].lemma
    if negator is None or not by or lemma not in ACCEPTING | NEEDS_MEETING:
        return []
    meetings = meeting_nouns_under(scene, verb)
    if lemma in NEEDS_MEETING and not meetings:
        return []
    objects = [c for c in undergoers(parsed, verb) if parsed.tokens[c].lemma.lower() in PROPOSED_NOUNS]
    to = counterparts_under(scene, verb) + addressees_of(scene, verb) + _unless(scene, verb)
    if not (to or meetings or objects or lemma in {"sign", "negotiate", "compromise"}):
        return []
    forum = acting(scene, [h for n in (verb, *objects) for h in obliques(parsed, n, {"in", "at", "within"})])
    carrier = parsed.span(negator, negator + 1)
    reason = Reason("status.will-not", f"“{carrier.exact}” turns it down", (carrier,))
    about = (objects or meetings or [verb])[0]
    return [refusal(scene, verb, Status.MADE, reason, by=by, to=to or forum, about=about)]


def _unless(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Who must first do something ("will not ratify it unless X signs")."""
    parsed = scene.parsed
    for child in parsed.children_by(verb, "advcl"):
        words = {parsed.tokens[c].lower for c in parsed.children(child)}
        if words & {"unless", "until"}:
            return acting(scene, parsed.children_by(child, "nsubj"))
    return ()


def _negator(scene: Scene, verb: int) -> int | None:
    """The verb that carries "will not" or "does not intend/plan to" over ``verb``, or None."""
    parsed = scene.parsed
    auxes = {parsed.tokens[c].lower for c in parsed.children(verb) if parsed.tokens[c].dep.startswith("aux")}
    if is_negated(parsed, verb) and auxes & {"will", "wo", "would", "shall", "'ll"}:
        return verb
    token = parsed.tokens[verb]
    head = parsed.tokens[token.head]
    if token.dep == "xcomp" and head.lemma in INTENDS:
        return token.head if is_negated(parsed, token.head) else None
    return None


def read_oppose(scene: Scene, verb: int) -> list[Sighting]:
    """ "X denounced the proposal": opposition to what another party put forward."""
    parsed = scene.parsed
    things = [
        t
        for t in undergoers(parsed, verb)
        if parsed.tokens[t].lemma.lower() in {"proposal", "offer", "plan", "draft", "measure"}
    ]
    by = doing(scene, verb)
    status = made_or_expected(reality := reality_of(scene, verb))
    if not things or not by or status is None:
        return []
    to = owners_of(scene, things[0])
    if not names_other(by, to):
        return []
    return [refusal(scene, verb, status, reality.reason, by=by, to=to, about=things[0])]


def read_reject_noun(scene: Scene, noun: int) -> list[Sighting]:
    """ "the rejection", "X's refusal to": only adds to a refusal already told."""
    by = owners_of(scene, noun)
    reason = Reason("status.noun-alone", "named as something that happened")
    return [refusal(scene, noun, Status.MADE, reason, by=by, to=addressees_of(scene, noun), weak=True)]
