"""Which year a day or month without one falls in."""

# ruff: noqa: ARG001 - rules of a table share one signature

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dragoman.model.edtf import days_in
from dragoman.model.span import Span
from dragoman.temporal.context import FullDate
from dragoman.temporal.meaning import Expression, Meaning
from dragoman.temporal.reading import Answer, Reading
from dragoman.temporal.tense import Tense
from dragoman.temporal.values import Point

ROLL_OVER = 8  # months back at which a narrative is taken to have passed into the next year


NEAR_DAYS = 60  # a day without a year belongs to a full date of the text that is at most this far


FAR_PAST_DAYS, NEAR_FUTURE_DAYS = (
    240,
    62,
)  # a "past" date this long ago loses to one so soon: the tense misleads


Year = tuple[int, str, str, str, tuple[Span, ...]]


YearRule = Callable[[Reading, int, Expression], Year | None]


def resolve_yearless(reading: Reading, index: int, expression: Expression) -> Answer:
    """
    A month, or day and month, without a year: by what is tied to it, the text's chronology or the
    report's own date.
    """
    meaning = expression.meaning
    rules: tuple[YearRule, ...] = (
        year_tied,
        _year_shared,
        _year_said_before,
        _year_of_story,
        _year_by_near_date,
        _year_by_dct,
        _year_by_full_date,
    )
    for rule in rules:
        found = rule(reading, index, expression)
        if found is not None:
            year, name, note, anchor, spans = found
            point = Point(year, meaning.month, meaning.day, part=meaning.part)
            if (
                meaning.day is not None
                and meaning.month is not None
                and meaning.day > days_in(point.astronomical, meaning.month)
            ):
                break
            return Answer(point.value, point.edtf, name, note, anchor, spans, point)
    point = Point(None, meaning.month, meaning.day, part=meaning.part)
    return Answer(point.value, point.edtf, "timex.year-unknown", "nothing in the report gives the year")


def year_tied(reading: Reading, index: int, expression: Expression) -> Year | None:
    """ "August of that year", "last March", "next June"."""
    meaning = expression.meaning
    if meaning.relative == "year":
        reached = reading.previous
        if reached is None or reached.year is None:
            return None
        return (
            reached.year,
            "timex.that-year",
            "the year that the text has reached",
            "previous",
            reading.words(reading.previous_at),
        )
    if meaning.relative in {"this-year", "last-year", "next-year"}:
        offset = {"this-year": 0, "last-year": -1, "next-year": 1}[meaning.relative]
        day = reading.dct.day or _story_day(reading)
        if day is None:
            return None
        return (
            day.year + offset,
            f"timex.{meaning.relative}",
            "the year relative to the report's own",
            "dct",
            (),
        )
    day = reading.dct.day
    if meaning.relative not in {"last", "this", "next"} or day is None or meaning.month is None:
        return None
    same = day.year
    if meaning.relative == "last":
        year = same if meaning.month < day.month else same - 1
        return year, "timex.month-last", "the last such month that ended before publication", "dct", ()
    if meaning.relative == "this":
        return same, "timex.month-this", "that month of the year of publication", "dct", ()
    year = same if meaning.month > day.month else same + 1
    return year, "timex.month-next", "the next such month after publication", "dct", ()


def _story_day(reading: Reading) -> date | None:
    """In a narrative, the time reached stands for the report's own."""
    if not reading.narrative or reading.previous is None:
        return None
    point = reading.previous
    if point.year is None or not 1 <= point.year <= 9999:
        return None
    month, day = point.month or 1, point.day or 1
    return date(point.year, month, min(day, days_in(point.year, month)))


def _year_shared(reading: Reading, index: int, expression: Expression) -> Year | None:
    """ "April to June 1968", "10 and 13 January 2022": the next date gives the year of both."""
    parsed = reading.parsed
    if index + 1 >= len(reading.expressions):
        return None
    following = reading.expressions[index + 1]
    gap = parsed.document.text[expression.end : following.start].strip().lower()
    joined = gap in {"-", "–", "—", "to", "and", "or", "until", "through", ",", "/", "&"}
    this, that = expression.meaning, following.meaning
    if not joined or that.kind != "date" or that.month is None or this.month is None:
        return None
    year = that.year
    if year is None and following.link:
        for later in reading.expressions[index + 2 : index + 5]:
            if not later.link:
                break
            year = year or later.meaning.year
    if year is None:
        return None
    if gap == "," and following.link == "" and not (this.day and that.day):
        return None
    if (this.month, this.day or 0) > (that.month, that.day or 31):
        year -= 1
    return (
        year,
        "timex.year-shared",
        "the date that follows gives the year of both",
        "text",
        (reading.span(following),),
    )


