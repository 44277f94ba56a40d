"""Proposals, refusals and agreements share this: one sighting built from a trigger and its roles."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.linear import actors_of, listed, listed_after, opposite, owners_before, subjects
from dragoman.events.nouns import MEETING_NOUNS
from dragoman.events.participants import merged_parties
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.snippets import evidence, phrase, subject, trigger_step
from dragoman.events.status import Mood, Reality
from dragoman.events.syntax import is_definite, obliques, surface_subjects
from dragoman.events.tables import words
from dragoman.events.when import date_tokens, find_when
from dragoman.events.where import Where, find_where
from dragoman.model import EventType, Reason, Status

HANDING = 16  # tokens from a verb of giving to its "to"
SAYING = words("saying")
TO_CASES = frozenset({"to", "with", "toward", "towards", "against", "from"})


def doing(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Who does it, as far as they act for a party."""
    return tuple(p for p in actors_of(scene, verb) if p.parties)


def acting(scene: Scene, heads: list[int]) -> tuple[Participant, ...]:
    """Participants among ``heads`` that act for a party."""
    return tuple(p for p in listed(scene, heads) if p.parties)


def owners_of(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Whose it is: "Russia's proposals", "the U.S. offer", "an offer by X", "a proposal from X"."""
    parsed = scene.parsed
    before = tuple(p for p in owners_before(scene, noun) if p.parties)
    return before + acting(scene, obliques(parsed, noun, {"by", "from", "of", "'s"}))


def addressees_of(scene: Scene, token: int) -> tuple[Participant, ...]:
    """Whom it is put to: phrases with "to", "with", "toward" under the verb or noun."""
    listed = tuple(p for p in opposite(scene, token) if p.parties)
    found = listed or acting(scene, obliques(scene.parsed, token, TO_CASES))
    return found or _handed_to(scene, token)


def _handed_to(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """Whom something is handed to by word order: "hand over control of the towns to X"."""
    tokens = scene.parsed.tokens
    if tokens[verb].pos != "VERB":
        return ()
    for token in tokens[verb + 1 : verb + HANDING]:
        if (
            token.sentence != tokens[verb].sentence
            or token.pos in {"VERB", "AUX", "SCONJ"}
            or token.text == ","
        ):
            return ()
        if token.lower == "to" and token.pos == "ADP" and token.i + 1 < len(tokens):
            return tuple(p for p in listed_after(scene, token.i + 1) if p.parties)
    return ()


def meeting_nouns_under(scene: Scene, token: int, depth: int = 0) -> list[int]:
    """Meeting nouns below a predicate or noun, through complements and prepositions."""
    parsed, found = scene.parsed, []
    for child in parsed.children(token):
        word = parsed.tokens[child]
        if word.lemma.lower() in MEETING_NOUNS and word.pos in {"NOUN", "PROPN"}:
            found.append(child)
        relation = word.dep.partition(":")[0]
        below = relation in {"xcomp", "ccomp", "obj", "obl", "nmod", "conj", "acl", "compound"}
        if depth < 3 and (below or _is_purpose(scene, child)):
            found.extend(meeting_nouns_under(scene, child, depth + 1))
    return list(dict.fromkeys(found))


def _is_purpose(scene: Scene, verb: int) -> bool:
    """Whether the clause is an infinitive that a parse hangs as an adverb ("ready to hold talks")."""
    token = scene.parsed.tokens[verb]
    to = any(scene.parsed.tokens[c].lower == "to" for c in scene.parsed.children_by(verb, "mark"))
    return token.dep == "advcl" and token.tag == "VB" and to


def counterparts_under(scene: Scene, token: int) -> tuple[Participant, ...]:
    """Who would sit opposite in the meetings named below ``token`` ("hold talks with X", "meet X")."""
    parsed = scene.parsed
    heads: list[int] = []
    stack = [(token, 0)]
    while stack:
        top, depth = stack.pop()
        heads += obliques(parsed, top, {"with", "between"})
        if top != token and parsed.tokens[top].pos == "VERB":
            heads += parsed.children_by(top, "obj")
        if depth < 3:
            for child in parsed.children(top):
                word = parsed.tokens[child]
                below = word.dep.partition(":")[0] in {"xcomp", "obj", "ccomp", "nmod", "obl"}
                fits = word.pos == "VERB" or word.lemma.lower() in MEETING_NOUNS
                if (below and fits) or _is_purpose(scene, child):
                    stack.append((child, depth + 1))
    return acting(scene, heads)


def made_or_expected(reality: Reality) -> Status | None:
    """Status of a proposal or refusal, None where nothing was put forward or turned down."""
    return {
        Mood.PAST: Status.MADE,
        Mood.PRESENT: Status.MADE,
        Mood.ONGOING: Status.MADE,
        Mood.FUTURE: Status.EXPECTED,
        Mood.POSSIBLE: Status.EXPECTED,
    }.get(reality.mood)


def act(
    scene: Scene,
    kind: EventType,
    trigger: int,
    *,
    status: Status,
    reason: Reason,
    by: tuple[Participant, ...] = (),
    to: tuple[Participant, ...] = (),
    members: tuple[Participant, ...] = (),
    mediators: tuple[Participant, ...] = (),
    chain: list[int] | None = None,
    about: int | None = None,
    title: int | None = None,
    weak: bool = False,
    place: Where | None = None,
) -> Sighting:
    """One sighting; the same party is never on both sides: who acts wins."""
    parsed = scene.parsed
    own = set(merged_parties(by))
    to = tuple(p for p in to if not set(p.parties) <= own)
    own_words = list(dict.fromkeys([trigger, *(chain or [])]))
    tokens = list(dict.fromkeys([*own_words, *_speech_over(scene, trigger)]))
    when = find_when(scene, own_words)
    if when is not None and kind is EventType.AGREEMENT:
        tokens = own_words  # a court in X says today what was settled in the treaty of 1928
    when = when or find_when(scene, tokens)
    heads = [p.head for p in by + to + members + mediators]
    topic = subject(scene, tokens)
    if topic is None and about is not None:
        topic = phrase(scene, about)
    steps = [trigger_step(scene, trigger, "act")]
    for role, people in (("by", by), ("to", to), ("between", members), ("through", mediators)):
        steps += [
            Reason(f"event.{role}", f"{role} “{p.span.exact}”: {', '.join(p.parties)}", (p.span,))
            for p in people
        ]
    return Sighting(
        type=kind,
        trigger=trigger,
        evidence=evidence(scene, trigger, [*heads, *date_tokens(when), *([about] if about else [])]),
        status=status,
        status_reason=reason,
        members=members,
        by=by,
        to=to,
        mediators=mediators,
        when=when,
        where=place or find_where(scene, tokens),
        subject=topic,
        title=None if title is None else phrase(scene, title),
        noun=title,
        weak=weak,
        definite=is_definite(parsed, trigger) or (about is not None and is_definite(parsed, about)),
        steps=tuple(steps),
    )


def propose(
    scene: Scene,
    trigger: int,
    status: Status,
    reason: Reason,
    by: tuple[Participant, ...],
    to: tuple[Participant, ...],
    meetings: list[int],
    *,
    about: int | None = None,
    title: int | None = None,
    chain: list[int] | None = None,
) -> Sighting:
    """A proposal; an offer of a meeting with its own place or date is a meeting proposed (ruling 1)."""
    parsed = scene.parsed
    for meeting in meetings:
        if meeting == trigger:
            continue
        inner = act(
            scene,
            EventType.MEETING,
            meeting,
            status=Status.PROPOSED,
            reason=reason,
            members=by + to,
            chain=[
                c for c in [parsed.tokens[meeting].head] if parsed.tokens[c].pos == "VERB" and c != trigger
            ],
        )
        future = inner.when is not None and inner.when.timex is not None and inner.when.timex.anchor != "past"
        if inner.where is not None or (future and _hangs_on(scene, inner, meeting)):
            return replace(inner, steps=inner.steps)
    return act(
        scene,
        EventType.PROPOSAL,
        trigger,
        status=status,
        reason=reason,
        by=by,
        to=to,
        chain=[*(chain or []), *meetings],
        about=about,
        title=title,
    )


def _hangs_on(scene: Scene, sighting: Sighting, meeting: int) -> bool:
    """Whether the date of a proposed meeting hangs on the meeting itself, not on the proposing."""
    timex = sighting.when.timex if sighting.when else None
    if timex is None:
        return False
    head = scene.parsed.tokens[timex.start_token].head
    return meeting in {head, scene.parsed.tokens[head].head, timex.end_token}


def _speech_over(scene: Scene, trigger: int) -> list[int]:
    """The verb of saying that reports an act, and who says it: where and when it is said, it is done."""
    parsed = scene.parsed
    for verb in parsed.ancestors(trigger)[:3]:
        if parsed.tokens[verb].lemma in SAYING:
            heads = [p.head for p in subjects(scene, verb)[:1]] or surface_subjects(parsed, verb)[:1]
            named = [parsed.tokens[h].head for h in heads if parsed.tokens[h].dep == "appos"]
            return [verb, *heads, *named]
    return []


def refusal(
    scene: Scene,
    trigger: int,
    status: Status,
    reason: Reason,
    *,
    by: tuple[Participant, ...],
    to: tuple[Participant, ...],
    chain: list[int] | None = None,
    about: int | None = None,
    weak: bool = False,
) -> Sighting:
    """One sighting of a refusal by ``by``, of what ``to`` put forward."""
    kind = EventType.REFUSAL
    return act(
        scene, kind, trigger, status=status, reason=reason, by=by, to=to, chain=chain, about=about, weak=weak
    )
