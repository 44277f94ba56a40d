"""Where a report was written or spoken, as headline and head of a transcript say it."""

from __future__ import annotations

import re
from itertools import pairwise

from dragoman.model import Block, BlockKind
from dragoman.text.dates import time_line

# "Remarks ... Before Bilateral Meeting | Madrid, Spain": a short tail of names in capitals.
_TAIL = re.compile(r"\s[|]\s(?P<place>[^\W\d_a-z][\w.’'-]*(?:,?\s[^\W\d_a-z][\w.’'-]*){0,5})\s*$")
_HEAD = 6  # blocks at the head of a transcript among which its venue stands
_LONGEST = 80  # characters of a venue line


def find_venue(text: str, blocks: tuple[Block, ...], title: str | None) -> str | None:
    """
    The place of a transcript, None where the report is none or names none.

    In the headline after a bar, else the line above the time of day with which a transcript begins ("Oval
    Office" over "4:14 P.M. EDT"). Whether the words name a place, and which, a later stage decides: a site's
    name after the bar ("| Harbour News") locates nothing.
    """
    tail = _TAIL.search(title or "")
    if tail is not None:
        return tail["place"]
    lines = [
        line.strip(" *\t")
        for block in blocks[:_HEAD]
        if block.kind is not BlockKind.HEADLINE
        for line in text[block.start : block.end].split("\n")
        if line.strip(" *\t")
    ]
    for above, line in pairwise(lines):
        if time_line(line) and len(above) <= _LONGEST and above[-1] not in ".?!:;" and above[0].isupper():
            return above
    return None
