"""Fetched content to a Document: stored text, layout, title, witnesses of its date; its surface faults."""

from dragoman.text.defects import find_surface_defects
from dragoman.text.document import to_document

__all__ = ["find_surface_defects", "to_document"]
