"""The dossier: many reports in one record, built, asked and checked."""

from dragoman.dossier.dossier import Dossier

__all__ = ["Dossier"]
