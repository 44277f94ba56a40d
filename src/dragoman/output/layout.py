"""
Two columns of text, laid out by hand: dates on the left, what is told on the right.

A :class:`rich.table.Table` for each entry takes two milliseconds, a page of a timeline with fifty of them
a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

NARROW = 64  # below this width dates stand above, not beside
DATE_COLUMN = 21  # "28 September 2022" and some air
_GAP = 2
_SIDE = 2  # between the edge of the terminal and the text


def print_beside(
    console: Console, left: Sequence[Text], right: Iterable[Text], *, indent: int = 0, after: str = "\n"
) -> None:
    """
    Lines on the left and lines on the right of them, each wrapped in its column.

    Args:
        console: its width decides; where it is narrow the left lines stand above the right ones.
        left: short lines.
        right: lines of any length.
        indent: of the whole.
        after: what follows the last line, besides its line end.
    """
    edge = _SIDE + indent
    lines = (
        _stacked(console, left, right, edge)
        if console.width < NARROW
        else _beside(console, left, right, edge)
    )
    console.print(Text("\n").join(lines), soft_wrap=True, end=f"\n{after}")


def _beside(console: Console, left: Sequence[Text], right: Iterable[Text], edge: int) -> list[Text]:
    start = edge + DATE_COLUMN + _GAP
    told = _wrapped(console, right, console.width - start)
    dates = _wrapped(console, left, DATE_COLUMN)
    lines = []
    for n in range(max(len(told), len(dates))):
        date = dates[n] if n < len(dates) else Text()
        words = told[n] if n < len(told) else Text()
        pad = " " * (DATE_COLUMN + _GAP - date.cell_len) if words else ""
        lines.append(Text.assemble(" " * edge, date, pad, words))
    return lines


def _stacked(console: Console, left: Sequence[Text], right: Iterable[Text], edge: int) -> list[Text]:
    width = console.width - edge
    lines = [Text.assemble(" " * edge, line) for line in _wrapped(console, left, width)]
    told = _wrapped(console, right, width - _GAP)
    return lines + [Text.assemble(" " * (edge + _GAP), line) for line in told]


def _wrapped(console: Console, lines: Iterable[Text], width: int) -> list[Text]:
    """Lines no wider than the column, without blanks at their ends."""
    found: list[Text] = []
    for line in lines:
        for part in line.wrap(console, max(width, 8)):
            part.rstrip()
            found.append(part)
    return found
