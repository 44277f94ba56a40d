"""Who takes part: from the heads of noun phrases to parties and persons."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.events.nouns import BODY_NOUNS
from dragoman.events.scene import Participant, Scene
from dragoman.events.syntax import case_of, conjuncts
from dragoman.model import Mention, Use

INNER_CASES = frozenset({"of", "from", "for", "representing", "'s", "’s", ""})
MAX_DEPTH = 3


def participants(scene: Scene, heads: Iterable[int]) -> tuple[Participant, ...]:
    """Participants named by noun phrases with these heads, in order, each token once."""
    found: list[Participant] = []
    seen: set[int] = set()
    for head in heads:
        for member in conjuncts(scene.parsed, head):
            if member not in seen:
                seen.add(member)
                found.extend(_from_phrase(scene, member, seen, 0))
    return tuple(found)


def _from_phrase(scene: Scene, head: int, seen: set[int], depth: int) -> list[Participant]:
    mention = scene.actors.at(head)
    if mention is not None:
        direct = _from_mention(scene, mention)
        seen.update(range(mention.start_token, mention.end_token))
        if direct is not None:
            return [_with_apposed_name(scene, head, direct, seen)]
    if depth >= MAX_DEPTH:
        return []
    found: list[Participant] = []  # "EU decisions": a noun that is nobody hands no party on
    body = scene.parsed.tokens[head].lemma.lower() in BODY_NOUNS or mention is not None
    for child in scene.parsed.children(head):
        if child in seen or not _leads_inside(scene, child, body=body):
            continue
        for member in conjuncts(scene.parsed, child):
            if member not in seen:
                seen.add(member)
                found.extend(_from_phrase(scene, member, seen, depth + 1))
    return found


def _leads_inside(scene: Scene, child: int, *, body: bool) -> bool:
    """Whether the dependent can say whom the head noun acts for."""
    token = scene.parsed.tokens[child]
    relation = token.dep.partition(":")[0]
    if relation in {"appos", "flat"} or (
        body and (relation in {"amod", "compound"} or token.dep == "nmod:poss")
    ):
        return True
    return body and relation == "nmod" and case_of(scene.parsed, child) in INNER_CASES


def _from_mention(scene: Scene, mention: Mention) -> Participant | None:
    if mention.use in {Use.FORUM, Use.DOCUMENT}:
        return None
    parties, people = scene.party_codes(mention), scene.people(mention)
    if not parties and not people:
        return None
    return Participant(parties, people, mention.span, mention.head_token)


def _with_apposed_name(scene: Scene, head: int, direct: Participant, seen: set[int]) -> Participant:
    """Add the person named beside a role ("his counterpart, Taro Aso") or the state beside a person."""
    parties, people = list(direct.parties), list(direct.people)
    for child in scene.parsed.children_by(head, "appos", "flat", "compound", "nmod"):
        if child in seen:
            continue
        mention = scene.actors.at(child)
        if mention is None or mention.use in {Use.FORUM, Use.DOCUMENT}:
            continue
        token = scene.parsed.tokens[child]
        if token.dep.startswith("nmod") and (parties or case_of(scene.parsed, child) not in INNER_CASES):
            continue
        names = scene.people(mention)
        if token.dep.startswith(("appos", "flat", "compound")) and names and not people:
            people.extend(names)
        if not parties:
            parties.extend(scene.party_codes(mention))
        seen.update(range(mention.start_token, mention.end_token))
    if not people:
        people.extend(_name_beside(scene, direct, seen))
    return Participant(tuple(parties), tuple(people), direct.span, direct.head)


def _name_beside(scene: Scene, direct: Participant, seen: set[int]) -> tuple[str, ...]:
    """The person named right after a role, with or without a comma, however the parse hangs the name."""
    mention = scene.actors.at(direct.head)
    if mention is None or mention.label not in {"ROLE", "NOM"}:
        return ()
    after = mention.end_token
    tokens = scene.parsed.tokens
    if after < len(tokens) and tokens[after].text == ",":
        after += 1
    beside = scene.actors.at(after)
    if beside is None or beside.label != "PER" or tokens[after].sentence != tokens[direct.head].sentence:
        return ()
    seen.update(range(beside.start_token, beside.end_token))
    return scene.people(beside)


def merged_parties(members: Iterable[Participant]) -> tuple[str, ...]:
    """Party codes of all, in order, each once."""
    return tuple(dict.fromkeys(code for member in members for code in member.parties))


def merged_people(members: Iterable[Participant]) -> tuple[str, ...]:
    """Names of all, in order, each once."""
    return tuple(dict.fromkeys(name for member in members for name in member.people))


def names_other(own: Iterable[Participant], others: Iterable[Participant]) -> bool:
    """Whether among the others somebody acts for a party that is none of ours."""
    codes = set(merged_parties(own))
    return any(not set(p.parties) <= codes for p in others)
