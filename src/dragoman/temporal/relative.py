"""Words that count from the report's own day or from the time the text has reached."""

# ruff: noqa: ARG001 - rules of a table share one signature

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.model.edtf import span_edtf
from dragoman.temporal.days import iso, shift_days, shift_month, unit_span
from dragoman.temporal.meaning import Expression, Meaning
from dragoman.temporal.reading import Answer, Reading
from dragoman.temporal.values import Point, century_value, years_edtf

OPEN_VALUES = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "Q": "XXXX-QX",
    "DE": "XXX",
    "CE": "XX",
}


def resolve_deictic(reading: Reading, index: int, expression: Expression) -> Answer:
    """Today, yesterday, tomorrow: from the day of publication."""
    meaning = expression.meaning
    tail = f"T{meaning.part}" if meaning.part else ""
    edtf = reading.agreed(lambda day: iso(shift_days(day, meaning.offset)))
    if edtf is None:
        return Answer(f"XXXX-XX-XX{tail}", None, "timex.undecided", "the report's own date is not known")
    point = replace(Point.of(date.fromisoformat(edtf)), part=meaning.part)
    return Answer(
        point.value, edtf, "timex.deictic", "counted from the day of publication", "dct", point=point
    )


def resolve_unit(reading: Reading, index: int, expression: Expression) -> Answer:
    """This, last and next week, month, year; "the next day", "that year" from the time reached."""
    meaning = expression.meaning
    if meaning.anchor == "previous":
        return _unit_of_story(reading, expression)
    edtf = reading.agreed(lambda day: _unit_edtf(day, meaning))
    low = reading.dct.ends[0] if reading.dct.ends else None
    if edtf is not None and low is not None:
        span = unit_span(low, meaning.unit, meaning.offset)
        value = _unit_value(span[0], meaning) if span else OPEN_VALUES.get(meaning.unit, "")
        point = _unit_point(span[0], meaning) if span else None
        return Answer(
            value,
            edtf,
            "timex.unit-by-publication",
            "counted from the day of publication",
            "dct",
            point=point,
        )
    if reading.narrative and meaning.unit in {"Y", "M"} and reading.previous is not None:
        return _unit_of_story(reading, expression)
    open_value = OPEN_VALUES.get(meaning.unit, "") + (f"T{meaning.part}" if meaning.part else "")
    return Answer(open_value, None, "timex.undecided", "the report's own date is not known")


def _unit_edtf(day: date, meaning: Meaning) -> str | None:
    span = unit_span(day, meaning.unit, meaning.offset)
    return span_edtf(*span) if span else None


def _unit_value(first: date, meaning: Meaning) -> str:
    """TIMEX3 value of the unit that begins on ``first``."""
    iso = first.isocalendar()
    tail = f"T{meaning.part}" if meaning.part else ""
    return {
        "D": f"{first.isoformat()}{tail}",
        "W": f"{iso.year}-W{iso.week:02}",
        "FN": f"{iso.year}-W{iso.week:02}",
        "WE": f"{iso.year}-W{iso.week:02}-WE",
        "M": f"{first.year:04}-{first.month:02}",
        "Q": f"{first.year:04}-Q{(first.month + 2) // 3}",
        "Y": f"{first.year:04}",
        "DE": f"{first.year // 10:03}",
        "CE": f"{first.year // 100:02}",
    }.get(meaning.unit, "")


def _unit_point(first: date, meaning: Meaning) -> Point | None:
    """The time that the text has reached with the unit."""
    if meaning.unit == "D":
        return replace(Point.of(first), part=meaning.part)
    if meaning.unit == "M":
        return Point(first.year, first.month)
    return Point(first.year) if meaning.unit == "Y" else None


def _unit_of_story(reading: Reading, expression: Expression) -> Answer:
    """ "the next day", "the same month", "that year": from the time the text has reached."""
    meaning = expression.meaning
    reached, at = reading.story_point(expression, sentences=1), reading.previous_at
    if meaning.unit == "D":
        reached, at = reading.story_day(expression) or (None, None)
    undecided = Answer(
        OPEN_VALUES.get(meaning.unit, ""),
        None,
        "timex.undecided",
        "the text has reached no time to count from",
    )
    if meaning.unit in {"TH", "TM", "TS"}:
        return Answer("PRESENT_REF", None, "timex.undecided", "no time of day is reached")
    if meaning.unit != "D" and not meaning.offset and reading.dct.day is not None and _of_report(expression):
        reached = None
    if reached is None or reached.year is None:
        return _unit_of_report(reading, meaning) or undecided
    point = shift_point(reached, meaning.unit, meaning.offset)
    spans = reading.words(at)
    if point is not None:
        point = replace(point, part=meaning.part, season="", clock="")
        return Answer(
            point.value,
            point.edtf,
            "timex.unit-of-story",
            "counted from the time the text has reached",
            "previous",
            spans,
            point,
        )
    day = reached.date
    if meaning.unit in {"W", "WE", "DE", "CE", "Q"} and day is not None:
        span = unit_span(day, meaning.unit, meaning.offset)
        if span is not None:
            return Answer(
                _unit_value(span[0], meaning),
                span_edtf(*span),
                "timex.unit-of-story",
                "counted from the time the text has reached",
                "previous",
                spans,
            )
    if meaning.unit == "DE" and reached.year is not None:
        decade = abs(reached.year) // 10 + (meaning.offset if reached.year > 0 else -meaning.offset)
        edtf = years_edtf(decade * 10, decade * 10 + 9) if reached.year > 0 else None
        return Answer(
            century_value(f"{decade:03}", bc=reached.year < 0),
            edtf,
            "timex.unit-of-story",
            "counted from the time the text has reached",
            "previous",
            spans,
        )
    if meaning.unit == "D" and meaning.part:
        value = (
            f"{reached.year:04}-{'XX' if reached.month is None else f'{reached.month:02}'}-XXT{meaning.part}"
            if reached.year > 0
            else undecided.value
        )
        return replace(undecided, value=value)
    return undecided


