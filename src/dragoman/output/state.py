"""The state of play: where each negotiation stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from dragoman.model import Answered
from dragoman.output.form import Form, Row, safe
from dragoman.output.happenings import (
    SHORT,
    count,
    heading,
    short_marks,
)
from dragoman.output.layout import print_beside
from dragoman.output.told import Standpoint, Told
from dragoman.output.words import date_in_words, parties_in_words, visible

COLUMNS = (
    "negotiation", "name", "item", "event", "date", "what", "who", "where", "about", "answers", "conflicts",
)  # fmt: skip

# What stands in the state of play, in the order of reading: item, title, and what is said of none.
_PARTS = (
    ("last-meeting", "Last meeting", "none is reported"),
    ("next-meeting", "Next meeting", "none is planned"),
    ("proposal", "On the table", "no proposal"),
    ("agreement", "Agreed", "nothing"),
    ("refusal", "Refused", "nothing"),
    ("unanswered", "Unanswered", "nothing"),
    ("overdue", "Overdue", "nothing"),
)


def items(view: Standpoint) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each thing that the state of play names: item, the event's id, ids of its answers."""
    state = view.negotiation.state
    single = {"last-meeting": state.last_meeting, "next-meeting": state.next_meeting}
    many = {
        "agreement": state.agreements,
        "refusal": state.refusals,
        "unanswered": state.unanswered,
        "overdue": state.overdue,
    }
    for item, _, _ in _PARTS:
        if item in single:
            yield from ((item, event, ()) for event in (single[item],) if event)
        elif item == "proposal":
            yield from ((item, answered.proposal, answered.answers) for answered in state.proposals)
        else:
            yield from ((item, event, ()) for event in many[item])


# --- terminal --------------------------------------------------------------------------------------------


def print_state(console: Console, views: Sequence[Standpoint]) -> None:
    """Each negotiation with its parties, what holds it together, and where it stands."""
    for view in views:
        _print_one(console, view)


def _print_one(console: Console, view: Standpoint) -> None:
    n = view.negotiation
    console.print(Rule(Text(visible(n.name), "bold"), align="left", style="dim"))
    about = [parties_in_words(n.parties), visible(n.subject or ""), count(len(n.happenings), "event")]
    console.print(Padding(Text(" · ".join(filter(None, about))), (0, 2)))
    told = f"{visible(n.id)}" + (f" · {visible(n.why)}" if n.why else "")
    console.print(Padding(Text(told, "dim"), (0, 2, 1, 2)))
    found = list(items(view))
    for item, title, none in _PARTS:
        rows = [(event, answers) for kind, event, answers in found if kind == item]
        console.print(Padding(Text(title, "bold"), (0, 2)))
        if not rows:
            console.print(Padding(Text(none, "dim"), (0, 4)))
        before: tuple[str, ...] = ()
        for event, answers in rows:
            _print_item(console, view, event, indent=2, brief=item == "unanswered")
            if item == "proposal":
                _print_answers(console, view, answers, before)
                before = answers
    console.print()


def _print_item(console: Console, view: Standpoint, event: str, *, indent: int, brief: bool = False) -> None:
    told = view.events.get(event)
    if told is None:
        console.print(Padding(Text(visible(event), "dim"), (0, 0, 0, indent + 2)))
        return
    short = Text(visible(told.id)[:SHORT], "dim")
    left = [Text(date_in_words(told.date), "cyan")] + ([] if brief else [short])
    right = [_brief(told)] if brief else _lines(told)
    print_beside(console, left, right, indent=indent, after="")


def _print_answers(console: Console, view: Standpoint, answers: Sequence[str], before: Sequence[str]) -> None:
    """What answers a proposal, in short; what answers the one before it as well is not repeated."""
    new = [event for event in answers if event not in before]
    words = Text("answered by", "dim") if answers else Text("no answer is reported", "bold red")
    if 0 < len(set(before) & set(answers)) == len(set(before)):
        words = Text("answered by the same" + (" and" if new else ""), "dim")
    else:
        new = list(answers)
    console.print(Padding(words, (0, 0, 0, 8)))
    for event in new:
        _print_item(console, view, event, indent=6, brief=True)


