"""Lines of a page that are not of its report, told by a table of patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dragoman.data import read_rows, read_words


class Zone(StrEnum):
    """Where a line stands: before the first paragraph of the body, after its last, or between."""

    HEAD = "head"
    BODY = "body"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of ``data/text/furniture.tsv``."""

    category: str
    zone: str
    most_words: int
    regex: re.Pattern[str]


LONGEST = 500  # characters of a line that may be furniture


@cache
def patterns() -> dict[Zone, tuple[Pattern, ...]]:
    """The table, by the zone in which each pattern applies."""
    rows = [
        Pattern(category, zone, int(most), re.compile(regex, re.IGNORECASE))
        for category, zone, most, regex in read_rows("text", "furniture.tsv")
    ]
    return {zone: tuple(row for row in rows if row.zone in {"any", zone.value}) for zone in Zone}


@cache
def outlet_words() -> frozenset[str]:
    """Words that names of outlets are made of, ``data/text/outlet_words.txt``."""
    return read_words("text", "outlet_words.txt")


def furniture(line: str, zone: Zone) -> str | None:
    """The category of page furniture that the line is, as a whole; None for everything else."""
    if len(line) > LONGEST:
        return None
    line = " ".join(line.split())
    words = line.count(" ") + 1
    for pattern in patterns()[zone]:
        if words <= pattern.most_words and pattern.regex.fullmatch(line):
            return pattern.category
    return None
