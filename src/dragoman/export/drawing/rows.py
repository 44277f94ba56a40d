"""What the drawings show, as plain values: for a program that draws them itself, such as that of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.export.drawing.map import POLICY, View, named, short, spots
from dragoman.export.drawing.marks import LEGEND, Lane, Mark, in_order, lanes_of
from dragoman.export.drawing.scale import Extent, Scale, extent
from dragoman.export.drawing.shapes import Link, shortened, told
from dragoman.model import Happening
from dragoman.output.words import visible

_WIDTH = 1000.0  # of the line on which long empty stretches are looked for
_LABEL = 60  # characters beside a mark

Row = dict[str, Any]


def timeline_rows(
    happenings: Sequence[Happening], *, link: Link | None = None, today: date | None = None
) -> Row:
    """
    The lanes of a timeline with the marks in them, as :func:`timeline` draws them.

    ``stretches`` are the days that are shown, each with its first and last; what lies between two of them
    is cut out. Days are ISO 8601; ``at`` is the day of the mark, None where no date can be drawn.

    Args:
        happenings: in any order.
        link: where an event's id leads to.
        today: as the server has it.
    """
    extents = {h.id: extent(h) for h in happenings}
    dated = [e for e in extents.values() if e is not None]
    lanes, total = lanes_of(happenings, extents)
    return {
        "today": today.isoformat() if today else None,
        "stretches": [[s.first.isoformat(), s.last.isoformat()] for s in Scale.of(dated, 0, _WIDTH).stretches]
        if dated
        else [],
        "legend": [
            {"name": key.name, "mark": _mark(key.mark) if key.mark else None, "bar": key.bar}
            for key in LEGEND
        ],
        "lanes": [_lane(lane, extents, link) for lane in lanes],
        "lanes_left_out": total - len(lanes),
    }


def _lane(lane: Lane, extents: Mapping[str, Extent | None], link: Link | None) -> Row:
    return {"name": lane.name, "events": [_event(h, extents[h.id], link) for h in lane.happenings]}


def _event(happening: Happening, days: Extent | None, link: Link | None) -> Row:
    told_of = (happening.text(name) for name in ("place", "title", "subject"))
    label = next(filter(None, told_of), "")
    return {
        "id": happening.id,
        "href": link(happening.id) if link else None,
        "words": told(happening),
        "label": shortened(visible(label), _LABEL),
        "mark": _mark(Mark.of(happening, days)),
        "at": days.anchor.isoformat() if days else None,
        "first": days.first.isoformat() if days else None,
        "last": days.last.isoformat() if days else None,
        "open": ("start" if days.open_start else "end" if days.open_end else None) if days else None,
    }


def _mark(mark: Mark) -> Row:
    return {
        "kind": mark.kind,
        "fill": mark.fill,
        "struck": mark.struck,
        "unknown": mark.unknown,
        "about": mark.about,
        "sign": mark.sign,
    }


def place_rows(happenings: Sequence[Happening], *, link: Link | None = None) -> Row:
    """
    The places of a map with their events, the one with the most events first, as the drawing has them.

    Args:
        happenings: in any order.
        link: where an event's id leads to.
    """
    found = spots(happenings)
    view = View.of([place for place, _ in found], _WIDTH)
    extents = {h.id: extent(h) for h in happenings}
    return {
        "policy": POLICY,
        "view": {"west": view.west, "south": view.south, "east": view.east, "north": view.north},
        "places": [
            {
                "name": named(place),
                "short": short(place),
                "exact": place.exact,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "events": [
                    {"id": h.id, "href": link(h.id) if link else None, "words": told(h)}
                    for h in reversed(in_order(held, extents))
                ],
            }
            for place, held in found
        ],
        "without_place": len(happenings) - sum(len(held) for _, held in found),
    }
