"""Proposals told by a verb: what a party puts forward (REQUEST, CONCEDE; rulings 1, 4, 11)."""

from __future__ import annotations

from dragoman.events.acts import (
    act,
    acting,
    addressees_of,
    counterparts_under,
    doing,
    made_or_expected,
    meeting_nouns_under,
    propose,
)
from dragoman.events.linear import opposite, subjects
from dragoman.events.nouns import PROPOSED_NOUNS
from dragoman.events.participants import merged_parties, names_other
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.status import Mood, reality_of
from dragoman.events.syntax import case_of, conjuncts, undergoers
from dragoman.events.tables import words
from dragoman.events.where import Where, place_of
from dragoman.model import EventType, Status

VISITS = frozenset({"visit", "come", "travel", "attend", "meet"})
GIVES = words("gift")
POLITE = words("politeness")
READY = frozenset({"ready", "willing", "prepared", "interested", "open"})


def read_propose(scene: Scene, verb: int) -> list[Sighting]:
    """ "X proposed talks with Y", "X offered Y a deal", "X offered to host talks"."""
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    status = made_or_expected(reality)
    by = doing(scene, verb)
    if status is None or not by:
        return []
    things = undergoers(parsed, verb)
    meetings = meeting_nouns_under(scene, verb)
    to = addressees_of(scene, verb) + acting(scene, _receivers(scene, verb)) + counterparts_under(scene, verb)
    lemma = parsed.tokens[verb].lemma
    to += _asked_in_clause(scene, verb)
    nouns = {parsed.tokens[t].lemma.lower() for t in things}
    if nouns and nouns <= POLITE:
        return []
    solid = bool(meetings) or bool(nouns & PROPOSED_NOUNS) or (bool(to) and lemma != "suggest")
    solid = solid or lemma == "propose"
    if not solid:
        return []
    return [
        propose(scene, verb, status, reality.reason, by, to, meetings, about=things[0] if things else None)
    ]