def _year_said_before(reading: Reading, index: int, expression: Expression) -> Year | None:
    """The same day and month stood in the text with its year; in a range the one before gives it."""
    meaning = expression.meaning
    if (
        expression.link
        and reading.previous is not None
        and reading.previous.year is not None
        and reading.previous_at is not None
    ):
        before = reading.previous_at.meaning
        if before.month is not None and meaning.month is not None:
            later = reading.previous.year + (1 if meaning.month < before.month else 0)
            return (
                later,
                "timex.year-shared",
                "the date before gives the year of both",
                "text",
                reading.words(reading.previous_at),
            )
    if meaning.month is None or meaning.day is None or reading.narrative:
        return None
    known = reading.years_of_days.get((meaning.month, meaning.day))
    if known is None:
        return None
    if reading.dct.day is not None and abs(reading.dct.day.year - known[0]) > 1:
        return None
    return known[0], "timex.year-said-before", "the text has named this day before", "text", (known[1],)


def _year_of_story(reading: Reading, index: int, expression: Expression) -> Year | None:
    """In a narrative: the year reached, or the next one where the months have turned over."""
    if not reading.narrative:
        return None
    meaning, reached = expression.meaning, reading.previous
    if meaning.month is None:
        return None
    if reached is None or reached.year is None:
        following = next(
            (
                e
                for e in reading.expressions[index + 1 :]
                if e.meaning.kind == "date" and e.meaning.year is not None
            ),
            None,
        )
        if following is None or following.meaning.year is None:
            return None
        return (
            following.meaning.year,
            "timex.story-year",
            "the first year that the text gives",
            "text",
            reading.words(following),
        )
    year = reached.year
    if reached.month is not None and reached.month - meaning.month >= ROLL_OVER:
        year += 1
        if year == 0:
            year = 1
    return (
        year,
        "timex.story-year",
        "the year that the narrative has reached",
        "previous",
        reading.words(reading.previous_at),
    )


def _year_by_near_date(reading: Reading, index: int, expression: Expression) -> Year | None:
    """
    A dated report that tells a chronology of its own: a full date stands just before in the same
    sentence or the one before.

    Applies where the report's own date would put the day more than four months away.
    """
    day, meaning = reading.dct.day, expression.meaning
    if day is None or meaning.month is None or not reading.fulls:
        return None
    sentence = reading.sentence(expression)
    at = bisect_left(reading.fulls, expression.start, key=lambda full: full.start) - 1
    if at < 0 or sentence - reading.fulls[at].sentence > 1:
        return None
    near = reading.fulls[at]
    candidate = _nearest_year(meaning, day)
    if candidate is None or (abs((candidate[1] - day).days) <= 120 and abs((near.day - day).days) < 400):
        return None
    told = _nearest_year(meaning, near.day)
    if told is None or abs((told[1] - near.day).days) > NEAR_DAYS:
        return None
    return (
        told[0],
        "timex.year-of-near-date",
        "the full date just before gives the chronology",
        "text",
        (near.span,),
    )


def _nearest_year(meaning: Meaning, day: date) -> tuple[int, date] | None:
    """The year that puts the month (and day) nearest to ``day``, with that date."""
    best: tuple[int, date] | None = None
    for year in (day.year - 1, day.year, day.year + 1):
        at = _on(year, meaning, near=day)
        if at is not None and (best is None or abs((at - day).days) < abs((best[1] - day).days)):
            best = (year, at)
    return best


