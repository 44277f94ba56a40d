"""TimelineJS 3 (https://timeline.knightlab.com/docs/json-format.html): a slide for each event with a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.saying import credit, joined_lines, title_of, web_address
from dragoman.model import StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.output.form import safe
from dragoman.output.happenings import marks
from dragoman.output.rows import dumps
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, parties_in_words, visible


def _lines(contents: Contents, notes: Notes) -> Iterator[str]:
    left_out = 0
    yield '{"scale": "human", "events": [\n'

    def slides() -> Iterator[str]:
        nonlocal left_out
        for told in contents.told():
            slide = slide_of(told)
            if slide is None:
                left_out += 1
            else:
                yield dumps(slide)

    yield from joined_lines(slides())
    yield "\n]}\n"
    if left_out:
        notes.append(f"{left_out} events without a date, or of an unknown year, are left out")


def slide_of(told: Told) -> dict[str, Any] | None:
    """One event as a slide; None where it has no date. What TimelineJS shows as HTML is escaped."""
    value = Edtf.parse(told.date)
    if value is None or value.bounds is None or not value.year_known:
        return None
    low, high = value.bounds
    start = high if low == FAR_PAST else low
    slide: dict[str, Any] = {
        "unique_id": told.id,
        "start_date": _date(start),
        "display_date": safe(date_in_words(told.date)),
        "text": {"headline": safe(title_of(told)), "text": _text(told)},
        "group": safe(told.happening.text("forum") or parties_in_words(told.happening.many("parties"))),
        "autolink": False,
    }
    if low != FAR_PAST and high not in {FAR_FUTURE, low}:
        slide["end_date"] = _date(high)
    return slide


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(told: Told) -> str:
    parts = [f"<p>{safe(line)}</p>" for line in (told.where, " · ".join(told.about)) if line]
    parts += [f"<p><strong>{safe(mark)}</strong></p>" for mark in marks(told)]
    if told.words:
        parts.append(f"<blockquote>{safe(told.words.exact)}</blockquote>")
    parts.append("<ul>" + "".join(f"<li>{_source(report)}</li>" for report in told.told_by) + "</ul>")
    return "".join(parts)


def _source(report: StoredReport) -> str:
    words = safe(
        f"{credit(report)}, {date_in_words(report.published)}" if report.published else credit(report)
    )
    address = web_address(report)
    return f'<a href="{escape(visible(address), quote=True)}">{words}</a>' if address else words


TIMELINEJS = Format("timelinejs", "json", "application/json", "slides for TimelineJS 3", one(_lines))
