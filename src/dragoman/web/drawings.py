"""The drawings of a page: those of the room export, as safe pieces of HTML, styled by the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from dragoman.export.drawing import Look, map_of_places, place_rows, timeline_rows
from dragoman.export.drawing import network as network_of
from dragoman.export.drawing import timeline as timeline_of
from dragoman.model import Happening, Settled, Standing
from dragoman.output.told import Told
from dragoman.web.render import drawing, linked

_NO_FORUM = Settled(None, Standing.EMPTY)
_FEWEST = 3  # parties that make a network worth drawing
# Lanes and events that fit: a lane grows to seven rows at most.
_ROOM = (("few", 2, 8), ("some", 2, 100_000), ("some", 5, 25))
_WIDE, _NARROW = 960, 380  # pixels


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing twice: for a screen, and for a phone, on which it needs no scrolling to the side."""

    wide: Markup
    narrow: Markup


def _link(event: str) -> str:
    return linked("events", event)


def _look(name: str, width: int = _WIDE) -> Look:
    return Look(
        style=False,
        width=width,
        id=name,
        link=_link,
        pair=lambda codes: linked("events", party=codes.split(" "), type="meeting"),
        party=lambda code: linked("events", party=code),
    )


def timeline(events: Sequence[Told], *, group: str) -> Drawn | None:
    """The events along time, a lane for each forum or each set of parties."""
    if not any(told.date for told in events):
        return None
    found = _grouped(events, group)
    return Drawn(
        drawing(timeline_of(found, look=_look("time"))),
        drawing(timeline_of(found, look=_look("time-narrow", _NARROW))),
    )


def timeline_data(events: Sequence[Told], *, group: str) -> dict[str, Any]:
    """What the timeline shows, as plain values."""
    today = datetime.now(UTC).date()
    return {"group": group, **timeline_rows(_grouped(events, group), link=_link, today=today)}


def room(events: Sequence[Told], *, group: str) -> str:
    """How much room the lanes ask for: "few", "some" or "many" stand one above the other."""
    found = _grouped(events, group)
    lanes = {happening.text("forum") or tuple(sorted(happening.many("parties"))) for happening in found}
    fitting = (name for name, lanes_, events_ in _ROOM if len(lanes) <= lanes_ and len(found) <= events_)
    return next(fitting, "many")


def _grouped(events: Sequence[Told], group: str) -> list[Happening]:
    found = [told.happening for told in events]
    return found if group == "forum" else [_without_forum(happening) for happening in found]


def _without_forum(happening: Happening) -> Happening:
    return replace(happening, slots={**happening.slots, "forum": _NO_FORUM})


def places(events: Sequence[Told]) -> Drawn | None:
    """Where they happened or are to happen."""
    found = [told.happening for told in events if told.where]
    if not found:
        return None
    return Drawn(
        drawing(map_of_places(found, look=_look("map"))),
        drawing(map_of_places(found, look=_look("map-narrow", _NARROW))),
    )


def places_data(events: Sequence[Told]) -> dict[str, Any]:
    """What the map shows, as plain values."""
    return place_rows([told.happening for told in events if told.where], link=_link)


def network(events: Sequence[Told]) -> Markup | None:
    """Who met whom."""
    found = [told.happening for told in events]
    parties = {party for happening in found for party in happening.many("parties")}
    return drawing(network_of(found, look=_look("met"))) if len(parties) >= _FEWEST else None
