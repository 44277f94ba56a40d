"""The network of parties: on a circle, joined where they met, the thicker the more often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import cos, degrees, hypot, pi, sin, sqrt

from dragoman.export.drawing.matrix import meetings_by_pair
from dragoman.export.drawing.shapes import (
    Look,
    counted,
    fitted,
    footer,
    frame,
    group,
    heading,
    name_of,
    number,
    text,
    width_of,
)
from dragoman.model import Happening
from dragoman.output.form import safe

_TOP = 40  # parties that are drawn
_UPRIGHT = 12  # with more, names are turned
_NAME = 150.0


def network(
    happenings: Sequence[Happening], *, look: Look | None = None, title: str = "Parties that met"
) -> str:
    """
    Parties on a circle, a line between each two that met; those that met often stand near each other.

    The layout follows from the meetings alone: the same dossier gives the same drawing. Meetings that were
    held or are under way count.
    """
    look = look or Look()
    pairs, totals = meetings_by_pair(happenings)
    most = sorted(totals, key=lambda party: (-totals[party], party))[:_TOP]
    ring = _around(most, pairs)
    names = {party: name_of(party) for party in ring}
    room = min(_NAME, look.width * 0.22, max([width_of(name) for name in names.values()], default=0.0) + 16)
    radius = min(max(90.0, 11.0 * len(ring)), look.width / 2 - room - 24)
    turned = len(ring) > _UPRIGHT
    above = room if turned else 34.0
    width = min(look.width, 2 * (radius + room + 24))
    cx, cy = width / 2, 44 + above + radius
    places = {
        party: (cx + radius * sin(angle), cy - radius * cos(angle), angle)
        for n, party in enumerate(ring)
        for angle in (2 * pi * n / max(len(ring), 1),)
    }
    highest = max(pairs.values(), default=1)
    edges = [
        _edge(pair, count, places, (cx, cy), highest, names, look)
        for pair, count in sorted(pairs.items(), key=lambda item: (item[1], item[0]))
        if pair[0] in places and pair[1] in places
    ]
    widest = max(totals.values(), default=1)
    nodes = [_node(p, places[p], totals[p], widest, names[p], turned, room, look) for p in ring]
    notes = []
    if len(totals) > len(ring):
        notes.append(f"{len(totals) - len(ring):,} more parties not drawn")
    if not ring:
        notes.append("no meetings are reported")
    foot, height = footer(notes, cy + radius + above + 8, look)
    told = [f"{names[p]}: {counted(totals[p], 'meeting')}" for p in most[:20]]
    description = "; ".join([f"{counted(len(pairs), 'pair')} of parties met", *told, *notes])
    parts = [heading(title, look), *edges, *nodes, *foot]
    return frame(look, height, title=title, description=description, parts=parts, width=width)


def _around(parties: Sequence[str], pairs: Counter[tuple[str, str]]) -> list[str]:
    """
    Parties in an order in which those that met often are near each other.

    Greedy: the party that met most first; each next one is put at that end of the row where it met more of
    those that stand there, the nearer the more it counts.
    """

    def weight(one: str, two: str) -> int:
        return pairs[min(one, two), max(one, two)]

    row = list(parties[:1])
    rest = list(parties[1:])
    while rest:
        best = max(rest, key=lambda p: (sum(weight(p, q) for q in row), -rest.index(p)))
        rest.remove(best)
        left = sum(weight(best, q) / (n + 1) for n, q in enumerate(row))
        right = sum(weight(best, q) / (n + 1) for n, q in enumerate(reversed(row)))
        row = [best, *row] if left > right else [*row, best]
    return row


def _edge(
    pair: tuple[str, str],
    count: int,
    places: dict[str, tuple[float, float, float]],
    centre: tuple[float, float],
    highest: int,
    names: dict[str, str],
    look: Look,
) -> str:
    (x1, y1, _), (x2, y2, _) = places[pair[0]], places[pair[1]]
    pull = 0.35 if hypot(x1 - x2, y1 - y2) else 0.0
    mx = (x1 + x2) / 2 * (1 - pull) + centre[0] * pull
    my = (y1 + y2) / 2 * (1 - pull) + centre[1] * pull
    width = 1 + 7 * sqrt(count / highest) if count > 1 else 1.2
    path = (
        f'<path class="dg-edge" stroke-width="{number(width)}" d="M{number(x1)} {number(y1)}'
        f'Q{number(mx)} {number(my)} {number(x2)} {number(y2)}"/>'
    )
    words = f"{names[pair[0]]} and {names[pair[1]]}: {counted(count, 'meeting')}"
    return group([path], title=words, href=look.pair(" ".join(pair)) if look.pair else None)


def _node(
    party: str,
    place: tuple[float, float, float],
    total: int,
    widest: int,
    name: str,
    turned: bool,
    room: float,
    look: Look,
) -> str:
    x, y, angle = place
    r = 4 + 8 * sqrt(total / widest)
    circle = f'<circle class="dg-node dg-mark" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'
    words = fitted(name, room - 10)
    out = r + 6
    if turned:
        right = angle <= pi
        turn = degrees(angle) - 90 if right else degrees(angle) + 90
        lx, ly = x + out * sin(angle), y - out * cos(angle)
        anchor = "" if right else ' class="dg-end"'
        label = (
            f'<text x="{number(lx)}" y="{number(ly)}" dy="4"{anchor}'
            f' transform="rotate({number(turn)} {number(lx)} {number(ly)})">{safe(words)}</text>'
        )
    else:
        side = sin(angle)
        kind = "dg-middle" if abs(side) < 0.3 else "" if side > 0 else "dg-end"
        drop = 4 - (12 if cos(angle) > 0 and kind == "dg-middle" else -10 if kind == "dg-middle" else 0)
        label = text(x + out * sin(angle), y - out * cos(angle) + drop, words, kind)
    title = f"{name}: {counted(total, 'meeting')}"
    return group([circle, label], title=title, href=look.party(party) if look.party else None)
