"""How real a meeting is that a noun names: the words on it, over it and in its clause."""

from __future__ import annotations

from dragoman.events.chains import Chain, attachment_chain
from dragoman.events.governing import effect_of
from dragoman.events.meeting_parts import points_back
from dragoman.events.scene import Scene
from dragoman.events.status import Mood, Reality, reality_of
from dragoman.events.tables import words
from dragoman.events.when import find_when
from dragoman.model import Reason, Status

AHEAD_CASES = frozenset({"ahead of", "before", "for", "prior to", "until", "to"})
DONE_CASES = frozenset({"after", "following", "during", "at", "in", "since", "on", "from"})
AHEAD_WORDS = words("ahead")
GENERIC_WORDS = words("open")
STATUS_OF_MOOD = {
    Mood.PAST: Status.HELD,
    Mood.ONGOING: Status.UNDER_WAY,
    Mood.PRESENT: Status.UNDER_WAY,
    Mood.FUTURE: Status.PLANNED,
    Mood.WISH: Status.PROPOSED,
    Mood.POSSIBLE: Status.UNCLEAR,
    Mood.CONDITIONAL: Status.PLANNED,
    Mood.DENIED: Status.DENIED,
}
DONE_WORDS = words("over")
# "conditions for talks", "progress in talks", "a deadline on talks": a process, not that it was held
HYPOTHETICAL = frozenset({"for", "including", "toward", "towards", "like", "in", "to", "on", "about"})
COMES_AFTER = frozenset({"follow", "succeed"})  # "the comments follow a meeting in X"
# What was done, or not done, at a meeting leaves the meeting held.
PASSED_BY = frozenset({Mood.PAST, Mood.PRESENT, Mood.NEGATED, Mood.DENIED})


def noun_status(scene: Scene, chain: Chain) -> tuple[Status | None, Reason, bool]:
    """Status of a meeting named by a noun; the flag says whether the words by themselves make an event."""
    parsed = scene.parsed
    words = {parsed.tokens[c].lower for n in chain.nouns for c in parsed.children(n)}
    span = parsed.span(chain.nouns[0], chain.nouns[0] + 1)

    def told(status: Status, rule: str, note: str) -> tuple[Status, Reason]:
        return status, Reason(rule, note, (span,))

    if words & AHEAD_WORDS:
        return *told(Status.PLANNED, "status.word-ahead", "the words say that it is still to come"), True
    if words & GENERIC_WORDS and not points_back(scene, chain.nouns[0]):
        return *told(
            Status.PLANNED, "status.word-open", "the words leave open whether it will be held"
        ), False
    acl = _participle_status(scene, chain)
    if acl is not None:
        return *acl, True
    if chain.governor is None:
        status, reason = told(Status.HELD, "status.noun-alone", "named as something that happened")
        headline = scene.in_headline(chain.nouns[0]) and chain.outer is None
        dated = chain.outer is not None and bool(words & DONE_WORDS)
        return status, reason, headline or dated or _part_of_what_was(scene, chain)
    reality = reality_of(scene, chain.governor)
    after = reality.mood is not Mood.FUTURE and parsed.tokens[chain.governor].lemma in COMES_AFTER
    if after and chain.relation == "obj":
        return *told(Status.HELD, "status.clause-behind", "something follows it"), True
    if chain.effect:
        return _effect_status(scene, chain, reality)
    if chain.relation == "obl" and chain.case in AHEAD_CASES and _already_past(scene, chain, reality):
        return Status.HELD, reality.reason, True
    if chain.relation == "obl" and chain.case in AHEAD_CASES:
        return *told(Status.PLANNED, "status.ahead-of", f"“{chain.case}” it"), True
    if chain.relation == "obl" and chain.case in DONE_CASES:
        done = reality.mood in PASSED_BY or _over_past(scene, chain.governor)
        mood = Status.HELD if done else as_status(reality.mood)
        return mood, reality.reason, True
    status = Status.HELD if reality.mood in {Mood.NEGATED, Mood.DENIED} else as_status(reality.mood)
    return status, reality.reason, False


def _part_of_what_was(scene: Scene, chain: Chain) -> bool:
    """Whether a noun over it speaks of the meeting as of something that was ("the outcome of talks")."""
    outer = None if chain.outer is None else scene.parsed.tokens[chain.outer]
    named = outer is not None and (outer.pos != "NOUN" or chain.case not in HYPOTHETICAL)
    return chain.relation == "nmod" and named


def _already_past(scene: Scene, chain: Chain, reality: Reality) -> bool:
    """Whether somebody went for talks on a day that is over ("travelled on Monday for talks")."""
    published = scene.published
    if published is None or reality.mood is not Mood.PAST or chain.case != "for":
        return False
    when = find_when(scene, attachment_chain(scene, chain, wide=True))
    return when is not None and when.edtf is not None and "/" not in when.edtf and when.edtf <= published


def _over_past(scene: Scene, verb: int) -> bool:
    """Whether an infinitive hangs on a verb in the past ("agreed to reopen the border after talks")."""
    token = scene.parsed.tokens[verb]
    head = scene.parsed.tokens[token.head]
    return (
        token.dep == "xcomp"
        and token.head != verb
        and head.tag in {"VBD", "VBN"}
        and head.lemma in {"agree", "decide"}
    )


def as_status(mood: Mood) -> Status:
    """Status of a meeting that the words put in this mood."""
    return STATUS_OF_MOOD.get(mood, Status.UNCLEAR)


def _participle_status(scene: Scene, chain: Chain) -> tuple[Status, Reason] | None:
    """Status from a participle or relative clause on the noun: "talks set for Tuesday"."""
    parsed = scene.parsed
    for noun in chain.nouns:
        for child in parsed.children_by(noun, "acl"):
            token = parsed.tokens[child]
            if token.pos != "VERB":
                continue
            effect = effect_of(scene, child)
            reason = Reason(
                "status.participle", f"“{token.text}” says how far it got", (parsed.span(child, child + 1),)
            )
            if effect == "plan":
                return Status.PLANNED, reason
            if effect in {"run", "start", "end"}:
                reality = reality_of(scene, child)
                status = Status.HELD if token.tag in {"VBN", "VBG"} else as_status(reality.mood)
                return status, reason
    return None


def _effect_status(scene: Scene, chain: Chain, reality: Reality) -> tuple[Status | None, Reason, bool]:
    """Status where a predicate of the table governs the noun ("held", "will resume", "agreed to")."""
    effect, mood, reason = chain.effect, reality.mood, reality.reason
    if mood is Mood.NEGATED:
        return None, reason, False
    if effect in {"plan", "agree"}:
        return Status.PLANNED, reason, True
    if effect == "start" and mood in {Mood.PAST, Mood.ONGOING, Mood.PRESENT}:
        perfect = any(
            scene.parsed.tokens[c].lower in {"has", "have"}
            for c in scene.parsed.children(chain.governor or 0)
        )
        return (Status.UNDER_WAY if perfect or mood is not Mood.PAST else Status.HELD), reason, True
    if effect == "end" and mood in {Mood.PAST, Mood.PRESENT}:
        return Status.HELD, reason, True
    if mood is Mood.WISH:
        return None, reason, False  # offers of talks are proposals, hopes for them are nothing (rulings 1, 4)
    status = as_status(mood)
    if mood is Mood.PRESENT and scene.in_headline(chain.nouns[0]):
        return Status.HELD, reason, True
    # "take part in talks" in the simple present is a habit, "if talks are held" no claim
    return status, reason, mood not in {Mood.PRESENT, Mood.CONDITIONAL}
