"""Arithmetic of days, weeks, months and seasons."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.model.edtf import days_in, span_edtf

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}  # meteorological, northern half
UNIT_DAYS = {"D": 1, "W": 7, "FN": 14}


def shift_days(day: date, days: int) -> date | None:
    """The day ``days`` away, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def iso(day: date | None) -> str | None:
    """A day as EDTF, None for none."""
    return day.isoformat() if day is not None else None


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day`` (clipped at the calendar's ends)."""
    monday = shift_days(day, -day.weekday()) or date.min
    return monday, shift_days(monday, 6) or date.max


def shift_month(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month ``months`` away."""
    total = year * 12 + (month - 1) + months
    return total // 12, total % 12 + 1


def unit_span(day: date, unit: str, offset: int) -> tuple[date, date] | None:
    """
    First and last day of the unit that is ``offset`` units from the one of ``day``; None beyond the
    calendar.
    """
    try:
        if unit == "D":
            target = day + timedelta(days=offset)
            return target, target
        if unit in {"W", "FN"}:
            monday, sunday = week_of(day + timedelta(days=offset * UNIT_DAYS[unit]))
            return monday, sunday
        if unit == "WE":
            monday, sunday = week_of(day + timedelta(days=7 * offset))
            return sunday - timedelta(days=1), sunday
        if unit == "M":
            year, month = shift_month(day.year, day.month, offset)
            return date(year, month, 1), date(year, month, days_in(year, month))
        if unit == "Q":
            year, month = shift_month(day.year, (day.month - 1) // 3 * 3 + 1, 3 * offset)
            last_year, last = shift_month(year, month, 2)
            return date(year, month, 1), date(last_year, last, days_in(last_year, last))
        if unit == "Y":
            return date(day.year + offset, 1, 1), date(day.year + offset, 12, 31)
        if unit == "DE":
            first = (day.year // 10 + offset) * 10
            return date(first, 1, 1), date(first + 9, 12, 31)
        if unit == "CE":
            first = (day.year // 100 + offset) * 100
            return date(first, 1, 1), date(first + 99, 12, 31)
    except (OverflowError, ValueError):
        return None
    return None


def season_span(year: int, season: str) -> tuple[date, date]:
    """Days of a season that begins in ``year``; winter runs into the next year."""
    first, last = SEASON_MONTHS[season]
    last_year = year + 1 if last < first else year
    return date(year, first, 1), date(last_year, last, days_in(last_year, last))


def season_edtf(year: int, season: str) -> str | None:
    """
    A season of ``year`` as whole months.

    "The winter of 1942" may mean either winter that touches the year; both are covered.
    """
    if not 1 <= year < 9999:
        return None
    low, high = season_span(year, season)
    return span_edtf(date(year, 1, 1) if season == "WI" else low, high)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lead = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * lead) // 451
    month, day = divmod(h + lead - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nearest_weekday(day: date, weekday: int, *, ahead: bool) -> date:
    """
    The ``weekday`` (1 Monday to 7 Sunday) nearest to ``day`` on one side; ``day`` itself counts.

    At most six days away.
    """
    step = (weekday - day.isoweekday()) % 7
    return day + timedelta(days=step) if ahead else day - timedelta(days=-step % 7)
