"""The dossier: many reports in one record, built, asked and checked."""

from dragoman.dossier.answers import Answer
from dragoman.dossier.dossier import Dossier
from dragoman.store import Filter

__all__ = ["Answer", "Dossier", "Filter"]
