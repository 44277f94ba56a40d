"""Expressions to dates, in order of the text: each by a named rule that says what it relied on."""

# ruff: noqa: ARG001 - rules of a table share one signature

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dragoman.temporal.calendar import resolve_date, resolve_holiday
from dragoman.temporal.meaning import Expression
from dragoman.temporal.reading import Answer, Reading
from dragoman.temporal.relative import resolve_deictic, resolve_shift, resolve_unit
from dragoman.temporal.values import Point

Rule = Callable[[Reading, int, Expression], Answer]


def resolve(reading: Reading) -> list[tuple[Expression, Answer]]:
    """An answer for every expression of the report, each in the context of those before it."""
    found: list[tuple[Expression, Answer]] = []
    for index, expression in enumerate(reading.expressions):
        answer = answer_of(reading, index, expression)
        found.append((expression, answer))
        if not reading.aside(index, expression, answer):
            reading.advance(expression, answer)
    return found


def answer_of(reading: Reading, index: int, expression: Expression) -> Answer:
    """What the rule for the expression's kind says."""
    return RULES[expression.meaning.kind](reading, index, expression)


def _clock(reading: Reading, index: int, expression: Expression) -> Answer:
    """A time of day: of the date beside it; the day only, as EDTF holds no finer."""
    meaning = expression.meaning
    text = reading.parsed.document.text
    if index + 1 < len(reading.expressions):
        following = reading.expressions[index + 1]
        gap = text[expression.end : following.start].strip().lower()
        if gap in {"", ",", "on", "of", "(", ", on"} and following.meaning.kind in {
            "date",
            "deictic",
            "unit",
        }:
            beside = answer_of(reading, index + 1, following)
            if beside.point is not None and beside.point.day is not None:
                point = replace(beside.point, clock=meaning.clock, part="")
                return Answer(
                    point.value,
                    point.edtf,
                    "timex.time-of-day",
                    "the time of the date beside it",
                    beside.anchor,
                    (reading.span(following),),
                    None,
                )
    reached = reading.story_point(expression, sentences=0)
    if reached is not None and reached.day is not None:
        return _of_day_reached(reading, replace(reached, clock=meaning.clock, part=""))
    return Answer(f"XXXX-XX-XX{meaning.clock}", None, "timex.undecided", "no day is reached")


def _of_day_reached(reading: Reading, point: Point) -> Answer:
    return Answer(
        point.value,
        point.edtf,
        "timex.time-of-day",
        "a time of the day reached",
        "previous",
        reading.words(reading.previous_at),
        point,
    )


def _part(reading: Reading, index: int, expression: Expression) -> Answer:
    """ "the morning": of the day reached in a narrative; "night" alone is of no day."""
    meaning = expression.meaning
    article = reading.parsed.document.text[expression.start : expression.start + 4].lower() == "the "
    reached = reading.story_point(expression, sentences=0) if article else None
    if reached is not None and reached.day is not None:
        return _of_day_reached(reading, replace(reached, part=meaning.part, clock=""))
    return Answer(f"XXXX-XX-XXT{meaning.part}", None, "timex.undecided", "no day is named")


_TIME_UNITS = {"TH": "H", "TM": "M", "TS": "S"}


def duration_value(count: str, unit: str) -> str:
    """TIMEX3 value of a length: "P90D", "PT2H", "PXM", "P2W" for a fortnight."""
    if unit == "FN":
        count = str(2 * int(count)) if count.isdigit() else count
        unit = "W"
    if unit in _TIME_UNITS:
        return f"PT{count}{_TIME_UNITS[unit]}"
    return f"P{count}{'D' if unit == 'NI' else unit}"


def _duration(reading: Reading, index: int, expression: Expression) -> Answer:
    meaning = expression.meaning
    return Answer(
        duration_value(meaning.count, meaning.unit), None, "timex.duration", "a length of time, no date"
    )


_SET_VALUES = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "TH": "XXXX-XX-XXTXX"}


def _set(reading: Reading, index: int, expression: Expression) -> Answer:
    meaning = expression.meaning
    value = meaning.value or ("" if meaning.count else _SET_VALUES.get(meaning.unit, ""))
    value = value or duration_value(meaning.count or "1", meaning.unit)
    return Answer(value, None, "timex.set", "something that recurs, no date")


def _ref(reading: Reading, index: int, expression: Expression) -> Answer:
    return Answer(expression.meaning.value, None, "timex.vague", "the words name no date")


RULES: Mapping[str, Rule] = {
    "date": resolve_date,
    "unit": resolve_unit,
    "shift": resolve_shift,
    "deictic": resolve_deictic,
    "holiday": resolve_holiday,
    "clock": _clock,
    "part": _part,
    "duration": _duration,
    "set": _set,
    "ref": _ref,
}
