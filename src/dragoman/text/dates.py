"""Dates in bylines, datelines, addresses and metadata, as EDTF strings no finer than their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache

from dragoman.data import read_rows
from dragoman.model import DateWitness, Span, WitnessKind
from dragoman.model.edtf import Moment

FIRST_YEAR, LAST_YEAR = 1800, 2199  # beyond these a four-digit number is hardly the year of a report


@cache
def month_numbers() -> dict[str, int]:
    """Month by lower-case name, ``data/text/months.tsv``."""
    return {name: int(number) for number, names in read_rows("text", "months.tsv") for name in names.split()}


@cache
def month_pattern() -> str:
    """An alternation of all month names, longest first."""
    return "|".join(re.escape(name) for name in sorted(month_numbers(), key=len, reverse=True))


WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME = (
    r"T?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\.?|z|[+-]\d{2}:?\d{2})?"
    r"|\d{1,2}\s?[ap]\.?m\.?|\d{4}\s?(?:gmt|utc|z)"
)
_ZONES = "gmt|utc|msk|cet|cest|bst|est|edt|pst|pdt|cst|cdt|et|eet|eest|ist|jst|hkt|aest|aedt"
_ZONE = rf"\(?(?:{_ZONES})(?:\s?[+-]\d{{1,2}}(?::?\d{{2}})?)?\)?"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a string, with its place there."""

    start: int
    end: int
    edtf: str


@cache
def _date_pattern() -> re.Pattern[str]:
    month = rf"(?P<m{{0}}>{month_pattern()})\.?"
    year = r"(?P<y{0}>\d{{4}})(?!\d)"
    day = r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th|er|º)?"
    shapes = (
        r"(?P<y0>\d{4})[-/.](?P<n0>\d{2})[-/.](?P<d0>\d{2})(?!\d)",
        r"(?P<y5>\d{4})年(?P<n5>\d{1,2})月(?P<d5>\d{1,2})日",
        month.format(1) + r"\s?" + day.format(1) + r"\b(?:,?\s" + year.format(1) + r")?",
        day.format(2)
        + r"\.?(?:\sde)?\s?"
        + month.format(2)
        + r"(?!\w)(?:,?(?:\sde)?\s"
        + year.format(2)
        + r")?",
        month.format(3) + r",?\s" + year.format(3),
        r"(?P<d4>\d{1,2})(?P<sep>[./-])(?P<n4>\d{1,2})(?P=sep)(?P<y4>\d{4})(?!\d)",
    )
    return re.compile(r"(?<![\w/.-])(?:" + "|".join(shapes) + ")", re.IGNORECASE)


def find_dates(text: str) -> list[FoundDate]:
    """
    Dates in a short text, in order: "January 21, 2022", "21 Jan.", "2022-01-21", "21.01.2022".

    "05/06/2022" is left out where day and month could be either; with a full stop between, the day
    comes first.
    """
    matches = ((match, _edtf_of(match)) for match in _date_pattern().finditer(text))
    return [FoundDate(match.start(), match.end(), edtf) for match, edtf in matches if edtf]


def as_edtf(written: str) -> str:
    """A date as people write it ("22 March 2019") as EDTF; any other text as it is."""
    text = written.strip()
    found = find_dates(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0].edtf if whole and found[0].edtf[:4].isdigit() else text


def days_meant(written: str) -> tuple[date, date] | None:
    """First and last day of a day, a month or a year, as EDTF or as people write it; None for all else."""
    moment = Moment.parse(as_edtf(written))
    return moment.bounds if moment and moment.year is not None and not moment.about else None


def _edtf_of(match: re.Match[str]) -> str | None:
    groups = {key: value for key, value in match.groupdict().items() if value}
    parts = {key[0]: value for key, value in groups.items() if key != "sep"}
    month = month_numbers()[parts["m"].lower()] if "m" in parts else int(parts["n"])
    day = int(parts["d"]) if "d" in parts else None
    if groups.get("sep") in {"/", "-"} and day is not None and month != day:
        if month > 12 >= day:
            day, month = month, day  # the American order
        elif day <= 12:
            return None
    return edtf_day(int(parts["y"]) if "y" in parts else None, month, day)