def _of_report(expression: Expression) -> bool:
    """
    Whether the words ("the year", "earlier in the month") may speak of the report's own year or
    month.
    """
    return expression.rule.endswith(("the-unit-bare", "later-that-unit"))


def _unit_of_report(reading: Reading, meaning: Meaning) -> Answer | None:
    """
    "Since the start of the year", "earlier in the month", where the text has reached no other: those
    of publication.
    """
    day = reading.dct.day
    span = (
        unit_span(day, meaning.unit, 0)
        if day is not None and meaning.unit in {"Y", "M", "W"} and not meaning.offset
        else None
    )
    if span is None:
        return None
    return Answer(
        _unit_value(span[0], meaning),
        span_edtf(*span),
        "timex.unit-by-publication",
        "that of the day of publication",
        "dct",
        point=_unit_point(span[0], meaning),
    )


def shift_point(point: Point, unit: str, count: int) -> Point | None:
    """
    The point ``count`` units away, at the unit's grain; None where the point is coarser than the
    unit.
    """
    if point.year is None:
        return None
    if unit in {"DE", "CE"} and count:
        return Point(_add_years(point.year, count * (10 if unit == "DE" else 100)))
    if unit == "Y":
        return Point(_add_years(point.year, count))
    if unit == "M" and point.month is not None:
        astronomical = point.astronomical or point.year
        year, month = shift_month(astronomical, point.month, count)
        return Point(year if year > 0 else year - 1, month)
    day = point.date
    if unit in {"D", "NI"} and day is not None:
        moved = shift_days(day, count)
        return Point.of(moved) if moved else None
    return None


def _add_years(year: int, count: int) -> int:
    """Years across the turn of the era, where there is no year 0."""
    moved = (year + 1 if year < 0 else year) + count
    return moved if moved > 0 else moved - 1


def resolve_shift(reading: Reading, index: int, expression: Expression) -> Answer:
    """ "two days later", "three weeks ago"."""
    meaning = expression.meaning
    vague = "FUTURE_REF" if meaning.offset > 0 else "PAST_REF"
    if not meaning.count.isdigit():
        return Answer(vague, None, "timex.vague-distance", "the words give no number")
    count = int(meaning.count) * meaning.offset
    if abs(count) > 10_000 or meaning.unit in {"TH", "TM", "TS"}:
        return Answer(OPEN_VALUES["D"], None, "timex.undecided", "hours and minutes are not counted")
    if meaning.unit == "FN":
        meaning, count = replace(meaning, unit="W"), 2 * count
    if meaning.anchor == "dct" and reading.dct.day is not None:
        span = _shift_span(reading.dct.day, meaning.unit, count)
        if span is None:
            return Answer(OPEN_VALUES.get(meaning.unit, ""), None, "timex.undecided", "beyond the calendar")
        counted = replace(meaning, part="")
        return Answer(
            _unit_value(span[0], counted),
            span_edtf(*span),
            "timex.ago",
            "counted from the day of publication, at the unit's precision",
            "dct",
            point=_unit_point(span[0], counted),
        )
    reached, at = None, reading.previous_at
    if meaning.anchor == "previous" or reading.narrative:
        reached = reading.story_point(expression, sentences=2)
        if meaning.unit in {"D", "W", "NI"}:
            reached, at = reading.story_day(expression) or (None, None)
    if reached is None:
        return Answer(OPEN_VALUES.get(meaning.unit, ""), None, "timex.undecided", "nothing to count from")
    spans = reading.words(at)
    if meaning.unit == "W" and reached.date is not None:
        moved = shift_days(reached.date, 7 * count)
        if moved is not None:
            week = unit_span(moved, "W", 0)
            return Answer(
                _unit_value(moved, replace(meaning, unit="W")),
                span_edtf(*week) if week else None,
                "timex.distance",
                "counted from the time the text has reached",
                "previous",
                spans,
            )
    point = shift_point(reached, meaning.unit, count)
    if point is None:
        open_value = (
            f"{reached.year:04}-XX-XX"
            if meaning.unit == "D" and reached.year and reached.year > 0
            else OPEN_VALUES.get(meaning.unit, "")
        )
        return Answer(open_value, None, "timex.undecided", "the text has not reached a date as fine as this")
    return Answer(
        point.value,
        point.edtf,
        "timex.distance",
        "counted from the time the text has reached",
        "previous",
        spans,
        point,
    )


def _shift_span(day: date, unit: str, count: int) -> tuple[date, date] | None:
    return unit_span(day, "D" if unit == "NI" else unit, count)
