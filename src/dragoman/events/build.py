"""From a group of sightings to an event: every slot with its words and its reasons."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from dragoman.events.merge import Group
from dragoman.events.participants import merged_parties, merged_people
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import NO_PLACE, Sighting
from dragoman.model import Event, EventType, MeetingKind, Reason, Slot, Span, Status
from dragoman.model.edtf import bounds

FINAL = (Status.CANCELLED, Status.POSTPONED, Status.DENIED)
# Rules that only guess that a meeting is still to come.
LOOSE = frozenset({"status.ahead-of", "status.tense", "status.tense-present", "status.clause-ahead"})
# Words for a subject that say nothing by themselves.
VAGUE = frozenset(
    {"the subject", "these issues", "the issue", "the issues", "it", "this", "them", "its proposals"}
)


def build_event(scene: Scene, group: Group) -> Event:
    """One event from all its sightings."""
    sightings = _narrated(scene, group.sightings)
    members = _at_the_table(sightings)
    parties = _parties(sightings, members)
    spans = tuple(dict.fromkeys(p.span for p in members))
    forum = next((s.forum for s in sightings if s.forum and not s.weak and not _names_parties(s.forum)), None)
    place, country = _place(sightings)
    kind = _kind(group.type, sightings, place)
    settled = _status(sightings)
    date = _ahead(scene, settled.value, _date(sightings))
    status = _in_time(scene, settled, date)
    return Event(
        id=event_id(scene, group),
        type=group.type,
        status=status,
        parties=Slot(
            tuple(parties), spans, (Reason("parties.union", "all who take part in any mention", spans),)
        ),
        evidence=_evidence(group.sightings),
        kind=kind,
        people=_role(members, merged_people),
        mediators=_role([p for s in sightings for p in s.mediators], merged_parties),
        by=_role([p for s in sightings for p in s.by], merged_parties),
        to=_to(sightings),
        forum=Slot(forum),
        place=Slot(None) if kind.value in NO_PLACE else place,
        country=Slot(None) if kind.value in NO_PLACE else country,
        date=date,
        subject=_text([s.subject for s in sightings if s.status is status.value or not s.status]),
        title=_text([s.title for s in sightings])
        if group.type in {EventType.PROPOSAL, EventType.AGREEMENT}
        else Slot(None),
        steps=tuple(step for s in sightings for step in s.steps),
    )


def _narrated(scene: Scene, sightings: list[Sighting]) -> list[Sighting]:
    """
    The sightings that fill the slots: where the report itself tells who met, what is said then adds little.

    Speakers of a transcript go on to other meetings, places and days. Of the meeting that they come from they
    say that it is today's and name who of its parties took part.
    """
    told = [s for s in sightings if not s.spoken]
    parties = set(merged_parties(p for s in told for p in s.all_members))
    if len(told) == len(sightings) or len(parties) < 2:
        return sightings
    today = [s for s in sightings if s.spoken and (s.when is None or s.when.edtf == scene.published)]
    return told + [_as_said(s, parties) for s in today]


def _at_the_table(sightings: list[Sighting]) -> list[Participant]:
    """
    Who takes part. Where the strong mentions name two parties, a weak one adds persons of these alone.

    A person of no known party comes along with one of theirs ("Secretary A and Minister B met").
    """
    members = [p for s in sightings if not s.weak for p in s.all_members]
    sure = set(merged_parties(members)) | {c for s in sightings if not s.weak for c in s.forum_parties}
    if len(sure) < 2:
        return [p for s in sightings for p in s.all_members]
    for sighting in sightings:
        fitting = [p for p in sighting.all_members if set(p.parties) <= sure]
        if sighting.weak and any(p.parties for p in fitting):
            members += fitting
    return members


def _as_said(sighting: Sighting, parties: set[str]) -> Sighting:
    """What a speaker's mention adds to a meeting that the report tells: persons of its parties, the day."""
    named = tuple(p for p in sighting.members if p.people and set(p.parties) <= parties)
    return replace(sighting, members=named, where=None, kind=None, forum=None, forum_parties=(), subject=None)