def _brief(told: Told) -> Text:
    """Type, status, parties and id on one line; the whole stands under its own heading."""
    line = heading(told)
    return line.append(f": {told.who} ", "default not bold").append(visible(told.id)[:SHORT], "dim not bold")


def _lines(told: Told) -> Iterator[Text]:
    yield heading(told)
    line = Text(told.who)
    if told.about:
        line.append(f": {' · '.join(map(visible, told.about))}", "italic")
    yield line
    for mark in short_marks(told.happening):
        yield Text(f"! {mark}", "bold red")


# --- rows ------------------------------------------------------------------------------------------------


def state_row(view: Standpoint) -> Row:
    """One negotiation as a JSON object; events are named by id and told in short under ``events``."""
    n, state = view.negotiation, view.negotiation.state
    return {
        "id": n.id,
        "name": n.name,
        "parties": list(n.parties),
        "forum": n.forum,
        "subject": n.subject,
        "why": n.why,
        "happenings": list(n.happenings),
        "last_meeting": state.last_meeting,
        "next_meeting": state.next_meeting,
        "proposals": [_answered_row(answered) for answered in state.proposals],
        "agreements": list(state.agreements),
        "refusals": list(state.refusals),
        "unanswered": list(state.unanswered),
        "overdue": list(state.overdue),
        "events": {event: brief_event_row(told) for event, told in view.events.items()},
    }


def _answered_row(answered: Answered) -> Row:
    return {"proposal": answered.proposal, "answers": list(answered.answers)}


def brief_event_row(told: Told) -> Row:
    """An event in short: what a reader needs to recognise it."""
    h = told.happening
    return {
        "date": told.date,
        "type": h.type.value,
        "status": h.text("status"),
        "parties": list(h.many("parties")),
        "place": h.text("place"),
        "about": list(told.about),
        "sources": h.sources,
        "conflicts": list(h.conflicts),
    }


def flat_state(view: Standpoint) -> Iterable[Row]:
    """A flat row for each thing that the state of play names."""
    for item, event, answers in items(view):
        told = view.events.get(event)
        row: Row = {
            "negotiation": view.negotiation.id,
            "name": view.negotiation.name,
            "item": item,
            "event": event,
            "answers": "; ".join(answers),
        }
        if told:
            row |= {
                "date": told.date,
                "what": told.what,
                "who": told.who,
                "where": told.where,
                "about": "; ".join(told.about),
                "conflicts": "; ".join(told.happening.conflicts),
            }
        yield row


# --- page ------------------------------------------------------------------------------------------------


def state_page(views: Sequence[Standpoint]) -> str:
    """A heading and a list for each negotiation."""
    return "".join(map(_page_of, views)) or "<p>No negotiations.</p>"


def _page_of(view: Standpoint) -> str:
    n = view.negotiation
    about = " · ".join(filter(None, (parties_in_words(n.parties), n.subject or "", n.id)))
    found = list(items(view))
    parts = []
    for item, title, none in _PARTS:
        rows = [_page_item(view, event, answers) for kind, event, answers in found if kind == item]
        parts.append(f"<dt><b>{safe(title)}</b></dt>{''.join(rows) or f'<dd>{safe(none)}</dd>'}")
    return f"<h4>{safe(n.name)}</h4><p>{safe(about)}</p><dl>{''.join(parts)}</dl>"


def _page_item(view: Standpoint, event: str, answers: Sequence[str]) -> str:
    told = view.events.get(event)
    if told is None:
        return f"<dd>{safe(event)}</dd>"
    where = f" · {told.where}" if told.where else ""
    line = f"{date_in_words(told.date)}: {told.what}{where}: {told.who}"
    about = f" <i>{safe(' · '.join(told.about))}</i>" if told.about else ""
    answered = "".join(_page_item(view, answer, ()) for answer in answers)
    return f"<dd>{safe(line)}{about}{f'<dl>{answered}</dl>' if answered else ''}</dd>"


STATE: Form[Standpoint] = Form("negotiation", COLUMNS, flat_state, state_row, print_state, state_page)
