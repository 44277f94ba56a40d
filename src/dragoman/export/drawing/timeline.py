"""The timeline: a lane for each forum or for those who met, each event with what is uncertain about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.export.drawing.marks import KINDS, LEGEND, Key, Mark, lanes_of
from dragoman.export.drawing.scale import Extent, Scale, extent
from dragoman.export.drawing.shapes import (
    Look,
    counted,
    frame,
    group,
    heading,
    label_width,
    line,
    number,
    rect,
    text,
    told,
    width_of,
    wrapped,
)
from dragoman.model import Happening, Status
from dragoman.output.words import date_in_words

_ROWS = 6  # of marks in a lane; what finds no room in them is counted
_BUCKET = 34.0  # pixels in which what found no room is counted together
_TITLES = 12  # events told in the title of such a count
_ROW = 26.0
_R = 6.0
_GAP = 4.0
_HEAD = 52.0  # below the legend: labels of the axis
_NARROW = 480  # pixels of width below which names stand above their lanes


@dataclass(frozen=True, slots=True)
class _Placed:
    happening: Happening
    extent: Extent | None
    x: float
    left: float
    right: float


def timeline(
    happenings: Sequence[Happening],
    *,
    look: Look | None = None,
    today: date | None = None,
    title: str = "Timeline",
) -> str:
    """
    Happenings in lanes, one for each forum, or for each set of parties where no forum is told.

    A day that is certain is a mark; an interval is a bar with the mark in its middle; an open end fades
    away; "about" is dotted. What took place is filled, what lies ahead hollow, what came to nothing struck
    through. Happenings without a date, or of an unknown year, stand in a column of their own on the right.
    In a narrow drawing the name of a lane stands above it.

    Args:
        happenings: in any order.
        look: size, style and links.
        today: a line is drawn there where the days shown hold it.
        title: of the drawing.
    """
    look = look or Look()
    extents = {h.id: extent(h) for h in happenings}
    dated = [e for e in extents.values() if e is not None]
    undated = len(extents) - len(dated)
    narrow = look.width < _NARROW
    across = 2 if narrow else 3
    column = across * 24 + 20.0 if undated else 12.0
    right = look.width - column
    names_width = 0.0 if narrow else label_width(look)
    scale = Scale.of(dated, names_width + 12, right - 12) if dated else None
    legend, low = _legend(look)
    top = low + _HEAD
    lanes, all_lanes = lanes_of(happenings, extents)
    parts: list[str] = []
    y = top
    for n, lane in enumerate(lanes):
        rows, crowd = _cut(_rows(lane.happenings, extents, scale, right, across))
        names = wrapped(lane.name, look.width - 20, 2) if narrow else wrapped(lane.name, names_width - 20, 3)
        lines = len(rows) + bool(crowd)
        named = len(names) * 15.0
        height = (lines * _ROW + named if narrow else max(lines * _ROW, named)) + 10
        if n % 2 == 0:
            parts.append(rect(0, y, look.width, height, "dg-band"))
        parts += [text(10, y + 19 + 15 * k, name) for k, name in enumerate(names)]
        low = y + 5 + named * narrow
        parts += [_mark(placed, low + _ROW * (k + 0.5), look) for k, row in enumerate(rows) for placed in row]
        parts += _crowd(crowd, low + _ROW * (len(rows) + 0.5))
        y += height
    height = y + 16
    more = all_lanes - len(lanes)
    if more > 0:
        parts.append(text(10, y + 18, f"{counted(more, 'more group')} not drawn", "dg-dim"))
        height += 20
    back = list(_axis(scale, top, y, right, today)) if scale else []
    if undated:
        back.append(text(right + column / 2, top - 10, "no date", "dg-dim dg-middle dg-small"))
        back.append(line(right + 4, top - 4, right + 4, y, "dg-grid"))
    head = [heading(title, look), *legend]
    description = _described(happenings, extents)
    # Bands lie under the grid, marks above it.
    bands = [part for part in parts if part.startswith('<rect class="dg-band"')]
    rest = [part for part in parts if not part.startswith('<rect class="dg-band"')]
    return frame(
        look,
        height,
        title=title,
        description=description,
        parts=[*head, *bands, *back, *rest],
        defs=_fades(look),
    )


def _rows(
    members: Sequence[Happening],
    extents: dict[str, Extent | None],
    scale: Scale | None,
    right: float,
    across: int,
) -> list[list[_Placed]]:
    """Each event in the first row in which it has room; those without a date side by side on the right."""
    rows: list[list[_Placed]] = [[]]
    undated = 0
    for happening in members:
        days = extents[happening.id]
        if days is None or scale is None:
            place = (undated % across, undated // across)
            undated += 1
            x = right + 22 + place[0] * 24
            while len(rows) <= place[1]:
                rows.append([])
            rows[place[1]].append(_Placed(happening, None, x, x - _R, x + _R))
            continue
        x, left, end = scale.x(days.anchor), scale.x(days.first), scale.x(days.last)
        placed = _Placed(happening, days, x, min(left, x - _R) - 1, max(end, x + _R) + 1)
        extra = 9 if _warns(happening) else 0
        row = next((row for row in rows if all(_apart(placed, p, extra) for p in row)), None)
        if row is None:
            row = []
            rows.append(row)
        row.append(placed)
    return rows


def _cut(rows: list[list[_Placed]]) -> tuple[list[list[_Placed]], list[_Placed]]:
    """The rows that are drawn, and what finds no room in them."""
    if len(rows) <= _ROWS + 1:  # a count would take as much room as the last row
        return rows, []
    return rows[:_ROWS], [placed for row in rows[_ROWS:] for placed in row]


def _crowd(rest: Sequence[_Placed], y: float) -> Iterable[str]:
    """Events without room as numbers: "+12", and which they are in the title."""
    buckets: dict[int, list[_Placed]] = {}
    for placed in rest:
        buckets.setdefault(int(placed.x // _BUCKET), []).append(placed)
    for bucket, held in sorted(buckets.items()):
        words = [told(placed.happening) for placed in held[:_TITLES]]
        words += [f"{len(held) - _TITLES} more"] if len(held) > _TITLES else []
        number_of = text((bucket + 0.5) * _BUCKET, y + 4, f"+{len(held)}", "dg-dim dg-number")
        yield group([number_of], title=" | ".join(words))


def _apart(one: _Placed, two: _Placed, extra: float) -> bool:
    return one.right + extra + _GAP <= two.left or two.right + 9 * _warns(two.happening) + _GAP <= one.left


def _warns(happening: Happening) -> bool:
    return bool(happening.conflicts) or happening.overdue


def _mark(placed: _Placed, y: float, look: Look) -> str:
    """One event: its days, its mark, a sign where it needs care; its words as a title."""
    happening, days = placed.happening, placed.extent
    mark = Mark.of(happening, days)
    shapes = list(_bar(placed, mark.kind, y, look)) if days and not days.is_day else []
    shapes += _shapes(mark, placed.x, y)
    if mark.sign:
        at = max(placed.x + _R + 2, placed.right) if days and not days.is_day else placed.x + _R + 2
        shapes.append(text(at, y + 4, mark.sign, "dg-warn"))
    status = happening.text("status") or "unclear"
    href = look.link(happening.id) if look.link else None
    classes = f"dg-event dg-is-{_slug(status)}"
    return group(shapes, title=told(happening), href=href, classes=classes)


def _slug(word: str) -> str:
    """A status as the name of a class; other than the codebook's are none."""
    return word if word in set(map(str, Status)) else "other"


