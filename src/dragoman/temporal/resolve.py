"""Expressions to dates: each by a named rule that says what it relied on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf, approximate, days_in, span_edtf
from dragoman.model.document import BlockKind
from dragoman.model.parsed import Parsed
from dragoman.model.reason import Reason
from dragoman.model.span import Span
from dragoman.model.timex import Timex
from dragoman.temporal.context import Dct, FullDate
from dragoman.temporal.days import (
    easter,
    nearest_weekday,
    season_edtf,
    season_span,
    shift_days,
    shift_month,
    unit_span,
    week_of,
)
from dragoman.temporal.meaning import Expression, Meaning
from dragoman.temporal.tense import Tense, governing
from dragoman.temporal.values import Point, century_value, years_edtf

ROLL_OVER = 8  # months back at which a narrative is taken to have passed into the next year
NEAR_DAYS = 60  # a day without a year belongs to a full date of the text that is at most this far
FAR_PAST_DAYS, NEAR_FUTURE_DAYS = (
    240,
    62,
)  # a "past" date this long ago loses to one so soon: the tense misleads
ASIDE_YEARS = 0  # a jump of more years than this may be an aside
STORY_YEARS = 4  # dates with years from which an undated text reads as a narrative


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of an expression."""

    value: str
    edtf: str | None
    rule: str
    note: str
    anchor: str = ""
    spans: tuple[Span, ...] = ()
    point: Point | None = None


def is_narrative(expressions: list[Expression], dct: Dct) -> bool:
    """Whether an undated text tells a history: many years, few weekdays and "yesterdays"."""
    if dct.day is not None:
        return False
    years = sum(1 for expression in expressions if expression.meaning.year is not None)
    fresh = sum(
        1
        for expression in expressions
        if expression.meaning.kind == "deictic"
        or (expression.meaning.weekday is not None and not expression.meaning.full)
    )
    return years >= STORY_YEARS and fresh * 4 <= years


