"""The dossier as plain tables, one value a cell: what CSV and Parquet write, with what each column holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dragoman.export.contents import Contents
from dragoman.export.places import spot
from dragoman.model import CLAIM_SLOTS, MANY, PARTY_SLOTS, Happening, Plain
from dragoman.model.edtf import Edtf
from dragoman.output.happenings import day_bounds
from dragoman.output.judgements import value_of
from dragoman.output.words import party_in_words

Row = dict[str, Any]

# Kinds of columns, and how the codebook calls them.
KINDS = {
    "text": "text",
    "edtf": "date in EDTF (ISO 8601-2)",
    "day": "day, YYYY-MM-DD",
    "moment": "moment in UTC, ISO 8601",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "list": 'texts, joined with "; " in CSV',
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind (a key of :data:`KINDS`) and what it holds."""

    name: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is, its columns, and how its rows are made."""

    name: str
    what: str
    columns: tuple[Column, ...]
    rows: Callable[[Contents], Iterable[Row]]


def columns(*told: str) -> tuple[Column, ...]:
    """Columns written "name kind what it holds"."""
    return tuple(Column(*line.split(" ", 2)) for line in told)


_SLOT_WHAT = {
    "kind": "text how a meeting is held: in-person, call, video, indirect",
    "status": "text held, under-way, planned, proposed, postponed, cancelled, refused, denied, unclear, "
    "reached, expected, failed, made",
    "date": "edtf when, as precise as the words of the reports",
    "forum": "text forum, format or body in which it happens",
    "place": "text town or site",
    "country": "text country of the place, ISO 3166-1 alpha-3",
    "subject": "text what it is about, in the words of a report",
    "title": "text name of a document or agreement",
}
_SINGLE = tuple(f"{name} {what}" for name, what in _SLOT_WHAT.items())


def _listed(happening: Happening) -> Iterator[tuple[str, str]]:
    for role in PARTY_SLOTS:
        for party in happening.many(role):
            yield role, party


def _events(contents: Contents) -> Iterator[Row]:
    negotiations = contents.negotiations_of()
    for told in contents.told():
        h = told.happening
        earliest, latest = day_bounds(told.date)
        where = spot(h)
        value = Edtf.parse(told.date)
        yield {
            "id": h.id,
            "type": h.type.value,
            **{name: h.text(name) for name in _SLOT_WHAT},
            "earliest": earliest,
            "latest": latest,
            "about": bool(value and value.about),
            "latitude": where.latitude if where else None,
            "longitude": where.longitude if where else None,
            "located": where.exact if where else None,
            "sources": h.sources,
            "reports": len(told.told_by),
            "conflicts": h.conflicts,
            "overdue": h.overdue,
            "negotiations": negotiations.get(h.id, ()),
            "judgements": h.judgements,
        }


def _parties(contents: Contents) -> Iterator[Row]:
    for told in contents.told():
        for role, party in _listed(told.happening):
            yield {"event": told.id, "role": role, "party": party, "name": party_in_words(party)}


def _people(contents: Contents) -> Iterator[Row]:
    for told in contents.told():
        for person in told.happening.many("people"):
            yield {"event": told.id, "person": person}


def values(value: Plain) -> tuple[str, ...]:
    """A slot's value as a list."""
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def _values(contents: Contents) -> Iterator[Row]:
    for told in contents.told():
        for name in CLAIM_SLOTS:
            slot = told.happening.slots[name]
            for n, support in enumerate(slot.support):
                yield {
                    "event": told.id,
                    "slot": name,
                    "n": n,
                    "value": values(support.value),
                    "settled": values(slot.value),
                    "standing": slot.standing.value,
                    "sources": support.sources,
                    "claims": support.claims,
                    "note": slot.note or None,
                }


def _history(contents: Contents) -> Iterator[Row]:
    for told in contents.told():
        for n, turn in enumerate(told.happening.history):
            yield {
                "event": told.id,
                "n": n,
                "published": turn.published,
                "status": turn.status.value,
                "date": turn.date,
                "report": turn.report,
                "claim": turn.claim,
            }


def _claims(contents: Contents) -> Iterator[Row]:
    for told, claim in contents.claims():
        slots = {name: getattr(claim, name) for name in CLAIM_SLOTS}
        plain = {name: tuple(v) if name in MANY else v if v is None else str(v) for name, v in slots.items()}
        earliest, latest = day_bounds(claim.date)
        yield {
            "id": claim.id,
            "event": told.id,
            "report": claim.report,
            "type": claim.type.value,
            **plain,
            "earliest": earliest,
            "latest": latest,
        }


def _evidence(contents: Contents) -> Iterator[Row]:
    for told, claim in contents.claims():
        for slot, spans in (("evidence", claim.evidence), *claim.words):
            for n, span in enumerate(spans):
                yield {
                    "claim": claim.id,
                    "event": told.id,
                    "report": claim.report,
                    "slot": slot,
                    "n": n,
                    "start": span.start,
                    "end": span.end,
                    "exact": span.exact,
                }