def _bar(placed: _Placed, kind: str, y: float, look: Look) -> Iterable[str]:
    """The days that a date leaves open: whole, or fading away at an open end."""
    days = placed.extent
    assert days is not None  # noqa: S101 - for the type checker
    left, right = placed.left + 1, placed.right - 1
    if days.open_start:
        right = placed.x
    if days.open_end:
        left = placed.x
    width = max(right - left, 3)
    fade = f' fill="url(#{look.id}-{kind}-{"start" if days.open_start else "end"})"'
    if days.open_start or days.open_end:
        yield rect(left, y - 4, width, 8, "dg-fade", fade)
        return
    about = " dg-about" if days.about else ""
    yield rect(left, y - 4, width, 8, f"dg-{kind} dg-bar{about}", ' rx="3"')


def _fades(look: Look) -> str:
    """The gradients of open ends, one for each type and side."""
    found = []
    for name in KINDS.values():
        for side, stops in (("start", (0, 0.55)), ("end", (0.55, 0))):
            inner = "".join(
                f'<stop class="dg-stop-{name}" offset="{at}" stop-opacity="{opacity}"/>'
                for at, opacity in zip((0, 1), stops, strict=True)
            )
            found.append(f'<linearGradient id="{look.id}-{name}-{side}">{inner}</linearGradient>')
    return "".join(found)


