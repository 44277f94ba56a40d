"""The database of a dossier: SQLite or PostgreSQL, rows to dataclasses and back."""

from dragoman.store.filters import Filter
from dragoman.store.new import NewReport, Packed, StoredProblem
from dragoman.store.reading import Reading
from dragoman.store.store import Store, shown_place
from dragoman.store.writing import Added, Writing

__all__ = [
    "Added",
    "Filter",
    "NewReport",
    "Packed",
    "Reading",
    "Store",
    "StoredProblem",
    "Writing",
    "shown_place",
]