def _sources(contents: Contents) -> Iterator[Row]:
    for report in contents.reports.values():
        read = contents.readings.get(report.id)
        yield {
            "id": report.id,
            "name": report.name,
            "title": report.title,
            "outlet": report.publisher,
            "place": report.place,
            "language": report.language,
            "url": report.url,
            "address": report.address,
            "published": report.published,
            "basis": report.basis,
            "earliest": report.earliest.isoformat() if report.earliest else None,
            "latest": report.latest.isoformat() if report.latest else None,
            "source": report.source,
            "current": report.current,
            "original_sha256": report.original_sha256,
            "text_sha256": report.text_sha256,
            "read_by": read.by if read else None,
            "read_at": read.at if read else None,
        }


def _statements(contents: Contents) -> Iterator[Row]:
    for report in contents.reports:
        for n, said in enumerate(contents.statements(report)):
            yield {
                "report": report,
                "n": n,
                "speaker": said.speaker,
                "party": said.party,
                "cue": said.cue.exact if said.cue else None,
                "content": said.content.exact,
                "start": said.content.start,
                "end": said.content.end,
                "direct": said.direct,
                "date": said.date,
            }


def _negotiations(contents: Contents) -> Iterator[Row]:
    for n in contents.negotiations:
        yield {
            "id": n.id,
            "name": n.name,
            "parties": n.parties,
            "forum": n.forum,
            "subject": n.subject,
            "why": n.why,
            "events": n.happenings,
            "last_meeting": n.state.last_meeting,
            "next_meeting": n.state.next_meeting,
            "proposals": tuple(answered.proposal for answered in n.state.proposals),
            "agreements": n.state.agreements,
            "refusals": n.state.refusals,
            "unanswered": n.state.unanswered,
            "overdue": n.state.overdue,
        }


def _answers(contents: Contents) -> Iterator[Row]:
    for negotiation in contents.negotiations:
        for answered in negotiation.state.proposals:
            for answer in answered.answers:
                yield {"negotiation": negotiation.id, "proposal": answered.proposal, "answer": answer}


def _actors(contents: Contents) -> Iterator[Row]:
    for profile in contents.profiles:
        yield {
            "id": profile.id,
            "kind": str(profile.kind),
            "name": profile.name,
            "spellings": tuple(form for form, _ in profile.spellings),
            "parties": profile.parties,
            "reports": profile.reports,
        }


def _offices(contents: Contents) -> Iterator[Row]:
    for profile in contents.profiles:
        for tenure in profile.tenures:
            yield {
                "actor": profile.id,
                "office": tenure.office,
                "party": tenure.party,
                "first": tenure.first,
                "last": tenure.last,
                "in_table": tenure.in_table,
                "reports": tenure.reports,
            }


def _judgements(contents: Contents) -> Iterator[Row]:
    for judgement in contents.judgements:
        yield {
            "id": judgement.id,
            "at": judgement.at.isoformat(),
            "who": judgement.who,
            "decision": judgement.decision.value,
            "claims": tuple(anchor.claim for anchor in judgement.anchors),
            "slot": judgement.slot,
            "value": value_of(judgement) if judgement.value is not None else None,
            "undoes": judgement.undoes,
            "why": judgement.why or None,
        }


