"""Meetings: talks, summits, calls, visits, and the verbs for them (codebook: CONSULT)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.attach import When, Where, find_when, find_where, forum_city, place_of
from dragoman.events.chains import (
    PROPOSAL_NOUNS,
    REFUSAL_NOUNS,
    Chain,
    attachment_chain,
    chain_over,
    forum_of,
)
from dragoman.events.governing import effect_of
from dragoman.events.linear import actors_of, listed_after, opposite, owners_before, subjects
from dragoman.events.participants import merged_parties, merged_people, participants
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.snippets import evidence, subject
from dragoman.events.status import Mood, Reality, reality_of
from dragoman.events.syntax import (
    case_of,
    clause_head,
    doers,
    has_no,
    obliques,
    surface_subjects,
    undergoers,
)
from dragoman.events.tables import triggers
from dragoman.model import EntityKind, EventType, MeetingKind, Reason, Status, Timex, TimexType

WITH = frozenset({"between", "with", "among", "involving", "together with", "along with", "alongside"})
OWNERS = frozenset({"of", "by", "for", "within", "inside"})
AHEAD_CASES = frozenset({"ahead of", "before", "for", "prior to", "until", "to"})
DONE_CASES = frozenset({"after", "following", "during", "at", "in", "since", "on", "from"})
AHEAD_WORDS = frozenset(
    "upcoming planned scheduled forthcoming expected next coming impending".split()
)
DONE_WORDS = frozenset("earlier recent previous last latest past failed inconclusive".split())
NOW_WORDS = frozenset("ongoing current continuing".split())
# Talks that are only thought of: an event where a date or place is named.
GENERIC_WORDS = frozenset("possible potential future further proposed any regular more".split())
CALL_WORDS = frozenset("telephone phone call teleconference".split())
VIDEO_WORDS = frozenset("video videoconference video-conference virtual virtually".split())
SETTINGS = frozenset({"summit", "conference", "session", "forum"})
MOTION = frozenset("arrive travel fly go come visit head return leave be".split())
READ_ELSEWHERE = frozenset("propose refuse suspend seek skip fail cancel postpone deny".split())
VISIT_WORDS = frozenset("state official working historic landmark".split())
STATUS_OF_MOOD = {
    Mood.PAST: Status.HELD,
    Mood.ONGOING: Status.UNDER_WAY,
    Mood.PRESENT: Status.UNDER_WAY,
    Mood.FUTURE: Status.PLANNED,
    Mood.WISH: Status.PROPOSED,
    Mood.POSSIBLE: Status.UNCLEAR,
    Mood.CONDITIONAL: Status.PLANNED,
}


# --- nouns ----------------------------------------------------------------------------------------------------


def read_talks(scene: Scene, noun: int) -> list[Sighting]:
    """A meeting noun: "talks between X and Y", "X held talks with Y", "after a meeting with Y"."""
    chain = chain_over(scene, noun)
    if _read_elsewhere(scene, chain):
        return []
    members = _members(scene, chain)
    status, reason, strong = _noun_status(scene, chain)
    if status is None:
        return []
    forum, forum_parties = forum_of(scene, chain)
    found = [_sighting(scene, chain, members, status, reason, forum, forum_parties, strong=strong)]
    second = opposite(scene, noun)
    first = tuple(m for m in members if m not in second)
    return _split(scene, noun, found, first, second)


def read_dialogue(scene: Scene, noun: int) -> list[Sighting]:
    """ "Dialogue" and "mediation" mostly name a process: an event only where it was held, begun or dated."""
    return [s for s in read_talks(scene, noun) if not s.weak and (s.when or s.where)]


def read_conference(scene: Scene, noun: int) -> list[Sighting]:
    """A conference or session: only with at least two parties named, never a press conference."""
    parsed = scene.parsed
    left = parsed.tokens[noun - 1].lower if noun else ""
    if left in {"press", "news", "party", "training", "video", "parliamentary", "emergency"}:
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
        visitors = participants(scene, [c for c in parsed.children_by(noun, "nmod") if _owns(scene, noun, c)])
        members = visitors + sighting.members
        counterpart = len(merged_parties(members)) > 1
        named = any(m.people for m in members)
        official = any(parsed.tokens[c].lower in VISIT_WORDS for c in parsed.children(noun))
        if not counterpart and hosts and (official or (named and sighting.when is not None)):
            members, counterpart = members + hosts, True
        found.append(
            _replace(
                sighting,
                members=members,
                weak=not counterpart or sighting.weak,
                kind=MeetingKind.IN_PERSON,
                where=sighting.where or find_where(scene, [noun], destination=True),
            )
        )
    return found


def read_contacts(scene: Scene, noun: int) -> list[Sighting]:
    """ "Contacts" are a process; they count only where broken off, which another frame reads."""
    return []


def read_engagement(scene: Scene, noun: int) -> list[Sighting]:
    """An "engagement by X with Y" between named persons."""
    return [s for s in read_talks(scene, noun) if len(merged_people(s.members)) > 1]


def _read_elsewhere(scene: Scene, chain: Chain) -> bool:
    """Whether another frame reads this noun: what is proposed, called for or turned down."""
    parsed = scene.parsed
    if has_no(parsed, chain.top):
        return True
    if chain.outer is not None:
        outer = parsed.tokens[chain.outer].lemma.lower()
        return outer in PROPOSAL_NOUNS | REFUSAL_NOUNS
    return bool({chain.effect, *_effects_above(scene, chain)} & READ_ELSEWHERE)


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


def _members(scene: Scene, chain: Chain) -> tuple[Participant, ...]:
    """Everybody whom the noun phrase, its predicate or its clause puts at the table."""
    parsed = scene.parsed
    members: tuple[Participant, ...] = ()
    for noun in chain.nouns:
        named = opposite(scene, noun) or participants(scene, obliques(parsed, noun, WITH))
        members += owners_before(scene, noun) + _owners_after(scene, noun) + named
    setting = parsed.tokens[chain.nouns[0]].lemma.lower() in SETTINGS
    if not members and not setting and chain.governor is not None and (chain.effect or chain.relation in {"obj", "obl"}):
        members = participants(scene, obliques(parsed, chain.governor, WITH))
    if chain.governor is None:
        return members
    if parsed.tokens[chain.governor].lemma == "include" and chain.relation == "nsubj":
        return members + listed_after(scene, _past_colon(scene, chain.governor))
    if chain.relation == "obj" or (chain.effect and chain.relation == "obl"):
        return actors_of(scene, chain.governor) + members
    if chain.relation in {"obl", "advcl"} and len(merged_parties(members)) < 2 and not setting:
        members += _host(scene, chain, members)
        return _controllers(scene, chain.governor, members) + members
    return members


def _owners_after(scene: Scene, noun: int) -> tuple[Participant, ...]:
    """Who meets, after the noun: "a meeting of the ministers", "talks by negotiators"."""
    tokens = scene.parsed.tokens
    after = noun + 1
    if after + 1 >= len(tokens) or tokens[after].sentence != tokens[noun].sentence:
        return ()
    if tokens[after].lower in OWNERS:
        return listed_after(scene, after + 1)
    if tokens[after].lower == "in":  # "discussions in the OSCE": a body, not a place
        return tuple(p for p in listed_after(scene, after + 1)[:1] if _is_body(scene, p))
    return ()


def _is_body(scene: Scene, participant: Participant) -> bool:
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


def _owns(scene: Scene, noun: int, child: int) -> bool:
    """Whether a dependent of the noun names who meets ("Biden's meeting", "a meeting of ministers")."""
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


def _noun_status(scene: Scene, chain: Chain) -> tuple[Status | None, Reason, bool]:
    """Status of a meeting named by a noun; the flag says whether the words by themselves make an event."""
    parsed = scene.parsed
    words = {parsed.tokens[c].lower for n in chain.nouns for c in parsed.children(n)}
    span = parsed.span(chain.nouns[0], chain.nouns[0] + 1)

    def told(status: Status, rule: str, note: str) -> tuple[Status, Reason]:
        return status, Reason(rule, note, (span,))

    if words & AHEAD_WORDS:
        return *told(Status.PLANNED, "status.word-ahead", "the words say that it is still to come"), True
    if words & GENERIC_WORDS and not _is_definite(scene, chain.nouns[0]):
        return *told(Status.PLANNED, "status.word-open", "the words leave open whether it will be held"), False
    acl = _participle_status(scene, chain)
    if acl is not None:
        return acl.status, acl.reason, True
    if chain.governor is None:
        status, reason = told(Status.HELD, "status.noun-alone", "named as something that happened")
        headline = scene.in_headline(chain.nouns[0]) and chain.outer is None
        dated = chain.outer is not None and bool(words & DONE_WORDS)
        return status, reason, headline or dated or chain.relation == "nmod"
    reality = reality_of(scene, chain.governor)
    if chain.effect:
        return _effect_status(scene, chain, reality)
    if chain.relation == "obl" and chain.case in AHEAD_CASES and _already_past(scene, chain, reality):
        return Status.HELD, reality.reason, True
    if chain.relation == "obl" and chain.case in AHEAD_CASES:
        return *told(Status.PLANNED, "status.ahead-of", f"“{chain.case}” it"), True
    if chain.relation == "obl" and chain.case in DONE_CASES:
        done = reality.mood in {Mood.PAST, Mood.PRESENT, Mood.NEGATED} or _over_past(scene, chain.governor)
        mood = Status.HELD if done else _as_status(reality.mood)
        return mood, reality.reason, True
    status = _as_status(reality.mood) if reality.mood is not Mood.NEGATED else Status.HELD
    return status, reality.reason, False


def _already_past(scene: Scene, chain: Chain, reality: Reality) -> bool:
    """Whether somebody went for talks on a day that is over by the report's own ("travelled on Monday for talks")."""
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


