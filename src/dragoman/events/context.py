"""
Whom an act is addressed to where its own sentence does not say: the side last named opposite.

"The herders refused the terms" right after "a meeting of the herders with the lake council": a
report keeps speaking of the same two sides. Only acts that need a counterpart are completed, only from
pairs that the report itself names together, and the step that did so is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.events.linear import subjects
from dragoman.events.nouns import PROPOSED_NOUNS
from dragoman.events.participants import merged_parties
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.syntax import determiners, undergoers
from dragoman.model import EventType, Mention, Reason, Use

SAME_SENTENCE = 25  # tokens after an act within which a pair still counts as told with it
NAMED_NEAR = 10  # tokens from an act to the "with" that names its other side
DEMANDED = frozenset({"demand", "request", "idea", "condition", "ultimatum"})
ANSWERED_WITHIN = 3  # sentences from a demand to "rejected the demand"
REACH = 160  # tokens between an act and the pair that completes it


@dataclass(frozen=True, slots=True)
class Pair:
    """Parties that the report names together, with who stands for them and where."""

    codes: frozenset[str]
    members: tuple[Participant, ...]
    trigger: int


def with_context(scene: Scene, sightings: list[Sighting]) -> list[Sighting]:
    """The sightings, with counterparts added where only the context names them."""
    pairs = [pair for s in sightings if (pair := _pair(s)) is not None]
    found: list[Sighting] = []
    for sighting in sightings:
        answered = _answering(scene, sighting, found)
        named = _names_other(scene, answered)
        found.append(answered if named else _facing(scene, _completed(scene, answered, pairs)))
    return found


def _answering(scene: Scene, sighting: Sighting, before: list[Sighting]) -> Sighting:
    """
    "X rejected the demand": whoever made the demand or proposal told last, up to three sentences before.

    Where none was told as such ("Y said that it wants ..."), who speaks in the sentence before.
    """
    one_sided = bool(sighting.by) and not sighting.to and sighting.definite
    if sighting.type is not EventType.REFUSAL or not one_sided or sighting.weak:
        return sighting
    things = {scene.parsed.tokens[t].lemma.lower() for t in undergoers(scene.parsed, sighting.trigger)}
    if not things & PROPOSED_NOUNS:
        return sighting
    own, here = set(merged_parties(sighting.by)), scene.parsed.tokens[sighting.trigger].sentence
    for other in reversed(before):
        if here - scene.parsed.tokens[other.trigger].sentence > ANSWERED_WITHIN:
            break
        makers = tuple(p for p in other.by if p.parties and not set(p.parties) & own)
        if other.type is EventType.PROPOSAL and makers:
            step = Reason("event.answers", "it answers what was told last", (other.evidence,))
            return replace(sighting, to=makers, steps=(*sighting.steps, step))
    speakers = _speakers_before(scene, here, own) if things & DEMANDED else ()
    if not speakers:
        return sighting
    step = Reason("event.answers", "it answers who spoke before", tuple(p.span for p in speakers))
    return replace(sighting, to=speakers, steps=(*sighting.steps, step))


def _speakers_before(scene: Scene, sentence: int, own: set[str]) -> tuple[Participant, ...]:
    """Who does what the main clause of the sentence before tells, where they act for another party."""
    if not sentence:
        return ()
    before = scene.parsed.sentences[sentence - 1]
    for token in scene.parsed.tokens[before.start_token : before.end_token]:
        if token.dep == "root":
            return tuple(p for p in subjects(scene, token.i) if p.parties and not set(p.parties) & own)
    return ()


def _names_other(scene: Scene, sighting: Sighting) -> bool:
    """Whether the words name another side that acts for nobody known: then no context may answer."""
    tokens = scene.parsed.tokens
    known = {p.head for p in sighting.all_members}
    for token in tokens[sighting.trigger + 1 : sighting.trigger + NAMED_NEAR]:
        if token.sentence != tokens[sighting.trigger].sentence or token.pos in {"VERB", "SCONJ"}:
            return False
        if token.lower == "with":
            mention = scene.actors.at(token.i + 1) or scene.actors.at(token.i + 2)
            return mention is not None and not mention.parties and mention.head_token not in known
    return False


def _pair(sighting: Sighting) -> Pair | None:
    members = tuple(p for p in sighting.all_members if p.parties)
    codes = frozenset(merged_parties(members)) | frozenset(sighting.forum_parties)
    return Pair(codes, members, sighting.trigger) if 2 <= len(codes) <= 4 else None


def _of_anybody(scene: Scene, sighting: Sighting) -> bool:
    """ "Rejected a proposal": whose it was is not told, and no context may guess."""
    if sighting.type is not EventType.REFUSAL:
        return False
    things = undergoers(scene.parsed, sighting.trigger)
    return any(
        scene.parsed.tokens[t].lemma.lower() in PROPOSED_NOUNS
        and determiners(scene.parsed, t) & {"a", "an", "any"}
        for t in things
    )


def _completed(scene: Scene, sighting: Sighting, pairs: list[Pair]) -> Sighting:
    codes = set(merged_parties(sighting.by + sighting.to + sighting.members)) | set(sighting.forum_parties)
    if len(codes) > 1 or (sighting.weak and not sighting.forum) or _of_anybody(scene, sighting):
        return sighting
    if sighting.type is EventType.MEETING and codes:
        return _with_regular_guest(sighting, codes, pairs)
    meeting = sighting.type is EventType.MEETING
    if meeting and (len({p.codes for p in pairs}) != 1 or _elsewhere(scene, sighting)):
        return sighting
    pair = _nearest(sighting, codes, pairs)
    if pair is None:
        return sighting
    mediators = set(merged_parties(sighting.mediators))
    others = tuple(p for p in pair.members if not set(p.parties) <= codes | mediators)
    if not others:
        return sighting
    step = Reason(
        "event.counterpart-from-context",
        "the other side is the one last named",
        tuple(p.span for p in others),
    )
    steps = (*sighting.steps, step)
    if sighting.type in {EventType.AGREEMENT, EventType.MEETING}:
        return replace(sighting, members=sighting.members + others, steps=steps)
    if not codes:
        return replace(sighting, by=others, steps=steps)
    return replace(sighting, to=others, steps=steps)


def _elsewhere(scene: Scene, sighting: Sighting) -> bool:
    """Whether talks of nobody have a time and a place of their own ("talks in X last month")."""
    bare = not sighting.definite and scene.parsed.tokens[sighting.trigger].tag == "NNS"
    return bare and sighting.when is not None and sighting.where is not None


def _facing(scene: Scene, sighting: Sighting) -> Sighting:
    """
    Whose offer or talks "the offer", "the talks" are that somebody turns down, where no pair says it.

    The party named last before, in this sentence or the one before.
    """
    one_sided = bool(sighting.by) and not sighting.to
    if sighting.type is not EventType.REFUSAL or not (one_sided and sighting.definite) or sighting.weak:
        return sighting
    own = set(merged_parties(sighting.by))
    here = scene.parsed.tokens[sighting.trigger].sentence
    for mention in _mentions_back(scene, sighting.trigger):
        if scene.parsed.tokens[mention.head_token].sentence < here - 1:
            return sighting
        codes = tuple(c for c in mention.parties if c not in own)
        if mention.use is Use.PARTY and codes and len(mention.parties) == 1:
            other = Participant(codes, (), mention.span, mention.head_token)
            step = Reason("event.party-named-last", f"“{mention.span.exact}” was named last", (mention.span,))
            return replace(sighting, to=(other,), steps=(*sighting.steps, step))
    return sighting


def _mentions_back(scene: Scene, token: int) -> Iterator[Mention]:
    """Mentions whose head stands before a token, the nearest first."""
    at = token
    while at >= 0:
        mention = scene.actors.at(at)
        if mention is not None and mention.head_token < token:
            yield mention
        at = (at if mention is None else mention.start_token) - 1


def _with_regular_guest(sighting: Sighting, codes: set[str], pairs: list[Pair]) -> Sighting:
    """
    A standing body that met at a stated time: with the one party of all other meetings in the report.

    "talks with A in X, then with B in Y, and in the council of C in Z": the party common to all is at
    each table.
    """
    own = {p.codes for p in pairs if codes <= p.codes}
    if sighting.when is not None and len(own) == 1 and not sighting.forum:  # "the EU talks due on 3 October"
        pair = next(p for p in pairs if p.codes in own)
        others_named = tuple(p for p in pair.members if not set(p.parties) <= codes)
        return replace(sighting, members=sighting.members + others_named)
    others = {p.codes for p in pairs if not codes <= p.codes}
    if not (sighting.forum or sighting.forum_parties) or sighting.when is None or len(others) < 2:
        return sighting
    common = frozenset.intersection(*others) - codes
    if len(common) != 1:
        return sighting
    named = (p for pair in pairs for p in pair.members if set(p.parties) == common)
    guests = tuple(replace(p, people=()) for p in named)[:1]
    step = Reason("event.regular-guest", "the party of all the other meetings", tuple(p.span for p in guests))
    return replace(sighting, members=sighting.members + guests, weak=False, steps=(*sighting.steps, step))


def _nearest(sighting: Sighting, codes: set[str], pairs: list[Pair]) -> Pair | None:
    """The pair nearest before the act that contains its party, else the nearest after."""
    fitting = [p for p in pairs if codes <= p.codes and abs(p.trigger - sighting.trigger) <= REACH]
    before = [p for p in fitting if p.trigger <= sighting.trigger + SAME_SENTENCE]
    if before:
        return max(before, key=lambda p: p.trigger)
    if sighting.type is EventType.AGREEMENT and len({p.codes for p in fitting}) > 1:
        return None
    return min(fitting, key=lambda p: p.trigger, default=None)