def edtf_day(year: int | None, month: int, day: int | None) -> str | None:
    """EDTF for a day or month, "XXXX" for an unknown year, None where there is no such day."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    head = f"{year:04d}" if year else "XXXX"
    return f"{head}-{month:02d}-{day:02d}" if day else f"{head}-{month:02d}"


_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?=$|[T\s])")
_EDTF = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2]|XX))?(?:-(?:\d{2}|XX))?[~?%]?(?:/(?:\.\.|\d{4}(?:-\d{2}){0,2}[~?%]?))?|\.\./\d{4}(?:-\d{2}){0,2}"
)


def parse_stated(value: str) -> str | None:
    """
    EDTF for a date of publication as metadata state it, or None where it cannot be read.

    A time of day is dropped, not converted: the day is the day at the outlet. EDTF values such as
    "2022-01" or "2022-01-21~" stay as they are.
    """
    value = value.strip()[:100]
    if match := _ISO.match(value):
        return edtf_day(int(match[1]), int(match[2]), int(match[3]))
    if _EDTF.fullmatch(value):
        return value if FIRST_YEAR <= int(value.lstrip("./")[:4]) <= LAST_YEAR else None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    else:
        return edtf_day(moment.year, moment.month, moment.day)
    dates = find_dates(value)
    return dates[0].edtf if len(dates) == 1 else None


_URL_DAY = re.compile(r"[/_=-](\d{4})[/_-]?(\d{2}|[a-z]{3})[/_-]?(\d{2})(?=[/_.?&-]|$)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/(\d{4})/(\d{1,2}|[a-z]{3})/", re.IGNORECASE)


def url_witness(url: str | None) -> DateWitness | None:
    """What an address tells of the date of publication: "/2022/01/21/", "/2022/jan/21/", "/2022/01/"."""
    if not url:
        return None
    url = url[:2000]
    for pattern in (_URL_DAY, _URL_MONTH):
        for match in pattern.finditer(url):
            name = match[2].lower()
            month = int(name) if name.isdigit() else month_numbers().get(name)
            edtf = (
                edtf_day(int(match[1]), month, int(match[3]) if pattern is _URL_DAY else None)
                if month
                else None
            )
            if edtf and int(match[1]) >= 1990:
                return DateWitness(WitnessKind.URL, edtf, note=f"the address holds {match[0].strip('/')!r}")
    return None


_DATE_WORDS = (
    "at|on|of|the|date|time|local|first|last|published|posted|updated|modified|created|issued|added|online|"
    "released?|publication|edited|as of|today is|today"
)
_REST_OF_DATE_LINE = re.compile(
    rf"(?:\s++|[|,.;:•·()/–—-]++|{_TIME}|{_ZONE}|\b{WEEKDAY}\b\.?|\b(?:{_DATE_WORDS})\b"
    r"|\b\d{1,2}\s?min(?:ute)?s?\s(?:read|ago)\b)++",
    re.IGNORECASE,
)
_TIME_LINE = re.compile(
    rf"(?:{WEEKDAY},?\s)?(?:{_TIME})(?:\s{_ZONE})?(?:\s?[–-]\s?(?:{_TIME})(?:\s{_ZONE})?)?", re.IGNORECASE
)


def date_line(line: str) -> list[FoundDate]:
    """The dates of a line that holds dates, times and words about dates, and nothing else; else []."""
    if len(line) > 120:
        return []
    dates = find_dates(line)
    rest, last = [], 0
    for found in dates:
        rest.append(line[last : found.start])
        last = found.end
    left = " ".join((*rest, line[last:])).strip()
    return dates if not left or _REST_OF_DATE_LINE.fullmatch(left) else []


def time_line(line: str) -> bool:
    """Whether a line is a time of day and nothing else ("11:26 A.M. EDT")."""
    return len(line) <= 40 and bool(_TIME_LINE.fullmatch(line))


@cache
def agencies() -> dict[str, str]:
    """Usual name by lower-case form in a dateline, ``data/text/agencies.tsv``."""
    return {form.lower(): name for form, name in read_rows("text", "agencies.tsv")}


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, day and agency at the start of a report's first paragraph; ``end`` is where the story begins."""

    end: int
    place: str | None
    agency: str | None
    date: FoundDate | None