def _evidence(sightings: list[Sighting]) -> tuple[Span, ...]:
    """The snippets; a weak mention that names nobody and points back to nothing shows nothing."""
    telling = [s for s in sightings if not s.weak or s.all_members or (s.definite and s.word)]
    return tuple(dict.fromkeys(s.evidence for s in telling or sightings))


def _parties(sightings: list[Sighting], members: list[Participant]) -> list[str]:
    """Who takes part; a forum's fixed members count, a body in whose summit two others meet does not."""
    found = list(merged_parties(members))
    for sighting in sightings:
        if not sighting.weak and (len(sighting.forum_parties) > 1 or len(found) < 2):
            found.extend(sighting.forum_parties)
    return list(dict.fromkeys(found))


def _names_parties(forum: str) -> bool:
    """Whether a forum's name only says who meets ("Israeli-Palestinian summit")."""
    return "-" in forum and forum.lower().endswith(("summit", "talks", "meeting")) and forum[0].isupper()


def event_id(scene: Scene, group: Group) -> str:
    """Ten hex digits from the text, the first trigger's place and the type: the same at every reading."""
    trigger = scene.parsed.tokens[group.sightings[0].trigger]
    return hashlib.sha256(f"{scene.text_hash}:{trigger.start}:{group.type}".encode()).hexdigest()[:10]


def with_own_ids(events: list[Event]) -> list[Event]:
    """The events; those that share their trigger ("separate meetings with X and Y") get an id each."""
    seen: Counter[str] = Counter()
    found = []
    for event in events:
        again = seen[event.id]
        seen[event.id] += 1
        own = hashlib.sha256(f"{event.id}:{again}".encode()).hexdigest()[:10] if again else event.id
        found.append(replace(event, id=own))
    return found


def _status(sightings: list[Sighting]) -> Slot[Status]:
    strong = [s for s in sightings if not s.weak] or sightings
    chosen = next((s for s in strong if s.status in FINAL), None)
    if (
        chosen is None and strong[0].status_reason.rule == "status.ahead-of"
    ):  # "travelled for talks", then told
        chosen = next((s for s in strong if s.status is Status.HELD), None)
    chosen = chosen or strong[0]
    return Slot(chosen.status, chosen.status_reason.spans, (chosen.status_reason,))


def _in_time(scene: Scene, status: Slot[Status], date: Slot[str | None]) -> Slot[Status]:
    """
    The status against the report's own day.

    What is dated after it is planned; what was loosely said to come and is over by then was held.
    """
    back = next((span for span in date.spans if _looks_back(span)), None)
    if status.value is Status.UNDER_WAY and back is not None:
        reason = Reason("status.in-time", f"“{back.exact}” is over", (back,))
        return Slot(Status.HELD, status.spans, (*status.reasons, reason))
    published, found = scene.published, None if date.value is None else bounds(date.value)
    day = None if published is None else bounds(published)
    if found is None or day is None or "X" in (date.value or "") or ".." in (date.value or ""):
        return status
    ahead = status.value in {Status.HELD, Status.UNDER_WAY} and found[0] > day[1]
    loose = status.reasons[0].rule in LOOSE or any(_looks_back(span) for span in date.spans)
    over = status.value is Status.PLANNED and found[1] < day[0] and loose
    if not (ahead or over):
        return status
    reason = Reason("status.in-time", f"{date.value} against {published}, the day of the report", date.spans)
    return Slot(Status.PLANNED if ahead else Status.HELD, status.spans, (*status.reasons, reason))


def _ahead(scene: Scene, status: Status, date: Slot[str | None]) -> Slot[str | None]:
    """ "Has cancelled Thursday's meeting": what is called off was still to come."""
    day = bounds(scene.published) if scene.published else None
    found = bounds(date.value) if date.value else None
    back = any(r.rule == "timex.weekday.before-publication" for r in date.reasons)
    if status not in {Status.CANCELLED, Status.POSTPONED} or not back or day is None or found is None:
        return date
    if found[1] >= day[0] or any(_looks_back(span) for span in date.spans):
        return date
    later = str((found[0] + timedelta(days=7)).isoformat())
    reason = Reason("date.called-off-ahead", "what is called off was still to come", date.spans)
    return Slot(later, date.spans, (*date.reasons, reason))


