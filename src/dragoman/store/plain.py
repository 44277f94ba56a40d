"""Lists and values as readable text, and back without loss: ("RUS", "USA") is written "RUS; USA"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from dragoman.model import Plain
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf


def join(values: tuple[str, ...]) -> str | None:
    """The values in one text, None for none."""
    if not values:
        return None
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def split(text: str | None) -> tuple[str, ...]:
    """The values that :func:`join` wrote."""
    if text is None:
        return ()
    if "\\" not in text:
        return tuple(text.split("; "))
    return tuple(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in _parts(text))


def _parts(text: str) -> list[str]:
    """The text cut at its separators; a semicolon inside a value has a backslash before it."""
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] == ";":
            parts.append(text[start:at])
            start = at = at + 2
        else:
            at += 1
    return [*parts, text[start:]]


def write_plain(value: Plain) -> tuple[str | None, bool]:
    """A value as text, and whether it is a list."""
    return (join(value), True) if isinstance(value, tuple) else (value, False)


def read_plain(value: str | None, many: bool) -> Plain:
    """The value that :func:`write_plain` wrote."""
    return split(value) if many else value


def day_bounds(edtf: str | None) -> tuple[date | None, date | None]:
    """
    First and last day of a date, None for ends that are open.

    A date of unknown year has neither: no range of days holds it.
    """
    value = Edtf.parse(edtf)
    bounds = value.bounds if value and value.year_known else None
    if bounds is None:
        return None, None
    return (None if bounds[0] == FAR_PAST else bounds[0]), (None if bounds[1] == FAR_FUTURE else bounds[1])


def write_time(at: datetime) -> str:
    """A moment in UTC, so written that texts sort as moments do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def read_time(text: str) -> datetime:
    """The moment that :func:`write_time` wrote."""
    return datetime.fromisoformat(text)


def now() -> str:
    """This moment."""
    return write_time(datetime.now(UTC))
