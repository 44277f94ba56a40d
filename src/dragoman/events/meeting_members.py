"""Who sits at the table of a meeting that a noun names."""

from __future__ import annotations

from dragoman.events.chains import CIRCUMSTANCE, Chain
from dragoman.events.linear import actors_of, listed_after, opposite, owners_before, subjects
from dragoman.events.meeting_parts import OCCASIONS, OWNERS, WITH
from dragoman.events.participants import merged_parties, participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.syntax import case_of, clause_head, obliques
from dragoman.events.tables import words
from dragoman.model import EntityKind

MOTION = words("motion")
SPOKEN = frozenset({"remark", "statement", "comment", "transcript", "conference"})


def members_of(scene: Scene, chain: Chain) -> tuple[Participant, ...]:
    """Everybody whom the noun phrase, its predicate or its clause puts at the table."""
    parsed = scene.parsed
    members: tuple[Participant, ...] = ()
    for noun in chain.nouns:
        named = opposite(scene, noun) or participants(scene, obliques(parsed, noun, WITH))
        members += owners_before(scene, noun) + _owners_after(scene, noun) + named
    setting = parsed.tokens[chain.nouns[0]].lemma.lower() in OCCASIONS
    if (
        not members
        and not setting
        and chain.governor is not None
        and (chain.effect or chain.relation in {"obj", "obl"})
    ):
        members = participants(scene, obliques(parsed, chain.governor, WITH))
    if chain.governor is None:
        return members or _speakers_at(scene, chain)
    if parsed.tokens[chain.governor].lemma == "include" and chain.relation == "nsubj":
        return members + listed_after(scene, _past_colon(scene, chain.governor))
    if chain.relation == "obj" or (chain.effect and chain.relation == "obl"):
        return actors_of(scene, chain.governor) + members
    if chain.relation in {"obl", "advcl"} and len(merged_parties(members)) < 2 and not setting:
        members += _host(scene, chain, members)
        return _controllers(scene, chain.governor, members) + members
    return members


def _speakers_at(scene: Scene, chain: Chain) -> tuple[Participant, ...]:
    """ "Remarks by X and Y before bilateral meeting": a transcript's headline names who meets."""
    parsed = scene.parsed
    over = chain.outer
    if over is None or parsed.tokens[over].lemma.lower() not in SPOKEN or chain.case not in CIRCUMSTANCE:
        return ()
    found = participants(scene, obliques(parsed, over, {"by", "from", "with", "of"}))
    return found if len(merged_parties(found)) > 1 else ()


def _owners_after(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Who meets, after the noun: "a meeting of the ministers", "talks by negotiators"."""
    tokens = scene.parsed.tokens
    after = noun + 1
    if after + 1 >= len(tokens) or tokens[after].sentence != tokens[noun].sentence:
        return ()
    if tokens[after].lower in OWNERS:
        listed = listed_after(scene, after + 1)
        if tokens[after].lower == "of" and len(merged_parties(listed)) < 2:
            named = participants(scene, obliques(scene.parsed, noun, {"of"}))
            return named if len(merged_parties(named)) > 1 else listed  # "a meeting of X and Y"
        return listed
    if tokens[after].lower == "in":  # "debates in the lake council": a body, not a place
        return tuple(p for p in listed_after(scene, after + 1)[:1] if is_body(scene, p))
    return ()


def is_body(scene: Scene, participant: Participant) -> bool:
    """Whether a participant is an organisation itself, nobody of it."""
    mention = scene.actors.at(participant.head)
    kinds = {e.kind for e in scene.entities(mention)} if mention is not None else set()
    return EntityKind.ORGANISATION in kinds


def _past_colon(scene: Scene, verb: int) -> int:
    """First token of the list after "included" or "included:"."""
    after = verb + 1
    return after + 1 if scene.parsed.tokens[after].text == ":" else after


def _host(scene: Scene, chain: Chain, members: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """The country that somebody travels to for talks, where the text names nobody else to talk with."""
    if members or chain.case != "for" or chain.governor is None:
        return ()
    if scene.parsed.tokens[chain.governor].lemma not in MOTION:
        return ()
    hosts = participants(scene, obliques(scene.parsed, chain.governor, {"to", "in"}))
    return tuple(p for p in hosts if p.parties)


def owns(scene: Scene, child: int) -> bool:
    """Whether a dependent of a meeting noun names who meets ("X's meeting", "a meeting of ministers")."""
    token = scene.parsed.tokens[child]
    return token.dep == "nmod:poss" or case_of(scene.parsed, child) in OWNERS | {"'s", "’s"}


def _controllers(scene: Scene, governor: int, members: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Who does what the clause around the meeting tells: "X spoke after talks with Y" puts X at the table."""
    parsed = scene.parsed
    known = set(merged_parties(members))
    above = [i for i in parsed.ancestors(governor) if parsed.tokens[i].pos in {"VERB", "AUX"}]
    for verb in [governor, clause_head(parsed, governor), *above[:3]]:
        found = tuple(p for p in subjects(scene, verb) if p.parties and not set(p.parties) <= known)
        if found:
            return found
    return ()
