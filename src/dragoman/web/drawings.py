"""The drawings of a page: those of the room export, as safe pieces of HTML, styled by the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from dragoman.export.drawing import Look, map_of_places
from dragoman.export.drawing import network as network_of
from dragoman.export.drawing import timeline as timeline_of
from dragoman.model import Happening, Settled, Standing
from dragoman.output.told import Told
from dragoman.web.render import drawing, linked

_NO_FORUM = Settled(None, Standing.EMPTY)
_FEWEST = 3  # parties that make a network worth drawing


def _look(name: str) -> Look:
    return Look(
        style=False,
        width=960,
        id=name,
        link=lambda event: linked("events", event),
        pair=lambda codes: linked("events", party=codes.split(" "), type="meeting"),
        party=lambda code: linked("events", party=code),
    )


def timeline(events: Sequence[Told], *, group: str) -> Markup | None:
    """The events along time, a lane for each forum or each set of parties."""
    found = [told.happening for told in events]
    if not any(told.date for told in events):
        return None
    lanes = found if group == "forum" else [_without_forum(happening) for happening in found]
    return drawing(timeline_of(lanes, look=_look("time")))


def _without_forum(happening: Happening) -> Happening:
    return replace(happening, slots={**happening.slots, "forum": _NO_FORUM})


def places(events: Sequence[Told]) -> Markup | None:
    """Where they happened or are to happen."""
    found = [told.happening for told in events if told.where]
    return drawing(map_of_places(found, look=_look("map"))) if found else None


def network(events: Sequence[Told]) -> Markup | None:
    """Who met whom."""
    found = [told.happening for told in events]
    parties = {party for happening in found for party in happening.many("parties")}
    return drawing(network_of(found, look=_look("met"))) if len(parties) >= _FEWEST else None
