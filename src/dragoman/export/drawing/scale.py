"""Days on a line: linear, with long stretches in which nothing happens cut out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dragoman.model import Happening
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf

_CUT = 34.0  # pixels that a stretch takes that is cut out
_LEAST = 75  # days without an event before one is cut out
_SHARE = 0.12  # and the share that it must be of the days on which all but a few events lie
_FEW = 0.05  # of the events on either side
_CUTS = 6  # at most
_PIECE = 75.0  # pixels that there must be for each stretch
_AIR = 0.04  # beside the first and the last event of a stretch
_FADE = timedelta(days=20)  # how far an open end is drawn

_TICK = 84.0  # pixels between two labels of the axis


@dataclass(frozen=True, slots=True)
class Extent:
    """
    The days that a date leaves open.

    Attributes:
        first, last: bounds; an open end lies a little beside the known one.
        open_start, open_end: whether the date is open there.
        about: whether it is "about".
    """

    first: date
    last: date
    open_start: bool = False
    open_end: bool = False
    about: bool = False

    @property
    def is_day(self) -> bool:
        """Whether the day is certain."""
        return self.first == self.last and not (self.open_start or self.open_end)

    @property
    def anchor(self) -> date:
        """Where its mark stands: at the day that is known, in the middle of an interval."""
        if self.open_start:
            return self.last
        if self.open_end:
            return self.first
        return self.first + (self.last - self.first) / 2


def extent(happening: Happening) -> Extent | None:
    """The days of a happening; None where it has no date or its year is not known."""
    return extent_of(happening.text("date"))


def extent_of(edtf: str | None) -> Extent | None:
    """The days of a date, None where nothing can be drawn."""
    value = Edtf.parse(edtf)
    bounds = value.bounds if value and value.year_known else None
    if value is None or bounds is None:
        return None
    low, high = bounds
    open_start, open_end = low == FAR_PAST, high == FAR_FUTURE
    if open_start and open_end:
        return None
    if open_start:
        low = max(FAR_PAST, high - min(_FADE, high - FAR_PAST))
    if open_end:
        high = low + min(_FADE, FAR_FUTURE - low)
    return Extent(low, high, open_start, open_end, value.about)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that lie on a piece of the line."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day of it lies."""
        days = max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * (day - self.first).days / days


@dataclass(frozen=True, slots=True)
class Scale:
    """Stretches in order; between two of them days are cut out."""

    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, extents: Sequence[Extent], left: float, right: float) -> Scale:
        """The scale that shows all of these days between two edges."""
        spans = _joined(sorted((e.first, e.last) for e in extents))
        anchors = sorted(e.anchor for e in extents)
        gaps = sorted(
            ((after[0] - before[1]).days, n) for n, (before, after) in enumerate(pairwise(spans), 1)
        )
        least = max(_LEAST, _usual_days(anchors) * _SHARE)
        most = max(0, min(_CUTS, int((right - left) / _PIECE) - 1))
        cuts = sorted(n for days, n in gaps[len(gaps) - most :] if days > least)
        runs = [(spans[first][0], spans[last - 1][1]) for first, last in pairwise((0, *cuts, len(spans)))]
        counts = [sum(low <= day <= high for day in anchors) for low, high in runs]
        return cls(tuple(_placed(runs, counts, left, right)))

    def x(self, day: date) -> float:
        """Where a day lies; one that is cut out lies in the middle of the cut."""
        for before, after in pairwise(self.stretches):
            if before.last < day < after.first:
                return (before.right + after.left) / 2
        fitting = [s for s in self.stretches if s.first <= day <= s.last]
        if fitting:
            return fitting[0].x(day)
        return self.stretches[0].left if day < self.stretches[0].first else self.stretches[-1].right

    def shows(self, day: date) -> bool:
        """Whether a day is on the line."""
        return any(stretch.first <= day <= stretch.last for stretch in self.stretches)

    @property
    def cuts(self) -> list[tuple[float, float]]:
        """Edges of the pieces between stretches."""
        return [(before.right, after.left) for before, after in pairwise(self.stretches)]

    def ticks(self) -> list[tuple[float, str]]:
        """Places and labels of an axis, none nearer to the next than its label is wide."""
        found: list[tuple[float, str]] = []
        for stretch in self.stretches:
            for day, label in _ticks(stretch):
                x = stretch.x(day)
                if not found or x - found[-1][0] >= _TICK * 0.8:
                    found.append((x, label))
        return found


def _joined(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans in order without overlaps."""
    found: list[tuple[date, date]] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _usual_days(anchors: Sequence[date]) -> int:
    """How many days all but a few events span: one treaty of 1774 must not squeeze a year of talks."""
    few = int(len(anchors) * _FEW)
    return max((anchors[len(anchors) - 1 - few] - anchors[few]).days, 1)


def _placed(
    runs: Sequence[tuple[date, date]], counts: Sequence[int], left: float, right: float
) -> Iterable[Stretch]:
    """Stretches with air beside them, the wider the longer they are and the more events they hold."""
    padded = []
    for first, last in runs:
        air = timedelta(days=max(2, round((last - first).days * _AIR)))
        padded.append((max(first, FAR_PAST + air) - air, min(last, FAR_FUTURE - air) + air))
    room = right - left - _CUT * (len(padded) - 1)
    lengths = [(last - first).days for first, last in padded]
    least = min(60.0, room / len(padded) / 2)
    spare = room - least * len(padded)
    at = left
    for (first, last), length, count in zip(padded, lengths, counts, strict=True):
        share = (length / sum(lengths) + count / max(sum(counts), 1)) / 2
        width = least + spare * share
        yield Stretch(first, last, at, at + width)
        at += width + _CUT


_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)  # months


def _ticks(stretch: Stretch) -> Iterable[tuple[date, str]]:
    """Days to label: some days of a short stretch, first days of months, quarters or years of a long one."""
    days = max((stretch.last - stretch.first).days, 1)
    room = max(1, int((stretch.right - stretch.left) / _TICK))
    if days < 45:
        step = max(1, -(-days // room))
        start = stretch.first + timedelta(days=min(2, days // 2))
        return [
            (day, f"{day.day} {day:%b} {day.year}")
            for n in range(room)
            if (day := _later(start, n * step)) <= stretch.last
        ]
    wanted = next((n for n, step in enumerate(_STEPS) if days / 30.44 / step <= room), len(_STEPS) - 1)
    finer = (_firsts(stretch, step) for step in _STEPS[wanted::-1])
    return next(filter(None, finer), [])[:room]


def _firsts(stretch: Stretch, step: int) -> list[tuple[date, str]]:
    """The first days of every so many months that lie in a stretch."""
    found = []
    index = stretch.first.year * 12 + stretch.first.month - 1
    index += -index % step
    while index // 12 <= 9999 and (day := date(index // 12 or 1, index % 12 + 1, 1)) <= stretch.last:
        if day >= stretch.first:
            found.append((day, str(day.year) if step >= 12 else f"{day:%b} {day.year}"))
        index += step
    return found


def _later(day: date, days: int) -> date:
    return day + min(timedelta(days=days), FAR_FUTURE - day)
