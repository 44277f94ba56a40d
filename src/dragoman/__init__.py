"""Dragoman reads press coverage of international negotiations and keeps the record of it."""

from dragoman.api import Reading, Report, read, read_text
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
    "read",
    "read_text",
]
