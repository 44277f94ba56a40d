"""When: time expressions, the report's own date, and every expression as a date in context."""

from __future__ import annotations

from datetime import date

from dragoman.model.edtf import Edtf, intersection, span_edtf
from dragoman.model.parsed import Parsed
from dragoman.model.timex import Chronology, Published, Timex
from dragoman.temporal.bounding import to_timexes
from dragoman.temporal.context import UNKNOWN, FullDate
from dragoman.temporal.days import nearest_weekday
from dragoman.temporal.find import find_expressions
from dragoman.temporal.meaning import Expression
from dragoman.temporal.published import Evidence, infer_published, own_date_lines
from dragoman.temporal.reading import Answer, Reading, qualifies
from dragoman.temporal.resolve import resolve
from dragoman.temporal.tense import Tense, governing, tense_at

__all__ = [
    "Tense", "after_narrated", "date_report", "find_expressions", "nearest_weekday", "of_publication",
    "past_open", "tense_at", "timexes_between", "until_publication",
]  # fmt: skip


def date_report(parsed: Parsed) -> Chronology:
    """
    The report's time expressions, each resolved in context, and the report's own date.

    Three steps: find the expressions; weigh the witnesses of the day of publication against the full
    dates and weekdays of the
    text; resolve each expression by the text's chronology or by that day. What the text leaves open
    stays open.
    """
    expressions = find_expressions(parsed)
    evidence = _evidence(parsed, expressions)
    published, dct = infer_published(parsed, evidence)
    reading = Reading(parsed, expressions, dct, evidence.fulls)
    dated_by = published.reasons[-1].spans if published.edtf and published.reasons else ()
    return Chronology(tuple(to_timexes(parsed, resolve(reading), dated_by)), published)


def _evidence(parsed: Parsed, expressions: list[Expression]) -> Evidence:
    """The text's own full dates (given, or by its chronology), its weekday dates and its date lines."""
    lines = own_date_lines(parsed, expressions)
    first = Reading(parsed, expressions, UNKNOWN, ())
    line_spans = {witness.span.start for witness in lines if witness.span}
    given = [
        (e, e.meaning)
        for e in expressions
        if e.meaning.kind == "date" and e.meaning.full and e.start not in line_spans
    ]
    fulls = [full for e, _ in given if (full := _full_date(parsed, first, e, None)) is not None]
    if fulls:
        second = Reading(parsed, expressions, UNKNOWN, tuple(fulls))
        chained = [
            full
            for e, answer in resolve(second)
            if answer.rule.startswith("timex.year-")
            and (full := _full_date(parsed, second, e, answer)) is not None
        ]
        fulls = sorted([*fulls, *chained], key=lambda full: full.start)
    weekdays = tuple(
        (e.meaning.weekday, e.meaning.month, e.meaning.day, first.span(e))
        for e in expressions
        if e.meaning.weekday and e.meaning.month and e.meaning.day and e.meaning.year is None
    )
    return Evidence(tuple(fulls), weekdays, lines)


def _full_date(
    parsed: Parsed, reading: Reading, expression: Expression, answer: Answer | None
) -> FullDate | None:
    """A full date of the text with the tense of its clause; None where the calendar has no such day."""
    meaning = expression.meaning
    point = answer.point if answer else None
    year = point.year if point else meaning.year
    try:
        day = date(year or 0, meaning.month or 0, meaning.day or 0)
    except ValueError:
        return None
    tense, verb = governing(parsed, expression.start_token)
    if parsed.document.text[expression.end : expression.end + 1] == ")":
        tense, verb = None, None  # a date in brackets belongs to a noun, not to the clause
    sentence = parsed.sentences[parsed.tokens[expression.start_token].sentence]
    return FullDate(
        day,
        expression.start,
        sentence.i,
        past=tense is Tense.PAST,
        future=tense is Tense.FUTURE,
        span=reading.span(expression),
        given=answer is None,
        direct=verb is not None and _hangs_on(parsed, expression, verb),
        qualifies=qualifies(parsed, expression),
    )


def _hangs_on(parsed: Parsed, expression: Expression, verb: int) -> bool:
    """Whether the expression's head is a direct dependent of the verb."""
    inside = range(expression.start_token, expression.end_token)
    return any(parsed.tokens[i].head == verb for i in inside)


# --- for the rooms that date events ----------------------------------------------------------------


def of_publication(published: Published) -> str | None:
    """The day of publication as EDTF, None where it is not known."""
    return published.edtf


def past_open(published: Published) -> str | None:
    """
    Not after publication ("../2022-01-21"), for a past happening without a date; None in an undated
    report.
    """
    high = published.edtf or published.dct_high
    return f"../{high}" if high else None


def until_publication(edtf: str | None, published: Published) -> str | None:
    """From the start of ``edtf`` to publication, for what happened after a day that the text names."""
    value, day = Edtf.parse(edtf), Edtf.parse(published.edtf)
    start = value.start if value else None
    if start is None or day is None or start.year is None:
        return f"{start}/.." if start is not None else None
    return intersection(f"{start}/..", f"../{published.edtf}")


def after_narrated(chronology: Chronology) -> str | None:
    """
    Not before the last day that the text tells as past ("2022-01-13/.."), for what an undated report
    tells as its news.
    """
    published = chronology.published
    if published.edtf is not None or published.dct_low is None:
        return None
    low = date.fromisoformat(published.dct_low)
    high = date.fromisoformat(published.dct_high) if published.dct_high else None
    return span_edtf(low, high)


def timexes_between(chronology: Chronology, start_token: int, end_token: int) -> tuple[Timex, ...]:
    """Time expressions that lie within tokens ``start_token`` to ``end_token`` (exclusive)."""
    return tuple(t for t in chronology.timexes if start_token <= t.start_token and t.end_token <= end_token)