TABLES: tuple[Table, ...] = (
    Table(
        "events",
        "an event as all reports together tell it",
        columns(
            "id text id of the event: that of its first claim",
            "type text meeting, proposal, agreement or refusal",
            *_SINGLE,
            "earliest day first day that the date allows; empty where it is open or its year unknown",
            "latest day last day that the date allows; empty where it is open or its year unknown",
            "about boolean whether the date is approximate",
            "latitude number degrees north of the place (WGS 84)",
            "longitude number degrees east of the place (WGS 84)",
            "located text place where the point is the town's, country where no town is known and the point "
            "is the seat of the country's government",
            "sources integer independent sources that tell of it; copies count once",
            "reports integer reports that tell of it",
            "conflicts list slots on which the reports differ",
            "overdue boolean planned, its day has passed and no report tells of it",
            "negotiations list ids of the negotiations that it belongs to",
            "judgements list ids of the decisions of people that shaped it",
        ),
        _events,
    ),
    Table(
        "event_parties",
        "a party of an event, in a role",
        columns(
            "event text the event",
            "role text parties (all), mediators, by (who proposes or refuses), to (whom it is addressed to)",
            "party text ISO 3166-1 alpha-3 of a state, usual name of an organisation or a group",
            "name text the same in words",
        ),
        _parties,
    ),
    Table(
        "event_people",
        "a person who takes part in an event",
        columns("event text the event", "person text the fullest form of the name"),
        _people,
    ),
    Table(
        "values",
        "a value that some report gives for a slot of an event",
        columns(
            "event text the event",
            "slot text the slot",
            "n integer counts from 0, the best supported value first",
            "value list the value",
            "settled list what the record shows for the slot",
            "standing text single, agreed, conflict, judged or empty",
            "sources integer independent sources that give it",
            "claims list ids of the claims that give it",
            "note text how the slot was settled",
        ),
        _values,
    ),
    Table(
        "history",
        "what a report said of an event's status",
        columns(
            "event text the event",
            "n integer counts from 0, in order of publication",
            "published edtf when the report was published",
            "status text the status that it gives",
            "date edtf the date that it gives",
            "report text the report",
            "claim text its claim",
        ),
        _history,
    ),
    Table(
        "claims",
        "what one report says of one event",
        columns(
            "id text id of the claim",
            "event text the event that it belongs to",
            "report text the report that says so",
            "type text meeting, proposal, agreement or refusal",
            *_SINGLE,
            "parties list party codes",
            "people list names",
            "mediators list party codes of who mediates",
            "by list party codes of who proposes or refuses",
            "to list party codes of whom it is addressed to",
            "earliest day first day that the date allows",
            "latest day last day that the date allows",
        ),
        _claims,
    ),
    Table(
        "evidence",
        "words of a report that justify a claim",
        columns(
            "claim text the claim",
            "event text the event that it belongs to",
            "report text the report in whose stored text they stand",
            "slot text the slot that they carry; evidence for those that tell of the event at all",
            "n integer counts from 0",
            "start integer where they begin in the stored text, in Unicode code points from 0",
            "end integer where they end, exclusive",
            "exact text the words; in CSV without characters that are not seen",
        ),
        _evidence,
    ),
    Table(
        "sources",
        "a version of a report",
        columns(
            "id text hash of the original bytes and of the address given with them",
            "name text the given id, else the file's name",
            "title text headline",
            "outlet text who published it",
            "place text place of writing",
            "language text BCP 47",
            "url text address as given",
            "address text where it was found: URL, or file and place in it",
            "published edtf day of publication; empty where it cannot be known",
            "basis text stated, inferred or unknown",
            "earliest day first day on which it can have been published",
            "latest day last day on which it can have been published",
            "source text what counts as one independent source: id of the group of copies, else its own",
            "current boolean whether it is the newest version at its address; only current reports count",
            "original_sha256 text digest of the bytes as they came in",
            "text_sha256 text digest of the stored text",
            "read_by text version of Dragoman that read it",
            "read_at moment when",
        ),
        _sources,
    ),
    Table(
        "statements",
        "who said what in a report",
        columns(
            "report text the report",
            "n integer counts from 0, in order of the text",
            "speaker text person or actor",
            "party text party that the speaker speaks for",
            "cue text the words of saying",
            "content text the words said",
            "start integer where they begin in the stored text, in Unicode code points from 0",
            "end integer where they end, exclusive",
            "direct boolean whether any of it stands in quotation marks",
            "date edtf when it was said",
        ),
        _statements,
    ),
    Table(
        "negotiations",
        "events that belong to one negotiation, and where it stands",
        columns(
            "id text id of the negotiation",
            "name text its forum or parties, and its subject",
            "parties list party codes",
            "forum text its forum",
            "subject text what it is about",
            "why text what holds its events together",
            "events list ids of its events in order of date",
            "last_meeting text the latest that was held or is under way",
            "next_meeting text the first that is planned",
            "proposals list proposals on the table, the latest first",
            "agreements list agreements reached",
            "refusals list refusals made",
            "unanswered list proposals that nothing answers",
            "overdue list planned meetings whose day has passed without a report",
        ),
        _negotiations,
    ),
    Table(
        "answers",
        "an event that answers a proposal on the table",
        columns(
            "negotiation text the negotiation", "proposal text the proposal", "answer text what answers it"
        ),
        _answers,
    ),
    Table(
        "actors",
        "a person, body or group over all reports",
        columns(
            "id text from its usual name",
            "kind text person, state, organisation, group or forum",
            "name text the fullest and most frequent form",
            "spellings list all forms, the most frequent first",
            "parties list party codes that it acts for",
            "reports list reports that speak of it",
        ),
        _actors,
    ),
    Table(
        "offices",
        "an office that reports give to a person",
        columns(
            "actor text the person",
            "office text the office",
            "party text party that it is held for",
            "first edtf first day on which it is told",
            "last edtf last day on which it is told",
            "in_table boolean whether the dated table of office holders says so too",
            "reports list reports that say so",
        ),
        _offices,
    ),
    Table(
        "judgements",
        "a decision of a person",
        columns(
            "id text id of the decision",
            "at moment when",
            "who text who decided",
            "decision text same, different, correct, not-an-event or undo",
            "claims list the claims that it is about",
            "slot text for a correction: the slot",
            "value text for a correction: the right value",
            "undoes text for an undo: the decision that no longer counts",
            "why text why",
        ),
        _judgements,
    ),
)
