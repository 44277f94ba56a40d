"""Meetings named by a noun: talks, summits, calls, visits (codebook: CONSULT)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.chains import (
    PROPOSAL_NOUNS,
    REFUSAL_NOUNS,
    Chain,
    attachment_chain,
    chain_over,
    forum_of,
)
from dragoman.events.governing import effect_of
from dragoman.events.linear import opposite
from dragoman.events.meeting_members import members_of, owns
from dragoman.events.meeting_parts import (
    OCCASIONS,
    kind_of,
    member_steps,
    one_each,
    points_back,
)
from dragoman.events.meeting_status import noun_status
from dragoman.events.participants import merged_parties, merged_people, participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.snippets import evidence, subject, trigger_step
from dragoman.events.syntax import case_of, has_no, obliques
from dragoman.events.tables import words
from dragoman.events.when import date_tokens, find_when
from dragoman.events.where import find_where, forum_city
from dragoman.model import EventType, MeetingKind, Reason, Status

READ_ELSEWHERE = frozenset("propose refuse suspend seek skip fail cancel postpone deny".split())
VISIT_WORDS = frozenset("state official working historic landmark".split())
NO_TALKS = words("no-talks")
STANCES = frozenset(
    {"open", "ready", "willing", "prepared", "committed", "opposed"}
)  # adjectives over "to talks"
INNER = frozenset({"internal", "domestic", "inner"})


def read_talks(scene: Scene, noun: int) -> list[Sighting]:
    """A meeting noun: "talks between X and Y", "X held talks with Y", "after a meeting with Y"."""
    chain = chain_over(scene, noun)
    if _read_elsewhere(scene, chain):
        return []
    members = members_of(scene, chain)
    status, reason, strong = noun_status(scene, chain)
    if status is None:
        return []
    forum, forum_parties = forum_of(scene, chain)
    found = [_sighting(scene, chain, members, status, reason, forum, forum_parties, strong=strong)]
    second = opposite(scene, noun)
    first = tuple(m for m in members if m not in second)
    return one_each(scene, noun, found, first, second)


def read_dialogue(scene: Scene, noun: int) -> list[Sighting]:
    """ "Dialogue" and "mediation" mostly name a process: an event only where it was held, begun or dated."""
    return [s for s in read_talks(scene, noun) if not s.weak and (s.when or s.where)]


def read_conference(scene: Scene, noun: int) -> list[Sighting]:
    """A conference or session: only with at least two parties named, never a press conference."""
    parsed = scene.parsed
    left = parsed.tokens[noun - 1].lower if noun else ""
    if left in NO_TALKS:
        return []
    return [s for s in read_talks(scene, noun) if len(merged_parties(s.all_members)) > 1 or s.forum]


def read_call(scene: Scene, noun: int) -> list[Sighting]:
    """A telephone call: the noun "call" with a person it was with, never a call for something."""
    parsed = scene.parsed
    if any(
        case_of(parsed, c) in {"for", "on"} or parsed.tokens[c].dep == "acl" for c in parsed.children(noun)
    ):
        return []
    left = parsed.tokens[noun - 1].lower if noun else ""
    found = read_talks(scene, noun)
    phoned = left in {"telephone", "phone", "video", "conference"} or bool(
        obliques(parsed, noun, {"with", "between"})
    )
    return found if phoned else []


def read_visit(scene: Scene, noun: int) -> list[Sighting]:
    """A visit: weak unless official or with a counterpart, for a visit is a meeting only with talks."""
    parsed = scene.parsed
    found = []
    for sighting in read_talks(scene, noun):
        hosts = participants(scene, obliques(parsed, noun, {"to"}))
        visitors = participants(scene, [c for c in parsed.children_by(noun, "nmod") if owns(scene, c)])
        members = visitors + sighting.members
        counterpart = len(merged_parties(members)) > 1
        named = any(m.people for m in members)
        official = any(parsed.tokens[c].lower in VISIT_WORDS for c in parsed.children(noun))
        if not counterpart and hosts and (official or (named and sighting.when is not None)):
            members, counterpart = members + hosts, True
        found.append(
            replace(
                sighting,
                members=members,
                weak=not counterpart or sighting.weak,
                kind=MeetingKind.IN_PERSON,
                where=sighting.where or find_where(scene, [noun], destination=True),
            )
        )
    return found


def read_engagement(scene: Scene, noun: int) -> list[Sighting]:
    """An "engagement by X with Y" between named persons."""
    return [s for s in read_talks(scene, noun) if len(merged_people(s.members)) > 1]


def _read_elsewhere(scene: Scene, chain: Chain) -> bool:
    """Whether another frame reads this noun: what is proposed, called for or turned down."""
    parsed = scene.parsed
    if has_no(parsed, chain.top) or _is_attitude(scene, chain):
        return True
    if chain.outer is not None:
        outer = parsed.tokens[chain.outer].lemma.lower()
        return outer in PROPOSAL_NOUNS | REFUSAL_NOUNS
    return bool({chain.effect, *_effects_above(scene, chain)} & READ_ELSEWHERE)


def _is_attitude(scene: Scene, chain: Chain) -> bool:
    """ "Open to talks", "in favour of talks", "internal discussions": a stance, or nobody's but one's own."""
    tokens = scene.parsed.tokens
    stance = chain.governor is not None and tokens[chain.governor].lower in STANCES
    inner = any(tokens[c].lower in INNER for c in scene.parsed.children_by(chain.nouns[0], "amod"))
    return inner or (stance and chain.relation == "obl" and chain.case in {"to", "for"})


def _effects_above(scene: Scene, chain: Chain) -> set[str]:
    """Effects of the predicates over the governor ("ruled out holding talks", "offered to host talks")."""
    tokens, found = scene.parsed.tokens, set()
    verb = chain.governor
    while (
        verb is not None
        and tokens[verb].dep.partition(":")[0] in {"xcomp", "conj"}
        and tokens[verb].head != verb
    ):
        if tokens[verb].dep == "xcomp":
            found.add(effect_of(scene, tokens[verb].head))
        verb = tokens[verb].head
    return found


def _sighting(
    scene: Scene,
    chain: Chain,
    members: tuple[Participant, ...],
    status: Status,
    reason: Reason,
    forum: str | None,
    forum_parties: tuple[str, ...],
    *,
    strong: bool,
) -> Sighting:
    parsed = scene.parsed
    noun = chain.nouns[0]
    wide = chain.relation in {"obl", "obj", "nsubj", "advcl"}
    tokens = attachment_chain(scene, chain, wide=wide)
    when = find_when(scene, tokens)
    where = forum_city(scene, noun) or find_where(scene, tokens, destination=chain.case == "for")
    return Sighting(
        type=EventType.MEETING,
        trigger=noun,
        evidence=evidence(scene, noun, [p.head for p in members] + date_tokens(when) + list(chain.nouns)),
        status=status,
        status_reason=reason,
        members=members,
        kind=kind_of(scene, tokens),
        when=when,
        where=where,
        forum=forum,
        forum_parties=forum_parties,
        subject=subject(scene, tokens),
        weak=_is_weak(
            scene, chain, members, forum_parties, strong=strong or when is not None or where is not None
        ),
        definite=points_back(scene, noun),
        word=parsed.tokens[noun].lemma.lower(),
        steps=(trigger_step(scene, noun), *member_steps(members)),
    )


def _is_weak(
    scene: Scene,
    chain: Chain,
    members: tuple[Participant, ...],
    forum_parties: tuple[str, ...],
    *,
    strong: bool,
) -> bool:
    """
    Whether the words alone make no event: nothing says that it was held, or it is only the setting.

    A summit or conference without parties of its own at which something else happens is a setting (ruling 3).
    """
    own = set(merged_parties(members)) - set(forum_parties)
    setting = scene.parsed.tokens[chain.nouns[0]].lemma.lower() in OCCASIONS and chain.relation in {
        "obl",
        "nmod",
    }
    several = len(own) > 1 or len(forum_parties) > 1
    return not strong or (setting and not several) or (bool(forum_parties) and not (several or own))
