"""Talks broken off, called off or put off, truces ended (codebook: REJECT; rulings 5 and 12)."""

from __future__ import annotations

from dataclasses import replace

from dragoman.events.acts import (
    act,
    acting,
    addressees_of,
    counterparts_under,
    doing,
    made_or_expected,
    owners_of,
    refusal,
)
from dragoman.events.linear import opposite
from dragoman.events.nouns import MEETING_NOUNS
from dragoman.events.participants import merged_parties, names_other
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.status import Mood, reality_of
from dragoman.events.syntax import is_passive, obliques, surface_subjects, things_done, undergoers
from dragoman.events.tables import words
from dragoman.events.when import find_when
from dragoman.model import EventType, Status, Use

BREAKABLE = words("breakable")
TRUCES = frozenset({"ceasefire", "cease-fire", "truce", "armistice", "fire"})


def read_suspend(scene: Scene, verb: int) -> list[Sighting]:
    """ "X suspended talks with Y", "X broke off talks", "X walked out of the talks", "X left the treaty"."""
    parsed = scene.parsed
    status = made_or_expected(reality := reality_of(scene, verb))
    things = [
        t
        for t in undergoers(parsed, verb) + obliques(parsed, verb, {"of", "from", "out of", "off"})
        if _breakable(scene, t)
    ]
    if status is None or not things:
        return []
    by = doing(scene, verb)
    to: tuple[Participant, ...] = ()
    for thing in things:
        to += counterparts_under(scene, thing) + addressees_of(scene, thing)
        if not is_passive(parsed, verb):
            to += owners_of(scene, thing)
    both = by or to
    if not both:
        return []
    return [refusal(scene, verb, status, reality.reason, by=by or to, to=to if by else (), about=things[0])]


def _breakable(scene: Scene, noun: int) -> bool:
    lemma = scene.parsed.tokens[noun].lemma.lower()
    mention = scene.actors.at(noun)
    return lemma in MEETING_NOUNS | BREAKABLE or (
        mention is not None and mention.use in {Use.DOCUMENT, Use.FORUM}
    )


def read_fail(scene: Scene, verb: int) -> list[Sighting]:
    """ "Talks between X and Y broke down": a refusal by both, for nobody is said to have left (ruling 5)."""
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    if reality.mood is not Mood.PAST:
        return []
    heads = [*surface_subjects(parsed, verb), verb - 1] if verb else []
    subjects = [s for s in heads if parsed.tokens[s].lemma.lower() in MEETING_NOUNS]
    found: list[Sighting] = []
    for subject in subjects[:1]:
        heads = obliques(parsed, subject, {"between", "with", "among"})
        both = acting(scene, heads) + owners_of(scene, subject)
        found.append(
            refusal(scene, verb, Status.MADE, reality.reason, by=both, to=(), chain=[subject], about=subject)
        )
    return found


def read_end_truce(scene: Scene, verb: int) -> list[Sighting]:
    """ "X ended its ceasefire with Y" is a refusal (ruling 12); the end of anything else is none."""
    things = things_done(scene.parsed, verb, TRUCES)
    by = doing(scene, verb)
    status = made_or_expected(reality := reality_of(scene, verb))
    if not things or not by or status is None:
        return []
    to = counterparts_under(scene, things[0]) + addressees_of(scene, things[0])
    return [refusal(scene, verb, status, reality.reason, by=by, to=to, about=things[0])]


def read_cancel(scene: Scene, verb: int) -> list[Sighting]:
    """ "X cancelled a meeting with Y": the meeting is cancelled, and X refused it where X alone did so."""
    truce = read_end_truce(scene, verb)
    if truce:
        return truce
    return _called_off(scene, verb, Status.CANCELLED, refuses=True)


def read_postpone(scene: Scene, verb: int) -> list[Sighting]:
    """ "X postponed talks with Y"."""
    return _called_off(scene, verb, Status.POSTPONED, refuses=False)


def _called_off(scene: Scene, verb: int, status: Status, *, refuses: bool) -> list[Sighting]:
    parsed = scene.parsed
    reality = reality_of(scene, verb)
    things = things_done(parsed, verb, MEETING_NOUNS)
    if not things or reality.mood not in {Mood.PAST, Mood.PRESENT}:
        return []
    thing = things[0]
    by = doing(scene, verb)
    to = (
        tuple(p for p in opposite(scene, thing) if p.parties)
        + counterparts_under(scene, thing)
        + owners_of(scene, thing)
        + acting(scene, obliques(parsed, thing, {"between"}))
    )
    found = [
        act(
            scene,
            EventType.MEETING,
            thing,
            status=status,
            reason=reality.reason,
            members=by + to,
            chain=[*_set_for(scene, thing), *([] if _own_day(scene, thing) else [verb])],
        )
    ]
    one_side = len(merged_parties(by)) == 1
    if refuses and one_side and names_other(by, to):
        refused = refusal(scene, verb, Status.MADE, reality.reason, by=by, to=to, about=thing)
        found.append(_at_its_own_time(refused, found[0], verb))
    return found


def _set_for(scene: Scene, noun: int) -> list[int]:
    """ "The meeting planned for 26 March": what says for when it was set."""
    return [c for c in scene.parsed.children_by(noun, "acl") if scene.parsed.tokens[c].tag in {"VBN", "JJ"}]


def _own_day(scene: Scene, noun: int) -> bool:
    """Whether the meeting's own words date it: then the day of the cancelling is not its day."""
    return find_when(scene, [noun, *_set_for(scene, noun)]) is not None


def _at_its_own_time(refused: Sighting, meeting: Sighting, verb: int) -> Sighting:
    """ "Cancelled Thursday's meeting": the refusal without the day and place of what it calls off."""
    when, where = refused.when, refused.where
    if when is not None and meeting.when is not None and when.timex == meeting.when.timex:
        after = when.timex is not None and when.timex.start_token > verb
        when = None if after else when
    if where is not None and meeting.where is not None and where.span == meeting.where.span:
        where = None
    return replace(refused, when=when, where=where)
