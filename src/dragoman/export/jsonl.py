"""JSON lines: every value of the dossier with all that it rests on; reading the lines gives it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Anchor,
    Answered,
    Claim,
    Decision,
    EventType,
    Happening,
    Judgement,
    MeetingKind,
    Negotiation,
    Profile,
    Settled,
    Span,
    Standing,
    Statement,
    StateOfPlay,
    Status,
    StoredReport,
    Support,
    Tenure,
    Turn,
)
from dragoman.output.happenings import claim_row, plain, span_row, turn_row
from dragoman.output.judgements import judgement_row
from dragoman.output.rows import dumps
from dragoman.store.version import this_version

Row = dict[str, Any]


def _lines(contents: Contents, _: Notes) -> Iterator[str]:
    as_of = contents.as_of.isoformat() if contents.as_of else None
    yield _line("about", {"made_by": f"dragoman {this_version()}", "as_of": as_of})
    for report in contents.reports.values():
        read = contents.readings.get(report.id)
        row = asdict(report) | {"earliest": _day(report.earliest), "latest": _day(report.latest)}
        yield _line(
            "report", row | {"read_by": read.by if read else None, "read_at": read.at if read else None}
        )
    for told in contents.told():
        for claim in told.claims:
            yield _line("claim", claim_row(claim) | {"type": claim.type.value})
        yield _line("event", happening_row(told.happening))
    for report_id in contents.reports:
        for said in contents.statements(report_id):
            yield _line("statement", _statement_row(report_id, said))
    for negotiation in contents.negotiations:
        yield _line("negotiation", asdict(negotiation))
    for profile in contents.profiles:
        yield _line("actor", asdict(profile))
    for judgement in contents.judgements:
        yield _line("judgement", judgement_row(judgement))


def _line(record: str, row: Mapping[str, Any]) -> str:
    return dumps({"record": record, **row}) + "\n"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def happening_row(happening: Happening) -> Row:
    """An event with every value that a report gives, and how each slot stands."""
    return {
        "id": happening.id,
        "type": happening.type.value,
        "slots": {name: _settled_row(happening.slots[name]) for name in CLAIM_SLOTS},
        "claims": list(happening.claims),
        "sources": happening.sources,
        "history": [turn_row(turn) for turn in happening.history],
        "overdue": happening.overdue,
        "judgements": list(happening.judgements),
    }


def _settled_row(slot: Settled) -> Row:
    return {
        "value": plain(slot.value),
        "standing": slot.standing.value,
        "support": [
            {"value": plain(s.value), "claims": list(s.claims), "sources": s.sources} for s in slot.support
        ],
        "note": slot.note,
    }


def _statement_row(report: str, said: Statement) -> Row:
    return {
        "report": report,
        "speaker": said.speaker,
        "party": said.party,
        "direct": said.direct,
        "date": said.date,
        "content": span_row(said.content),
        "cue": span_row(said.cue) if said.cue else None,
        "source": span_row(said.source) if said.source else None,
    }


# --- back ------------------------------------------------------------------------------------------------


def read_lines(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """
    The values that lines of this format hold, each with the name of its kind.

    Kinds: "about" (a dict), "report", "claim", "event", "statement" (with its report's id), "negotiation",
    "actor", "judgement". Lines of other kinds are passed over, so that later versions may add some.
    """
    for line in lines:
        row = json.loads(line)
        record = row.pop("record", None)
        if record in _BACK:
            yield record, _BACK[record](row)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _span(row: Row) -> Span:
    return Span(row["start"], row["end"], row["exact"])


def _report(row: Row) -> StoredReport:
    fields = {name: row[name] for name in StoredReport.__dataclass_fields__}
    for name in ("earliest", "latest"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return StoredReport(**fields)


def _claim(row: Row) -> Claim:
    slots: Row = {name: tuple(row[name]) if name in MANY else row[name] for name in CLAIM_SLOTS}
    slots["status"] = Status(slots["status"])
    slots["kind"] = MeetingKind(slots["kind"]) if slots["kind"] else None
    return Claim(
        id=row["id"],
        report=row["report"],
        event=row["event"],
        type=EventType(row["type"]),
        evidence=tuple(map(_span, row["evidence"])),
        words=tuple((name, tuple(map(_span, spans))) for name, spans in row["spans"].items()),
        **slots,
    )


def _happening(row: Row) -> Happening:
    return Happening(
        id=row["id"],
        type=EventType(row["type"]),
        slots={name: _settled(slot) for name, slot in row["slots"].items()},
        claims=tuple(row["claims"]),
        sources=row["sources"],
        history=tuple(Turn(**{**turn, "status": Status(turn["status"])}) for turn in row["history"]),
        overdue=row["overdue"],
        judgements=tuple(row["judgements"]),
    )


def _settled(row: Row) -> Settled:
    support = (Support(_value(s["value"]), tuple(s["claims"]), s["sources"]) for s in row["support"])
    return Settled(_value(row["value"]), Standing(row["standing"]), tuple(support), row["note"])


def _said(row: Row) -> tuple[str, Statement]:
    spans: Row = {name: _span(row[name]) if row[name] else None for name in ("source", "cue")}
    said = Statement(
        speaker=row["speaker"],
        party=row["party"],
        content=_span(row["content"]),
        direct=row["direct"],
        date=row["date"],
        **spans,
    )
    return row["report"], said


def _negotiation(row: Row) -> Negotiation:
    state = row.pop("state")
    proposals = tuple(Answered(a["proposal"], tuple(a["answers"])) for a in state.pop("proposals"))
    play = StateOfPlay(proposals=proposals, **{name: _value(value) for name, value in state.items()})
    return Negotiation(state=play, **{name: _value(value) for name, value in row.items()})


def _profile(row: Row) -> Profile:
    tenures = (Tenure(**{**t, "reports": tuple(t["reports"])}) for t in row.pop("tenures"))
    spellings = tuple((form, count) for form, count in row.pop("spellings"))
    return Profile(
        tenures=tuple(tenures), spellings=spellings, **{name: _value(value) for name, value in row.items()}
    )


def _judgement(row: Row) -> Judgement:
    anchors = tuple(Anchor(**anchor) for anchor in row.pop("anchors"))
    at = datetime.fromisoformat(row.pop("at"))
    return Judgement(anchors=anchors, at=at, decision=Decision(row.pop("decision")), **row)


_BACK: Mapping[str, Callable[[Row], Any]] = {
    "about": dict,
    "report": _report,
    "claim": _claim,
    "event": _happening,
    "statement": _said,
    "negotiation": _negotiation,
    "actor": _profile,
    "judgement": _judgement,
}

JSONL = Format(
    "jsonl", "jsonl", "application/x-ndjson", "everything, an object a line; can be read back", one(_lines)
)
