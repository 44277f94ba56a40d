"""Calendar points as TIMEX3 values and as EDTF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.model.edtf import Moment, days_in
from dragoman.temporal.days import season_edtf

LAST_YEAR = 9999  # EDTF of level 0 and 1 has years of four digits


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the calendar, as fine as is known; years before our era are negative: 264 BC is -264."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str = ""
    part: str = ""
    clock: str = ""

    @classmethod
    def of(cls, day: date) -> Point:
        """The point of a day."""
        return cls(day.year, day.month, day.day)

    @property
    def date(self) -> date | None:
        """The day, where the point is one of our era."""
        if self.year is None or self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        return date(self.year, self.month, self.day) if self.day <= days_in(self.year, self.month) else None

    @property
    def value(self) -> str:
        """TIMEX3 value: "1861-02-07", "1941-SU", "BC0264", "XXXX-11-09", "1865-04-15TMO"."""
        year = "XXXX" if self.year is None else f"BC{-self.year:04}" if self.year < 0 else f"{self.year:04}"
        tail = self.clock or (f"T{self.part}" if self.part else "")
        if self.season:
            return f"{year}-{self.season}{tail}"
        if self.month is None and self.day is None:
            return f"{year}-XX-XX{tail}" if tail else year
        month = "XX" if self.month is None else f"{self.month:02}"
        if self.day is None:
            return f"{year}-{month}-XX{tail}" if tail else f"{year}-{month}"
        return f"{year}-{month}-{self.day:02}{tail}"

    @property
    def edtf(self) -> str | None:
        """EDTF of the day, month, season or year; None where neither year nor month is known."""
        if (self.day is not None and self.month is None) or abs(self.year or 0) > LAST_YEAR:
            return None
        if self.season:
            return season_edtf(self.year, self.season) if self.year is not None else None
        if self.year is None and self.month is None:
            return None
        if (
            self.day is not None
            and self.month is not None
            and self.day > days_in(self.astronomical, self.month)
        ):
            return None
        return str(Moment(self.astronomical, self.month, self.day))

    @property
    def astronomical(self) -> int | None:
        """The year as EDTF counts: 1 BC is year 0."""
        return self.year + 1 if self.year is not None and self.year < 0 else self.year


def century_value(century: str, *, bc: bool) -> str:
    """TIMEX2 value of a century: its years' first two digits."""
    return f"BC{century}" if bc else century


def years_edtf(first: int, last: int) -> str | None:
    """A run of whole years of our era as an interval."""
    if not 0 < first <= last <= 9999:
        return None
    return f"{first:04}/{last:04}" if last > first else f"{first:04}"
