"""
Dates that follow from other happenings of the report: a day after, two days of talks, in the evening.

The words give a distance, a length or a part of the day; the day itself stands with another happening or with
the beginning or end. Only whole days are counted, and only from a day that is known.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from dragoman.events.governing import effect_of
from dragoman.events.participants import merged_people
from dragoman.events.scene import Scene
from dragoman.events.sighting import Sighting
from dragoman.events.when import When
from dragoman.model import EventType, Reason, Status, Timex, TimexType
from dragoman.model.edtf import ANY_YEAR, Edtf, Moment, bounds

AFTER = {"after": -1, "before": 1}  # "X on D, two days after Y": Y was two days before D
REACH = 8  # tokens from "a day after" to the word that tells the happening
CONTINUES = frozenset({"also", "afterwards", "afterward", "too"})
_DAYS = re.compile(r"P(\d{1,2})([DW])")
_PART_OF_DAY = re.compile(r"XXXX-XX-XXT(MO|AF|EV|NI|MI)")


def in_sequence(scene: Scene, sightings: list[Sighting]) -> list[Sighting]:
    """The sightings, with the dates that other sightings of the report give them."""
    found: list[Sighting] = []
    for sighting in sightings:
        dated = _over_days(scene, sighting)
        if dated.when is None:
            dated = _days_apart(scene, dated, found)
        if dated.type is EventType.MEETING and (dated.when is None or dated.when.edtf is None):
            dated = _same_day(scene, dated, found)
        found.append(dated)
    return found


def _over_days(scene: Scene, sighting: Sighting) -> Sighting:
    """ "Two days of talks ended on Wednesday", "a two-day summit that began on 3 May": first to last day."""
    when = sighting.when
    if sighting.type is not EventType.MEETING or when is None or when.timex is None:
        return sighting
    length = _length(scene, sighting.trigger)
    day = _day(when.edtf)
    if length is None or day is None:
        return sighting
    timex, days = length
    verb = _governor_of_date(scene, when.timex)
    effect = effect_of(scene, verb)
    if effect not in {"start", "end"}:
        return sighting
    other = _shifted(day, days - 1 if effect == "start" else 1 - days)
    first, last = (day, other) if effect == "start" else (other, day)
    note = f"“{timex.span.exact}” {'from' if effect == 'start' else 'up to'} that day"
    reason = Reason("date.over-days", note, (timex.span, when.timex.span))
    return replace(sighting, when=When(f"{first}/{last}", when.timex, reason))


def _length(scene: Scene, noun: int) -> tuple[Timex, int] | None:
    """How many days a meeting takes, two or more, None where its phrase does not say."""
    tokens = scene.parsed.tokens
    for timex in scene.durations.get(tokens[noun].sentence, ()):
        days = _number_of_days(timex)
        if days is None or days < 2:
            continue
        of = timex.end_token < noun <= timex.end_token + REACH and tokens[timex.end_token].lower == "of"
        headed = any(t in range(timex.start_token, timex.end_token) for t in scene.parsed.ancestors(noun)[:2])
        before = 0 <= noun - timex.end_token <= 3 and all(
            t.pos in {"NOUN", "ADJ", "PROPN"} for t in tokens[timex.end_token : noun]
        )
        if (of and headed) or (before and tokens[timex.end_token - 1].lower.endswith("day")):
            return timex, days
    return None


def _governor_of_date(scene: Scene, timex: Timex) -> int:
    """The verb that a date hangs on, the date itself where there is none."""
    tokens = scene.parsed.tokens
    for i in scene.parsed.ancestors(timex.start_token):
        if tokens[i].pos == "VERB":
            return i
    return timex.start_token


def _days_apart(scene: Scene, sighting: Sighting, before: list[Sighting]) -> Sighting:
    """ "X met Y on Tuesday, a day after she met Z": counted from the happening told before it."""
    tokens = scene.parsed.tokens
    for timex in scene.durations.get(tokens[sighting.trigger].sentence, ()):
        days = _number_of_days(timex)
        word = tokens[timex.end_token].lower if timex.end_token < len(tokens) else ""
        if days is None or word not in AFTER or not 0 < sighting.trigger - timex.end_token <= REACH:
            continue
        if before and timex.end_token < before[-1].trigger < sighting.trigger:
            continue
        known = _told_before(scene, timex, before)
        if known is None:
            continue
        day, other = known
        reason = Reason(
            "date.days-apart",
            f"“{timex.span.exact} {word}” counts from {day}",
            (
                timex.span,
                *(() if other.when is None or other.when.timex is None else (other.when.timex.span,)),
            ),
        )
        return replace(sighting, when=When(str(_shifted(day, AFTER[word] * days)), timex, reason))
    return sighting


def _told_before(scene: Scene, timex: Timex, before: list[Sighting]) -> tuple[Moment, Sighting] | None:
    """The day of the dated happening told last before a distance, in its sentence."""
    tokens = scene.parsed.tokens
    here = tokens[timex.start_token].sentence
    for sighting in reversed(before):
        if tokens[sighting.trigger].sentence != here:
            break
        if sighting.trigger < timex.start_token:
            day = _day(sighting.when.edtf) if sighting.when is not None else None
            if day is not None:
                return day, sighting
    return None


def _same_day(scene: Scene, sighting: Sighting, before: list[Sighting]) -> Sighting:
    """ "He also met Y", "in the evening he spoke with Z": the day of the meeting that he had just before."""
    if sighting.status is not Status.HELD or sighting.weak or sighting.earlier:
        return sighting
    part = sighting.when.timex if sighting.when is not None else None
    if not (_continues(scene, sighting) if part is None else _PART_OF_DAY.match(part.value)):
        return sighting
    people = set(merged_people(sighting.members))
    sentence = scene.parsed.tokens[sighting.trigger].sentence
    for other in reversed(before):
        if sentence - scene.parsed.tokens[other.trigger].sentence > 2:
            break
        day = _day(other.when.edtf) if other.when is not None else None
        told = other.type is EventType.MEETING and other.status is Status.HELD and not other.earlier
        if told and day is not None and people & set(merged_people(other.members)):
            assert other.when is not None  # noqa: S101 - for the type checker
            spans = () if other.when.timex is None else (other.when.timex.span,)
            reason = Reason("date.same-occasion", f"told on with the meeting of {day}", spans)
            return replace(sighting, when=When(str(day), part or other.when.timex, reason))
    return sighting


def _continues(scene: Scene, sighting: Sighting) -> bool:
    """Whether "also" stands by the word that tells the meeting."""
    near = scene.parsed.tokens[max(0, sighting.trigger - 3) : sighting.trigger + 2]
    sentence = scene.parsed.tokens[sighting.trigger].sentence
    return any(t.lower in CONTINUES and t.sentence == sentence for t in near)


def _number_of_days(timex: Timex) -> int | None:
    match = _DAYS.fullmatch(timex.value) if timex.type is TimexType.DURATION else None
    return None if match is None else int(match[1]) * (7 if match[2] == "W" else 1)


def _day(edtf: str | None) -> Moment | None:
    """The day that a date names, None where it is none."""
    value = Edtf.parse(edtf)
    if value is None or value.interval or value.about or value.start is None or value.start.day is None:
        return None
    return value.start


def _shifted(day: Moment, days: int) -> Moment:
    """So many days later; a day of unknown year keeps it unknown."""
    span = bounds(str(day))
    assert span is not None  # noqa: S101 - a day has bounds
    moved = span[0] + timedelta(days=days)
    year = day.year if day.year is None else moved.year
    return Moment(year, moved.month, moved.day) if moved.year >= ANY_YEAR else day
