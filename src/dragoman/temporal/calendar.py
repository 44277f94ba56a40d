"""Dates of the calendar: days, months, weekdays, seasons, decades, holidays."""

# ruff: noqa: ARG001 - rules of a table share one signature

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.model.edtf import days_in, span_edtf
from dragoman.temporal.days import easter, iso, nearest_weekday, season_span, shift_days, shift_month, week_of
from dragoman.temporal.meaning import Expression, Meaning
from dragoman.temporal.reading import Answer, Reading
from dragoman.temporal.tense import Tense
from dragoman.temporal.values import Point, century_value, years_edtf
from dragoman.temporal.years import resolve_yearless, year_tied


def resolve_date(reading: Reading, index: int, expression: Expression) -> Answer:
    """A calendar date by the parts that its words give."""
    meaning = expression.meaning
    if meaning.decade:
        return _decade(meaning)
    if meaning.century:
        return _century(meaning)
    if meaning.half or meaning.quarter:
        return _part_of_year(reading, expression)
    if meaning.year is not None:
        return resolve_dated(meaning, expression)
    if meaning.season:
        return resolve_season(reading, expression)
    if meaning.month is not None:
        return resolve_yearless(reading, index, expression)
    if meaning.weekday is not None:
        return resolve_weekday(reading, expression)
    return _day_of_month(reading, expression)


def resolve_dated(meaning: Meaning, expression: Expression) -> Answer:
    """A date whose words give the year."""
    point = Point(meaning.year, meaning.month, meaning.day, meaning.season, meaning.part)
    return Answer(point.value, point.edtf, "timex.absolute", "the words give the year", point=point)


def _decade(meaning: Meaning) -> Answer:
    value = century_value(meaning.decade, bc=meaning.bc)
    first = int(meaning.decade) * 10
    edtf = None if meaning.bc else years_edtf(first, first + 9)
    return Answer(value, edtf, "timex.decade", "a decade, as its ten years")


def _century(meaning: Meaning) -> Answer:
    value = century_value(meaning.century, bc=meaning.bc)
    first = int(meaning.century) * 100 + 1
    edtf = None if meaning.bc else years_edtf(first, first + 99)
    return Answer(value, edtf, "timex.century", "a century, as its hundred years")


def _part_of_year(reading: Reading, expression: Expression) -> Answer:
    meaning = expression.meaning
    reached = reading.story_point(expression, sentences=2)
    year = meaning.year if meaning.year is not None else reached.year if reached else None
    letters = meaning.half or f"Q{meaning.quarter}"
    if meaning.month is not None:
        point = Point(year, meaning.month)
        return Answer(
            point.value, point.edtf, "timex.part-of-month", "part of a month, as the month", point=point
        )
    if year is None:
        return Answer(f"XXXX-{letters}", None, "timex.undecided", "no year is known")
    first = 1 if letters == "H1" else 7 if letters == "H2" else 3 * int(meaning.quarter) - 2
    length = 6 if meaning.half else 3
    edtf = (
        span_edtf(date(year, first, 1), date(year, first + length - 1, days_in(year, first + length - 1)))
        if 1 <= first <= 10 and year > 0
        else None
    )
    return Answer(
        f"{year:04}-{letters}", edtf, "timex.part-of-year", "part of a year, as its months", point=Point(year)
    )


def _day_of_month(reading: Reading, expression: Expression) -> Answer:
    """ "the 15th": of the month reached, else of the month of publication."""
    meaning = expression.meaning
    reached = reading.story_point(expression, sentences=2)
    if meaning.day is None:
        return Answer("XXXX", None, "timex.undecided", "the words name no date")
    if reached is not None and reached.month is not None and reached.year is not None:
        month_days = days_in(reached.astronomical, reached.month)
        if meaning.day <= month_days:
            point = Point(reached.year, reached.month, meaning.day)
            return Answer(
                point.value,
                point.edtf,
                "timex.day-of-month",
                "a day of the month reached",
                "previous",
                reading.words(reading.previous_at),
                point,
            )
    day = reading.dct.day
    if day is not None and not meaning.relative and meaning.day <= days_in(day.year, day.month):
        ahead = reading.tense(expression) is Tense.FUTURE
        year, month = day.year, day.month
        if ahead and meaning.day < day.day:
            year, month = shift_month(year, month, 1)
        elif not ahead and meaning.day > day.day:
            year, month = shift_month(year, month, -1)
        if meaning.day <= days_in(year, month):
            point = Point(year, month, meaning.day)
            return Answer(
                point.value,
                point.edtf,
                "timex.day-of-month",
                "a day of the month around publication",
                "dct",
                point=point,
            )
    return Answer(f"XXXX-XX-{meaning.day:02}", None, "timex.undecided", "no month is known")


