"""Two dates that cannot both hold: a weekday and another day's date, a period run backwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dragoman.model import Chronology, Defect, DefectKind, Event, EventType, Parsed, Span, Status

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?P<weekday>" + "|".join(_WEEKDAYS) + r"|mon|tues?|wed|thurs?|fri|sat|sun)\.?"
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WEEKDAY},? (?:the )?(?:{_MONTH} {_DAY})\b{_YEAR}\b(?![-–/]\d)",
        rf"\b{_WEEKDAY},? (?:the )?{_DAY}(?: of)? {_MONTH}\b{_YEAR}\b",
    )
)
_ISO = re.compile(r"(\d{4})")
_FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


def find_date_conflicts(parsed: Parsed, chronology: Chronology, events: Sequence[Event] = ()) -> list[Defect]:
    """
    Weekdays that disagree with the date beside them, periods that end before they begin, agreements of one
    title reached on two days.

    A date without a year is judged by the report's year and its neighbours: only where the weekday fits
    none of the three is it a conflict. Without any year we decline.
    """
    text = parsed.document.text
    found = []
    year = _year_of(chronology)
    for block in parsed.document.blocks:
        for pattern in _PATTERNS:
            for match in pattern.finditer(text, block.start, block.end):
                note = _disagreement(match, year)
                if note:
                    found.append(Defect(DefectKind.DATE_CONFLICT, Span.of(text, *match.span()), note))
    return found + _reversed(parsed, chronology) + _two_days(events)


def _year_of(chronology: Chronology) -> int | None:
    match = _ISO.match(chronology.published.edtf or "")
    return int(match.group(1)) if match else None


def _disagreement(match: re.Match[str], report_year: int | None) -> str:
    """What is wrong with a weekday and date, "" where nothing is or nothing can be said."""
    weekday = next(k for k, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"].lower()[:3]))
    month = next(k for k, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
    if match["year"]:
        years = [int(match["year"])]
    elif report_year:
        years = [report_year - 1, report_year, report_year + 1]
    else:
        return ""
    days = [day for day in (_day(year, month, int(match["day"])) for year in years) if day is not None]
    if not days or any(day.weekday() == weekday for day in days):
        return ""
    true = days[len(days) // 2]
    return f"{true.isoformat()} was a {_WEEKDAYS[true.weekday()].capitalize()}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _reversed(parsed: Parsed, chronology: Chronology) -> list[Defect]:
    """ "from 12 January 2022 to 10 January 2022": the second before the first."""
    found = []
    tokens = parsed.tokens
    for first, second in zip(chronology.timexes, chronology.timexes[1:], strict=False):
        apart = second.start_token - first.end_token
        if (
            apart != 1
            or tokens[first.end_token].lower not in {"to", "until", "through"}
            or first.start_token == 0
        ):
            continue
        if tokens[first.start_token - 1].lower != "from" or not _written_out(first.span, second.span):
            continue
        start, end = first.value, second.value
        if _FULL_DAY.match(start) and _FULL_DAY.match(end) and end < start:
            span = parsed.span(first.start_token, second.end_token)
            found.append(Defect(DefectKind.DATE_CONFLICT, span, "the period ends before it begins"))
    return found


def _written_out(*spans: Span) -> bool:
    """Whether both dates have their year in words, so that no inference is to blame."""
    return all(_ISO.search(span.exact) for span in spans)


def _two_days(events: Sequence[Event]) -> list[Defect]:
    """Agreements that bear one title and were reached on two different days; the later told one is quoted."""
    days: dict[str, str] = {}
    found = []
    for event in events:
        title, day = event.title.value, event.date.value
        reached = event.type is EventType.AGREEMENT and event.status.value is Status.REACHED
        if not reached or not title or not day or not _FULL_DAY.match(day) or not event.evidence:
            continue
        first = days.setdefault(title.casefold(), day)
        if first != day:
            note = f"{title} is dated {first} and {day}"
            found.append(Defect(DefectKind.DATE_CONFLICT, event.evidence[0], note))
    return found
