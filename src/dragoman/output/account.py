"""An event of a dossier explained: every slot with the reports for and against it, and what joined them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.model import (
    CLAIM_SLOTS,
    Claim,
    Event,
    Feature,
    Match,
    Plain,
    Reason,
    Settled,
    Slot,
    Span,
    Standing,
    StoredReport,
    Support,
)
from dragoman.model.edtf import compatible
from dragoman.output.context import in_context, line_at
from dragoman.output.form import Form, Row
from dragoman.output.happenings import (
    conflict_in_words,
    count,
    event_row,
    joined,
    plain,
    report_in_words,
    sources_in_words,
    span_row,
    value_in_words,
)
from dragoman.output.judgements import judgement_in_words, judgement_row
from dragoman.output.told import Conflicting, Explained, Told
from dragoman.output.words import date_in_words, listed, published_words_of, status_in_words, visible

_STANDINGS = {
    Standing.SINGLE: "one source speaks of it",
    Standing.AGREED: "the sources agree",
    Standing.CONFLICT: "the sources differ",
    Standing.JUDGED: "decided by a person",
    Standing.EMPTY: "no report says",
}
_CLOSE = 40  # characters around the words of a slot; those around the whole claim stand further up
COLUMNS = (
    "event", "slot", "value", "standing", "settled", "sources", "against", "claim", "report", "outlet",
    "published", "words",
)  # fmt: skip


def against(name: str, slot: Settled, support: Support) -> bool:
    """Whether a value cannot hold together with the one that the record shows."""
    if slot.standing is Standing.EMPTY or support.value in (None, "", ()):
        return False
    if name == "date" and _is_text(slot.value) and _is_text(support.value):
        return not compatible(str(slot.value), str(support.value))
    return slot.standing in {Standing.CONFLICT, Standing.JUDGED} and not _is_part(support.value, slot.value)


def _is_part(value: Plain, shown: Plain) -> bool:
    """Whether a value is the one shown; of a list, whether all of it is shown."""
    if isinstance(value, tuple):
        return set(value) <= set(shown if isinstance(shown, tuple) else (shown or "",))
    return value == shown or (isinstance(shown, tuple) and value in shown)


def _is_text(value: Plain) -> bool:
    return isinstance(value, str)


# --- terminal --------------------------------------------------------------------------------------------


def print_explained(console: Console, explained: Explained) -> None:
    """The event; its history; slot by slot the values with their reports; what joined its claims."""
    told = explained.told
    where = f" · {told.where}" if told.where else ""
    console.print(Text(f"{visible(told.id)}  {told.what}{where}: {told.who}", "bold"))
    console.print(Text(f"{date_in_words(told.date)} · {sources_in_words(told)}", "dim"))
    if told.happening.overdue:
        console.print(Text("! overdue: its day has passed and no report tells of it", "bold red"))
    _part(console, "What the reports say", _claims(explained))
    _part(console, "History", [_turn(explained, n) for n in range(len(told.happening.history))])
    for name in CLAIM_SLOTS:
        slot = told.happening.slots[name]
        if slot.standing is not Standing.EMPTY:
            _part(console, _title(name, slot), _slot(explained, name, slot))
    _part(console, "What joined them", _matches(explained, explained.joined))
    _part(console, "Not decided", _matches(explained, explained.open))
    _part(console, "Decided by people", [Text(judgement_in_words(j)) for j in explained.judgements])
    for claim, event in explained.readings.items():
        _rules(console, explained, claim, event)
    console.print()


def _part(console: Console, title: str, rows: Iterable[RenderableType]) -> None:
    rows = list(rows)
    if not rows:
        return
    console.print(Padding(Text(title, "bold cyan"), (1, 0, 0, 2)))
    for row in rows:
        console.print(Padding(row, (0, 0, 0, 4)))


def _claims(explained: Explained) -> Iterator[RenderableType]:
    """Each claim, numbered, with its report and its words in their surroundings."""
    told = explained.told
    grid = Table.grid(padding=(0, 2, 0, 0))
    for number, claim in enumerate(told.claims, 1):
        head = _report(told.reports.get(claim.report), claim.report)
        text = explained.texts.get(claim.report)
        words = (in_context(text, span) for span in claim.evidence)
        grid.add_row(Text(str(number), "bold"), Group(head, Text(visible(claim.id), "dim"), *words))
    yield grid


def _report(report: StoredReport | None, report_id: str) -> Text:
    if report is None:
        return Text(visible(report_id))
    words = Text(report_in_words(report))
    if report.published and report.basis != "stated":
        words.append(f" ({published_words_of(report.basis)})", "dim")
    if report.copies and report.copies != report.id:
        words.append(" (a copy)", "dim")
    return words


def _turn(explained: Explained, number: int) -> Text:
    turn = explained.told.happening.history[number]
    day = date_in_words(turn.published) if turn.published else "on an unknown day"
    when = f", {date_in_words(turn.date)}" if turn.date else ""
    return Text.assemble(
        f"{day}: ",
        (f"{status_in_words(turn.status)}{when}", "green"),
        (f" ({_outlet(explained.told, turn.report)})", "dim"),
    )


def _outlet(told: Told, report_id: str) -> str:
    report = told.reports.get(report_id)
    return visible((report.publisher or report.title or report.name) if report else report_id)


def _title(name: str, slot: Settled) -> str:
    value = visible(joined(name, slot.value) or "")
    words = value_in_words(name, slot.value)
    shown = f"{value} ({words})" if value and value.replace("; ", ", ") != words else words
    return f"{name}: {shown} — {_STANDINGS[slot.standing]}"


def _slot(explained: Explained, name: str, slot: Settled) -> Iterator[RenderableType]:
    """Each value of a slot with the numbers of the claims that give it, then the words that carry them."""
    if slot.note:
        yield Text(visible(slot.note), "italic")
    numbers = {claim: number for number, claim in enumerate(explained.told.happening.claims, 1)}
    shown: set[int] = set()
    for support in slot.support:
        word, style = _side(name, slot, support)
        found = sorted(numbers[claim] for claim in support.claims if claim in numbers)
        yield Text.assemble(
            (f"{word}: ", style),
            value_in_words(name, support.value),
            (f", {count(support.sources, 'source')}: {listed([str(n) for n in found])}", "dim"),
        )
        # The parties of a claim share their words, which are shown once.
        new = [number for number in found if number not in shown]
        shown.update(new)
        grid = Table.grid(padding=(0, 2, 0, 0))
        for number in new:
            claim = explained.told.claim(explained.told.happening.claims[number - 1])
            if claim and claim.words_of(name):
                grid.add_row(Text(str(number), "bold"), _witness(explained, claim, name))
        if grid.row_count:
            yield Padding(grid, (0, 0, 0, 2))


def _side(name: str, slot: Settled, support: Support) -> tuple[str, str]:
    """Whether a value is the one shown, cannot hold with it, or says something else beside it."""
    if against(name, slot, support):
        return "against", "bold red"
    return ("for", "green") if _is_part(support.value, slot.value) else ("also", "yellow")


def _witness(explained: Explained, claim: Claim, slot: str) -> Text:
    """The words by which a claim gives a value: one in its surroundings, several by themselves."""
    text, spans = explained.texts.get(claim.report), claim.words_of(slot)
    if len(spans) == 1:
        return in_context(text, spans[0], around=_CLOSE)
    words = Text()
    for span in spans:
        words.append(", " if words else "")
        words.append(f"[{visible(span.exact)}]", "yellow")
        words.append(f" line {line_at(text, span)}" if text is not None else "", "dim")
    return words


def _matches(explained: Explained, matches: Sequence[Match]) -> Iterator[RenderableType]:
    numbers = {claim: number for number, claim in enumerate(explained.told.happening.claims, 1)}
    for match in matches:
        by = "" if match.by == "table" else f", by judgement {visible(match.by)}"
        one, other = (str(numbers.get(claim, visible(claim))) for claim in (match.left, match.right))
        yield Text(f"{one} and {other}: {match.verdict.value}, score {match.score:.2f}{by}")
        if match.why:
            yield Padding(Text(visible(match.why), "italic"), (0, 0, 0, 2))
        if match.features:
            yield features_table(match.features)


def features_table(features: Sequence[Feature]) -> Padding:
    """The features of a match: name, weight, and the values that made it."""
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("feature", "weight", "one", "other"):
        grid.add_column(name, justify="right" if name == "weight" else "left")
    for feature in features:
        cells = (
            visible(feature.name),
            f"{feature.weight:+.2f}",
            visible(feature.left),
            visible(feature.right),
        )
        grid.add_row(*map(Text, cells))
    return Padding(grid, (0, 0, 0, 2))


def _rules(console: Console, explained: Explained, claim_id: str, event: Event) -> None:
    """How one report was read: rule by rule, as ``dragoman explain`` shows it for a report."""
    claim = explained.told.claim(claim_id)
    text = explained.texts.get(claim.report) if claim else None
    rows: list[RenderableType] = list(_reasons(text, event.steps))
    for name in CLAIM_SLOTS:
        slot: Slot[Any] = getattr(event, name)
        if slot.reasons:
            rows.append(Text(f"{name}: {value_in_words(name, slot.value)}", "bold"))
            rows += _reasons(text, slot.reasons)
    _part(console, f"How {visible(claim_id)} was read", rows)


def _reasons(text: str | None, reasons: Iterable[Reason]) -> Iterator[RenderableType]:
    for reason in reasons:
        yield Text.assemble((f"{visible(reason.rule)}  ", "green"), visible(reason.note))
        yield from (Padding(_place(text, span), (0, 0, 0, 2)) for span in reason.spans)


def _place(text: str | None, span: Span) -> Text:
    line = f" line {line_at(text, span)}," if text is not None else ""
    place = f"{line} characters {span.start}–{span.end}"
    return Text.assemble("“", (visible(span.exact), "yellow"), "”", (place, "dim"))


def print_conflicts(console: Console, conflicts: Sequence[Conflicting]) -> None:
    """Each slot that reports differ on, with who says what."""
    for conflict in conflicts:
        told, slot = conflict.told, conflict.settled
        where = f" · {told.where}" if told.where else ""
        console.print(Text(f"{date_in_words(told.date)}  {told.what}{where}: {told.who}", "bold"))
        console.print(Padding(Text(visible(told.id), "dim"), (0, 0, 0, 2)))
        console.print(Padding(Text(conflict_in_words(conflict.slot, slot), "bold red"), (0, 0, 0, 2)))
        if slot.note:
            console.print(Padding(Text(visible(slot.note), "italic"), (0, 0, 0, 2)))
        for support in slot.support:
            console.print(Padding(_value_line(conflict.slot, support), (0, 0, 0, 4)))
            for claim_id in support.claims:
                console.print(Padding(_said(told, conflict.slot, claim_id), (0, 0, 0, 6)))
        console.print()


def _value_line(slot: str, support: Support) -> Text:
    return Text.assemble(
        (value_in_words(slot, support.value), "yellow"), (f", {count(support.sources, 'source')}", "dim")
    )


def _said(told: Told, slot: str, claim_id: str) -> Text:
    claim = told.claim(claim_id)
    if claim is None:
        return Text(visible(claim_id), "dim")
    words = claim.words_of(slot) or claim.evidence[:1]
    quote = " … ".join(visible(span.exact) for span in words)
    line = Text.assemble(_report(told.reports.get(claim.report), claim.report))
    return line.append(f" “{quote}”", "dim") if quote else line


# --- rows ------------------------------------------------------------------------------------------------


def explained_row(explained: Explained) -> Row:
    """The event's row, with all support, matches and judgements."""
    h = explained.told.happening
    row = event_row(explained.told)
    row["notes"] = {name: slot.note for name, slot in h.slots.items() if slot.note}
    row["support"] = {
        name: [_support_row(explained.told, name, slot, s) for s in slot.support]
        for name, slot in h.slots.items()
        if slot.support
    }
    row["matches"] = [match_row(match) for match in explained.matches]
    row["judgements"] = [judgement_row(judgement) for judgement in explained.judgements]
    row["rules"] = {claim: _event_rules(event) for claim, event in explained.readings.items()}
    return row


