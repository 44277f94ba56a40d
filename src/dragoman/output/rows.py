"""
Records as JSON: the shape of a gold file (codebook section 6), and beside each value its words.

What the codebook names keeps its name and its plain value, so that a scorer of gold files reads these
rows as they are; what Dragoman adds stands under names of its own (``spans``, ``why``, ``timexes``, ...).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.model import (
    CLAIM_SLOTS,
    DateWitness,
    Defect,
    Entity,
    Event,
    Mention,
    Published,
    Reason,
    Record,
    Slot,
    Span,
    Statement,
    Timex,
)
from dragoman.output.unseen import BLANK_CONTROLS, CONTROLS, HALVES, HIDDEN, LINE_ENDS

if TYPE_CHECKING:  # the pipeline loads the language model's libraries; writing rows needs none of them
    from dragoman.pipeline import Outcome, Problem

Row = dict[str, Any]

# json.dumps leaves these as they are, but a terminal obeys some, a line reader splits at others, a person
# does not see the rest, and half a surrogate pair cannot be written as UTF-8. They occur inside strings
# alone, where \u is legal.
_UNSAFE = re.compile(f"[{CONTROLS}{BLANK_CONTROLS}{HALVES}{HIDDEN}{LINE_ENDS}]")


def _escaped(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def dumps(row: Row) -> str:
    """One line of JSON: readable, without a character that a terminal or a line reader would obey."""
    text = json.dumps(row, ensure_ascii=False, separators=(", ", ": "))
    return _UNSAFE.sub(_escaped, text)


def to_json(record: Record, problems: Iterable[Problem] = ()) -> Row:
    """One report's record as a row; ``problems`` are those of its reading, where it came out in part."""
    document = record.document
    row: Row = {
        "doc": document.id,
        "title": document.title,
        "published": record.published.edtf,
        "published_basis": record.published.basis,
        "chrome": [span.exact for span in document.chrome],
        "defects": [_defect(defect) for defect in record.defects],
        "events": [_event(event) for event in record.events],
        "statements": [_statement(statement) for statement in record.statements],
        **_published(record.published),
        "chrome_spans": _spans(document.chrome),
        "timexes": [_timex(timex) for timex in record.timexes],
        "mentions": [_mention(mention) for mention in record.actors.mentions],
        "entities": [_entity(entity) for entity in record.actors.entities.values()],
        "origin": document.origin,
        "url": document.url,
        "publisher": document.publisher,
        "language": document.language,
        "text_sha256": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
    }
    if told := [_problem(problem) for problem in problems]:
        row["problems"] = told
    return row


def problem_row(outcome: Outcome) -> Row:
    """The row of a report that could not be read at all: its id and why, no events."""
    return {"doc": outcome.doc, "error": _problem(outcome.problems[0])}


def outcome_row(outcome: Outcome) -> Row:
    """The row of a report, read or not: no report is lost silently."""
    if outcome.record is None:
        return problem_row(outcome)
    return to_json(outcome.record, outcome.problems)


def _problem(problem: Problem) -> Row:
    return {"where": problem.where, "stage": problem.stage, "message": problem.message}


def _span(span: Span | None) -> Row | None:
    return None if span is None else {"start": span.start, "end": span.end, "exact": span.exact}


def _spans(spans: Sequence[Span]) -> list[Row | None]:
    return [_span(span) for span in spans]


def _reasons(reasons: Sequence[Reason]) -> list[Row]:
    return [{"rule": r.rule, "note": r.note, "spans": _spans(r.spans)} for r in reasons]


def _published(published: Published) -> Row:
    return {
        "published_reasons": _reasons(published.reasons),
        "published_witnesses": [_witness(witness) for witness in published.witnesses],
    }


def _witness(witness: DateWitness) -> Row:
    return {
        "kind": witness.kind.value,
        "edtf": witness.edtf,
        "note": witness.note,
        "span": _span(witness.span),
    }


def _defect(defect: Defect) -> Row:
    span = defect.span
    return {
        "kind": defect.kind.value,
        "quote": span.exact,
        "note": defect.note,
        "start": span.start,
        "end": span.end,
    }


def _event(event: Event) -> Row:
    slots: dict[str, Slot[Any]] = {name: getattr(event, name) for name in CLAIM_SLOTS}
    return {
        "id": event.id,
        "type": event.type.value,
        **{name: _plain(slot.value) for name, slot in slots.items()},
        "evidence": [span.exact for span in event.evidence],
        "evidence_spans": _spans(event.evidence),
        "spans": {name: _spans(slot.spans) for name, slot in slots.items() if slot.spans},
        "why": {name: _reasons(slot.reasons) for name, slot in slots.items() if slot.reasons},
        "steps": _reasons(event.steps),
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _statement(statement: Statement) -> Row:
    places = {"source": statement.source, "cue": statement.cue, "content": statement.content}
    return {
        "speaker": statement.speaker,
        "for": statement.party,
        "cue": statement.cue.exact if statement.cue else None,
        "content": statement.content.exact,
        "direct": statement.direct,
        "date": statement.date,
        "spans": {name: _span(span) for name, span in places.items()},
        "why": _reasons(statement.reasons),
    }


def _timex(timex: Timex) -> Row:
    return {
        "start": timex.span.start,
        "end": timex.span.end,
        "text": timex.span.exact,
        "type": timex.type.value,
        "value": timex.value,
        "mod": timex.mod,
        "edtf": timex.edtf,
        "anchor": timex.anchor,
        "why": _reasons([timex.reason]),
    }


def _mention(mention: Mention) -> Row:
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.span.exact,
        "label": mention.label,
        "use": mention.use.value,
        "entities": list(mention.entities),
        "parties": list(mention.parties),
        "why": _reasons([mention.reason]),
    }


def _entity(entity: Entity) -> Row:
    return {
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "parties": list(entity.parties),
        "office": entity.office,
        "country": entity.country,
        "granularity": entity.granularity,
        "why": _reasons(entity.reasons),
    }
