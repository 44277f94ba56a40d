"""Dragoman reads press coverage of international negotiations and keeps the record of it."""

from dragoman.api import Reading, Report, build, open, read, read_text  # noqa: A004 - dragoman.open, as gzip has
from dragoman.errors import DragomanError, ModelError, ReportError, UsageError
from dragoman.settings import Settings

__all__ = [
    "DragomanError",
    "ModelError",
    "Reading",
    "Report",
    "ReportError",
    "Settings",
    "UsageError",
    "build",
    "open",
    "read",
    "read_text",
]