def _support_row(told: Told, name: str, slot: Settled, support: Support) -> Row:
    return {
        "value": plain(support.value),
        "sources": support.sources,
        "against": against(name, slot, support),
        "claims": [_claim_words(told, name, claim) for claim in support.claims],
    }


def _claim_words(told: Told, slot: str, claim_id: str) -> Row:
    claim = told.claim(claim_id)
    words = claim.words_of(slot) if claim else ()
    return {
        "claim": claim_id,
        "report": claim.report if claim else None,
        "words": [span_row(span) for span in words],
    }


def match_row(match: Match) -> Row:
    """A match as JSON, with the features that made its score."""
    return {
        "left": match.left,
        "right": match.right,
        "verdict": match.verdict.value,
        "score": round(match.score, 4),
        "by": match.by,
        "why": match.why,
        "features": [
            {"name": f.name, "weight": round(f.weight, 4), "left": f.left, "right": f.right}
            for f in match.features
        ],
    }


def _event_rules(event: Event) -> Row:
    slots: dict[str, Slot[Any]] = {name: getattr(event, name) for name in CLAIM_SLOTS}
    return {
        "steps": [_reason_row(reason) for reason in event.steps],
        "why": {name: [_reason_row(r) for r in slot.reasons] for name, slot in slots.items() if slot.reasons},
    }


