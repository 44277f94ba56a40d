"""The map: places as points over the outline of the land; no borders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import cos, radians, sqrt

from dragoman.data import read_lines
from dragoman.export.drawing.shapes import (
    Look,
    counted,
    fitted,
    footer,
    frame,
    group,
    heading,
    line,
    name_of,
    number,
    rect,
    text,
    told,
    width_of,
)
from dragoman.export.places import Spot, spot
from dragoman.model import Happening
from dragoman.output.form import safe

_HEAD = 62.0
_LEAST = 24.0  # degrees that are shown at least
_TITLES = 12  # events told in the title of a point
_STEPS = (2, 5, 10, 15, 30)
POLICY = "No borders are drawn: the map shows coasts and points, and takes no side in any dispute."

Point = tuple[float, float]


def map_of_places(happenings: Sequence[Happening], *, look: Look | None = None, title: str = "Places") -> str:
    """
    Where events were or are to be: a point for each town, the larger the more events.

    A hollow square stands for a country of which no town is told or known; it is drawn where its government
    sits. The part of the world in which points lie is shown. What has no place that the tables know is told
    below.
    """
    look = look or Look()
    ordered = spots(happenings)
    view = View.of([place for place, _ in ordered], look.width)
    parts = [heading(title, look), *_key()]
    parts += [*view.grid(), *view.land()]
    labels = _Labels(view)
    highest = max((len(held) for _, held in ordered), default=1)
    points = [_point(place, held, view, highest, look) for place, held in ordered]
    names = [label for place, held in ordered for label in labels.put(place, _radius(len(held), highest))]
    missing = len(happenings) - sum(len(held) for _, held in ordered)
    notes = [f"{counted(missing, 'event')} with no place that is known"] if missing else []
    foot, height = footer([POLICY, *notes], view.bottom + 4, look)
    parts += [*points, *names, *foot]
    told_of = [f"{named(place)}: {counted(len(held), 'event')}" for place, held in ordered[:30]]
    more = [f"{counted(len(ordered) - 30, 'more place')}"] if len(ordered) > 30 else []
    description = "; ".join([*told_of, *more, *notes]) + f". {POLICY}"
    return frame(look, height, title=title, description=description, parts=parts)


def spots(happenings: Sequence[Happening]) -> list[tuple[Spot, list[Happening]]]:
    """Places that the tables know, each with its events; those with the most events first."""
    found: dict[Spot, list[Happening]] = {}
    for happening in happenings:
        if place := spot(happening):
            found.setdefault(place, []).append(happening)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0].name, item[0].country))


def named(place: Spot) -> str:
    """A place with its country."""
    country = name_of(place.country)
    return f"{country} (no town known)" if place.exact == "country" else f"{place.name}, {country}"


def short(place: Spot) -> str:
    """What stands beside a place's point."""
    return name_of(place.country) if place.exact == "country" else place.name


def _key() -> list[str]:
    return [
        '<circle class="dg-place" cx="15" cy="41" r="5"/>',
        text(26, 45, "town", "dg-dim dg-small"),
        rect(66, 36, 10, 10, "dg-country"),
        text(82, 45, "country, no town known", "dg-dim dg-small"),
    ]


def _radius(count: int, highest: int) -> float:
    return 4 + 10 * sqrt((count - 1) / max(highest - 1, 8))


def _point(place: Spot, held: Sequence[Happening], view: View, highest: int, look: Look) -> str:
    x, y = view.place(place.longitude, place.latitude)
    r = _radius(len(held), highest)
    shape = (
        rect(x - r, y - r, 2 * r, 2 * r, "dg-country")
        if place.exact == "country"
        else f'<circle class="dg-place dg-mark" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'
    )
    words = [f"{named(place)}: {counted(len(held), 'event')}", *map(told, held[:_TITLES])]
    if len(held) > _TITLES:
        words.append(f"{len(held) - _TITLES} more")
    href = look.link(held[0].id) if look.link and len(held) == 1 else None
    return group([shape], title=" | ".join(words), href=href)