def _looks_back(span: Span) -> bool:
    """Whether the words of a date say that it is over ("yesterday", "last week", "a day ago")."""
    words = set(span.exact.lower().replace("’", "'").removesuffix("'s").split())
    return bool(words & {"yesterday", "last", "ago"})


def _role(
    members: list[Participant], merge: Callable[[Iterable[Participant]], tuple[str, ...]]
) -> Slot[tuple[str, ...]]:
    used = [p for p in members if merge([p])]
    return Slot(merge(used), tuple(dict.fromkeys(p.span for p in used)))


def _to(sightings: list[Sighting]) -> Slot[tuple[str, ...]]:
    own = {c for s in sightings for p in s.by for c in p.parties}
    members = [p for s in sightings for p in s.to if not set(p.parties) <= own]
    slot = _role(members, merged_parties)
    return Slot(tuple(c for c in slot.value if c not in own), slot.spans)


def _text(spans: list[Span | None]) -> Slot[str | None]:
    found = [s for s in spans if s is not None and s.exact.lower() not in VAGUE]
    return Slot(" ".join(found[0].exact.split()), (found[0],)) if found else Slot(None)


def _place(sightings: list[Sighting]) -> tuple[Slot[str | None], Slot[str | None]]:
    order = {"city": 0, "site": 1, "region": 2, "country": 3}
    found = sorted(
        (s.where for s in sightings if s.where is not None), key=lambda w: order.get(w.granularity, 2)
    )
    if not found:
        return Slot(None), Slot(None)
    best = found[0]
    reasons: tuple[Reason, ...] = (best.reason,)
    if best.granularity not in {"city", "site"}:
        reasons = (best.reason, Reason("place.wide", "no city is named", (best.span,)))
    country = best.country if best.country and len(best.country) == 3 else None
    return Slot(best.name, (best.span,), reasons), Slot(country, (best.span,), reasons)


def _date(sightings: list[Sighting]) -> Slot[str | None]:
    stated = [s.when for s in sightings if s.when is not None]
    dated = sorted((w for w in stated if w.edtf), key=lambda w: _width(w.edtf or ""))
    if dated:
        best = dated[0]
        spans = () if best.timex is None else (best.timex.span,)
        reasons = (best.reason,) if best.timex is None else (best.reason, best.timex.reason)
        return Slot(best.edtf, spans, reasons)
    if stated:
        timex = stated[0].timex
        spans = () if timex is None else (timex.span,)
        return Slot(None, spans, (Reason("date.undecided", "the words do not decide the day", spans),))
    return Slot(None)


def _width(edtf: str) -> tuple[bool, int, int]:
    """Sort key: closed before open, finer before coarser."""
    return ".." in edtf, "/" in edtf, -len(edtf)


def _kind(kind: EventType, sightings: list[Sighting], place: Slot[str | None]) -> Slot[MeetingKind | None]:
    if kind is not EventType.MEETING:
        return Slot(None)
    for sighting in sightings:
        if sighting.where is not None and place.value is not None and sighting.kind is None:
            break  # told with its place before anything is said of a call
        if sighting.kind is not None:
            return Slot(sighting.kind, (sighting.evidence,))
    if place.value is not None:
        return Slot(
            MeetingKind.IN_PERSON, place.spans, (Reason("kind.place", "it has a place", place.spans),)
        )
    persons = [p for s in sightings for p in s.members if p.people]
    if len(persons) > 1:
        spans = tuple(p.span for p in persons)
        return Slot(
            MeetingKind.IN_PERSON, spans, (Reason("kind.persons", "persons are named who meet", spans),)
        )
    return Slot(None)
