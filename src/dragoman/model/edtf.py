"""
Dates as precise as the words, in EDTF (ISO 8601-2), with their earliest and latest day.

The forms of the codebook and no others: ``2022``, ``2022-01``, ``2022-01-21``, intervals of these
(``2022-01-10/2022-01-12``), open ends (``../2022-01-13``, ``2022-01-13/..``), an unknown year
(``XXXX-11-09``, ``XXXX-11``), ``~`` for "about", and years before our era (``-0263`` is 264 BC). Parsing
declines everything else with None. A value of unknown year has the bounds of the leap year
``ANY_YEAR``, which stands for any year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

FAR_PAST = date.min
FAR_FUTURE = date.max
ANY_YEAR = 4  # a leap year, so that XXXX-02-29 has bounds

_MOMENT = re.compile(
    r"(?P<year>-?\d{4}|XXXX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<about>~)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, month or day; ``year`` None where it is not known, negative before our era."""

    year: int | None
    month: int | None = None
    day: int | None = None
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> Moment | None:
        """The moment that ``text`` writes, or None where it is none (also "2022-02-30" and bare "XXXX")."""
        match = _MOMENT.fullmatch(text)
        if match is None or match["year"] == "-0000":
            return None
        year = None if match["year"] == "XXXX" else int(match["year"])
        month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
        if year is None and month is None:
            return None
        if month is not None and not 1 <= month <= 12:
            return None
        if day is not None and month is not None and not 1 <= day <= days_in(year, month):
            return None
        return cls(year, month, day, match["about"] is not None)

    def __str__(self) -> str:
        """The moment in EDTF."""
        year = "XXXX" if self.year is None else f"{'-' if self.year < 0 else ''}{abs(self.year):04}"
        tail = "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{year}{tail}{'~' if self.about else ''}"

    @property
    def bounds(self) -> tuple[date, date] | None:
        """First and last day, None outside the years 1 to 9999."""
        year = ANY_YEAR if self.year is None else self.year
        if not date.min.year <= year <= date.max.year:
            return None
        if self.month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if self.day is None:
            return date(year, self.month, 1), date(year, self.month, days_in(year, self.month))
        return date(year, self.month, self.day), date(year, self.month, self.day)

    @property
    def grain(self) -> str:
        """How fine it is: "year", "month" or "day"."""
        return "year" if self.month is None else "month" if self.day is None else "day"


@dataclass(frozen=True, slots=True)
class Edtf:
    """
    A moment, or an interval between two.

    Attributes:
        start: the moment, or the interval's first; None where the interval is open ("..").
        end: the interval's last moment, None where open; equal to ``start`` for a single moment.
        interval: whether it is written with a slash.
    """

    start: Moment | None
    end: Moment | None
    interval: bool = False

    @classmethod
    @lru_cache(maxsize=4096)  # the same few thousand dates are read again and again
    def parse(cls, text: str | None) -> Edtf | None:
        """The date that ``text`` writes, or None where it is none of the codebook's forms."""
        if not text:
            return None
        first, slash, last = text.partition("/")
        if not slash:
            moment = Moment.parse(first)
            return cls(moment, moment) if moment else None
        ends = [None if part == ".." else Moment.parse(part) for part in (first, last)]
        if any(
            end is None and part != ".." for end, part in zip(ends, (first, last), strict=True)
        ) or ends == [None, None]:
            return None
        value = cls(ends[0], ends[1], interval=True)
        bounds = value.bounds
        return value if bounds is None or bounds[0] <= bounds[1] else None

    def __str__(self) -> str:
        """The date in EDTF; parsing it gives the same value."""
        if not self.interval:
            return str(self.start)
        return "/".join(".." if end is None else str(end) for end in (self.start, self.end))

    @property
    def bounds(self) -> tuple[date, date] | None:
        """Earliest and latest day; ends that are open or out of reach of the calendar lie at its ends."""
        if not self.interval:
            return self.start.bounds if self.start else None
        low = self.start.bounds if self.start else None
        high = self.end.bounds if self.end else None
        return (low[0] if low else FAR_PAST), (high[1] if high else FAR_FUTURE)

    @property
    def year_known(self) -> bool:
        """Whether every end that is given has a year."""
        return all(end.year is not None for end in (self.start, self.end) if end is not None)

    @property
    def about(self) -> bool:
        """Whether any end is approximate."""
        return any(end.about for end in (self.start, self.end) if end is not None)

    @property
    def days(self) -> int | None:
        """How many days it spans, None where an end is open or out of reach."""
        bounds = self.bounds
        if bounds is None or FAR_PAST in bounds or FAR_FUTURE in bounds:
            return None
        return (bounds[1] - bounds[0]).days + 1


def days_in(year: int | None, month: int) -> int:
    """Days of a month, in the proleptic Gregorian calendar; 29 for February of an unknown year."""
    if year is None:
        year = ANY_YEAR
    return monthrange(year % 400 + 400, month)[1]  # the calendar repeats every 400 years


