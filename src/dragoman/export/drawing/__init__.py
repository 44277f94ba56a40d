"""
Drawings of a dossier as SVG: pure functions from values to text, without script.

    svg = timeline(happenings, look=Look(link=lambda event: f"/event/{event}"))

Each has a title and a description that say in words what it shows. Style comes from classes:
:data:`STYLESHEET` stands in the drawing itself, or, with ``Look(style=False)``, in a file that the page
links to (what a strict content security policy asks for; no drawing has a ``style`` attribute).
:func:`timeline_rows` and :func:`place_rows` give what is drawn as plain values.
"""

from dragoman.export.drawing.map import coast_path, map_of_places
from dragoman.export.drawing.matrix import matrix
from dragoman.export.drawing.months import months
from dragoman.export.drawing.network import network
from dragoman.export.drawing.rows import place_rows, timeline_rows
from dragoman.export.drawing.shapes import Look
from dragoman.export.drawing.style import STYLESHEET
from dragoman.export.drawing.timeline import timeline

__all__ = [
    "STYLESHEET",
    "Look",
    "coast_path",
    "map_of_places",
    "matrix",
    "months",
    "network",
    "place_rows",
    "timeline",
    "timeline_rows",
]
