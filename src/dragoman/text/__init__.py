"""Fetched content to a Document: stored text, layout, title, outlet, witnesses of the date, surface defects."""

from dragoman.text.document import to_document

__all__ = ["to_document"]
