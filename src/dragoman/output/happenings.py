"""Happenings for people and programs: the timeline, the table of events, rows, a page for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    PARTY_SLOTS,
    Claim,
    EventType,
    Happening,
    Plain,
    Settled,
    Span,
    Standing,
    Status,
    StoredReport,
    Turn,
)
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.output.form import Form, Row, safe
from dragoman.output.layout import print_beside
from dragoman.output.told import Told
from dragoman.output.words import (
    country_in_words,
    date_in_short,
    date_in_words,
    date_order,
    listed,
    parties_in_words,
    party_in_words,
    status_in_words,
    visible,
)

SHORT = 8  # characters of an id in a table; the commands take the first characters of an id
_NAMED = 2  # sources named before "and 3 more"

TYPE_STYLES = {
    EventType.MEETING: "bold blue",
    EventType.PROPOSAL: "bold yellow",
    EventType.AGREEMENT: "bold green",
    EventType.REFUSAL: "bold red",
}
WEAK = frozenset({Status.CANCELLED, Status.REFUSED, Status.DENIED, Status.FAILED, Status.UNCLEAR})
_AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.POSTPONED, Status.EXPECTED})

COLUMNS = (
    "id", "date", "earliest", "latest", "type", "kind", "status", "parties", "people", "mediators", "by",
    "to", "forum", "place", "country", "subject", "title", "sources", "reports", "conflicts", "overdue",
    "words", "report", "outlet", "published",
)  # fmt: skip


# --- words -----------------------------------------------------------------------------------------------


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 source", "3 sources"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def value_in_words(slot: str, value: Plain) -> str:
    """A slot's value for a reader: dates and parties in words, lists as lists."""
    if value in (None, "", ()):
        return "nothing"
    if slot == "date" and isinstance(value, str):
        return date_in_words(value)
    if slot == "status" and isinstance(value, str):
        return status_in_words(value)
    if slot == "country" and isinstance(value, str):
        return country_in_words(value)
    if slot in PARTY_SLOTS and isinstance(value, str):
        return party_in_words(value)
    if isinstance(value, tuple):
        return parties_in_words(value) if slot in PARTY_SLOTS else listed([visible(item) for item in value])
    return visible(str(value))


def report_in_words(report: StoredReport) -> str:
    """A report by its outlet, its title and its day: "Lakeside Wire, 10 January 2022: Talks begin"."""
    told = [visible(report.publisher or ""), published_in_short(report)]
    head = ", ".join(filter(None, told))
    return f"{head}: {visible(report.title or report.name)}"


def published_in_short(report: StoredReport) -> str:
    """The day of publication, or what bounds it: "between 13 and 20 January 2022" has no day."""
    return date_in_words(report.published) if report.published else "date unknown"


def sources_in_words(told: Told) -> str:
    """How much speaks of a happening: "2 sources in 3 reports"."""
    words = count(told.happening.sources, "source")
    reports = len(told.told_by)
    return words if reports == told.happening.sources else f"{words} in {count(reports, 'report')}"


def outlets_in_words(told: Told) -> str:
    """Who reports it, the first two by name: "Lakeside Wire, Northern Herald and 3 more"."""
    names = list(dict.fromkeys(visible(r.publisher or r.title or r.name) for r in told.told_by))
    shown, rest = names[:_NAMED], len(names) - _NAMED
    return listed([*shown, f"{rest} more"]) if rest > 0 else listed(shown)


def history_in_words(history: Sequence[Turn]) -> str:
    """
    What the reports said of its status one after another, "" where all say the same.

    "1 March 2024: planned → 6 March 2024: held"; a plan that moves says for which day it is.
    """
    steps: list[Turn] = []
    for turn in history:
        if not steps or _said(turn) != _said(steps[-1]):
            steps.append(turn)
    moved = len({_said(turn) for turn in steps if turn.status in _AHEAD}) > 1
    if len(steps) < 2:
        return ""
    return " → ".join(
        (f"{date_in_words(turn.published)}: " if turn.published else "undated: ")
        + status_in_words(turn.status)
        + (f" for {date_in_words(turn.date)}" if moved and turn.status in _AHEAD and turn.date else "")
        for turn in steps
    )


def _said(turn: Turn) -> tuple[str, str | None]:
    return turn.status, turn.date if turn.status in _AHEAD else None


def conflict_in_words(slot: str, settled: Settled) -> str:
    """What the reports give for a slot: "date: 10 January 2022 (2 sources) or 11 January 2022 (1 source)"."""
    values = [
        f"{value_in_words(slot, s.value)} ({count(s.sources, 'source')})" for s in settled.support if s.value
    ]
    return f"{slot}: {' or '.join(values)}"


