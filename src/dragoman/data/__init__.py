"""The tables of words, read through :mod:`importlib.resources`; lines that start with ``#`` are comments."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.errors import ModelError


def read_lines(room: str, name: str) -> list[str]:
    """
    Lines of the table ``name`` of a room ("events", "triggers.tsv"), without comments and blank lines.

    Raises:
        ModelError: the table is missing.
    """
    try:
        text = files("dragoman.data").joinpath(room, name).read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(f"data/{room}/{name} is missing; install the package anew") from error
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_rows(room: str, name: str, *, titled: bool = False) -> list[list[str]]:
    """Its lines, cut into cells at tabs, without the line of column names of a ``titled`` one."""
    return [line.split("\t") for line in read_lines(room, name)[titled:]]


@cache
def read_words(room: str, name: str) -> frozenset[str]:
    """All words of a list of words."""
    return frozenset(word for line in read_lines(room, name) for word in line.split())
