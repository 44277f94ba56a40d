"""
The record as a person reads it in a terminal: a timeline, each line with its words.

Text of a report is shown through :func:`visible` and as :class:`rich.text.Text`, never as markup, so
nothing in a report can steer the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.model import Document, Event, EventType, Record, Span, Statement, Status
from dragoman.model.edtf import Edtf
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

_NARROW = 64  # below this width dates stand above, not beside
_DATE_COLUMN = 21  # "28 September 2022" and some air
_SHOWN = 200  # characters of a statement

_TYPE_STYLES = {
    EventType.MEETING: "bold blue",
    EventType.PROPOSAL: "bold yellow",
    EventType.AGREEMENT: "bold green",
    EventType.REFUSAL: "bold red",
}
_WEAK = {Status.CANCELLED, Status.REFUSED, Status.DENIED, Status.FAILED, Status.UNCLEAR}
# Words of these fields are marked where they stand in the evidence.
_FIELD_STYLES = {
    "date": "cyan",
    "place": "magenta",
    "forum": "magenta",
    "parties": "yellow",
    "people": "yellow",
    "status": "green",
}


@dataclass(frozen=True, slots=True)
class Sighted:
    """An event and the report that tells it."""

    record: Record
    event: Event

    @property
    def order(self) -> tuple[object, ...]:
        """By date; at the same date as the reports came."""
        return date_order(self.event.date.value)


def print_record(console: Console, record: Record, problems: Sequence[Problem] = ()) -> None:
    """One report: heading, what was not read, events by date, what was said, faults, what was left aside."""
    console.print(_heading(record), "", sep="\n")
    if problems:
        rows = [Text(visible(problem.message), "red") for problem in problems]
        console.print(_section("Not read", rows), "", sep="\n")
    events = sorted((Sighted(record, event) for event in record.events), key=lambda s: s.order)
    console.print(_rows(events, console.width) if events else Padding(Text("No events found.\n"), (0, 2)))
    for section in (*_said(record), *_faults(record)):
        console.print(section, "", sep="\n")


def print_timeline(console: Console, records: Sequence[Record]) -> None:
    """One timeline over several reports; each event names its report, none are merged."""
    events = [Sighted(record, event) for record in records for event in record.events]
    events.sort(key=lambda sighted: sighted.order)
    group = ""
    for title, sighted in ((_group(s.event), s) for s in events):
        if title != group:
            group = title
            console.print(_rule(title))
        console.print(_rows([sighted], console.width, told=True))
    console.print(_rule("Reports"))
    for record in records:
        for section in (_heading(record, count=True), *_faults(record)):
            console.print(section, "", sep="\n")


def _rule(title: str) -> Rule:
    return Rule(Text(title, "bold"), align="left", style="dim")


def _group(event: Event) -> str:
    """The month under which an event stands in the timeline."""
    value = Edtf.parse(event.date.value)
    bounds = value.bounds if value else None
    if value is None or bounds is None:
        return "No date"
    if not value.year_known:
        return "Year unknown"
    return f"{date_order(event.date.value)[1]:%B %Y}"


def _heading(record: Record, *, count: bool = False) -> RenderableType:
    document = record.document
    told = [published_in_words(record.published), visible(document.publisher or "")]
    if count:
        told.append(_count(len(record.events), "event"))
        told.append(_count(len(record.statements), "statement"))
    told.append(visible(document.id))
    title = Text(visible(document.title or _first_words(document)), "bold")
    return Group(title, Text(" · ".join(filter(None, told)), "dim"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _first_words(document: Document) -> str:
    words = visible(document.text[:400])
    return words if len(words) <= 70 else f"{words[:70].rsplit(' ', 1)[0]} …"


def _rows(events: Iterable[Sighted], width: int, *, told: bool = False) -> RenderableType:
    """Events beneath each other: date and id on the left, the rest on the right."""
    if width < _NARROW:
        return Group(
            *(
                Padding(Group(_left(s.event), Padding(_right(s, told=told), (0, 0, 0, 2))), (0, 1))
                for s in events
            )
        )
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_DATE_COLUMN)
    table.add_column()
    for sighted in events:
        table.add_row(_left(sighted.event), _right(sighted, told=told))
    return Padding(table, (0, 0, 0, 2))


def _left(event: Event) -> RenderableType:
    return Group(Text(date_in_words(event.date.value), "bold cyan"), Text(visible(event.id), "dim"))


def _right(sighted: Sighted, *, told: bool) -> RenderableType:
    """What, who, where, about what, and the words."""
    event = sighted.event
    style = _TYPE_STYLES[event.type] + (" strike" if event.status.value is Status.DENIED else "")
    what = Text(what_in_words(event), "bold red" if event.status.value in _WEAK else style)
    if where := where_in_words(event):
        what.append(f" · {where}", "default not bold")
    lines: list[RenderableType] = [what, Text(who_in_words(event))]
    if event.people.value:
        lines.append(Text(", ".join(map(visible, event.people.value))))
    about = [event.forum.value, event.title.value, event.subject.value]
    if named := [visible(words) for words in dict.fromkeys(about) if words]:
        lines.append(Text(" · ".join(named), "italic"))
    lines += [_quoted(sighted.record.document, event, span) for span in event.evidence]
    if told:
        lines.append(
            Text(f"in {visible(sighted.record.document.title or sighted.record.document.id)}", "dim")
        )
    lines.append(Text(""))
    return Group(*lines)


def _quoted(document: Document, event: Event, span: Span) -> Text:
    """Words of the report in quotation marks, the words of single fields marked, with their line."""
    quote = Text.assemble(("“", "dim"))
    for piece, style in _pieces(event, span):
        quote.append(piece, style)
    quote.append("” ", "dim")
    quote.append(f"line {line_of(document, span)}", "dim")
    return quote


def _pieces(event: Event, span: Span) -> Iterator[tuple[str, str]]:
    """The words of ``span`` in runs of one style; where fields overlap the first one marks."""
    marks: list[tuple[int, int, str]] = []
    for name, style in _FIELD_STYLES.items():
        for mark in getattr(event, name).spans:
            if span.covers(mark) and not any(
                mark.start < end and start < mark.end for start, end, _ in marks
            ):
                marks.append((mark.start, mark.end, style))
    at, spaced = span.start, False
    for start, end, style in [*sorted(marks), (span.end, span.end, "")]:
        for low, high, kind in ((at, start, "default"), (start, end, style)):
            raw = span.exact[low - span.start : high - span.start]
            words = visible(raw)
            if not raw:
                continue
            lead = " " if raw[0].isspace() and not spaced else ""
            tail = " " if raw[-1].isspace() and words else ""
            spaced = bool(tail) or (not words and (spaced or bool(lead)))
            yield f"{lead}{words}{tail}", kind
        at = end


def line_of(document: Document, span: Span) -> int:
    """The line of the stored text, from 1, on which a span starts."""
    return document.text.count("\n", 0, span.start) + 1


def _said(record: Record) -> list[RenderableType]:
    """What was said, where anything was."""
    said = [_statement(record.document, statement) for statement in record.statements]
    return [_section("Said", said)] if said else []


def _faults(record: Record) -> list[RenderableType]:
    """Defects of the report and what was left aside."""
    sections: list[RenderableType] = []
    document = record.document
    if record.defects:
        rows = [
            Text.assemble(
                (f"{defect_in_words(defect.kind)}: ", "red"),
                f"“{_shortened(defect.span.exact)}” ",
                (f"line {line_of(document, defect.span)}", "dim"),
            )
            for defect in record.defects
        ]
        sections.append(_section("Faults of the report", rows))
    if document.chrome:
        pieces = " · ".join(_shortened(span.exact, 60) for span in document.chrome)
        sections.append(_section("Left aside as page furniture", [Text(pieces, "dim")]))
    return sections


def _section(title: str, rows: Sequence[RenderableType]) -> RenderableType:
    return Padding(Group(Text(title, "bold"), *(Padding(row, (0, 0, 0, 2)) for row in rows)), (0, 0, 0, 2))


def _statement(document: Document, statement: Statement) -> Text:
    who = visible(statement.speaker)
    if statement.party and party_in_words(statement.party) not in who:
        who += f" (for {party_in_words(statement.party)})"
    cue = visible(statement.cue.exact) if statement.cue else ""
    if cue.lower().endswith((" to", " of")):  # "according to", "in the words of"
        text = Text.assemble(f"{cue[0].upper()}{cue[1:]} ", (who, "yellow"))
    else:
        text = Text.assemble((who, "yellow"), "" if not cue else f"{cue} " if cue == ":" else f" {cue}")
    content = _shortened(statement.content.exact)
    if statement.direct and content.startswith(("“", '"')) and content.endswith(("”", '"')):
        content = content[1:-1]
    if statement.direct:  # quotation marks are for the speaker's own words
        content = f"“{content}”"
    text.append(f"{content} " if cue.endswith(":") else f": {content} ", "default")
    text.append(f"line {line_of(document, statement.content)}", "dim")
    return text


def _shortened(text: str, limit: int = _SHOWN) -> str:
    words = visible(text)
    return words if len(words) <= limit else f"{words[: limit - 2].rsplit(' ', 1)[0]} …"
