"""Claims of many reports become one record: happenings, the negotiations they make up, who is who in them."""

from dragoman.reconcile.negotiations import find_negotiations
from dragoman.reconcile.profiles import find_profiles
from dragoman.reconcile.reconcile import reconcile

__all__ = ["find_negotiations", "find_profiles", "reconcile"]
