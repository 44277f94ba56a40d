"""Which Dragoman this is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version


@cache
def this_version() -> str:
    """Its version ("0.1.0")."""
    return version("dragoman")