def _shapes(mark: Mark, x: float, y: float) -> list[str]:
    """A mark: its shape tells the type, its filling the status."""
    kind = f"dg-{mark.kind}"
    classes = f"dg-mark {kind}" + " dg-hollow" * (mark.fill != "full") + " dg-about" * mark.about
    found = [_shape(mark.kind, x, y, classes)]
    if mark.fill == "half":
        found.append(f'<path class="{kind}" d="M{number(x)} {number(y - _R)}a{_R} {_R} 0 0 1 0 {2 * _R}z"/>')
    if mark.struck:
        found.append(line(x - _R - 2, y + _R + 2, x + _R + 2, y - _R - 2, "dg-strike"))
    if mark.unknown:
        found.append(text(x, y + 4, "?", "dg-number"))
    return found


def _shape(kind: str, x: float, y: float, classes: str) -> str:
    r = _R
    if kind == "meeting":
        return f'<circle class="{classes}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'
    points = {
        "proposal": ((0, -r - 1), (r + 1, r), (-r - 1, r)),
        "agreement": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "refusal": ((0, -r - 1.5), (r + 1.5, 0), (0, r + 1.5), (-r - 1.5, 0)),
    }[kind]
    path = "L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in points)
    return f'<path class="{classes}" d="M{path}z"/>'


def _axis(scale: Scale, top: float, bottom: float, right: float, today: date | None) -> Iterable[str]:
    """Lines at labelled days, a break where days are cut out, a line for today."""
    for x, label in scale.ticks():
        anchor = " dg-end" if x > right - 40 else " dg-middle"
        yield line(x, top - 4, x, bottom, "dg-grid")
        yield text(min(x, right), top - 10, label, f"dg-dim dg-small{anchor}")
    for left, end in scale.cuts:
        x = (left + end) / 2
        yield group(
            [
                line(x - 5, top + 4, x - 1, top - 8, "dg-axis"),
                line(x + 1, top + 4, x + 5, top - 8, "dg-axis"),
            ],
            title="days without an event are left out here",
        )
    if today and scale.shows(today):
        x = scale.x(today)
        yield group([line(x, top - 4, x, bottom, "dg-today")], title=f"{date_in_words(today.isoformat())}")


def _legend(look: Look) -> tuple[list[str], float]:
    """What the marks mean, in as many lines as the width asks for, and where the last one stands."""
    found: list[str] = []
    x, y = 10.0, 44.0
    for key in LEGEND:
        shapes = _shown(key, look)
        room = width_of(key.name, 11) + (26 if shapes else 4) + 14
        if x + room > look.width and x > 10:
            x, y = 10.0, y + 18
        if shapes:
            found.append(f'<g transform="translate({number(x + 9)} {number(y)})">{"".join(shapes)}</g>')
        found.append(text(x + (24 if shapes else 2), y + 4, key.name, "dg-dim dg-small"))
        x += room
    return found, y


def _shown(key: Key, look: Look) -> list[str]:
    """The mark or the bar of a line of the legend."""
    if key.mark:
        return _shapes(key.mark, 0, 0)
    if key.bar == "between":
        return [rect(-9, -4, 18, 8, "dg-meeting dg-bar", ' rx="3"')]
    if key.bar == "open":
        return [rect(-9, -4, 18, 8, "dg-fade", f' fill="url(#{look.id}-meeting-end)"')]
    return []


def _described(happenings: Sequence[Happening], extents: dict[str, Extent | None]) -> str:
    """What the drawing shows, in words."""
    days = [e for e in extents.values() if e]
    words = counted(len(happenings), "event")
    if days:
        first = min(e.first if not e.open_start else e.last for e in days)
        last = max(e.last if not e.open_end else e.first for e in days)
        words += f" from {date_in_words(first.isoformat())} to {date_in_words(last.isoformat())}"
    if undated := len(extents) - len(days):
        words += f"; {undated} without a date or of an unknown year"
    conflicts = sum(bool(h.conflicts) for h in happenings)
    if conflicts:
        words += f"; reports differ on {conflicts}"
    return words
