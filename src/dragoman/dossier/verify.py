"""
Whether a dossier still holds what was read: every original, text and span against its digest and its words.

What came in is held against its digests; every span, also those inside the kept readings, against the text;
the claims against the readings that they come from; every judgement against the id that its content gives.
where all that fits, what follows is computed anew and held against the tables. Limit: somebody who
changes a text together with all digests, readings and claims that rest on it is found only by reading the
original anew (``dragoman build --reread``).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, func, literal, select, text
from sqlalchemy.exc import DatabaseError

from dragoman.dossier.derive import what_follows
from dragoman.dossier.identify import report_id
from dragoman.dossier.judge import judgement_id
from dragoman.model import CLAIM_SLOTS, MANY, claim_id
from dragoman.store import Reading, Store
from dragoman.store.derived import derived_rows
from dragoman.store.plain import split
from dragoman.store.rows import COLUMNS, EVIDENCE, to_judgement
from dragoman.store.tables import (
    addresses,
    claims,
    defects,
    dropped,
    event_claims,
    event_history,
    event_support,
    events,
    judgement_anchors,
    judgements,
    matches,
    negotiation_events,
    negotiation_items,
    originals,
    readings,
    reports,
    statements,
    words,
)
from dragoman.store.version import this_version


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something that is not as it was written.

    Attributes:
        what: "original", "text", "report", "reading", "span", "claim", "judgement", "event", "match",
            "negotiation", "profile" or "file".
        where: the report's name and id, or the table and its key.
        message: what is wrong with it.
    """

    what: str
    where: str
    message: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.where}: {self.what}: {self.message}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found."""

    reports: int
    spans: int
    claims: int
    findings: tuple[Finding, ...]


def verify(store: Store, *, on_progress: Callable[[int], None] | None = None) -> Verified:
    """Everything in a dossier that is not as it was written; changes nothing."""
    check = _Check(on_progress)
    try:
        with store.reading() as found:
            _read_broken_texts(found.connection)
            check.all(found.connection)
            if not check.findings:
                check.what_follows(found)
    except (DatabaseError, ValueError) as error:  # ValueError: what stands for a day is none
        check.add("file", store.where, f"cannot be read any more: {getattr(error, 'orig', error)}")
    return Verified(check.reports, check.spans, check.claims, tuple(check.findings))


def _read_broken_texts(connection: Connection) -> None:
    """Let SQLite hand out texts with broken UTF-8 too, so that they are found and not stumbled over."""
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.dbapi_connection
        raw.text_factory = lambda data: data.decode("utf-8", errors="backslashreplace")


class _Check:
    """One run: counts and findings."""

    def __init__(self, on_progress: Callable[[int], None] | None) -> None:
        self.on_progress = on_progress
        self.findings: list[Finding] = []
        self.reports = self.spans = self.claims = 0

    def add(self, what: str, where: str, message: str) -> None:
        self.findings.append(Finding(what, where, message))

    def all(self, connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            for line in connection.scalars(text("PRAGMA integrity_check")):
                if line != "ok":
                    self.add("file", "database", str(line))
        self._originals(connection)
        for report in connection.execute(select(reports).order_by(reports.c.number)):
            self._report(connection, report)
            self.reports += 1
            if self.on_progress:
                self.on_progress(self.reports)
        self._judgements(connection)
        self._references(connection)

    # --- what came in ---

    def _originals(self, connection: Connection) -> None:
        held = select(originals, func.min(reports.c.name).label("name")).outerjoin(
            reports, reports.c.original == originals.c.sha256
        )
        for row in connection.execute(held.group_by(*originals.c)):
            where = f"{row.name or 'original'} ({row.sha256[:16]})"
            if hashlib.sha256(row.packed).hexdigest() != row.packed_sha256:
                self.add("original", where, "the compressed bytes are not those that were stored")
            try:
                data = zlib.decompress(row.packed)
            except zlib.error as error:
                self.add("original", where, f"the bytes cannot be unpacked any more: {error}")
                continue
            if hashlib.sha256(data).hexdigest() != row.sha256:
                self.add("original", where, "the bytes have another digest than when they came in")
            elif len(data) != row.size:
                self.add("original", where, f"has {len(data):,} bytes, but {row.size:,} were noted")

    def _report(self, connection: Connection, report: Any) -> None:
        where = f"{report.name} ({report.id})"
        original = connection.scalar(select(originals.c.packed).where(originals.c.sha256 == report.original))
        if original is None:
            self.add("original", where, "is missing")
        elif (data := _unpacked(original)) is not None and report.id not in _ids(data, report.url):
            self.add("original", where, "the report's id does not follow from its bytes and its address")
        body: str = report.text
        if _digest(body) != report.text_sha256:
            self.add("text", where, "has another digest than when it was read")
        self._table_spans(connection, report.id, where, body)
        row = self._reading(connection, report, where)
        if row is None:
            return
        if row.get("text_sha256") != report.text_sha256:
            self.add("text", where, "the digest noted with the report is not that of its reading")
        for column, name in _TOLD.items():
            if getattr(report, column) != row.get(name):
                self.add("report", where, f"its {column} is not what the reading says")
        for span in _spans_in(row):
            self._span(where, "reading", body, *span)
        self._claims(connection, report.id, where, row)

    def _reading(self, connection: Connection, report: Any, where: str) -> dict[str, Any] | None:
        packed = connection.execute(
            select(readings.c.packed, readings.c.size).where(readings.c.report == report.id)
        ).first()
        if packed is None:
            self.add("reading", where, "is missing")
            return None
        try:
            row: dict[str, Any] = json.loads(zlib.decompress(packed.packed).decode("utf-8", "surrogatepass"))
        except (zlib.error, ValueError) as error:
            self.add("reading", where, f"cannot be unpacked any more: {error}")
            return None
        return row

    # --- spans ---

    def _table_spans(self, connection: Connection, report: str, where: str, body: str) -> None:
        for query in _SPANS:
            for start, stop, exact, what in connection.execute(query(report)):
                self._span(where, what, body, start, stop, exact)

    def _span(self, where: str, what: str, body: str, start: Any, stop: Any, exact: Any) -> None:
        self.spans += 1
        try:
            found = body[start:stop] if 0 <= start < stop <= len(body) else None
        except TypeError:
            found = None
        if found is None or found != exact:
            told = "lies outside the text" if found is None else f"the text has {found[:60]!r} there"
            self.add("span", where, f"{what}: {str(exact)[:60]!r} at {start}:{stop}: {told}")

    # --- claims ---

    def _claims(self, connection: Connection, report: str, where: str, row: Mapping[str, Any]) -> None:
        """Each claim says what the reading says, and each event of the reading is a claim."""
        read = {claim_id(report, event["id"]): event for event in row.get("events", ())}
        held = {
            claim.id: claim for claim in connection.execute(select(claims).where(claims.c.report == report))
        }
        for key in sorted(set(read) ^ set(held)):
            told = "stands in the reading alone" if key in read else "does not stand in the reading"
            self.add("claim", where, f"{key} {told}")
        spoken = _words(connection, report)
        for key in sorted(set(read) & set(held)):
            self.claims += 1
            for slot in _differing(read[key], held[key]):
                self.add("claim", where, f"{key}: its {slot} is not what the reading says")
            if spoken.get(key, {}) != _words_read(read[key]):
                self.add("claim", where, f"{key}: its words are not those of the reading")

    # --- what people decided ---

    def _judgements(self, connection: Connection) -> None:
        """The id of a judgement is the hash of all that it says."""
        for row in connection.execute(select(judgements)).all():
            anchors = select(judgement_anchors).where(judgement_anchors.c.judgement == row.id)
            found = connection.execute(anchors.order_by(judgement_anchors.c.n)).all()
            try:
                fits = judgement_id(to_judgement(row, found)) == row.id
            except ValueError:  # no decision, no time
                fits = False
            if not fits:
                self.add("judgement", f"judgements ({row.id})", "does not say what was decided any more")

    # --- what follows ---

    def what_follows(self, found: Reading) -> None:
        """
        Each row that follows from what came in and was decided is there, and no other.

        Nothing is said where it is not up to date or another Dragoman made it: its rules may differ.
        """
        if not found.is_fresh() or found.about().get("derived_by") != this_version():
            return
        for table, rows in derived_rows(*what_follows(found)):
            names = [column.name for column in table.columns]
            missing = {hash(tuple(row[name] for name in names)) for row in rows}
            changed = 0
            for row in found.connection.execute(select(table)):
                key = hash(tuple(row))
                if key in missing:
                    missing.remove(key)
                    continue
                changed += 1
                where = ", ".join(str(getattr(row, column.name)) for column in table.primary_key)
                self.add(
                    _what(table), f"{table.name} ({where})", "does not follow from reports and judgements"
                )
            if len(missing) > changed:
                self.add(_what(table), table.name, f"{len(missing) - changed} of its rows are missing")

    def _references(self, connection: Connection) -> None:
        for column, target, what in _REFERENCES:
            missing = select(column).where(column.is_not(None), column.not_in(select(target))).distinct()
            for key in connection.scalars(missing):
                self.add(what, f"{column.table.name}.{column.name}", f"{key} does not exist")


def _what(table: Table) -> str:
    """What a derived table tells of."""
    return {"matches": "match", "dropped": "claim"}.get(table.name, table.name.partition("_")[0].rstrip("s"))


def _ids(data: bytes, url: str | None) -> set[str]:
    """The ids that a report of these bytes may have: the address was given with them, or a page names it."""
    return {report_id(data, None), report_id(data, url)}


def _unpacked(data: bytes) -> bytes | None:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return None


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _claim_spans(report: str) -> Select[Any]:
    query = select(words.c.start, words.c.stop, words.c.exact, words.c.claim + " " + words.c.slot)
    return query.join(claims, claims.c.id == words.c.claim).where(claims.c.report == report)


def _defect_spans(report: str) -> Select[Any]:
    return select(defects.c.start, defects.c.stop, defects.c.exact, defects.c.kind).where(
        defects.c.report == report
    )


def _statement_spans(name: str) -> Callable[[str], Select[Any]]:
    start, stop, exact = (statements.c[f"{name}{part}"] for part in ("_start", "_stop", ""))

    def query(report: str) -> Select[Any]:
        told = select(start, stop, exact, literal(f"{name} of a statement"))
        return told.where(statements.c.report == report, start.is_not(None) | exact.is_not(None))

    return query


# Columns of a report and what the reading calls them.
_TOLD = {name: name for name in ("title", "published", "url", "publisher", "language")} | {
    "basis": "published_basis"
}

_SPANS = (_claim_spans, _defect_spans, *map(_statement_spans, ("content", "cue", "source")))

_REFERENCES = (
    (judgement_anchors.c.judgement, judgements.c.id, "judgement"),
    (judgements.c.undoes, judgements.c.id, "judgement"),
    (addresses.c.report, reports.c.id, "report"),
    (event_claims.c.claim, claims.c.id, "event"),
    (event_support.c.claim, claims.c.id, "event"),
    (event_history.c.claim, claims.c.id, "event"),
    (event_history.c.report, reports.c.id, "event"),
    (matches.c.claim, claims.c.id, "match"),
    (matches.c.other, claims.c.id, "match"),
    (dropped.c.claim, claims.c.id, "claim"),
    (events.c.id, claims.c.id, "event"),
    (negotiation_events.c.event, events.c.id, "negotiation"),
    (negotiation_items.c.event, events.c.id, "negotiation"),
)


def _spans_in(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every span inside a row, at whatever depth: start, end, words."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value["start"], value["end"], next((value[k] for k in _EXACT if k in value), None)
        for inner in value.values():
            yield from _spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans_in(inner)


_EXACT = ("exact", "quote", "text")  # what the words of a span are called in a row


def _words(connection: Connection, report: str) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
    """The words of a report's claims by claim and slot."""
    found: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
    query = select(words).join(claims, claims.c.id == words.c.claim).where(claims.c.report == report)
    for row in connection.execute(query.order_by(words.c.claim, words.c.n)):
        found.setdefault(row.claim, {}).setdefault(row.slot, []).append((row.start, row.stop, row.exact))
    return found


def _words_read(event: Mapping[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """The words of an event of a row, by slot."""
    slots = {EVIDENCE: event["evidence_spans"], **event["spans"]}
    return {
        slot: [(span["start"], span["end"], span["exact"]) for span in spans]
        for slot, spans in slots.items()
        if spans
    }


def _differing(event: Mapping[str, Any], claim: Any) -> Iterable[str]:
    """The slots in which a stored claim is not what the reading says."""
    if event["type"] != claim.type:
        yield "type"
    for slot in CLAIM_SLOTS:
        stored = getattr(claim, COLUMNS.get(slot, slot))
        if (list(split(stored)) if slot in MANY else stored) != event[slot]:
            yield slot