def resolve_weekday(reading: Reading, expression: Expression) -> Answer:
    """
    A bare weekday: by the tense, at most six days from publication; "next", "last" and "this" by
    their sense.
    """
    meaning = expression.meaning
    weekday = meaning.weekday or 1
    open_value = f"XXXX-WXX-{weekday}{'T' + meaning.part if meaning.part else ''}"
    if meaning.relative == "that":
        return Answer(open_value, None, "timex.undecided", "the text does not say which week")
    rule, note, compute = _weekday_rule(reading, expression, weekday)
    edtf = reading.agreed(lambda day: iso(compute(day)))
    if edtf is None:
        why = "the report's own date is not known" if not reading.dct.ends else "the tense does not decide"
        return Answer(open_value, None, "timex.undecided", why)
    point = replace(Point.of(date.fromisoformat(edtf)), part=meaning.part)
    spans = reading.verb(expression) if "publication" in rule else ()
    return Answer(point.value, edtf, rule, note, "dct", spans, point)


def _weekday_rule(
    reading: Reading, expression: Expression, weekday: int
) -> tuple[str, str, Callable[[date], date | None]]:
    """The rule's name, its note and the day it gives for a day of publication."""
    relative = expression.meaning.relative
    if relative in {"last-week", "this-week", "next-week"}:
        offset = {"last-week": -7, "this-week": 0, "next-week": 7}[relative]
        return (
            f"timex.weekday.{relative}",
            "that day of the week named",
            lambda day: shift_days(week_of(day)[0], offset + weekday - 1),
        )
    if relative == "last":
        return (
            "timex.weekday.last",
            "the nearest one before publication",
            lambda day: nearest_weekday(day - timedelta(1), weekday, ahead=False),
        )
    if relative == "next":
        return (
            "timex.weekday.next",
            "the nearest one after publication",
            lambda day: nearest_weekday(day + timedelta(1), weekday, ahead=True),
        )
    tense = reading.tense(expression)
    if relative == "this":
        tense = {None: Tense.FUTURE, Tense.PRESENT: None}.get(tense, tense)
    if tense is Tense.PRESENT and reading.headline(expression):
        tense = None
    if tense is Tense.PAST:
        return (
            "timex.weekday.before-publication",
            "past tense: the nearest one up to publication",
            lambda day: nearest_weekday(day, weekday, ahead=False),
        )
    if tense in {Tense.FUTURE, Tense.PRESENT}:
        words = "future tense" if tense is Tense.FUTURE else "present tense of a plan"
        return (
            "timex.weekday.after-publication",
            f"{words}: the nearest one from publication on",
            lambda day: nearest_weekday(day, weekday, ahead=True),
        )
    return (
        "timex.weekday.of-publication",
        "the day of publication itself",
        lambda day: day if day.isoweekday() == weekday else None,
    )


