"""Meetings told by a verb: "X met Y", "X and Y discussed Z", "X phoned Y" (codebook: CONSULT)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.linear import actors_of, listed_after, opposite, subjects
from dragoman.events.meeting_members import is_body
from dragoman.events.meeting_parts import WITH, kind_of, member_steps, one_each
from dragoman.events.meeting_status import as_status
from dragoman.events.participants import merged_parties, participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.snippets import evidence, subject, trigger_step
from dragoman.events.status import Mood, reality_of
from dragoman.events.syntax import case_of, doers, is_passive, obliques, surface_subjects, undergoers
from dragoman.events.tables import triggers
from dragoman.events.when import date_tokens, find_when
from dragoman.events.where import Where, find_where, place_of
from dragoman.model import EntityKind, EventType, MeetingKind, Status


def read_meet(scene: Scene, verb: int) -> list[Sighting]:
    """ "X met Y", "X and Y met", "X will meet with Y", "X negotiates with Y"."""
    parsed = scene.parsed
    first = subjects(scene, verb)
    second = opposite(scene, verb) or _met(scene, verb)
    if not second and (parsed.children_by(verb, "obj") or obliques(parsed, verb, {"with"})):
        return []  # "met the requirements", "met with students"
    return one_each(scene, verb, _from_verb(scene, verb, first, second), first, second)


def _met(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """The object of "meet", by the parse or as the list right after the verb."""
    parsed = scene.parsed
    heads = undergoers(parsed, verb) + obliques(parsed, verb, WITH)
    after = verb + 1
    while after < len(parsed.tokens) and (parsed.tokens[after].pos == "ADV" or after in scene.timex_at):
        after += 1
    right = after < len(parsed.tokens) and parsed.tokens[after].sentence == parsed.tokens[verb].sentence
    listed = listed_after(scene, after) if right and heads else ()
    return listed or participants(scene, heads)


def read_speak(scene: Scene, verb: int) -> list[Sighting]:
    """ "X spoke with Y", "X and Y spoke", "talks to Y": only with a counterpart that is a party."""
    first = subjects(scene, verb)
    second = opposite(scene, verb) or participants(scene, _clear(scene, verb, WITH | {"to"}))
    others = set(merged_parties(second)) - set(merged_parties(first))
    if not others and len(merged_parties(first)) < 2:
        return []
    found = _from_verb(scene, verb, first, second)
    expected = "expect" in {scene.parsed.tokens[i].lemma for i in scene.parsed.ancestors(verb)[:2]}
    return [
        _open_ended(s) if expected or not second else replace(s, kind=s.kind or _speak_kind(scene, verb))
        for s in found
    ]


def _open_ended(spoken: Sighting) -> Sighting:
    """ "They will keep talking": planned needs a day or a place (codebook, status)."""
    vague = spoken.status is Status.PLANNED and not (spoken.when or spoken.where)
    return replace(spoken, weak=spoken.weak or vague)


def read_gather(scene: Scene, verb: int) -> list[Sighting]:
    """ "The NATO-Russia Council gathered", "X and Y gathered": a body or several parties."""
    forum, _ = _meeting_body(scene, verb)
    return read_meet(scene, verb) if forum or len(merged_parties(subjects(scene, verb))) > 1 else []


def _clear(scene: Scene, verb: int, cases: set[str] | frozenset[str]) -> list[int]:
    """Phrases with these prepositions under the verb, no other happening standing between them and it."""
    tokens = scene.parsed.tokens
    found = []
    for head in obliques(scene.parsed, verb, cases):
        between = tokens[verb + 1 : head]
        if not any(t.pos == "VERB" or (t.lemma.lower(), "N") in triggers() for t in between):
            found.append(head)
    return found


def _speak_kind(scene: Scene, verb: int) -> MeetingKind | None:
    return MeetingKind.CALL if scene.parsed.tokens[verb].lemma == "speak" else None


def read_phone(scene: Scene, verb: int) -> list[Sighting]:
    """ "X phoned Y", "X called President Y": the object must be a person and nothing may be said of it."""
    parsed = scene.parsed
    if any(parsed.tokens[c].dep in {"xcomp", "ccomp", "iobj"} for c in parsed.children(verb)):
        return []
    second = participants(scene, parsed.children_by(verb, "obj"))
    first = participants(scene, surface_subjects(parsed, verb))
    if not any(p.people for p in second) or not first:
        return []
    return [replace(s, kind=MeetingKind.CALL) for s in _from_verb(scene, verb, first, second)]


def read_discuss(scene: Scene, verb: int) -> list[Sighting]:
    """ "X and Y discussed Z", "X discussed Z with Y"; alone it only adds to a meeting already told."""
    parsed = scene.parsed
    lemma = parsed.tokens[verb].lemma
    if lemma == "exchange" and not any(
        parsed.tokens[c].lemma in {"view", "opinion"} for c in parsed.children(verb)
    ):
        return []
    first = actors_of(scene, verb)
    second = opposite(scene, verb) or participants(scene, _clear(scene, verb, {"with"}))
    body = () if first or second else _at_body(scene, verb)
    if body:
        codes = merged_parties(body)
        found = _from_verb(scene, verb, body, ())
        return [replace(s, forum_parties=codes, weak=s.when is None) for s in found]
    found = _from_verb(scene, verb, first, second)
    topical = parsed.tokens[verb].dep in {"advcl", "xcomp"} and parsed.tokens[verb].tag == "VB"
    matter = {token for obj in parsed.children_by(verb, "obj") for token in parsed.subtree(obj)}
    for place in [s.where for s in found if s.where is not None]:
        at = parsed.token_at(place.span.start) or 0
        behind = place.granularity == "country" and at > verb
        if topical or behind or at in matter:  # "met to discuss the war in X", "discussed the situation in X"
            found = [replace(s, where=None) for s in found]
    both = len(merged_parties(first + second)) > 1
    return [replace(s, weak=s.weak or not both or lemma != "discuss") for s in found]


def _at_body(scene: Scene, verb: int) -> tuple[Participant, ...]:
    """ "The matter was discussed at the OSCE": the body that met on it."""
    if not is_passive(scene.parsed, verb):
        return ()
    heads = obliques(scene.parsed, verb, {"at", "in", "within"})
    return tuple(p for p in participants(scene, heads) if is_body(scene, p))


def read_visit_verb(scene: Scene, verb: int) -> list[Sighting]:
    """ "X visits Y": where it is, and weak, for a visit is a meeting only with talks."""
    parsed = scene.parsed
    first = participants(scene, surface_subjects(parsed, verb))
    if not first:
        return []
    found = _from_verb(scene, verb, first, ())
    return [replace(s, weak=True, where=_object_place(scene, verb) or s.where) for s in found]


def read_receive(scene: Scene, verb: int) -> list[Sighting]:
    """ "X received Y", "X hosted Y for talks": Y must be a named person."""
    parsed = scene.parsed
    first = participants(scene, doers(parsed, verb))
    second = tuple(p for p in participants(scene, undergoers(parsed, verb)) if p.people)
    if not first or not second or set(merged_parties(second)) <= set(merged_parties(first)):
        return []
    found = _from_verb(scene, verb, first, second)
    return [replace(s, where=s.where or find_where(scene, [verb], destination=True)) for s in found]


def read_see(scene: Scene, verb: int) -> list[Sighting]:
    """ "When X sees Y in Geneva on Friday": named persons of two parties, on a day or at a place."""
    found = read_receive(scene, verb)
    return [s for s in found if (s.when or s.where) and any(p.people for p in subjects(scene, verb))]


def _object_place(scene: Scene, verb: int) -> Where | None:
    for child in scene.parsed.children_by(verb, "obj"):
        mention = scene.actors.at(child)
        if mention is not None:
            where = place_of(scene, mention)
            if where is not None:
                return where
    return None


def _from_verb(
    scene: Scene, verb: int, first: tuple[Participant, ...], second: tuple[Participant, ...]
) -> list[Sighting]:
    """The meeting that a verb tells, [] where it is denied, merely wished or a habit."""
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    wished = reality.mood is Mood.WISH and reality.reason.rule != "status.governor"
    if reality.mood is Mood.NEGATED or wished or parsed.tokens[verb].sentence in scene.habitual:
        return []
    members = first + second
    chain = _verb_chain(scene, verb)
    when, where = find_when(scene, chain), find_where(scene, chain)
    status = as_status(reality.mood)
    if reality.mood is Mood.PRESENT and (
        scene.in_headline(verb) or parsed.tokens[verb].lemma != "meet" or when
    ):
        status = Status.HELD
    forum, forum_parties = _meeting_body(scene, verb)
    strong = bool(second) or len(set(merged_parties(first)) | set(forum_parties)) > 1
    process = parsed.tokens[verb].lemma == "negotiate" and when is None and where is None
    weak = not strong or process or reality.mood in {Mood.WISH, Mood.POSSIBLE}
    return [
        Sighting(
            type=EventType.MEETING,
            trigger=verb,
            evidence=evidence(scene, verb, [p.head for p in members] + date_tokens(when)),
            status=status,
            status_reason=reality.reason,
            members=members,
            kind=kind_of(scene, chain),
            when=when,
            where=where,
            forum=forum,
            forum_parties=forum_parties,
            subject=subject(scene, chain),
            weak=weak,
            definite=not second,
            steps=(trigger_step(scene, verb), *member_steps(members)),
        )
    ]


def _meeting_body(scene: Scene, verb: int) -> tuple[str | None, tuple[str, ...]]:
    """The standing body that meets ("the NATO-Russia Council met"): its name and fixed members."""
    for subject_head in surface_subjects(scene.parsed, verb):
        mention = scene.actors.at(subject_head)
        for entity in () if mention is None else scene.entities(mention):
            if entity.kind is EntityKind.FORUM:
                return entity.name, entity.parties
    return None, ()


def _verb_chain(scene: Scene, verb: int) -> list[int]:
    parsed = scene.parsed
    chain = [verb]
    current = verb
    for _ in range(3):
        token = parsed.tokens[current]
        if token.head == current or token.dep.partition(":")[0] not in {"xcomp", "advcl", "conj", "csubj"}:
            break
        if token.dep == "advcl" and case_of(parsed, current) in {"after", "before"}:
            break  # "on Tuesday, a day after she met": the day is the other verb's
        current = token.head
        chain.append(current)
    return chain