@cache
def _dateline_patterns() -> tuple[re.Pattern[str], ...]:
    upper = "A-ZÀ-ÖØ-ÞĀĆČĎĐĘĞĪİĽŁŃŇŌŘŚŞŠŤŪŮŹŻŽΆ-ΏΑ-ΫА-ЯЁЂ-Џ"
    word = rf"(?!(?i:{month_pattern()})\b)[^\W\d_][\w'’.\-]*"
    capital = rf"(?=[{upper}]){word}"
    place = rf"(?P<place>{capital}(?:[ /]{capital}){{0,3}}(?:,\s{capital}(?:\s{capital}){{0,2}})?)"
    month = rf"(?i:{month_pattern()})\.?"
    day = rf"(?P<date>{month}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{month}(?:,?\s\d{{4}})?)"
    agency = r"[(\[](?P<agency>[^\W\d_][^()\[\]\n]{1,38})[)\]]"
    dash, colon = r"\s?(?:—|–|--?)\s+", r"\s?(?:—|–|--?|:)\s+"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{place}[,.]?\s{day}[.,]?\s?/(?P<agency>[^\W\d_][^/\n]{{1,38}})/\.?\s*[-–—]*\s*",
            rf"{place}[,.]?\s/(?P<agency>[^\W\d_][^/\n]{{1,38}})/\.?\s*[-–—]*\s*",
            rf"{place}[,.]?\s{day},?(?:\s{agency})?{colon}",
            rf"{day},?\s{place},?(?:\s{agency})?{colon}",
            rf"{place},?\s{agency}{dash}",
            rf"{day},?\s{agency}{dash}",
            rf"{agency}{dash}",
            rf"(?P<place>[{upper}]{{5,}}(?: [{upper}]{{2,}}){{0,2}})\s?(?:—|–|--)\s+(?=[{upper}])",
        )
    )


# Capitalised words that open a sentence with a date in it.
_NO_PLACE = frozenset("from on between since in by the at until after before during for and".split())


def find_dateline(paragraph: str) -> Dateline | None:
    """
    The dateline at the start of a paragraph: "GENEVA, Jan. 21 (Reuters) -", "MOSCOW, January 10. /TASS/.".

    A form without a day needs an agency of the table, or a place in capitals and a long dash.

    Limit: a dateline in another script is found only in the agency's own form.
    """
    head = paragraph[:160]
    for pattern in _dateline_patterns():
        match = pattern.match(head)
        if not match:
            continue
        groups = match.groupdict()
        agency = agencies().get(groups["agency"].strip().lower()) if groups.get("agency") else None
        if groups.get("agency") and not agency and not groups.get("date"):
            continue
        if (groups.get("place") or "").lower() in _NO_PLACE:
            continue
        found = None
        if groups.get("date"):
            inner = find_dates(groups["date"])
            if not inner:
                continue
            start = match.start("date")
            found = FoundDate(start + inner[0].start, start + inner[0].end, inner[0].edtf)
        return Dateline(match.end(), _place_name(groups.get("place")), agency, found)
    return None


def _place_name(words: str | None) -> str | None:
    """ "GENEVA" as "Geneva"; abbreviations with full stops stay."""
    if not words:
        return None
    words = re.sub(r"[^\W\d_a-z]{3,}(?!\w)", lambda m: m[0].capitalize(), words)
    return re.sub(r"(?<=\w\w)\.$", "", words)


def witnesses_in(
    text: str, start: int, found: Sequence[FoundDate], kind: WitnessKind, note: str
) -> list[DateWitness]:
    """Witnesses for dates found in ``text[start:...]``."""
    return [
        DateWitness(kind, item.edtf, Span.of(text, start + item.start, start + item.end), note)
        for item in found
    ]