def _reason_row(reason: Reason) -> Row:
    return {"rule": reason.rule, "note": reason.note, "spans": [span_row(span) for span in reason.spans]}


def flat_explained(explained: Explained) -> Iterator[Row]:
    """A flat row for each claim that gives a value to a slot."""
    for name, slot in explained.told.happening.slots.items():
        yield from _flat_slot(explained.told, name, slot)


def _flat_slot(told: Told, name: str, slot: Settled) -> Iterator[Row]:
    for support in slot.support:
        for claim_id in support.claims:
            claim = told.claim(claim_id)
            report = told.reports.get(claim.report) if claim else None
            words = (claim.words_of(name) or claim.evidence[:1]) if claim else ()
            yield {
                "event": told.id,
                "slot": name,
                "value": joined(name, support.value),
                "standing": slot.standing.value,
                "settled": joined(name, slot.value),
                "sources": support.sources,
                "against": against(name, slot, support),
                "claim": claim_id,
                "report": report.title or report.name if report else None,
                "outlet": report.publisher if report else None,
                "published": report.published if report else None,
                "words": " … ".join(span.exact for span in words),
            }


def conflict_row(conflict: Conflicting) -> Row:
    """One conflict as JSON."""
    told, slot = conflict.told, conflict.settled
    return {
        "event": told.id,
        "type": told.happening.type.value,
        "date": told.date,
        "slot": conflict.slot,
        "value": plain(slot.value),
        "note": slot.note,
        "support": [_support_row(told, conflict.slot, slot, s) for s in slot.support],
        "reports": event_row(told)["reports"],
    }


def _draw_explained(console: Console, values: Sequence[Explained]) -> None:
    for explained in values:
        print_explained(console, explained)


EXPLAINED: Form[Explained] = Form("event", COLUMNS, flat_explained, explained_row, _draw_explained)
CONFLICTS: Form[Conflicting] = Form(
    "conflict", COLUMNS, lambda c: _flat_slot(c.told, c.slot, c.settled), conflict_row, print_conflicts
)