def _as_status(mood: Mood) -> Status:
    return STATUS_OF_MOOD.get(mood, Status.UNCLEAR)


class _Told:
    """A status with its reason."""

    __slots__ = ("reason", "status")

    def __init__(self, status: Status, reason: Reason) -> None:
        self.status, self.reason = status, reason


def _participle_status(scene: Scene, chain: Chain) -> _Told | None:
    """Status from a participle or relative clause on the noun: "talks set for Tuesday", "talks, which began"."""
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
                return _Told(Status.PLANNED, reason)
            if effect in {"run", "start", "end"}:
                reality = reality_of(scene, child)
                status = Status.HELD if token.tag in {"VBN", "VBG"} else _as_status(reality.mood)
                return _Told(status, reason)
    return None


def _effect_status(scene: Scene, chain: Chain, reality: Reality) -> tuple[Status | None, Reason, bool]:
    """Status where a predicate of the table governs the noun ("held", "will resume", "agreed to")."""
    effect, mood, reason = chain.effect, reality.mood, reality.reason
    if mood is Mood.NEGATED:
        return None, reason, False
    if effect == "plan":
        return Status.PLANNED, reason, True
    if effect == "agree":
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
    status = _as_status(mood)
    if mood is Mood.PRESENT and scene.in_headline(chain.nouns[0]):
        status = Status.HELD
        return status, reason, True
    # "take part in talks" in the simple present is a habit, "if talks are held" no claim
    return status, reason, mood not in {Mood.PRESENT, Mood.CONDITIONAL}


