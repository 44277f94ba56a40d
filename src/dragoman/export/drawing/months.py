"""Meetings month by month, a row of bars for each pair of parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dragoman.export.drawing.scale import Extent, extent
from dragoman.export.drawing.shapes import (
    AHEAD,
    MET,
    Look,
    counted,
    footer,
    frame,
    group,
    heading,
    label_width,
    line,
    name_of,
    pairs_of,
    rect,
    text,
    wrapped,
)
from dragoman.model import EventType, Happening

_HEAD = 66.0
_ROW = 50.0
_TOP = 12  # pairs that are drawn
_EMPTY = 6  # as many bars in a row without a meeting are cut out
_LONGEST = 60  # bars in a row before they stand for quarters, years, ...
_STEPS = (1, 3, 12, 60, 120, 1200)  # months that a bar stands for
_STEP_WORDS = {1: "month", 3: "quarter", 12: "year", 60: "five years", 120: "decade", 1200: "century"}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Counts:
    """
    Meetings by pair and bar: those that took place, those that lie ahead.

    Attributes:
        bars: numbers of the bars in order; None where months without meetings are left out.
        step: months that a bar stands for; bar n begins with month n * step after the year 0.
    """

    done: Counter[tuple[Pair, int]]
    ahead: Counter[tuple[Pair, int]]
    bars: tuple[int | None, ...]
    step: int
    left_out: int


def months(
    happenings: Sequence[Happening], *, look: Look | None = None, title: str = "Meetings per month by pair"
) -> str:
    """
    The meetings of each pair of parties, month by month: held ones filled, planned ones hollow.

    A meeting of several parties counts for each pair of them. The pairs that meet most come first; what is
    drawn of how many is said below. A meeting whose date leaves the month open counts in none, and is told.
    A long time without meetings is cut out. Where there are more than sixty bars, each stands for a quarter,
    a year and so on, as the heading says.
    """
    look = look or Look()
    counts = _count(happenings)
    totals: Counter[Pair] = Counter()
    for (pair, _), n in (counts.done + counts.ahead).items():
        totals[pair] += n
    ordered = sorted(totals, key=lambda pair: (-totals[pair], pair))
    shown = ordered[:_TOP]
    highest = max([counts.done[k] + counts.ahead[k] for k in {*counts.done, *counts.ahead}], default=1)
    if counts.step > 1:
        title = title.replace("per month", f"per {_STEP_WORDS[counts.step]}")
    left, right = label_width(look) + 30, look.width - 14.0
    slot = min((right - left) / max(len(counts.bars), 1), 40.0)
    right = left + slot * max(len(counts.bars), 1)
    bottom = _HEAD + _ROW * len(shown)
    parts = [heading(title, look), *_key()]
    for n, pair in enumerate(shown):
        parts.append(_row(pair, _HEAD + _ROW * n, counts, highest, (left, right, slot), look))
    parts += _axis(counts, bottom, left, slot)
    notes = []
    if len(ordered) > len(shown):
        notes.append(f"{counted(len(ordered) - len(shown), 'more pair')} not drawn")
    if counts.left_out:
        notes.append(f"{counted(counts.left_out, 'meeting')} whose month is open not counted")
    if not shown:
        notes.append("no meetings with a month")
    foot, height = footer(notes, bottom + 20, look)
    parts += foot
    description = "; ".join([_in_words(pair, totals[pair]) for pair in shown] + notes)
    return frame(look, height, title=title, description=description, parts=parts)


def _in_words(pair: Pair, total: int) -> str:
    return f"{_name(pair)}: {counted(total, 'meeting')}"


def _name(pair: Pair) -> str:
    return " – ".join(name_of(code) for code in pair)


def _count(happenings: Sequence[Happening]) -> _Counts:
    found: list[tuple[int, Happening, bool]] = []
    left_out = 0
    for happening in happenings:
        status = happening.text("status")
        if happening.type is not EventType.MEETING or status not in MET | AHEAD:
            continue
        month = _month(extent(happening))
        if month is None:
            left_out += 1
        else:
            found.append((month, happening, status in MET))
    numbers = [month for month, _, _ in found]
    step = next((s for s in _STEPS if len(_bars(numbers, s)) <= _LONGEST), _STEPS[-1])
    done: Counter[tuple[Pair, int]] = Counter()
    ahead: Counter[tuple[Pair, int]] = Counter()
    for month, happening, took_place in found:
        for pair in pairs_of(happening.many("parties")):
            (done if took_place else ahead)[pair, month // step] += 1
    return _Counts(done, ahead, _bars(numbers, step), step, left_out)


def _bars(months: Sequence[int], step: int) -> tuple[int | None, ...]:
    """The bars between the first and the last of some months, None for a long run without any."""
    wanted = sorted({month // step for month in months})
    found: list[int | None] = list(wanted[:1])
    for before, after in pairwise(wanted):
        found += range(before + 1, after + 1) if after - before <= _EMPTY else [None, after]
    return tuple(found)


def _month(days: Extent | None) -> int | None:
    """The month of a date as a number; None where its days are open or lie in several months."""
    if days is None or days.open_start or days.open_end:
        return None
    low, high = days.first, days.last
    return low.year * 12 + low.month - 1 if (low.year, low.month) == (high.year, high.month) else None


def _key() -> list[str]:
    return [
        rect(10, 36, 10, 10, "dg-mark dg-meeting"),
        text(26, 45, "took place", "dg-dim dg-small"),
        rect(98, 36, 10, 10, "dg-mark dg-meeting dg-hollow"),
        text(114, 45, "ahead", "dg-dim dg-small"),
    ]


def _row(
    pair: Pair,
    top: float,
    counts: _Counts,
    highest: int,
    edges: tuple[float, float, float],
    look: Look,
) -> str:
    left, right, slot = edges
    base, room = top + _ROW - 8, _ROW - 18
    names = wrapped(_name(pair), label_width(look) - 20, 2)
    href = look.pair(" ".join(pair)) if look.pair else None
    label = group(
        [text(10, base - 15 * (len(names) - 1 - k), name) for k, name in enumerate(names)], href=href
    )
    parts = [label, line(left, base, right, base, "dg-axis")]
    parts.append(text(left - 8, top + 16, str(highest), "dg-dim dg-small dg-end"))
    parts.append(line(left, base - room, right, base - room, "dg-grid"))
    width = max(min(slot * 0.72, 26), 1.5)
    for n, bar in enumerate(counts.bars):
        if bar is None:
            x = left + slot * (n + 0.5)
            parts += [
                line(x - 4, base + 5, x, base - 5, "dg-axis"),
                line(x, base + 5, x + 4, base - 5, "dg-axis"),
            ]
            continue
        done, ahead = counts.done[pair, bar], counts.ahead[pair, bar]
        if not done + ahead:
            continue
        x = left + slot * (n + 0.5) - width / 2
        high, more = room * done / highest, room * ahead / highest
        shapes = []
        if done:
            shapes.append(rect(x, base - high, width, high, "dg-mark dg-meeting"))
        if ahead:
            shapes.append(rect(x, base - high - more, width, more, "dg-mark dg-meeting dg-hollow"))
        held = f"{done} took place" if done else ""
        planned = f"{ahead} ahead" if ahead else ""
        words = f"{_when(bar, counts.step)}: {_name(pair)}: {', '.join(filter(None, (held, planned)))}"
        parts.append(group(shapes, title=words))
    return group(parts)


def _when(bar: int, step: int) -> str:
    month = bar * step
    year = month // 12
    if step == 1:
        return f"{date(2000, month % 12 + 1, 1):%B} {year}"
    if step == 3:
        return f"{year}, quarter {month % 12 // 3 + 1}"
    return str(year) if step == 12 else f"{year}–{year + step // 12 - 1}"


def _axis(counts: _Counts, bottom: float, left: float, slot: float) -> list[str]:
    """Labels of the bars, as many as have room; the first after a cut before others."""
    cuts = {n + 1 for n, bar in enumerate(counts.bars) if bar is None} | {0}
    found: dict[float, str] = {}
    for n in sorted(range(len(counts.bars)), key=lambda n: (n not in cuts, n)):
        bar, x = counts.bars[n], left + slot * (n + 0.5)
        if bar is not None and all(abs(x - other) >= 62 for other in found):
            found[x] = _short(bar, counts.step)
    return [text(x, bottom + 12, label, "dg-dim dg-small dg-middle") for x, label in sorted(found.items())]


def _short(bar: int, step: int) -> str:
    month = bar * step
    year = month // 12
    return str(year) if step >= 12 else f"{date(2000, month % 12 + 1, 1):%b} {year}"