class Resolver:
    """Resolves the expressions of one report in order of the text, each in the context of those before it."""

    def __init__(
        self, parsed: Parsed, expressions: list[Expression], dct: Dct, fulls: tuple[FullDate, ...]
    ) -> None:
        self.parsed = parsed
        self.expressions = expressions
        self.dct = dct
        self.fulls = fulls
        self.narrative = is_narrative(expressions, dct)
        self.previous: Point | None = None
        self.previous_at: Expression | None = None
        self.years_of_days: dict[tuple[int, int], tuple[int, Span]] = {}
        self.days_reached: list[tuple[Point, Expression]] = []

    def resolve(self) -> list[tuple[Expression, Answer]]:
        """An answer for every expression."""
        found: list[tuple[Expression, Answer]] = []
        for index, expression in enumerate(self.expressions):
            answer = self.answer(index, expression)
            found.append((expression, answer))
            if not self.aside(index, expression, answer):
                self.advance(expression, answer)
        return found

    def aside(self, index: int, expression: Expression, answer: Answer) -> bool:
        """
        Whether a year only looks elsewhere ("a study published in 2005") and the narrative goes on where it was.

        So where the next year that the text gives lies nearer to the time reached than to this one.
        """
        point = answer.point
        if (
            not self.narrative
            or self.previous is None
            or point is None
            or point.year is None
            or self.previous.year is None
        ):
            return False
        if expression.meaning.year is None or abs(point.year - self.previous.year) <= ASIDE_YEARS:
            return False
        for later in self.expressions[index + 1 : index + 40]:
            year = later.meaning.year
            if year is not None and later.meaning.kind == "date":
                return abs(year - self.previous.year) < abs(year - point.year)
        return True

    def answer(self, index: int, expression: Expression) -> Answer:
        """What the rule for the expression's kind says."""
        return RESOLVERS[expression.meaning.kind](self, index, expression)

    def advance(self, expression: Expression, answer: Answer) -> None:
        """Move the time that the text has reached to this expression's."""
        point = answer.point
        if point is None or point.year is None:
            return
        self.previous = point
        self.previous_at = expression
        if point.month is not None and point.day is not None:
            if not _qualifies(self.parsed, expression):
                self.days_reached.append((point, expression))
            self.years_of_days.setdefault((point.month, point.day), (point.year, self.span(expression)))

    # --- small questions ---------------------------------------------------------------------------------------

    def span(self, expression: Expression) -> Span:
        """The words of an expression."""
        return self.parsed.document.span(expression.start, expression.end)

    def sentence(self, expression: Expression) -> int:
        """Index of its sentence."""
        return self.parsed.tokens[expression.start_token].sentence

    def tense(self, expression: Expression) -> Tense | None:
        """Tense of its clause."""
        return governing(self.parsed, expression.start_token)[0]

    def verb(self, expression: Expression) -> tuple[Span, ...]:
        """The word that shows the tense of its clause."""
        at = governing(self.parsed, expression.start_token)[1]
        return () if at is None else (self.parsed.span(at, at + 1),)

    def headline(self, expression: Expression) -> bool:
        """Whether it stands in a headline, where the present tells the past."""
        return self.parsed.sentences[self.sentence(expression)].block is BlockKind.HEADLINE

    def story_point(self, expression: Expression, *, sentences: int) -> Point | None:
        """The time reached, where it was reached within ``sentences`` sentences (any distance in a narrative)."""
        if self.previous is None or self.previous_at is None:
            return None
        if self.narrative:
            return self.previous
        return (
            self.previous
            if self.sentence(expression) - self.sentence(self.previous_at) <= sentences
            else None
        )

    def story_day(self, expression: Expression) -> tuple[Point, Expression] | None:
        """
        The day reached in the last three sentences, for "the next day"; past words do not count from a day to come.

        In a narrative only the time reached last counts.
        """
        if self.narrative:
            point, at = self.previous, self.previous_at
            return (point, at) if point is not None and at is not None else None
        past = self.tense(expression) is Tense.PAST
        for point, at in reversed(self.days_reached[-5:]):
            if self.sentence(expression) - self.sentence(at) > 3:
                return None
            if not (
                past and self.dct.day is not None and point.date is not None and point.date > self.dct.day
            ):
                return point, at
        return None

    def agreed(self, compute: Callable[[date], str | None]) -> str | None:
        """What the report's own date gives, where both its ends give the same."""
        answers = {compute(end) for end in self.dct.ends}
        return answers.pop() if len(answers) == 1 else None

    def words(self, expression: Expression | None) -> tuple[Span, ...]:
        """The span of another expression that a rule relied on."""
        return () if expression is None else (self.span(expression),)


# --- calendar dates ---------------------------------------------------------------------------------------------------


def _date(resolver: Resolver, index: int, expression: Expression) -> Answer:
    meaning = expression.meaning
    if meaning.decade:
        return _decade(meaning)
    if meaning.century:
        return _century(meaning)
    if meaning.half or meaning.quarter:
        return _part_of_year(resolver, expression)
    if meaning.year is not None:
        return _dated(meaning, expression)
    if meaning.season:
        return _season(resolver, expression)
    if meaning.month is not None:
        return _yearless(resolver, index, expression)
    if meaning.weekday is not None:
        return _weekday(resolver, expression)
    return _day_of_month(resolver, expression)


def _dated(meaning: Meaning, expression: Expression) -> Answer:
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


def _part_of_year(resolver: Resolver, expression: Expression) -> Answer:
    meaning = expression.meaning
    reached = resolver.story_point(expression, sentences=2)
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


def _yearless(resolver: Resolver, index: int, expression: Expression) -> Answer:
    """A month, or day and month, without a year: by what is tied to it, the text's chronology or the report's own date."""
    meaning = expression.meaning
    rules: tuple[YearRule, ...] = (
        _year_tied,
        _year_shared,
        _year_said_before,
        _year_of_story,
        _year_by_near_date,
        _year_by_dct,
        _year_by_full_date,
    )
    for rule in rules:
        found = rule(resolver, index, expression)
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


