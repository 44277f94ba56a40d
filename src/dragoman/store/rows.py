"""Dataclasses to rows of the tables, and back without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    PARTY_SLOTS,
    Anchor,
    Claim,
    Decision,
    Defect,
    DefectKind,
    Entity,
    EntityKind,
    EventType,
    Feature,
    Judgement,
    Match,
    MeetingKind,
    Reason,
    Span,
    Statement,
    Status,
    StoredReport,
    Verdict,
)
from dragoman.store.plain import day_bounds, join, read_time, split, write_time

Row = dict[str, Any]

EVIDENCE = "evidence"
# Slots whose column has a name of its own: BY and TO are words of SQL.
COLUMNS = {"by": "by_whom", "to": "to_whom"}
_SINGLE = ("forum", "place", "country", "subject", "title")


def slot_columns(values: Mapping[str, Any]) -> Row:
    """The columns of :func:`dragoman.store.tables._slots` for values by slot."""
    earliest, latest = day_bounds(values["date"])
    row: Row = {"date_earliest": earliest, "date_latest": latest}
    for slot, value in values.items():
        row[COLUMNS.get(slot, slot)] = join(value) if isinstance(value, tuple) else value
    return row


def claim_rows(claims: Iterable[Claim]) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Rows of claims, claim_parties, claim_people and words."""
    main: list[Row] = []
    parties: list[Row] = []
    people: list[Row] = []
    words: list[Row] = []
    for claim in claims:
        values = {slot: getattr(claim, slot) for slot in (*_SINGLE, *sorted(MANY), "date")}
        values |= {"kind": claim.kind and claim.kind.value, "status": claim.status.value}
        main.append(
            {"id": claim.id, "report": claim.report, "event": claim.event, "type": claim.type.value}
            | slot_columns(values)
        )
        parties += party_rows("claim", claim.id, values)
        people += [{"claim": claim.id, "person": name} for name in dict.fromkeys(claim.people)]
        for slot, spans in ((EVIDENCE, claim.evidence), *claim.words):
            words += [
                {"claim": claim.id, "slot": slot, "n": n, **span_columns(span)}
                for n, span in enumerate(spans)
            ]
    return main, parties, people, words


def party_rows(owner: str, key: str, values: Mapping[str, Any]) -> list[Row]:
    """One row for each role and party."""
    return [
        {owner: key, "role": role, "party": party}
        for role in PARTY_SLOTS
        for party in dict.fromkeys(values[role])
    ]


def to_claim(row: Any, words: Mapping[str, tuple[Span, ...]]) -> Claim:
    """The claim of a row of claims and of its words by slot."""
    return Claim(
        id=row.id,
        report=row.report,
        event=row.event,
        type=EventType(row.type),
        status=Status(row.status),
        parties=split(row.parties),
        evidence=words.get(EVIDENCE, ()),
        kind=MeetingKind(row.kind) if row.kind else None,
        people=split(row.people),
        mediators=split(row.mediators),
        by=split(row.by_whom),
        to=split(row.to_whom),
        forum=row.forum,
        place=row.place,
        country=row.country,
        date=row.date,
        subject=row.subject,
        title=row.title,
        words=tuple((slot, words[slot]) for slot in CLAIM_SLOTS if slot in words),
    )


def span_columns(span: Span) -> Row:
    """start, stop and exact."""
    return {"start": span.start, "stop": span.end, "exact": span.exact}


def report_columns(report: StoredReport) -> Row:
    """The columns of reports that a StoredReport fills."""
    return {
        "id": report.id,
        "name": report.name,
        "address": report.address,
        "title": report.title,
        "url": report.url,
        "publisher": report.publisher,
        "place": report.place,
        "language": report.language,
        "published": report.published,
        "basis": report.basis,
        "earliest": report.earliest,
        "latest": report.latest,
        "current": report.current,
        "copies": report.copies or report.id,
        "original": report.original_sha256,
        "text_sha256": report.text_sha256,
    }


def to_report(row: Any) -> StoredReport:
    """The report of a row of reports."""
    return StoredReport(
        id=row.id,
        name=row.name,
        address=row.address,
        published=row.published,
        basis=row.basis,
        original_sha256=row.original,
        text_sha256=row.text_sha256,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        place=row.place,
        language=row.language,
        earliest=row.earliest,
        latest=row.latest,
        copies=row.copies,
        current=row.current,
    )