def marks(told: Told) -> list[str]:
    """What a reader must know before relying on it: conflicts, and that it is overdue."""
    h = told.happening
    found = [f"reports differ on {conflict_in_words(name, h.slots[name])}" for name in h.conflicts]
    if h.overdue:
        found.append("overdue: its day has passed and no report tells of it")
    judged = [name for name, slot in h.slots.items() if slot.standing is Standing.JUDGED]
    if judged:
        found.append(f"decided by a person: {', '.join(judged)}")
    return found


def month_of(edtf: str | None) -> str:
    """The month under which a date stands in a timeline."""
    value = Edtf.parse(edtf)
    bounds = value.bounds if value else None
    if value is None or bounds is None:
        return "No date"
    if not value.year_known:
        return "Year unknown"
    return f"{date_order(edtf)[1]:%B %Y}"


# --- terminal --------------------------------------------------------------------------------------------


def print_timeline_of(console: Console, events: Sequence[Told]) -> None:
    """Happenings in the order given, month by month, each with its marks, its sources and words."""
    group = ""
    for told in events:
        if (title := month_of(told.date)) != group:
            group = title
            console.print(Rule(Text(title, "bold"), align="left", style="dim"))
        left = [Text(date_in_words(told.date), "bold cyan"), Text(visible(told.id), "dim")]
        print_beside(console, left, _lines(told))


def _lines(told: Told) -> Iterator[Text]:
    """What, who, where, about what; marks; words; who says so."""
    yield heading(told)
    yield Text(told.who)
    if people := told.happening.many("people"):
        yield Text(", ".join(map(visible, people)))
    if told.about:
        yield Text(" · ".join(map(visible, told.about)), "italic")
    for mark in marks(told):
        yield Text(f"! {mark}", "bold red")
    if history := history_in_words(told.happening.history):
        yield Text(history, "green")
    if told.words:
        yield Text.assemble(("“", "dim"), visible(told.words.exact), ("”", "dim"))
    yield from _credits(told)


def heading(told: Told) -> Text:
    """Type and status, and where: "Meeting, held · Geneva, Switzerland"."""
    status, kind = told.happening.text("status"), told.happening.type
    style = "bold red" if status in WEAK else TYPE_STYLES[kind]
    what = Text(told.what, style + (" strike" if status == Status.DENIED else ""))
    if told.where:
        what.append(f" · {told.where}", "default not bold")
    return what


def _credits(told: Told) -> Iterator[Text]:
    """The report whose words are shown, and how many say the same."""
    lead = told.lead
    report = told.reports.get(lead.report) if lead else None
    if report:
        yield Text(report_in_words(report), "dim")
    if len(told.told_by) > 1:
        yield Text(f"{sources_in_words(told)}: {outlets_in_words(told)}", "dim")


def print_events(console: Console, events: Sequence[Told]) -> None:
    """Happenings as a table, a line or two each."""
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for name, options in _TABLE:
        grid.add_column(name, **options)
    for told in events:
        grid.add_row(*_cells(told))
    console.print(grid)


_TABLE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Id", {"width": SHORT, "style": "dim"}),
    ("Date", {"max_width": 16, "style": "cyan"}),
    ("Event", {"max_width": 18}),
    ("Who, where", {"ratio": 1}),
    ("Sources", {"justify": "right", "width": 7}),
)


def _cells(told: Told) -> list[Text]:
    who = Text(told.who)
    if told.where:
        who.append(f" · {told.where}", "dim")
    status = told.happening.text("status")
    what = Text(told.what, "bold red" if status in WEAK else TYPE_STYLES[told.happening.type])
    for mark in short_marks(told.happening):
        what.append(f"\n! {mark}", "bold red")
    sources = Text(str(told.happening.sources))
    return [Text(visible(told.id)[:SHORT]), Text(date_in_short(told.date)), what, who, sources]


def short_marks(happening: Happening) -> list[str]:
    """The marks in a word each, for a table."""
    conflicts = [f"conflict: {', '.join(happening.conflicts)}"] if happening.conflicts else []
    return conflicts + (["overdue"] if happening.overdue else [])


# --- rows ------------------------------------------------------------------------------------------------


def span_row(span: Span) -> Row:
    """A span as the JSON rows have it."""
    return {"start": span.start, "end": span.end, "exact": span.exact}


def plain(value: Plain) -> Any:
    """A slot's value for JSON."""
    return list(value) if isinstance(value, tuple) else value