def resolve_season(reading: Reading, expression: Expression) -> Answer:
    """A season without a year: of the narrative's year, or as seen from publication."""
    meaning = expression.meaning
    season = meaning.season
    point: Point
    if meaning.relative in {"this-year", "last-year", "next-year", "year"}:
        tied = year_tied(reading, 0, expression)
        if tied is not None:
            point = Point(tied[0], season=season, part=meaning.part)
            return Answer(point.value, point.edtf, tied[1], tied[2], tied[3], tied[4], point)
        return Answer(f"XXXX-{season}", None, "timex.undecided", "no year is known")
    if reading.narrative and reading.previous is not None and reading.previous.year is not None:
        year = reading.previous.year + (
            1
            if meaning.relative == "next"
            or (meaning.relative == "following" and _season_passed(reading.previous, season))
            else 0
        )
        point = Point(year, season=season)
        return Answer(
            point.value,
            point.edtf,
            "timex.story-year",
            "the year that the narrative has reached",
            "previous",
            reading.words(reading.previous_at),
            point,
        )
    if not meaning.relative and not expression.rule.endswith("season") and reading.dct.day is None:
        return Answer(f"XXXX-{season}", None, "timex.undecided", "no year is known")
    day = reading.dct.day
    if day is None:
        return Answer(f"XXXX-{season}", None, "timex.undecided", "no year is known")
    tense = reading.tense(expression)
    year = _season_year(day, season, meaning.relative, tense)
    low, high = season_span(year, season)
    point = Point(year, season=season)
    return Answer(
        point.value,
        span_edtf(low, high),
        "timex.season-by-publication",
        "the season as seen from publication",
        "dct",
        point=point,
    )


def _season_passed(point: Point, season: str) -> bool:
    """Whether the season of that year had begun by then."""
    month = point.month or {"SP": 3, "SU": 6, "FA": 9, "WI": 12}.get(point.season, 1)
    return month >= {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]


def _season_year(day: date, season: str, relative: str, tense: Tense | None) -> int:
    """The year in which the meant season begins."""
    spans = {year: season_span(year, season) for year in (day.year - 2, day.year - 1, day.year, day.year + 1)}
    inside = next((year for year, (low, high) in spans.items() if low <= day <= high), None)
    ended = max(year for year, (_, high) in spans.items() if high < day)
    coming = min(year for year, (low, _) in spans.items() if low > day)
    if relative == "last":
        return ended
    if relative in {"next", "following"}:
        return coming
    if inside is not None:
        return inside
    if tense is Tense.PAST:
        return ended
    return coming if tense in {Tense.FUTURE, Tense.PRESENT} or relative == "this" else ended


def resolve_holiday(reading: Reading, index: int, expression: Expression) -> Answer:
    """A holiday of fixed date, or Easter; the year as for a day without one."""
    meaning = expression.meaning
    name = meaning.value
    if name.startswith("EASTER"):
        offset = int(name.removeprefix("EASTER") or "0")
        year = meaning.year
        if year is None and reading.dct.day is not None:
            day, tense = reading.dct.day, reading.tense(expression)
            days = [easter(y) for y in (day.year - 1, day.year, day.year + 1) if 1 <= y <= 9999]
            past, coming = [d for d in days if d <= day], [d for d in days if d >= day]
            chosen = past[-1] if tense is Tense.PAST and past else coming[0] if tense and coming else None
            year = chosen.year if chosen else None
        if year is None or not 1583 <= year <= 9999:
            reached = reading.previous.year if reading.narrative and reading.previous else None
            return Answer(
                f"{reached}-XX-XX" if reached else "XXXX-XX-XX", None, "timex.undecided", "no year is known"
            )
        point = Point.of(easter(year) + timedelta(offset))
        return Answer(
            point.value, point.edtf, "timex.easter", "Easter of the Gregorian calendar", point=point
        )
    month, day_number = map(int, name.split("-"))
    dated = replace(meaning, kind="date", month=month, day=day_number)
    if meaning.year is not None:
        return resolve_dated(dated, expression)
    if (
        name == "01-01"
        and reading.narrative
        and reading.previous is not None
        and reading.previous.year is not None
    ):
        year = reading.previous.year + (1 if (reading.previous.month or 1) > 6 else 0)
        point = Point(year, 1, 1)
        return Answer(
            point.value,
            point.edtf,
            "timex.story-year",
            "the turn of the year reached",
            "previous",
            reading.words(reading.previous_at),
            point,
        )
    return resolve_yearless(reading, index, replace(expression, meaning=dated))
