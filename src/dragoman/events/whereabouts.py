"""Where people are while the report speaks of them: "arrived in X", "visiting X", an earlier meeting in X."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.events.linear import subjects
from dragoman.events.scene import Scene
from dragoman.events.sighting import NO_PLACE, Sighting
from dragoman.events.status import Mood, reality_of
from dragoman.events.tables import words
from dragoman.events.when import When, find_when
from dragoman.events.where import Where, find_where, place_of
from dragoman.model import Event, EventType, MeetingKind, Reason, Slot, Status

PRESENCE = words("presence")
REACH = 130  # tokens between somebody's whereabouts and a meeting of theirs


@dataclass(frozen=True, slots=True)
class Presence:
    """Persons or parties somewhere, as told at a token; ``ahead`` where they are still to go there."""

    people: frozenset[str]
    parties: frozenset[str]
    where: Where
    token: int
    ahead: bool = False
    when: When | None = None


def find_presences(scene: Scene) -> list[Presence]:
    """All that the report says of who is where, in order of the text."""
    found = []
    for token in scene.parsed.tokens:
        if token.pos not in {"VERB", "AUX"} or token.lemma not in PRESENCE:
            continue
        where = _place_under(scene, token.i)
        who = subjects(scene, token.i) if where is not None else ()
        people = frozenset(n for p in who for n in p.people)
        parties = frozenset(c for p in who for c in p.parties)
        if where is not None and (people or parties):
            ahead = reality_of(scene, token.i).mood in {Mood.FUTURE, Mood.WISH, Mood.POSSIBLE}
            when = find_when(scene, [token.i])
            found.append(Presence(people, parties, where, token.i, ahead=ahead, when=when))
    return found


def _place_under(scene: Scene, verb: int) -> Where | None:
    if scene.parsed.tokens[verb].lemma in {"visit", "tour"}:
        for child in [*scene.parsed.children_by(verb, "obj"), verb + 1]:
            mention = scene.actors.at(child)
            where = None if mention is None else place_of(scene, mention)
            if where is not None:
                return where
    return find_where(scene, [verb], destination=True)


def place_events(scene: Scene, events: list[Event], sightings: list[Sighting]) -> list[Event]:
    """Give meetings and agreements without a place the one where their people are told to be."""
    presences = find_presences(scene)
    presences += [p for s in sightings if (p := _as_presence(s)) is not None]
    return [_dated(event, _placed(scene, event, presences), presences) for event in events]


def _as_presence(sighting: Sighting) -> Presence | None:
    if sighting.type is not EventType.MEETING or sighting.where is None:
        return None
    people = frozenset(name for p in sighting.members for name in p.people)
    ahead = sighting.status in {Status.PLANNED, Status.PROPOSED}
    return Presence(people, frozenset(), sighting.where, sighting.trigger, ahead=ahead) if people else None


def _placed(scene: Scene, event: Event, presences: list[Presence]) -> Event:
    acts = event.type in {EventType.PROPOSAL, EventType.REFUSAL}
    if event.place.value is not None or acts or event.kind.value in NO_PLACE or not event.evidence:
        return event
    here = scene.parsed.token_at(event.evidence[0].start) or 0
    if event.status.value in {Status.HELD, Status.UNDER_WAY, Status.REACHED}:
        presences = [p for p in presences if not p.ahead]
    fitting = [p for p in presences if abs(p.token - here) <= REACH and _fits(event, p)]
    fitting = fitting or _only_place(event, presences)
    if not fitting:
        return event
    best = min(fitting, key=lambda p: (p.where.granularity == "country", abs(p.token - here)))
    reason = Reason("place.whereabouts", f"“{best.where.span.exact}” is where they are", (best.where.span,))
    kind = event.kind
    if event.type is EventType.MEETING and kind.value is None:
        kind = Slot(MeetingKind.IN_PERSON, (best.where.span,), (reason,))
    return replace(
        event,
        kind=kind,
        place=Slot(best.where.name, (best.where.span,), (reason,)),
        country=Slot(best.where.country, (best.where.span,), (reason,)),
    )


def _dated(before: Event, event: Event, presences: list[Presence]) -> Event:
    """A planned meeting takes the date of the visit that it belongs to ("will visit Y on 1 November")."""
    if event.status.value is not Status.PLANNED or event.date.value is not None or event.date.spans:
        return event
    for presence in presences:
        same = bool(set(event.people.value) & presence.people) and presence.ahead
        there = event.place.value in {None, presence.where.name} or event.place.spans == (
            presence.where.span,
        )
        if (
            same
            and there
            and presence.when is not None
            and presence.when.edtf
            and before.type is EventType.MEETING
        ):
            spans = () if presence.when.timex is None else (presence.when.timex.span,)
            reason = Reason("date.of-visit", "the visit that it belongs to is dated", spans)
            return replace(event, date=Slot(presence.when.edtf, spans, (reason,)))
    return event


def _only_place(event: Event, presences: list[Presence]) -> list[Presence]:
    """Where somebody who meets is, if the report knows them in one city only."""
    told = [p for p in presences if set(event.people.value) & p.people]
    cities = {p.where.name for p in told if p.where.granularity == "city"}
    return [p for p in told if p.where.granularity == "city"] if len(cities) == 1 and len(told) > 0 else []


def _fits(event: Event, presence: Presence) -> bool:
    """
    Whether somebody who meets is there, and there is the other side's country.

    An earlier meeting elsewhere, or a presence in a third country, decides nothing.
    """
    same = bool(set(event.people.value) & presence.people)
    same = same or (bool(presence.parties) and presence.parties < set(event.parties.value))
    hosted = presence.where.country in set(event.parties.value) - presence.parties
    past = event.status.value not in {Status.CANCELLED, Status.POSTPONED}
    return same and hosted and past
