"""Faults of a report: what its surface and its sense show (codebook section 4)."""

from dragoman.defects.find import find_defects

__all__ = ["find_defects"]