def day_bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """Earliest and latest day in ISO form, None where open, unknown, or where the year is not known."""
    value = Edtf.parse(edtf)
    found = value.bounds if value and value.year_known else None
    if found is None:
        return None, None
    low, high = found
    return (
        None if low == FAR_PAST else low.isoformat(),
        None if high == FAR_FUTURE else high.isoformat(),
    )


def event_row(told: Told) -> Row:
    """One happening as a JSON object: settled values, how they stand, history, claims with their words."""
    h = told.happening
    earliest, latest = day_bounds(told.date)
    return {
        "id": h.id,
        "type": h.type.value,
        **{name: plain(h.value(name)) for name in CLAIM_SLOTS},
        "earliest": earliest,
        "latest": latest,
        "sources": h.sources,
        "standing": {name: h.slots[name].standing.value for name in CLAIM_SLOTS},
        "conflicts": list(h.conflicts),
        "overdue": h.overdue,
        "history": [turn_row(turn) for turn in h.history],
        "claims": [claim_row(claim) for claim in told.claims],
        "reports": [brief_report_row(report) for report in told.told_by],
        "judgements": list(h.judgements),
    }


def turn_row(turn: Turn) -> Row:
    """One step of a history."""
    return {
        "status": turn.status.value,
        "date": turn.date,
        "claim": turn.claim,
        "report": turn.report,
        "published": turn.published,
    }


def claim_row(claim: Claim) -> Row:
    """One claim: its values in the words of the record, its evidence as spans of the report's text."""
    return {
        "id": claim.id,
        "report": claim.report,
        "event": claim.event,
        **{name: plain(getattr(claim, name)) for name in CLAIM_SLOTS},
        "evidence": [span_row(span) for span in claim.evidence],
        "spans": {name: [span_row(span) for span in spans] for name, spans in claim.words},
    }


def brief_report_row(report: StoredReport) -> Row:
    """A report as the rows of its events name it."""
    return {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "address": report.address,
        "source": report.source,
    }


def flat_event(told: Told) -> Iterable[Row]:
    """One happening as one flat row; lists are joined with "; "."""
    h, lead = told.happening, told.lead
    report = told.reports.get(lead.report) if lead else None
    earliest, latest = day_bounds(told.date)
    yield {
        "id": h.id,
        "type": h.type.value,
        **{name: joined(name, h.value(name)) for name in CLAIM_SLOTS},
        "earliest": earliest,
        "latest": latest,
        "sources": h.sources,
        "reports": len(told.told_by),
        "conflicts": "; ".join(h.conflicts),
        "overdue": h.overdue,
        "words": told.words.exact if told.words else None,
        "report": report.title or report.name if report else None,
        "outlet": report.publisher if report else None,
        "published": report.published if report else None,
    }


def joined(slot: str, value: Plain) -> str | None:
    """A slot's value in one cell."""
    if slot in MANY:
        return "; ".join(value) if isinstance(value, tuple) else ""
    return str(value) if value is not None else None


# --- page ------------------------------------------------------------------------------------------------

_TOP = 'style="text-align:left;vertical-align:top"'


def events_page(events: Sequence[Told]) -> str:
    """A table for a notebook: date and id on the left, the rest with its words on the right."""
    if not events:
        return "<p>No events.</p>"
    return f"<table>{''.join(map(_page_row, events))}</table>"


def _page_row(told: Told) -> str:
    what = " · ".join(filter(None, (told.what, told.where)))
    lines = [told.who, ", ".join(told.happening.many("people")), " · ".join(told.about)]
    body = "".join(f"<br>{safe(line)}" for line in lines if line)
    body += "".join(f"<br><strong>! {safe(mark)}</strong>" for mark in marks(told))
    if told.words:
        body += f"<div><q>{safe(told.words.exact)}</q></div>"
    report = told.reports.get(told.lead.report) if told.lead else None
    body += f"<div><small>{safe(report_in_words(report))}</small></div>" if report else ""
    body += f"<div><small>{safe(sources_in_words(told))}</small></div>"
    left = f"<b>{safe(date_in_words(told.date))}</b><br>{safe(told.id)}"
    return f"<tr><td {_TOP}>{left}</td><td {_TOP}><b>{safe(what)}</b>{body}</td></tr>"


TIMELINE: Form[Told] = Form("event", COLUMNS, flat_event, event_row, print_timeline_of, events_page)
EVENTS: Form[Told] = Form("event", COLUMNS, flat_event, event_row, print_events, events_page)
