"""The drawings by name, as values that a notebook shows and that are saved as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.export.drawing import Look, map_of_places, matrix, months, network, timeline
from dragoman.model import Happening

ZOOM = 2  # pixels of a PNG for each of the drawing: sharp on paper and on fine screens


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of a dossier: ``svg`` is its text; a notebook shows it as it is."""

    kind: str
    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        """Its SVG."""
        return self.svg

    def png(self) -> bytes:
        """
        The same as PNG.

        Raises:
            UsageError: the library that draws it is not installed.
        """
        try:
            renderer = import_module("resvg_py")
        except ImportError as error:
            raise UsageError(
                "PNG needs resvg-py, which is not installed; install it with: pip install 'dragoman[plots]', "
                "or take SVG, which needs nothing"
            ) from error
        return bytes(renderer.svg_to_bytes(svg_string=self.svg, zoom=ZOOM))

    def save(self, into: str | Path) -> Path:
        """
        Write it to a file, in the form that its suffix names: ``.svg`` or ``.png``.

        Raises:
            UsageError: another suffix, or it cannot be written there.
        """
        path = Path(into)
        forms: Mapping[str, Callable[[], bytes]] = {".svg": self.svg.encode, ".png": self.png}
        if path.suffix.lower() not in forms:
            raise UsageError(
                f"{path}: a plot is written as .svg or .png; give the file one of these suffixes"
            )
        data = forms[path.suffix.lower()]()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
        return path


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of drawing and what it shows."""

    draw: Callable[[Sequence[Happening], Look, date | None], str]
    what: str


KINDS: Mapping[str, Kind] = {
    "timeline": Kind(
        lambda found, look, today: timeline(found, look=look, today=today),
        "events in lanes by forum or parties, with what is uncertain about their dates",
    ),
    "months": Kind(lambda found, look, _: months(found, look=look), "meetings of each pair, month by month"),
    "matrix": Kind(lambda found, look, _: matrix(found, look=look), "who met whom, and how often"),
    "network": Kind(lambda found, look, _: network(found, look=look), "parties joined where they met"),
    "map": Kind(
        lambda found, look, _: map_of_places(found, look=look), "places over the outline of the land"
    ),
}


def plot(
    kind: str, happenings: Sequence[Happening], *, look: Look | None = None, today: date | None = None
) -> Plot:
    """
    A drawing of some happenings.

    Args:
        kind: a key of :data:`KINDS`.
        happenings: in any order.
        look: size, style and links.
        today: a day that the timeline marks.

    Raises:
        UsageError: no such kind.
    """
    if kind not in KINDS:
        raise UsageError(f"no plot is named {kind!r}; there are {', '.join(KINDS)}")
    return Plot(kind, KINDS[kind].draw(happenings, look or Look(), today))
