"""The drawings of a page: those of the room export, as safe pieces of HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dragoman.output.told import Told


def timeline(_events: Sequence[Told], *, group: str) -> Markup | None:  # noqa: ARG001 - with the room export
    """The events along time, a lane for each forum or pair."""
    return None


def places(_events: Sequence[Told]) -> Markup | None:
    """Where they happened."""
    return None


def network(_events: Sequence[Told]) -> Markup | None:
    """Who met whom."""
    return None