# --- verbs ----------------------------------------------------------------------------------------------------


def read_meet(scene: Scene, verb: int) -> list[Sighting]:
    """ "X met Y", "X and Y met", "X will meet with Y", "X negotiates with Y"."""
    parsed = scene.parsed
    first = subjects(scene, verb)
    second = opposite(scene, verb) or _met(scene, verb)
    if not second and (parsed.children_by(verb, "obj") or obliques(parsed, verb, {"with"})):
        return []  # "met the requirements", "met with students"
    return _split(scene, verb, _from_verb(scene, verb, first, second), first, second)


def _split(
    scene: Scene,
    trigger: int,
    found: list[Sighting],
    first: tuple[Participant, ...],
    second: tuple[Participant, ...],
) -> list[Sighting]:
    """ "separate meetings with X and Y", "met separately with": one meeting for each that is named."""
    parsed = scene.parsed
    near = {
        t.lower
        for t in parsed.tokens[max(0, trigger - 6) : trigger + 3]
        if t.sentence == parsed.tokens[trigger].sentence
    }
    one_on_one = "one" in near and parsed.tokens[trigger].tag == "NNS"
    apart = bool(near & {"separate", "separately", "individual"}) or one_on_one
    single = [Participant((code,), p.people, p.span, p.head) for p in second for code in p.parties]
    if not apart or len(found) != 1 or len(single) < 2:
        return found
    return [_replace(found[0], members=(*first, other), definite=False) for other in single]


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
    parsed = scene.parsed
    first = subjects(scene, verb)
    second = opposite(scene, verb) or participants(scene, _clear(scene, verb, WITH | {"to"}))
    others = set(merged_parties(second)) - set(merged_parties(first))
    if not others and len(merged_parties(first)) < 2:
        return []
    return [
        _replace(s, kind=s.kind or _speak_kind(scene, verb)) for s in _from_verb(scene, verb, first, second)
    ]


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
    return [_replace(s, kind=MeetingKind.CALL) for s in _from_verb(scene, verb, first, second)]


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
    found = _from_verb(scene, verb, first, second)
    both = len(merged_parties(first + second)) > 1
    return [_replace(s, weak=s.weak or not both or lemma != "discuss") for s in found]


def read_visit_verb(scene: Scene, verb: int) -> list[Sighting]:
    """ "X visits Y": where it is, and weak, for a visit is a meeting only with talks."""
    parsed = scene.parsed
    first = participants(scene, surface_subjects(parsed, verb))
    if not first:
        return []
    found = _from_verb(scene, verb, first, ())
    return [_replace(s, weak=True, where=_object_place(scene, verb) or s.where) for s in found]


def read_receive(scene: Scene, verb: int) -> list[Sighting]:
    """ "X received Y", "X hosted Y for talks", "X welcomed Y to the White House": Y must be a person or delegation."""
    parsed = scene.parsed
    first = participants(scene, doers(parsed, verb))
    second = tuple(p for p in participants(scene, undergoers(parsed, verb)) if p.people)
    if not first or not second or set(merged_parties(second)) <= set(merged_parties(first)):
        return []
    found = _from_verb(scene, verb, first, second)
    return [_replace(s, where=s.where or find_where(scene, [verb], destination=True)) for s in found]


