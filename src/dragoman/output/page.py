"""Records as HTML for a notebook; every word of a report is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from dragoman.model import Event, Record
from dragoman.output.words import (
    date_in_words,
    date_order,
    defect_in_words,
    party_in_words,
    published_in_words,
    visible,
    what_in_words,
    where_in_words,
    who_in_words,
)

if TYPE_CHECKING:
    from dragoman.pipeline import Problem

_STYLE = 'style="text-align:left;vertical-align:top"'


def reading_page(records: Sequence[Record], problems: Iterable[Problem] = ()) -> str:
    """A fragment of HTML: each report with its events, statements and faults, then what was not read."""
    parts = [_report(record) for record in records]
    parts += [f"<p><b>Not read</b> {_safe(str(problem))}</p>" for problem in problems]
    return f"<div class='dragoman'>{''.join(parts)}</div>"


def _safe(text: str) -> str:
    return escape(visible(text), quote=True)


def _report(record: Record) -> str:
    document = record.document
    events = sorted(record.events, key=lambda event: date_order(event.date.value))
    head = (
        f"<h4>{_safe(document.title or document.id)}</h4><p>{_safe(published_in_words(record.published))}</p>"
    )
    table = f"<table>{''.join(map(_event, events))}</table>" if events else "<p>No events found.</p>"
    return head + table + _statements(record) + _faults(record)


def _event(event: Event) -> str:
    quotes = "".join(f"<div><q>{_safe(span.exact)}</q></div>" for span in event.evidence)
    what = " · ".join(filter(None, (what_in_words(event), where_in_words(event))))
    people = ", ".join(event.people.value)
    cells = (
        f"<b>{_safe(date_in_words(event.date.value))}</b><br>{_safe(event.id)}",
        f"<b>{_safe(what)}</b><br>{_safe(who_in_words(event))}"
        + (f"<br>{_safe(people)}" if people else "")
        + quotes,
    )
    return f"<tr>{''.join(f'<td {_STYLE}>{cell}</td>' for cell in cells)}</tr>"


def _statements(record: Record) -> str:
    rows = []
    for s in record.statements:
        party = f" (for {_safe(party_in_words(s.party))})" if s.party else ""
        cue = f" {_safe(s.cue.exact)}" if s.cue else ""  # it may turn the words round: "refused to say"
        words = f"<q>{_safe(s.content.exact)}</q>" if s.direct else _safe(s.content.exact)
        rows.append(f"<li>{_safe(s.speaker)}{party}{cue}: {words}</li>")
    return f"<b>Said</b><ul>{''.join(rows)}</ul>" if rows else ""


def _faults(record: Record) -> str:
    rows = [
        f"<li>{_safe(defect_in_words(d.kind))}: <q>{_safe(d.span.exact)}</q></li>" for d in record.defects
    ]
    return f"<b>Faults of the report</b><ul>{''.join(rows)}</ul>" if rows else ""