def entity_row(report: str, n: int, entity: Entity) -> Row:
    """A row of entities."""
    return {
        "report": report,
        "id": entity.id,
        "n": n,
        "kind": entity.kind.value,
        "name": entity.name,
        "parties": join(entity.parties),
        "office": entity.office,
        "country": entity.country,
        "granularity": entity.granularity,
        "why": _reasons_text(entity.reasons),
    }


def to_entity(row: Any) -> Entity:
    """The entity of a row of entities."""
    return Entity(
        id=row.id,
        kind=EntityKind(row.kind),
        name=row.name,
        parties=split(row.parties),
        office=row.office,
        country=row.country,
        granularity=row.granularity,
        reasons=_reasons(row.why),
    )


def _reasons_text(reasons: Sequence[Reason]) -> str | None:
    if not reasons:
        return None
    return dumps(
        [[r.rule, r.note, [[s.start, s.end, s.exact] for s in r.spans]] for r in reasons],
    )


def _reasons(text: str | None) -> tuple[Reason, ...]:
    found = json.loads(text) if text else []
    return tuple(Reason(rule, note, tuple(Span(*span) for span in spans)) for rule, note, spans in found)


def dumps(value: Any) -> str:
    """Compact JSON that a person can read."""
    return json.dumps(value, ensure_ascii=False)


def statement_row(report: str, n: int, statement: Statement) -> Row:
    """A row of statements; its reasons stand in the reading."""
    row: Row = {
        "report": report,
        "n": n,
        "speaker": statement.speaker,
        "party": statement.party,
        "direct": statement.direct,
        "date": statement.date,
    }
    for name in ("content", "cue", "source"):
        span = getattr(statement, name)
        row |= {
            name: span and span.exact,
            f"{name}_start": span and span.start,
            f"{name}_stop": span and span.end,
        }
    return row


def to_statement(row: Any) -> Statement:
    """The statement of a row of statements, without its reasons."""
    return Statement(
        speaker=row.speaker,
        party=row.party,
        source=_span(row.source_start, row.source_stop, row.source),
        cue=_span(row.cue_start, row.cue_stop, row.cue),
        content=Span(row.content_start, row.content_stop, row.content),
        direct=row.direct,
        date=row.date,
    )


def _span(start: int | None, stop: int | None, exact: str | None) -> Span | None:
    return None if start is None or stop is None or exact is None else Span(start, stop, exact)


def defect_row(report: str, n: int, defect: Defect) -> Row:
    """A row of defects."""
    return {
        "report": report,
        "n": n,
        "kind": defect.kind.value,
        "note": defect.note,
        **span_columns(defect.span),
    }


def to_defect(row: Any) -> Defect:
    """The defect of a row of defects."""
    return Defect(DefectKind(row.kind), Span(row.start, row.stop, row.exact), row.note)


def judgement_rows(judgement: Judgement) -> tuple[Row, list[Row]]:
    """A row of judgements and those of its anchors."""
    main = {
        "id": judgement.id,
        "decision": judgement.decision.value,
        "who": judgement.who,
        "at": write_time(judgement.at),
        "why": judgement.why,
        "slot": judgement.slot,
        "value": judgement.value,
        "undoes": judgement.undoes,
    }
    anchors = [
        {
            "judgement": judgement.id,
            "n": n,
            "claim": anchor.claim,
            "report": anchor.report,
            "type": anchor.type,
            "start": anchor.start,
            "stop": anchor.end,
        }
        for n, anchor in enumerate(judgement.anchors)
    ]
    return main, anchors


def to_judgement(row: Any, anchors: Sequence[Any]) -> Judgement:
    """The judgement of its rows."""
    return Judgement(
        id=row.id,
        decision=Decision(row.decision),
        anchors=tuple(Anchor(a.claim, a.report, a.type, a.start, a.stop) for a in anchors),
        who=row.who,
        at=read_time(row.at),
        why=row.why,
        slot=row.slot,
        value=row.value,
        undoes=row.undoes,
    )


def match_row(match: Match) -> Row:
    """A row of matches."""
    return {
        "claim": match.left,
        "other": match.right,
        "verdict": match.verdict.value,
        "score": match.score,
        "decided_by": match.by,
        "why": match.why,
        "features": dumps([[f.name, f.weight, f.left, f.right] for f in match.features]),
    }


def to_match(row: Any) -> Match:
    """The match of a row of matches."""
    return Match(
        left=row.claim,
        right=row.other,
        verdict=Verdict(row.verdict),
        score=row.score,
        features=tuple(Feature(*feature) for feature in json.loads(row.features)),
        by=row.decided_by,
        why=row.why,
    )
