"""Claims of many reports become happenings: which belong together, what they say together, who decided."""

from dragoman.reconcile.reconcile import reconcile

__all__ = ["reconcile"]
