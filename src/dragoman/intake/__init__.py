"""
Sources to reports: files, folders, JSON lines, pages, feeds, web archives, addresses and standard input,
one value a report.

Nothing here stops a batch: what cannot be read comes out as an :class:`~dragoman.errors.IntakeError`
value that says where, what and what to try.
"""

from dragoman.intake.fetched import Fetched, Media
from dragoman.intake.policy import Policy, is_address
from dragoman.intake.sources import MAX_CHARACTERS, read_sources

__all__ = ["MAX_CHARACTERS", "Fetched", "Media", "Policy", "is_address", "read_sources"]