def _on(year: int, meaning: Meaning, *, near: date) -> date | None:
    """
    The day in ``year``; of a month, its day nearest to ``near``. None where weekday or calendar
    forbid it.
    """
    month = meaning.month
    if month is None or not 1 <= year <= 9999:
        return None
    if meaning.day is None:
        first, last = date(year, month, 1), date(year, month, days_in(year, month))
        return min(max(near, first), last)
    if meaning.day > days_in(year, month):
        return None
    day = date(year, month, meaning.day)
    if meaning.weekday is not None and day.isoweekday() != meaning.weekday:
        return None
    return day


def _year_by_dct(reading: Reading, index: int, expression: Expression) -> Year | None:
    """By the report's own date and the tense; both ends of its bounds must agree."""
    meaning = expression.meaning
    if not reading.dct.ends:
        return None
    tense = reading.tense(expression)
    years = {_year_from(meaning, end, tense) for end in reading.dct.ends}
    year = years.pop() if len(years) == 1 else None
    if year is None:
        return None
    agrees = " and its weekday agrees" if meaning.weekday is not None and meaning.day is not None else ""
    words = {
        Tense.PAST: "the last such date before publication",
        Tense.FUTURE: "the next such date after publication",
    }
    note = (
        words.get(tense, "the such date nearest to publication")
        if tense
        else "the such date nearest to publication"
    )
    return (
        year,
        f"timex.year-by-publication.{tense or 'no-tense'}",
        note.replace("the such", "the") + agrees,
        "dct",
        reading.verb(expression),
    )


def _year_from(meaning: Meaning, day: date, tense: Tense | None) -> int | None:
    """The year that the tense asks for, seen from ``day``."""
    dates = {}
    for year in (
        range(day.year - 6, day.year + 7)
        if meaning.weekday is not None
        else (day.year - 1, day.year, day.year + 1)
    ):
        at = _on(year, meaning, near=day)
        if at is not None:
            dates[year] = at
    if not dates:
        return _year_from(replace(meaning, weekday=None), day, tense) if meaning.weekday is not None else None
    before = [year for year, at in dates.items() if at <= day]
    after = [year for year, at in dates.items() if at >= day]
    nearest = min(dates, key=lambda year: abs((dates[year] - day).days))
    if meaning.weekday is not None:
        return nearest
    if tense is Tense.PAST and before:
        return _unless_far(dates, before[-1], after[0] if after else None, day)
    if tense is Tense.FUTURE and after:
        return _unless_far(dates, after[0], before[-1] if before else None, day)
    return nearest


def _unless_far(dates: dict[int, date], asked: int, other: int | None, day: date) -> int:
    """
    The year that the tense asks for, unless the other is near and it is far: then the tense was
    another clause's.
    """
    if other is None:
        return asked
    far, near = abs((dates[asked] - day).days), abs((dates[other] - day).days)
    return other if far > FAR_PAST_DAYS and near < NEAR_FUTURE_DAYS else asked


def _year_by_full_date(reading: Reading, index: int, expression: Expression) -> Year | None:
    """
    In an undated report: the year that puts the day near a full date of the text.

    "On December 17, 2021 … on January 10" is 2022, as the days lie within two months;
    "Dayton, 1995 … in March" is not.
    """
    meaning = expression.meaning
    key = (meaning.month, meaning.day, meaning.weekday)
    if key not in reading.chronology:
        reading.chronology[key] = _by_full_dates(meaning, reading.fulls)
    best = reading.chronology[key]
    if best is None:
        return None
    note = "the year that puts it next to a full date of the text"
    return best[0], "timex.year-by-chronology", note, "text", (best[1],)


def _by_full_dates(meaning: Meaning, fulls: tuple[FullDate, ...]) -> tuple[int, Span] | None:
    """The year by the nearest full date that the text gives, else by one that its chronology has dated."""
    best: tuple[int, int, FullDate] | None = None
    for given in (True, False):
        for full in fulls:
            found = _nearest_year(meaning, full.day) if full.given is given and not full.qualifies else None
            if found is None:
                continue
            distance = (found[1] - full.day).days
            if not given and distance == 0:
                continue  # itself, or the same day told again
            cost = distance if distance >= 0 else -2 * distance  # stories run forward
            if cost <= NEAR_DAYS and (best is None or cost < best[0]):
                best = (cost, found[0], full)
        if best is not None:
            return best[1], best[2].span
    return None
