"""
Make the outline of the land from Natural Earth, as packed by the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m venv scratch && scratch/bin/pip install shapely
    scratch/bin/python training/export/coast.py package/land-110m.json

Land alone, no borders. Without the land south of 60° S; rings of less than a square degree and points that
move the line by less than a sixth of a degree are left out.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

from shapely.affinity import translate
from shapely.geometry import Polygon, box
from shapely.ops import unary_union

DATA = Path(__file__).parents[2] / "src" / "dragoman" / "data" / "export" / "coast.tsv"
HEADER = """\
# Outline of the land, coarse, for maps of the whole world.
# Origin: made by training/export/coast.py from Natural Earth 1:110m land (https://www.naturalearthdata.com),
# public domain, through the package world-atlas 2.0.2. No borders.
# A ring a line: tenths of a degree east and north of its first point, then the steps from point to point.
"""


HALF = 180
WORLD = box(-HALF, -60, HALF, 84)


def unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring without jumps where it crosses the 180th meridian: degrees count on instead."""
    found = points[:1]
    turn = 0
    for before, (x, y) in pairwise(points):
        turn += -360 if x - before[0] > HALF else 360 if x - before[0] < -HALF else 0
        found.append((x + turn, y))
    return found


def main(path: str) -> None:
    """Write the rings."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indices:
            part = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += part[1:] if points else part
        return unwrapped(points)

    polygons = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for rings in geometry["arcs"]:
            outer = ring(rings[0])
            if abs(outer[0][0] - outer[-1][0]) > HALF:
                continue  # goes around the pole: the southernmost continent
            polygon = Polygon(outer, [ring(hole) for hole in rings[1:]]).buffer(0)
            polygons += [translate(polygon, turn).intersection(WORLD) for turn in (-360, 0, 360)]
    land = unary_union(polygons).simplify(1 / 6)
    rings = []
    for polygon in land.geoms:  # of the main lands and of lakes
        lines = [line for line in (polygon.exterior, *polygon.interiors) if Polygon(line).area >= 1]
        rings += [[(round(x * 10), round(y * 10)) for x, y in list(line.coords)[:-1]] for line in lines]
    rings.sort(key=lambda points: (-len(points), points))
    with DATA.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for points in rings:
            steps = [points[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b)]
            out.write(" ".join(f"{x},{y}" for x, y in steps) + "\n")
    print(len(rings), "rings", sum(map(len, rings)), "points")  # noqa: T201 - for the one who runs it


if __name__ == "__main__":
    main(sys.argv[1])