class View:
    """A part of the world on a rectangle: equirectangular, true to scale at its middle."""

    def __init__(self, west: float, south: float, east: float, north: float, width: float) -> None:
        self.west, self.south, self.east, self.north = west, south, east, north
        self.squeeze = cos(radians((south + north) / 2))
        self.left, self.right = 10.0, width - 10.0
        self.unit = (self.right - self.left) / ((east - west) * self.squeeze)
        self.bottom = _HEAD + (north - south) * self.unit

    @classmethod
    def of(cls, places: Sequence[Spot], width: float) -> View:
        """The part in which places lie, with air around it, not too flat and not too tall."""
        if not places:
            return cls(-180, -58, 180, 78, width)
        longitudes, latitudes = [p.longitude for p in places], [p.latitude for p in places]
        west, east = min(longitudes), max(longitudes)
        south, north = min(latitudes), max(latitudes)
        air = max(5.0, (east - west) * 0.08, (north - south) * 0.08)
        west, east, south, north = west - air, east + air, south - air, north + air
        squeeze = cos(radians(max(min((south + north) / 2, 70), -70)))
        across = max((east - west) * squeeze, _LEAST)
        upward = max(north - south, _LEAST / 2)
        across, upward = max(across, upward * 1.5), max(upward, across / 2.4)
        x, y = (west + east) / 2, (south + north) / 2
        half = min(across / squeeze / 2, 180.0)
        south, north = max(y - upward / 2, -60.0), min(y + upward / 2, 83.0)
        x = min(max(x, -180 + half), 180 - half)
        return cls(x - half, south, x + half, north, width)

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a point of the globe lies."""
        return (
            self.left + (longitude - self.west) * self.squeeze * self.unit,
            _HEAD + (self.north - latitude) * self.unit,
        )

    def grid(self) -> Iterable[str]:
        """Circles of latitude and longitude."""
        yield rect(self.left, _HEAD, self.right - self.left, self.bottom - _HEAD, "dg-band")
        step = next((s for s in _STEPS if (self.east - self.west) / s <= 8), _STEPS[-1])
        for longitude in range(-180, 181, step):
            if self.west < longitude < self.east:
                x, _ = self.place(longitude, 0)
                yield line(x, _HEAD, x, self.bottom, "dg-grid")
        for latitude in range(-90, 91, step):
            if self.south < latitude < self.north:
                _, y = self.place(0, latitude)
                yield line(self.left, y, self.right, y, "dg-grid")

    def land(self) -> Iterable[str]:
        """The outline of the land, cut to the rectangle."""
        paths = []
        for ring in _rings():
            kept = _clipped(ring, self.west, self.south, self.east, self.north)
            if len(kept) > 2:
                points = [self.place(x, y) for x, y in kept]
                paths.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "z")
        if paths:
            yield f'<path class="dg-land" fill-rule="evenodd" d="{"".join(paths)}"/>'


class _Labels:
    """Names beside points, those that have room."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.taken: list[tuple[float, float, float, float]] = []

    def put(self, place: Spot, radius: float) -> Iterable[str]:
        """The name to the right of its point, to the left, above or below; nothing where it has no room."""
        name = fitted(short(place), 130, 11)
        x, y = self.view.place(place.longitude, place.latitude)
        wide = width_of(name, 11)
        self.taken.append((x - radius, y - radius, x + radius, y + radius))
        for left, base in (
            (x + radius + 4, y + 4),
            (x - radius - 4 - wide, y + 4),
            (x - wide / 2, y - radius - 5),
            (x - wide / 2, y + radius + 13),
            (x + radius, y - radius - 3),
            (x + radius, y + radius + 11),
            (x - radius - wide, y - radius - 3),
            (x - radius - wide, y + radius + 11),
        ):
            box = (left, base - 10, left + wide, base + 3)
            inside = self.view.left <= box[0] and box[2] <= self.view.right
            if inside and box[1] >= _HEAD and box[3] <= self.view.bottom and not self._hits(box):
                self.taken.append(box)
                at = f'x="{number(left)}" y="{number(base)}"'
                yield f'<text class="dg-small dg-halo" aria-hidden="true" {at}>{safe(name)}</text>'
                yield f'<text class="dg-small" {at}>{safe(name)}</text>'
                return

    def _hits(self, box: tuple[float, float, float, float]) -> bool:
        return any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in self.taken
        )


@cache
def coast_path() -> str:
    """The outline of the whole world as a path of SVG: tenths of degrees, east to the right, north up."""
    found = []
    for row in read_lines("export", "coast.tsv"):
        steps = [tuple(map(int, step.split(","))) for step in row.split(" ")]
        (x, y), *rest = steps
        found.append(f"M{x} {-y}l" + " ".join(f"{dx} {-dy}" for dx, dy in rest) + "z")
    return "".join(found)


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    """The outline of the land, as the table has it: the first point, then the steps to the next."""
    found = []
    for row in read_lines("export", "coast.tsv"):
        x = y = 0
        points = []
        for step in row.split(" "):
            dx, _, dy = step.partition(",")
            x, y = x + int(dx), y + int(dy)
            points.append((x / 10, y / 10))
        found.append(tuple(points))
    return tuple(found)


def _clipped(ring: Sequence[Point], west: float, south: float, east: float, north: float) -> list[Point]:
    """A ring cut to a rectangle (Sutherland and Hodgman 1974)."""
    points = list(ring)
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: list[Point] = []
        for n, point in enumerate(points):
            before = points[n - 1]
            inside, was = sign * (point[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
            if inside != was:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
                )
            if inside:
                kept.append(point)
        points = kept
        if not points:
            break
    return points