Year = tuple[int, str, str, str, tuple[Span, ...]]
YearRule = Callable[[Resolver, int, Expression], Year | None]


def _year_tied(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """ "August of that year", "last March", "next June"."""
    meaning = expression.meaning
    if meaning.relative == "year":
        reached = resolver.previous
        if reached is None or reached.year is None:
            return None
        return (
            reached.year,
            "timex.that-year",
            "the year that the text has reached",
            "previous",
            resolver.words(resolver.previous_at),
        )
    if meaning.relative in {"this-year", "last-year", "next-year"}:
        offset = {"this-year": 0, "last-year": -1, "next-year": 1}[meaning.relative]
        day = resolver.dct.day or _story_day(resolver)
        if day is None:
            return None
        return (
            day.year + offset,
            f"timex.{meaning.relative}",
            "the year relative to the report's own",
            "dct",
            (),
        )
    day = resolver.dct.day
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


def _story_day(resolver: Resolver) -> date | None:
    """In a narrative, the time reached stands for the report's own."""
    if not resolver.narrative or resolver.previous is None:
        return None
    point = resolver.previous
    if point.year is None or not 1 <= point.year <= 9999:
        return None
    month, day = point.month or 1, point.day or 1
    return date(point.year, month, min(day, days_in(point.year, month)))


def _year_shared(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """ "April to June 1968", "10 and 13 January 2022": the next date gives the year of both."""
    parsed = resolver.parsed
    if index + 1 >= len(resolver.expressions):
        return None
    following = resolver.expressions[index + 1]
    gap = parsed.document.text[expression.end : following.start].strip().lower()
    joined = gap in {"-", "–", "—", "to", "and", "or", "until", "through", ",", "/", "&"}
    this, that = expression.meaning, following.meaning
    if not joined or that.kind != "date" or that.month is None or this.month is None:
        return None
    year = that.year
    if year is None and following.link:
        for later in resolver.expressions[index + 2 : index + 5]:
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
        (resolver.span(following),),
    )


def _year_said_before(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """The same day and month stood in the text with its year; in a range the one before gives it."""
    meaning = expression.meaning
    if (
        expression.link
        and resolver.previous is not None
        and resolver.previous.year is not None
        and resolver.previous_at is not None
    ):
        before = resolver.previous_at.meaning
        if before.month is not None and meaning.month is not None:
            later = resolver.previous.year + (1 if meaning.month < before.month else 0)
            return (
                later,
                "timex.year-shared",
                "the date before gives the year of both",
                "text",
                resolver.words(resolver.previous_at),
            )
    if meaning.month is None or meaning.day is None or resolver.narrative:
        return None
    known = resolver.years_of_days.get((meaning.month, meaning.day))
    if known is None:
        return None
    if resolver.dct.day is not None and abs(resolver.dct.day.year - known[0]) > 1:
        return None
    return known[0], "timex.year-said-before", "the text has named this day before", "text", (known[1],)


def _year_of_story(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """In a narrative: the year reached, or the next one where the months have turned over."""
    if not resolver.narrative:
        return None
    meaning, reached = expression.meaning, resolver.previous
    if meaning.month is None:
        return None
    if reached is None or reached.year is None:
        following = next(
            (
                e
                for e in resolver.expressions[index + 1 :]
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
            resolver.words(following),
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
        resolver.words(resolver.previous_at),
    )


def _year_by_near_date(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """
    A dated report that tells a chronology of its own: a full date stands just before in the same sentence or the one before.

    Applies where the report's own date would put the day more than four months away.
    """
    day, meaning = resolver.dct.day, expression.meaning
    if day is None or meaning.month is None or not resolver.fulls:
        return None
    sentence = resolver.sentence(expression)
    near = [
        full
        for full in resolver.fulls
        if 0 <= sentence - full.sentence <= 1 and full.start < expression.start
    ]
    if not near:
        return None
    candidate = _nearest_year(meaning, day)
    if candidate is None or abs((candidate[1] - day).days) <= 120 and abs((near[-1].day - day).days) < 400:
        return None
    told = _nearest_year(meaning, near[-1].day)
    if told is None or abs((told[1] - near[-1].day).days) > NEAR_DAYS:
        return None
    return (
        told[0],
        "timex.year-of-near-date",
        "the full date just before gives the chronology",
        "text",
        (near[-1].span,),
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
    """The day in ``year``; of a month, its day nearest to ``near``. None where weekday or calendar forbid it."""
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


def _year_by_dct(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """By the report's own date and the tense; both ends of its bounds must agree."""
    meaning = expression.meaning
    if not resolver.dct.ends:
        return None
    tense = resolver.tense(expression)
    years = {_year_from(meaning, end, tense) for end in resolver.dct.ends}
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
        resolver.verb(expression),
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
    """The year that the tense asks for, unless the other is near and it is far: then the tense was another clause's."""
    if other is None:
        return asked
    far, near = abs((dates[asked] - day).days), abs((dates[other] - day).days)
    return other if far > FAR_PAST_DAYS and near < NEAR_FUTURE_DAYS else asked


def _year_by_full_date(resolver: Resolver, index: int, expression: Expression) -> Year | None:
    """
    In an undated report: the year that puts the day near a full date of the text.

    "On December 17, 2021 … on January 10" is 2022, as the days lie within two months; "Dayton, 1995 … in March" is not.
    """
    meaning = expression.meaning
    best: tuple[int, int, FullDate] | None = None
    for full in resolver.fulls:
        found = _nearest_year(meaning, full.day)
        if found is None:
            continue
        distance = (found[1] - full.day).days
        cost = distance if distance >= 0 else -2 * distance  # stories run forward
        if cost <= NEAR_DAYS and (best is None or cost < best[0]):
            best = (cost, found[0], full)
    if best is None:
        return None
    return (
        best[1],
        "timex.year-by-chronology",
        "the year that puts it next to a full date of the text",
        "text",
        (best[2].span,),
    )


def _day_of_month(resolver: Resolver, expression: Expression) -> Answer:
    """ "the 15th": of the month reached, else of the month of publication."""
    meaning = expression.meaning
    reached = resolver.story_point(expression, sentences=2)
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
                resolver.words(resolver.previous_at),
                point,
            )
    day = resolver.dct.day
    if day is not None and not meaning.relative and meaning.day <= days_in(day.year, day.month):
        ahead = resolver.tense(expression) is Tense.FUTURE
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


# --- weekdays -----------------------------------------------------------------------------------------------------------


def _weekday(resolver: Resolver, expression: Expression) -> Answer:
    """A bare weekday: by the tense, at most six days from publication; "next", "last" and "this" by their sense."""
    meaning = expression.meaning
    weekday = meaning.weekday or 1
    open_value = f"XXXX-WXX-{weekday}{'T' + meaning.part if meaning.part else ''}"
    if meaning.relative == "that":
        return Answer(open_value, None, "timex.undecided", "the text does not say which week")
    rule, note, compute = _weekday_rule(resolver, expression, weekday)
    edtf = resolver.agreed(lambda day: _iso(compute(day)))
    if edtf is None:
        why = "the report's own date is not known" if not resolver.dct.ends else "the tense does not decide"
        return Answer(open_value, None, "timex.undecided", why)
    point = replace(Point.of(date.fromisoformat(edtf)), part=meaning.part)
    spans = resolver.verb(expression) if "publication" in rule else ()
    return Answer(point.value, edtf, rule, note, "dct", spans, point)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _weekday_rule(
    resolver: Resolver, expression: Expression, weekday: int
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
    tense = resolver.tense(expression)
    if relative == "this":
        tense = {None: Tense.FUTURE, Tense.PRESENT: None}.get(tense, tense)
    if tense is Tense.PRESENT and resolver.headline(expression):
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


# --- seasons, holidays ----------------------------------------------------------------------------------------------------


def _season(resolver: Resolver, expression: Expression) -> Answer:
    meaning = expression.meaning
    season = meaning.season
    point: Point
    if meaning.relative in {"this-year", "last-year", "next-year", "year"}:
        tied = _year_tied(resolver, 0, expression)
        if tied is not None:
            point = Point(tied[0], season=season, part=meaning.part)
            return Answer(point.value, point.edtf, tied[1], tied[2], tied[3], tied[4], point)
        return Answer(f"XXXX-{season}", None, "timex.undecided", "no year is known")
    if resolver.narrative and resolver.previous is not None and resolver.previous.year is not None:
        year = resolver.previous.year + (
            1
            if meaning.relative == "next"
            or meaning.relative == "following"
            and _season_passed(resolver.previous, season)
            else 0
        )
        point = Point(year, season=season)
        return Answer(
            point.value,
            point.edtf,
            "timex.story-year",
            "the year that the narrative has reached",
            "previous",
            resolver.words(resolver.previous_at),
            point,
        )
    if not meaning.relative and not expression.rule.endswith("season") and resolver.dct.day is None:
        return Answer(f"XXXX-{season}", None, "timex.undecided", "no year is known")
    day = resolver.dct.day
    if day is None:
        return Answer(f"XXXX-{season}", None, "timex.undecided", "no year is known")
    tense = resolver.tense(expression)
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


def _holiday(resolver: Resolver, index: int, expression: Expression) -> Answer:
    """A holiday of fixed date, or Easter; the year as for a day without one."""
    meaning = expression.meaning
    name = meaning.value
    if name.startswith("EASTER"):
        offset = int(name.removeprefix("EASTER") or "0")
        year = meaning.year
        if year is None and resolver.dct.day is not None:
            day, tense = resolver.dct.day, resolver.tense(expression)
            days = [easter(y) for y in (day.year - 1, day.year, day.year + 1) if 1 <= y <= 9999]
            past, coming = [d for d in days if d <= day], [d for d in days if d >= day]
            chosen = past[-1] if tense is Tense.PAST and past else coming[0] if tense and coming else None
            year = chosen.year if chosen else None
        if year is None or not 1583 <= year <= 9999:
            reached = resolver.previous.year if resolver.narrative and resolver.previous else None
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
        return _dated(dated, expression)
    if (
        name == "01-01"
        and resolver.narrative
        and resolver.previous is not None
        and resolver.previous.year is not None
    ):
        year = resolver.previous.year + (1 if (resolver.previous.month or 1) > 6 else 0)
        point = Point(year, 1, 1)
        return Answer(
            point.value,
            point.edtf,
            "timex.story-year",
            "the turn of the year reached",
            "previous",
            resolver.words(resolver.previous_at),
            point,
        )
    return _yearless(resolver, index, replace(expression, meaning=dated))


# --- relative to the report ---------------------------------------------------------------------------------------------------


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


def _deictic(resolver: Resolver, index: int, expression: Expression) -> Answer:
    """Today, yesterday, tomorrow: from the day of publication."""
    meaning = expression.meaning
    tail = f"T{meaning.part}" if meaning.part else ""
    edtf = resolver.agreed(lambda day: _iso(shift_days(day, meaning.offset)))
    if edtf is None:
        return Answer(f"XXXX-XX-XX{tail}", None, "timex.undecided", "the report's own date is not known")
    point = replace(Point.of(date.fromisoformat(edtf)), part=meaning.part)
    return Answer(
        point.value, edtf, "timex.deictic", "counted from the day of publication", "dct", point=point
    )


def _unit(resolver: Resolver, index: int, expression: Expression) -> Answer:
    """This, last and next week, month, year; "the next day", "that year" from the time reached."""
    meaning = expression.meaning
    if meaning.anchor == "previous":
        return _unit_of_story(resolver, expression)
    edtf = resolver.agreed(lambda day: _unit_edtf(day, meaning))
    low = resolver.dct.ends[0] if resolver.dct.ends else None
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
    if resolver.narrative and meaning.unit in {"Y", "M"} and resolver.previous is not None:
        return _unit_of_story(resolver, expression)
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


def _unit_of_story(resolver: Resolver, expression: Expression) -> Answer:
    """ "the next day", "the same month", "that year": from the time the text has reached."""
    meaning = expression.meaning
    reached, at = resolver.story_point(expression, sentences=1), resolver.previous_at
    if meaning.unit == "D":
        reached, at = resolver.story_day(expression) or (None, None)
    undecided = Answer(
        OPEN_VALUES.get(meaning.unit, ""),
        None,
        "timex.undecided",
        "the text has reached no time to count from",
    )
    if meaning.unit in {"TH", "TM", "TS"}:
        return Answer("PRESENT_REF", None, "timex.undecided", "no time of day is reached")
    if meaning.unit != "D" and not meaning.offset and resolver.dct.day is not None and _of_report(expression):
        reached = None
    if reached is None or reached.year is None:
        return _unit_of_report(resolver, meaning) or undecided
    point = _shift_point(reached, meaning.unit, meaning.offset)
    spans = resolver.words(at)
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
    """Whether the words ("the year", "earlier in the month") may speak of the report's own year or month."""
    return expression.rule.endswith(("the-unit-bare", "later-that-unit"))


def _unit_of_report(resolver: Resolver, meaning: Meaning) -> Answer | None:
    """ "Since the start of the year", "earlier in the month", where the text has reached no other: those of publication."""
    day = resolver.dct.day
    span = (
        unit_span(day, meaning.unit, 0)
        if day is not None and meaning.unit in {"Y", "M", "W"} and not meaning.offset
        else None
    )
    if span is None:
        return None
    return Answer(
        _unit_value(span[0], meaning), span_edtf(*span), "timex.unit-by-publication", "that of the day of publication", "dct",
        point=_unit_point(span[0], meaning),
    )  # fmt: skip


def _shift_point(point: Point, unit: str, count: int) -> Point | None:
    """The point ``count`` units away, at the unit's grain; None where the point is coarser than the unit."""
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


def _shift(resolver: Resolver, index: int, expression: Expression) -> Answer:
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
    if meaning.anchor == "dct" and resolver.dct.day is not None:
        span = _shift_span(resolver.dct.day, meaning.unit, count)
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
    reached, at = None, resolver.previous_at
    if meaning.anchor == "previous" or resolver.narrative:
        reached = resolver.story_point(expression, sentences=2)
        if meaning.unit in {"D", "W", "NI"}:
            reached, at = resolver.story_day(expression) or (None, None)
    if reached is None:
        return Answer(OPEN_VALUES.get(meaning.unit, ""), None, "timex.undecided", "nothing to count from")
    spans = resolver.words(at)
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
    point = _shift_point(reached, meaning.unit, count)
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


# --- times, durations, sets, vague words --------------------------------------------------------------------------------------


def _clock(resolver: Resolver, index: int, expression: Expression) -> Answer:
    """A time of day: of the date beside it; the day only, as EDTF holds no finer."""
    meaning = expression.meaning
    text = resolver.parsed.document.text
    if index + 1 < len(resolver.expressions):
        following = resolver.expressions[index + 1]
        gap = text[expression.end : following.start].strip().lower()
        if gap in {"", ",", "on", "of", "(", ", on"} and following.meaning.kind in {
            "date",
            "deictic",
            "unit",
        }:
            beside = resolver.answer(index + 1, following)
            if beside.point is not None and beside.point.day is not None:
                point = replace(beside.point, clock=meaning.clock, part="")
                return Answer(
                    point.value,
                    point.edtf,
                    "timex.time-of-day",
                    "the time of the date beside it",
                    beside.anchor,
                    (resolver.span(following),),
                    None,
                )
    reached = resolver.story_point(expression, sentences=0)
    if reached is not None and reached.day is not None:
        point = replace(reached, clock=meaning.clock, part="")
        return Answer(
            point.value,
            point.edtf,
            "timex.time-of-day",
            "a time of the day reached",
            "previous",
            resolver.words(resolver.previous_at),
            point,
        )
    return Answer(f"XXXX-XX-XX{meaning.clock}", None, "timex.undecided", "no day is reached")


def _part(resolver: Resolver, index: int, expression: Expression) -> Answer:
    """ "the morning": of the day reached in a narrative; "night" alone is of no day."""
    meaning = expression.meaning
    article = resolver.parsed.document.text[expression.start : expression.start + 4].lower() == "the "
    reached = resolver.story_point(expression, sentences=0) if article else None
    if reached is not None and reached.day is not None:
        point = replace(reached, part=meaning.part, clock="")
        return Answer(
            point.value,
            point.edtf,
            "timex.time-of-day",
            "a time of the day reached",
            "previous",
            resolver.words(resolver.previous_at),
            point,
        )
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


def _duration(resolver: Resolver, index: int, expression: Expression) -> Answer:
    meaning = expression.meaning
    return Answer(
        duration_value(meaning.count, meaning.unit), None, "timex.duration", "a length of time, no date"
    )


_SET_VALUES = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "TH": "XXXX-XX-XXTXX"}


def _set(resolver: Resolver, index: int, expression: Expression) -> Answer:
    meaning = expression.meaning
    value = meaning.value or ("" if meaning.count else _SET_VALUES.get(meaning.unit, ""))
    value = value or duration_value(meaning.count or "1", meaning.unit)
    return Answer(value, None, "timex.set", "something that recurs, no date")


def _ref(resolver: Resolver, index: int, expression: Expression) -> Answer:
    return Answer(expression.meaning.value, None, "timex.vague", "the words name no date")


RESOLVERS: Mapping[str, Callable[[Resolver, int, Expression], Answer]] = {
    "date": _date,
    "unit": _unit,
    "shift": _shift,
    "deictic": _deictic,
    "holiday": _holiday,
    "clock": _clock,
    "part": _part,
    "duration": _duration,
    "set": _set,
    "ref": _ref,
}

# --- prepositions and ranges ------------------------------------------------------------------------------------------------------

# What a preposition right before a date makes of it; "from" alone opens only where nothing ends it.
BOUNDING = {
    "until": "end", "till": "end", "by": "end", "before": "end", "since": "start", "after": "start", "following": "start",
    "from": "start", "through": "end", "to": "",
}  # fmt: skip


def to_timexes(parsed: Parsed, resolved: list[tuple[Expression, Answer]]) -> list[Timex]:
    """Timexes with the ranges and the prepositions around them worked into their EDTF."""
    edtfs = [answer.edtf for _, answer in resolved]
    notes: list[tuple[str, tuple[Span, ...]]] = [("", ())] * len(resolved)
    ranged: set[int] = set()
    for index in range(len(resolved) - 1):
        joint = _range(parsed, resolved, index)
        if joint is None:
            continue
        interval = _interval(edtfs[index], edtfs[index + 1])
        if interval is None:
            continue
        words = parsed.document.span(resolved[index][0].start, resolved[index + 1][0].end)
        edtfs[index] = edtfs[index + 1] = interval
        notes[index] = notes[index + 1] = ("; the text gives both ends of a span", (words,))
        ranged |= {index, index + 1}
    timexes = []
    for index, (expression, answer) in enumerate(resolved):
        edtf, (note, spans) = edtfs[index], notes[index]
        if index not in ranged and edtf is not None:
            edtf, note, spans = _bounded(parsed, expression, edtf)
        if edtf is not None and expression.meaning.mod == "APPROX":
            edtf, note = approximate(edtf), f"{note}; the words say about"
        reason = Reason(answer.rule, answer.note + note, answer.spans + spans)
        span = parsed.document.span(expression.start, expression.end)
        timexes.append(
            Timex(
                span, expression.start_token, expression.end_token, expression.type, answer.value, edtf, reason,
                expression.meaning.mod, answer.anchor,
            )
        )  # fmt: skip
    return timexes


def _range(parsed: Parsed, resolved: list[tuple[Expression, Answer]], index: int) -> str | None:
    """How two neighbouring dates are the ends of a span: "-", "to", "and" after "between"; None where they are not."""
    first, second = resolved[index][0], resolved[index + 1][0]
    if "date" not in {first.meaning.kind} or second.meaning.kind != "date":
        return None
    if second.start - first.end > 12:
        return None
    gap = parsed.document.text[first.end : second.start].strip().lower()
    gap = gap.removesuffix(" the").strip()
    if gap in {"-", "–", "—", "‑", "through", "thru", "until", "till"}:
        return gap
    before = parsed.tokens[first.start_token - 1].lower if first.start_token else ""
    if gap == "to" and (
        before in {"from", "between"} or first.meaning.day is not None or first.meaning.month is not None
    ):
        return gap
    return gap if gap == "and" and before == "between" else None


def _interval(first: str | None, second: str | None) -> str | None:
    """The interval from one date to the other; the second may lack what the first gives (and the other way round)."""
    one, two = Edtf.parse(first), Edtf.parse(second)
    if one is None or two is None or one.interval or two.interval or one.start is None or two.start is None:
        return None
    if one.start.year is None and two.start.year is not None:
        one = replace(one, start=replace(one.start, year=two.start.year))
    start, end = one.start, two.start
    if start is None or (start.year is None) != (end.year is None):
        return None
    text = f"{start}/{end}"
    return text if Edtf.parse(text) is not None else None


def _bounded(parsed: Parsed, expression: Expression, edtf: str) -> tuple[str, str, tuple[Span, ...]]:
    """The date as the preposition before it bounds it, unless it only qualifies a noun ("after Tuesday's meeting")."""
    at = expression.start_token - 1
    sentence = parsed.tokens[expression.start_token].sentence
    if at < 0 or parsed.tokens[at].sentence != sentence:
        return edtf, "", ()
    word = parsed.tokens[at]
    side = BOUNDING.get(word.lower, "")
    if not side or _qualifies(parsed, expression):
        return edtf, "", ()
    value = Edtf.parse(edtf)
    limits = value.bounds if value else None
    if value is None or value.interval and (value.start is None or value.end is None):
        return edtf, "", ()
    if limits is not None and (limits[0] == FAR_PAST or limits[1] == FAR_FUTURE):
        return edtf, "", ()
    ends = (value.start, value.end)
    opened = f"../{ends[1]}" if side == "end" else f"{ends[0]}/.."
    words = parsed.document.span(word.start, expression.end)
    return opened, f"; “{word.text}” leaves one end open", (words,)


def _qualifies(parsed: Parsed, expression: Expression) -> bool:
    """Whether a noun follows that the date only qualifies."""
    after = expression.end_token
    if (
        after >= len(parsed.tokens)
        or parsed.tokens[after].sentence != parsed.tokens[expression.start_token].sentence
    ):
        return False
    token = parsed.tokens[after]
    following = parsed.tokens[after + 1].lower if after + 1 < len(parsed.tokens) else ""
    if token.lower == "," and following in {"when", "where"}:
        return True  # "by November, when the summit meets": the summit is in November
    return token.lower in {"'s", "’s", "'", "’"} or token.tag.startswith(("NN", "JJ"))


__all__ = ["Answer", "Resolver", "duration_value", "is_narrative", "season_edtf", "to_timexes"]