def _asked_in_clause(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """ "Demanded that Y withdraw", "proposed that both sides reopen": who is to do it."""
    parsed = scene.parsed
    clauses = parsed.children_by(verb, "ccomp")
    return tuple(p for clause in clauses for p in acting(scene, parsed.children_by(clause, "nsubj")))


def _receivers(scene: Scene, verb: int) -> list[int]:
    """Whom something is offered to without "to" ("offered Taiwan concessions"): the first of two objects."""
    parsed = scene.parsed
    objects = [c for c in parsed.children_by(verb, "iobj", "obj") if c > verb]
    return objects[:1] if len(objects) > 1 else parsed.children_by(verb, "iobj")


def read_interest(scene: Scene, verb: int) -> list[Sighting]:
    """ "X expressed interest in talks with Y", "voiced readiness to meet Y": an offer of talks."""
    parsed = scene.parsed
    things = [
        t
        for t in undergoers(parsed, verb)
        if parsed.tokens[t].lemma in {"interest", "readiness", "willingness"}
    ]
    meetings = meeting_nouns_under(scene, verb)
    by = doing(scene, verb)
    to: tuple[Participant, ...] = ()
    for meeting in meetings:
        to += tuple(p for p in opposite(scene, meeting) if p.parties)
    status = made_or_expected(reality := reality_of(scene, verb))
    if status is None or not things or not by or not to:
        return []
    return [propose(scene, verb, status, reality.reason, by, to, [], about=things[0])]


def read_submit(scene: Scene, verb: int) -> list[Sighting]:
    """ "X submitted a package to Y", "X tabled a draft", "X published its text of a pact with Y"."""
    parsed = scene.parsed
    status = made_or_expected(reality := reality_of(scene, verb))
    things = [t for t in undergoers(parsed, verb) if parsed.tokens[t].lemma.lower() in PROPOSED_NOUNS]
    by = doing(scene, verb)
    if status is None or not things or not by:
        return []
    given = [r for r in _receivers(scene, verb) if r not in things]  # "handed the ambassador its reply"
    to = addressees_of(scene, verb) + acting(scene, given)
    for thing in things:
        to += counterparts_in_title(scene, thing)
    if any(parsed.tokens[t].lemma.lower() in {"draft", "treaty", "text"} for t in things):
        to += _named_in_drafts(scene, things[0], set(merged_parties(by)))
    return [
        act(
            scene,
            EventType.PROPOSAL,
            verb,
            status=status,
            reason=reality.reason,
            by=by,
            to=to,
            chain=things,
            about=things[0],
            title=things[0],
        )
    ]


def _named_in_drafts(scene: Scene, noun: int, own: set[str]) -> tuple[Participant, ...]:
    """Everybody else that the description of drafts names, up to the end of the sentence."""
    parsed, found = scene.parsed, []
    end = parsed.sentences[parsed.tokens[noun].sentence].end_token
    for i in range(noun + 1, end):
        mention = scene.actors.at(i)
        if mention is not None and mention.start_token == i and parsed.tokens[i].pos != "VERB":
            codes = tuple(c for c in scene.party_codes(mention) if c not in own)
            if codes and mention.label != "NORP":
                found.append(Participant(codes, scene.people(mention), mention.span, mention.head_token))
    return tuple(found)


def counterparts_in_title(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Parties that the name of a draft is addressed to ("a treaty with the United States")."""
    parsed = scene.parsed
    heads: list[int] = []
    stack = [noun]
    while stack:
        top = stack.pop()
        for child in parsed.children_by(top, "nmod", "conj", "appos"):
            if case_of(parsed, child) in {"with", "between", "to"}:
                heads += conjuncts(parsed, child)
            stack.append(child)
    return acting(scene, heads)


def read_demand(scene: Scene, verb: int) -> list[Sighting]:
    """ "X demanded that Y withdraw": a demand counts where it is put to a named counterpart (ruling 4)."""
    parsed = scene.parsed
    if parsed.tokens[verb].lemma != "demand":
        return _read_ask_for_talks(scene, verb)
    status = made_or_expected(reality := reality_of(scene, verb))
    by = doing(scene, verb)
    to = addressees_of(scene, verb) + _asked_in_clause(scene, verb)
    if status is None or not by or not names_other(by, to):
        return []
    return [act(scene, EventType.PROPOSAL, verb, status=status, reason=reality.reason, by=by, to=to)]


def _read_ask_for_talks(scene: Scene, verb: int) -> list[Sighting]:
    """ "X asked Y for talks", "X requested a meeting with Y"."""
    parsed = scene.parsed
    meetings = [m for m in meeting_nouns_under(scene, verb) if case_of(parsed, m) in {"for", ""}]
    status = made_or_expected(reality := reality_of(scene, verb))
    by = doing(scene, verb)
    to = counterparts_under(scene, verb) + acting(scene, parsed.children_by(verb, "obj"))
    if status is None or not meetings or not by or not names_other(by, to):
        return []
    if parsed.tokens[verb].lemma == "urge":
        return []  # exhortation (ruling 4)
    return [propose(scene, verb, status, reality.reason, by, to, meetings, about=meetings[0])]


def read_call_for(scene: Scene, verb: int) -> list[Sighting]:
    """ "X called for talks with Y" by a negotiating party."""
    parsed = scene.parsed
    meetings = [m for m in meeting_nouns_under(scene, verb) if case_of(parsed, m) == "for"]
    status = made_or_expected(reality := reality_of(scene, verb))
    by = doing(scene, verb)
    to = counterparts_under(scene, verb)
    if status is None or not meetings or not by or not to:
        return []
    return [propose(scene, verb, status, reality.reason, by, to, meetings, about=meetings[0])]


def read_invite(scene: Scene, verb: int) -> list[Sighting]:
    """ "X invited Y to visit": a meeting proposed where a place is named, else a proposal."""
    parsed = scene.parsed
    status = made_or_expected(reality := reality_of(scene, verb))
    by = doing(scene, verb)
    to = acting(scene, undergoers(parsed, verb))
    if status is None or not by or not names_other(by, to):
        return []
    meetings = meeting_nouns_under(scene, verb)
    visits = [
        c for c in parsed.children_by(verb, "xcomp", "ccomp", "advcl") if parsed.tokens[c].lemma in VISITS
    ]
    dated = any(t in scene.timex_at for m in meetings for t in range(m, min(m + 7, len(parsed.tokens))))
    if visits or (meetings and dated):
        trigger = (visits or meetings)[0]
        return [
            act(
                scene,
                EventType.MEETING,
                trigger,
                status=Status.PROPOSED,
                reason=reality.reason,
                members=by + to,
                chain=[verb],
                place=_visited(scene, trigger),
            )
        ]
    return [propose(scene, verb, status, reality.reason, by, to, meetings or [verb])]


def _visited(scene: Scene, verb: int) -> Where | None:
    """Where the invited are to come ("to visit Paris")."""
    for child in [*scene.parsed.children_by(verb, "obj"), verb + 1]:
        mention = scene.actors.at(child)
        where = None if mention is None else place_of(scene, mention)
        if where is not None:
            return where
    return None


def read_ready(scene: Scene, adjective: int) -> list[Sighting]:
    """ "X is willing to meet Y": an offer of talks (ruling 1)."""
    parsed = scene.parsed
    if parsed.tokens[adjective].lower not in READY:
        return []
    meetings = meeting_nouns_under(scene, adjective)
    verbs = [
        c
        for c in parsed.children_by(adjective, "xcomp", "advcl", "ccomp")
        if parsed.tokens[c].lemma in {"negotiate", "meet", "talk"}
    ]
    by = tuple(p for p in subjects(scene, adjective) if p.parties)
    to = counterparts_under(scene, adjective)
    negated = any(parsed.tokens[c].lower in {"not", "n't", "never"} for c in parsed.children(adjective))
    gifts = [c for c in parsed.children_by(adjective, "xcomp") if parsed.tokens[c].lemma in GIVES]
    if gifts and not to:
        to = _if_clause(scene, adjective, gifts[0]) or addressees_of(scene, gifts[0])
    if not (meetings or verbs or gifts) or not by or not to or negated:
        return []
    reality = reality_of(scene, adjective)
    if reality.mood is Mood.CONDITIONAL:
        return []
    about = (meetings or verbs or gifts)[0]
    return [propose(scene, adjective, Status.MADE, reality.reason, by, to, meetings, about=about)]


def _if_clause(scene: Scene, *heads: int) -> tuple[Participant, ...]:
    """Whose doing the offer hangs on ("ready to provide aid if X gives up Y")."""
    parsed = scene.parsed
    for head in heads:
        for child in parsed.children_by(head, "advcl"):
            if any(parsed.tokens[c].lower == "if" for c in parsed.children(child)):
                return acting(scene, parsed.children_by(child, "nsubj"))
    return ()
