"""
iCalendar (RFC 5545): events whose days are certain, as days without hours.

A certain day is an all-day event, an interval of days an event over them. What is approximate, open, known by
month or year alone, or has no date, is in no calendar: it is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dragoman.export.contents import Contents, Format, Notes
from dragoman.export.contents import Part as FilePart
from dragoman.export.drawing.shapes import VOID
from dragoman.export.places import spot
from dragoman.export.saying import credit, title_of, web_address
from dragoman.model import Status
from dragoman.model.edtf import Edtf
from dragoman.output.happenings import marks
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, visible
from dragoman.store.version import this_version

_EPOCH = date(1970, 1, 1)
_TENTATIVE = frozenset({Status.PROPOSED, Status.POSTPONED, Status.EXPECTED, Status.UNCLEAR})
UID_HOST = "dragoman.invalid"  # a name that nobody can own (RFC 6761): only the part before the @ counts


def days_certain(edtf: str | None) -> tuple[date, date] | None:
    """First and last day of a date whose days are certain, None for all others."""
    value = Edtf.parse(edtf)
    if value is None or value.about or not value.year_known or not (value.start and value.end):
        return None
    if value.start.day is None or value.end.day is None:
        return None
    return value.bounds


def uid(told: Told) -> str:
    """The same for the same event in every export, however many reports follow."""
    return f"{told.id}@{UID_HOST}"


def vevent(told: Told, *, as_of: date | None = None, link: str | None = None) -> Any | None:
    """
    One event as a component of the library icalendar; None where its days are not certain.

    Args:
        told: the event.
        as_of: stands for the day of its last report where that has none.
        link: address of its page; that of its first report where there is none.
    """
    from icalendar import Event  # noqa: PLC0415 - loads time zones

    days = days_certain(told.date)
    if days is None or days[1] == date.max:
        return None
    status = told.happening.text("status")
    changed = datetime.combine(_last_day(told) or as_of or _EPOCH, time(), UTC)
    event: Any = Event()
    event.add("uid", uid(told))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", len(told.claims) - 1 if told.claims else 0)
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + timedelta(days=1))  # exclusive
    event.add("summary", title_of(told))
    event.add("description", _description(told))
    event.add("categories", [told.happening.type.value])
    event.add(
        "status", "CANCELLED" if status in VOID else "TENTATIVE" if status in _TENTATIVE else "CONFIRMED"
    )
    event.add("transp", "TRANSPARENT")  # nobody is busy because ministers meet
    if told.where:
        event.add("location", told.where)
    where = spot(told.happening)
    if where and where.exact == "place":
        event.add("geo", (where.latitude, where.longitude))
    addresses = (link, *(web_address(report) for report in told.told_by))
    if address := next(filter(None, addresses), None):
        event.add("url", address)
    return event


def _last_day(told: Told) -> date | None:
    return max((report.latest for report in told.told_by if report.latest), default=None)


def _description(told: Told) -> str:
    lines = [date_in_words(told.date), *(visible(item) for item in told.about)]
    lines += [f"! {mark}" for mark in marks(told)]
    if told.words:
        lines.append(f"“{visible(told.words.exact)}”")
    for report in told.told_by:
        address = web_address(report)
        lines.append(credit(report) + (f" <{visible(address)}>" if address else ""))
    return "\n".join(lines)


def _parts(contents: Contents, notes: Notes) -> Iterator[FilePart]:
    yield "", _chunks(contents, notes)


def _chunks(contents: Contents, notes: Notes) -> Iterator[bytes]:
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Dragoman//Dragoman {this_version()}//EN",
        "CALSCALE:GREGORIAN", "X-WR-CALNAME:Negotiations",
    )  # fmt: skip
    yield "".join(f"{line}\r\n" for line in head).encode()
    left_out = 0
    for told in contents.told():
        event = vevent(told, as_of=contents.as_of)
        if event is None:
            left_out += 1
        else:
            yield event.to_ical()
    yield b"END:VCALENDAR\r\n"
    if left_out:
        notes.append(f"{left_out} events whose days are not certain are left out")


ICS = Format("ics", "ics", "text/calendar", "events on certain days, for calendars", _parts)