def bounds(edtf: str | None) -> tuple[date, date] | None:
    """Earliest and latest day of an EDTF string, or None."""
    value = Edtf.parse(edtf)
    return value.bounds if value else None


def span_edtf(low: date | None, high: date | None) -> str | None:
    """
    The shortest EDTF for the days from ``low`` to ``high``; None on a side leaves it open.

    A whole year is "2022", a whole month "2022-01", whole months "2022-01/2022-03".
    """
    if low is None or high is None:
        if low is None and high is None:
            return None
        return f"{low.isoformat() if low else '..'}/{high.isoformat() if high else '..'}"
    if low > high:
        return None
    if low == high:
        return low.isoformat()
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        return f"{low.year:04}" if low.year == high.year else f"{low.year:04}/{high.year:04}"
    if low.day == 1 and high.day == days_in(high.year, high.month):
        first, last = f"{low:%Y-%m}".zfill(7), f"{high:%Y-%m}".zfill(7)
        return first if first == last else f"{first}/{last}"
    return f"{low.isoformat()}/{high.isoformat()}"


def approximate(edtf: str | None) -> str | None:
    """The same date marked "about": "2022-01-21~"; both ends of an interval are marked."""
    value = Edtf.parse(edtf)
    if value is None:
        return None
    start = replace(value.start, about=True) if value.start else None
    end = replace(value.end, about=True) if value.end else None
    return str(Edtf(start, end, interval=value.interval))


def compatible(left: str | None, right: str | None) -> bool:
    """
    Whether two dates can both hold of one happening: they share a day, or one says nothing.

    Where a year is unknown on either side only months and days are compared.
    """
    one, two = Edtf.parse(left), Edtf.parse(right)
    if one is None or two is None:
        return True
    first, second = one.bounds, two.bounds
    if first is None or second is None:
        return first is not None or second is not None or one == two
    if one.year_known and two.year_known:
        return first[0] <= second[1] and second[0] <= first[1]
    return bool(_year_days(one) & _year_days(two))


def intersection(left: str | None, right: str | None) -> str | None:
    """
    What two dates of one happening say together, None where they exclude each other.

    A side that says nothing leaves the other as it is; an unknown year takes the other's where the
    other's span decides it ("XXXX-01-10" with "2021-12-17/2022-01-31" is 2022-01-10).
    """
    one, two = Edtf.parse(left), Edtf.parse(right)
    if one is None or two is None:
        return left if two is None else right
    if not (one.year_known and two.year_known):
        return _with_year(one, two)
    first, second = one.bounds, two.bounds
    if first is None or second is None:
        return left if left == right else None
    low, high = max(first[0], second[0]), min(first[1], second[1])
    if low > high:
        return None
    if (low, high) == first:
        return left
    if (low, high) == second:
        return right
    return span_edtf(None if low == FAR_PAST else low, None if high == FAR_FUTURE else high)


def finer(left: str | None, right: str | None) -> bool:
    """Whether ``left`` spans fewer days than ``right``; a date is finer than none."""
    one, two = Edtf.parse(left), Edtf.parse(right)
    if one is None or two is None:
        return one is not None
    return (one.days or FAR_FUTURE.toordinal()) < (two.days or FAR_FUTURE.toordinal())


def years_that_fit(month: int, day: int | None, low: date, high: date) -> list[int]:
    """Years in which that day, or some day of that month, lies between ``low`` and ``high``."""
    fitting = []
    for year in range(low.year, high.year + 1):
        moment = Moment(year, month, day)
        span = moment.bounds if day is None or day <= days_in(year, month) else None
        if span and span[0] <= high and low <= span[1]:
            fitting.append(year)
    return fitting


def _year_days(value: Edtf) -> frozenset[int]:
    """Days of the year that a date touches, as month * 100 + day."""
    span = value.bounds
    if span is None or (span[1] - span[0]).days >= 366 or not (value.start and value.end):
        return frozenset(range(101, 1232))
    return frozenset(
        day.month * 100 + day.day
        for day in map(date.fromordinal, range(span[0].toordinal(), span[1].toordinal() + 1))
    )


def _with_year(one: Edtf, two: Edtf) -> str | None:
    """The intersection where at least one year is unknown."""
    if one.year_known:
        one, two = two, one
    if not compatible(str(one), str(two)):
        return None
    if not two.year_known:
        return str(one) if finer(str(one), str(two)) else str(two)
    span = two.bounds
    if span is None or one.interval or one.start is None or one.start.month is None:
        return str(two)
    if span[0] == FAR_PAST or span[1] == FAR_FUTURE:
        return str(one)
    years = years_that_fit(one.start.month, one.start.day, *span)
    if len(years) != 1:
        return str(one)
    return intersection(str(replace(one.start, year=years[0])), str(two))
