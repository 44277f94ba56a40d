"""How one event came about: rule by rule, with the words that each rule looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.model import CLAIM_SLOTS, Document, Event, Reason, Record, Slot, Span
from dragoman.output.terminal import line_of
from dragoman.output.words import (
    date_in_words,
    parties_in_words,
    party_in_words,
    published_in_words,
    visible,
    what_in_words,
    who_in_words,
)

_IN_WORDS = {
    "date": date_in_words,
    "country": party_in_words,
    "parties": parties_in_words,
    "mediators": parties_in_words,
    "by": parties_in_words,
    "to": parties_in_words,
}


def explain_event(console: Console, record: Record, event: Event) -> None:
    """Print the event, its words, the rules that made it and, field by field, why each value was chosen."""
    document = record.document
    console.print(Text(f"{visible(event.id)}  {what_in_words(event)}: {who_in_words(event)}", "bold"))
    console.print(
        Text(f"{visible(document.title or document.id)} · {published_in_words(record.published)}", "dim")
    )
    _part(console, "Its words", [_place(document, span) for span in event.evidence])
    _part(console, "How it came about", _told(document, event.steps))
    for name in CLAIM_SLOTS:
        slot: Slot[Any] = getattr(event, name)
        if slot.reasons or slot.value:
            told = {span for reason in slot.reasons for span in reason.spans}
            words = [_place(document, span) for span in slot.spans if span not in told]
            _part(console, f"{name}: {_value(name, slot.value)}", [*words, *_told(document, slot.reasons)])
    _part(console, "Why the report has this date", _told(document, record.published.reasons))
    console.print()


def _part(console: Console, title: str, rows: Sequence[Text]) -> None:
    console.print(Padding(Text(title, "bold cyan"), (1, 0, 0, 2)))
    for row in rows:
        console.print(Padding(row, (0, 0, 0, 4)))


def _value(name: str, value: Any) -> str:
    """A field's value as the record has it, and in words where these say more."""
    if value in (None, (), ""):
        return "not known"
    plain = visible(", ".join(value) if isinstance(value, tuple) else str(value))
    words = _IN_WORDS[name](value) if name in _IN_WORDS else plain
    return plain if plain == words else f"{plain} ({words})"


def _told(document: Document, reasons: Iterable[Reason]) -> list[Text]:
    rows = []
    for reason in reasons:
        rows.append(Text.assemble((f"{visible(reason.rule)}  ", "green"), visible(reason.note)))
        rows += [Text.assemble("  ", _place(document, span)) for span in reason.spans]
    return rows


def _place(document: Document, span: Span) -> Text:
    """The words with their place: line, first and last character."""
    place = f" line {line_of(document, span)}, characters {span.start}–{span.end}"
    return Text.assemble("“", (visible(span.exact), "yellow"), "”", (place, "dim"))