def read_travel(scene: Scene, verb: int) -> list[Sighting]:
    """ "X travels to Y": read with the talks it is for, never alone."""
    return []


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
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    if any(
        t.type is TimexType.SET and parsed.tokens[verb].sentence == parsed.tokens[t.start_token].sentence
        for t in _sets_near(scene, verb)
    ):
        return []
    if reality.mood is Mood.NEGATED or (
        reality.mood is Mood.WISH and reality.reason.rule != "status.governor"
    ):
        return []
    status = _as_status(reality.mood)
    members = first + second
    chain = _verb_chain(scene, verb)
    when = find_when(scene, chain)
    if reality.mood is Mood.PRESENT and (
        scene.in_headline(verb) or parsed.tokens[verb].lemma != "meet" or when
    ):
        status = Status.HELD
    forum, forum_parties = _meeting_body(scene, verb)
    strong = bool(second) or len(set(merged_parties(first)) | set(forum_parties)) > 1
    where = find_where(scene, chain)
    process = parsed.tokens[verb].lemma == "negotiate" and when is None and where is None
    weak = not strong or process or reality.mood in {Mood.WISH, Mood.POSSIBLE}
    return [
        Sighting(
            type=EventType.MEETING,
            trigger=verb,
            evidence=evidence(scene, verb, [p.head for p in members] + _date_tokens(when)),
            status=status,
            status_reason=reality.reason,
            members=members,
            kind=_kind(scene, chain),
            when=when,
            where=where,
            forum=forum,
            forum_parties=forum_parties,
            subject=subject(scene, chain),
            weak=weak,
            definite=not second,
            steps=(_trigger_step(scene, verb), *_member_steps(members)),
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


def _sets_near(scene: Scene, verb: int) -> list[Timex]:
    sentence = scene.parsed.tokens[verb].sentence
    return [
        t
        for t in scene.chronology.timexes
        if t.type is TimexType.SET and scene.parsed.tokens[t.start_token].sentence == sentence
    ]


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


# --- shared ---------------------------------------------------------------------------------------------------


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
        evidence=evidence(scene, noun, [p.head for p in members] + _date_tokens(when) + list(chain.nouns)),
        status=status,
        status_reason=reason,
        members=members,
        kind=_kind(scene, tokens),
        when=when,
        where=where,
        forum=forum,
        forum_parties=forum_parties,
        subject=subject(scene, tokens),
        weak=_is_weak(
            scene, chain, members, forum_parties, strong=strong or when is not None or where is not None
        ),
        definite=_is_definite(scene, noun),
        word=parsed.tokens[noun].lemma.lower(),
        steps=(_trigger_step(scene, noun), *_member_steps(members)),
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
    setting = scene.parsed.tokens[chain.nouns[0]].lemma.lower() in SETTINGS and chain.relation in {
        "obl",
        "nmod",
    }
    several = len(own) > 1 or len(forum_parties) > 1
    return not strong or (setting and not several) or (bool(forum_parties) and not (several or own))


def _is_definite(scene: Scene, noun: int) -> bool:
    determiners = {scene.parsed.tokens[c].lower for c in scene.parsed.children_by(noun, "det")}
    return bool(determiners & {"the", "this", "these", "those", "that", "both"})


def _kind(scene: Scene, chain: list[int]) -> MeetingKind | None:
    """Call or video where the words for it stand at the trigger, or beside what governs it."""
    tokens = scene.parsed.tokens
    near = {tokens[chain[0]].lemma.lower()}
    for head in chain[:2]:
        near |= {tokens[c].lemma.lower() for c in scene.parsed.children(head)} - {"call"}
    if near & VIDEO_WORDS:
        return MeetingKind.VIDEO
    return MeetingKind.CALL if near & CALL_WORDS else None


def _date_tokens(when: When | None) -> list[int]:
    return [] if when is None or when.timex is None else [when.timex.start_token, when.timex.end_token - 1]


def _trigger_step(scene: Scene, token: int) -> Reason:
    words = scene.parsed.span(token, token + 1)
    return Reason("event.trigger", f"“{words.exact}” names the happening", (words,))


def _member_steps(members: tuple[Participant, ...]) -> list[Reason]:
    return [
        Reason(
            "event.participant",
            f"“{m.span.exact}” takes part for {', '.join(m.parties) or 'nobody known'}",
            (m.span,),
        )
        for m in members
    ]


def _replace(sighting: Sighting, **changes: object) -> Sighting:
    return replace(sighting, **changes)  # type: ignore[arg-type]
