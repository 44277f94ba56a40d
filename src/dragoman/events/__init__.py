"""
Events: who met, proposed, agreed or refused what, when and where, as one report tells it.

Every trigger word of ``data/events/triggers.tsv`` is read by a rule (``rules.py``) into a sighting; sightings
of one happening become one event (``merge.py``, ``build.py``); the report as a whole fills what the codebook
lets it fill (``defaults.py``).
"""

from __future__ import annotations

from dragoman.events.build import build_event, with_own_ids
from dragoman.events.context import with_context
from dragoman.events.defaults import apply_defaults
from dragoman.events.headlines import settle_headlines
from dragoman.events.merge import group_sightings
from dragoman.events.rules import find_sightings
from dragoman.events.scene import Scene
from dragoman.events.select import is_record
from dragoman.events.sequence import in_sequence
from dragoman.events.spoken import with_speakers
from dragoman.events.whereabouts import place_events
from dragoman.model import Actors, Chronology, Event, Parsed

__all__ = ["find_events"]


def find_events(parsed: Parsed, chronology: Chronology, actors: Actors) -> tuple[Event, ...]:
    """
    The events of a report in order of their first mention.

    An event needs what the codebook asks of its type: two parties at a meeting or agreement, one that
    proposes or refuses. What falls short is left out: a wrong line is worse than a missing one.
    """
    scene = Scene(parsed, chronology, actors)
    sightings = settle_headlines(scene, find_sightings(scene))
    sightings = with_context(scene, with_speakers(scene, in_sequence(scene, sightings)))
    groups = group_sightings(scene, sightings)
    events = [event for event in (build_event(scene, group) for group in groups) if is_record(event)]
    return tuple(place_events(scene, apply_defaults(scene, with_own_ids(events)), sightings))
