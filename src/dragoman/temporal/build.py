"""What a match says: from the words it caught to a Meaning."""

# ruff: noqa: ARG001 - builders share one signature

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.temporal.atoms import Capture
from dragoman.temporal.meaning import Meaning
from dragoman.temporal.words import Rule


def build_meaning(rule: Rule, capture: Capture) -> Meaning | None:
    """What a match says; None where its numbers are no date ("31.31.2020")."""
    builder = BUILDERS[rule.kind]
    return builder({**rule.given}, capture)


def _build_date(given: dict[str, str], capture: Capture) -> Meaning | None:
    bc = capture.get("ERA") == "BC"
    year: int | None = None
    if "YEAR" in capture:
        year = int(capture["YEAR"])
    elif "YY" in capture:
        year = _full_year(int(capture["YY"]))
    elif "NUM" in capture:
        if not capture["NUM"].isdigit() or not 1 <= int(capture["NUM"]) <= 9999:
            return None
        year = -int(capture["NUM"]) if bc else int(capture["NUM"])
    day_name = given.get("day", "DAY")
    day = next((int(capture[name]) for name in (day_name, "ORDWORD") if name in capture), None)
    month = capture.get("MONTH") or capture.get("MONTHSHORT")
    weekday = capture.get("WEEKDAY") or capture.get("WDSHORT")
    if day is not None and not 1 <= day <= 31:
        return None
    century = ""
    if "ORD" in capture and "quarter" not in given and day_name != "ORD":
        number = int(capture["ORD"])
        if not 1 <= number <= 22:
            return None
        century = f"{number - 1:02}"
    decade = capture.get("DECADE", "")[:3]
    if "YYS" in capture:
        decade = str(_full_year(int(capture["YYS"])))[:3]
    if "DECADEWORD" in capture:
        decade = f"19{capture['DECADEWORD'][0]}"
    if month and day and day > (30 if int(month) in {4, 6, 9, 11} else 29 if int(month) == 2 else 31):
        return None
    return Meaning(
        "date",
        year=year,
        month=int(month) if month else None,
        day=day,
        weekday=int(weekday) if weekday else None,
        season=capture.get("SEASON", "") or capture.get("FALL", ""),
        part=capture.get("PART", ""),
        decade=decade,
        century=century,
        half=given.get("half", ""),
        quarter=capture.get("ORD", "") if "quarter" in given else "",
        relative=given.get("rel", ""),
        bc=bc,
    )


def _full_year(short: int) -> int:
    return 2000 + short if short <= 30 else 1900 + short


def _build_iso(given: dict[str, str], capture: Capture) -> Meaning | None:
    year, month, day = map(int, capture["ISO"].split("-"))
    return _valid_day(year, month, day)


def _build_dotted(given: dict[str, str], capture: Capture) -> Meaning | None:
    day, month, year = map(int, capture["DOTTED"].split(" "))
    return _valid_day(year, month, day)


def _build_slashed(given: dict[str, str], capture: Capture) -> Meaning | None:
    """Day and month where one of them can only be the day; else the words leave it open: the year."""
    first, second, year = map(int, capture["SLASHED"].split(" "))
    if first > 12:
        return _valid_day(year, second, first)
    if second > 12 or first == second:
        return _valid_day(year, first, second)
    return Meaning("date", year=year) if first and second else None


def _valid_day(year: int, month: int, day: int) -> Meaning | None:
    ok = 1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 2199
    return Meaning("date", year=year, month=month, day=day) if ok else None


def _unit(given: dict[str, str], capture: Capture) -> str:
    return given.get("unit") or capture.get("UNIT") or capture.get("UNITS") or ""


def _build_unit(given: dict[str, str], capture: Capture) -> Meaning | None:
    offset = int(given.get("offset", "0"))
    return Meaning(
        "unit",
        unit=_unit(given, capture),
        anchor=given["anchor"],
        offset=offset,
        part=given.get("part", capture.get("PART", "")),
    )


def _build_shift(given: dict[str, str], capture: Capture) -> Meaning | None:
    count = given.get("count") or capture.get("QTY") or capture.get("NUM") or "X"
    return Meaning(
        "shift", unit=_unit(given, capture), anchor=given["anchor"], offset=int(given["sign"]), count=count
    )


def _build_deictic(given: dict[str, str], capture: Capture) -> Meaning | None:
    value = capture.get("DEICTIC", "0")
    part = "NI" if value.endswith("N") else capture.get("PART", "")
    return Meaning("deictic", offset=int(value.rstrip("N")), part=part, anchor="dct")


def _build_duration(given: dict[str, str], capture: Capture) -> Meaning | None:
    count = given.get("count") or capture.get("QTY") or capture.get("NUM") or "X"
    return Meaning("duration", count=count, unit=_unit(given, capture))


def _build_set(given: dict[str, str], capture: Capture) -> Meaning | None:
    if "SETWORD" in capture:
        return Meaning("set", value=capture["SETWORD"])
    if "WEEKDAYS" in capture or "WEEKDAY" in capture:
        return Meaning("set", value=f"XXXX-WXX-{capture.get('WEEKDAYS') or capture['WEEKDAY']}")
    if "SEASON" in capture:
        return Meaning("set", value=f"XXXX-{capture['SEASON']}")
    if "PART" in capture:
        return Meaning("set", value=f"XXXX-XX-XXT{capture['PART']}")
    count = given.get("count") or capture.get("NUM") or ""
    return Meaning("set", count=count, unit=_unit(given, capture))


def _build_ref(given: dict[str, str], capture: Capture) -> Meaning | None:
    return Meaning("ref", value=given.get("value") or capture["REFWORD"])


def _build_clock(given: dict[str, str], capture: Capture) -> Meaning | None:
    if "NOON" in capture:
        return Meaning("clock", clock=capture["NOON"])
    text = capture.get("CLOCK") or capture.get("MILITARY") or ""
    if "NUM" in capture:
        if not capture["NUM"].isdigit() or not 0 < int(capture["NUM"]) <= 12:
            return None
        text = f"T{int(capture['NUM']):02}:00"
    hour = int(text[1:3])
    if capture.get("AMPM") == "PM" and hour < 12:
        hour += 12
    if capture.get("AMPM") == "AM" and hour == 12:
        hour = 0
    return Meaning("clock", clock=f"T{hour:02}{text[3:]}")


def _build_part(given: dict[str, str], capture: Capture) -> Meaning | None:
    return Meaning("part", part=capture.get("PART", ""))


def _build_holiday(given: dict[str, str], capture: Capture) -> Meaning | None:
    year = int(capture["YEAR"]) if "YEAR" in capture else None
    return Meaning("holiday", year=year, value=given.get("name") or capture["HOLIDAY"])


BUILDERS: Mapping[str, Callable[[dict[str, str], Capture], Meaning | None]] = {
    "date": _build_date,
    "iso": _build_iso,
    "dotted": _build_dotted,
    "slashed": _build_slashed,
    "unit": _build_unit,
    "shift": _build_shift,
    "deictic": _build_deictic,
    "duration": _build_duration,
    "set": _build_set,
    "ref": _build_ref,
    "clock": _build_clock,
    "part": _build_part,
    "holiday": _build_holiday,
}
