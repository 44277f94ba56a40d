"""What can be read from a dossier, all from one state of it."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, select

from dragoman.errors import UsageError
from dragoman.model import (
    Claim,
    Defect,
    Entity,
    Happening,
    Judgement,
    Match,
    Negotiation,
    Profile,
    Reconciled,
    Span,
    Statement,
    StoredReport,
    Verdict,
)
from dragoman.store import rows, tables
from dragoman.store.asked import names_of_negotiations
from dragoman.store.derived import read_happenings, read_matches, read_negotiations, read_profiles
from dragoman.store.filters import Filter, conditions
from dragoman.store.new import StoredProblem
from dragoman.store.search import reports_with
from dragoman.store.tables import events, reports

_IDS = 500  # ids in one query
_NO_TEXT = [column for column in reports.c if column.name not in {"text", "signature", "notes"}]


class Reading:
    """What can be read; every call sees the same state."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # --- reports ---

    def about(self) -> dict[str, str]:
        """Who made the dossier and when, whether its events are up to date."""
        return {row.name: row.value for row in self.connection.execute(select(tables.about))}

    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are reports of the dossier."""
        found: set[str] = set()
        wanted = list(ids)
        for at in range(0, len(wanted), _IDS):
            some = wanted[at : at + _IDS]
            found.update(self.connection.scalars(select(reports.c.id).where(reports.c.id.in_(some))))
        return found

    def reports(self, ids: Sequence[str] | None = None, *, current: bool = False) -> dict[str, StoredReport]:
        """Reports by id in order of arrival: all versions, the current ones, or those of some ids."""
        query = select(*_NO_TEXT).order_by(reports.c.number)
        if current:
            query = query.where(reports.c.current)
        if ids is not None:
            query = query.where(reports.c.id.in_(ids))
        return {row.id: rows.to_report(row) for row in self.connection.execute(query)}

    def report(self, prefix: str) -> StoredReport | None:
        """The report whose id begins so; UsageError where several do."""
        found = [*self.reports(self._ids(reports, "id", prefix)).values()]
        if len(found) > 1:
            raise UsageError(_several("reports", prefix, [report.id for report in found]))
        return found[0] if found else None

    def addresses(self, report: str) -> tuple[str, ...]:
        """Where a report was found, the first first."""
        table = tables.addresses
        query = select(table).where(table.c.report == report)
        found = self.connection.execute(query).all()
        return tuple(row.address for row in sorted(found, key=lambda row: (row.first_seen, row.address)))

    def text(self, report: str) -> str | None:
        """The stored text that the spans of a report count in."""
        return self.connection.scalar(select(reports.c.text).where(reports.c.id == report))

    def original(self, report: str) -> bytes | None:
        """The bytes as they came in."""
        query = select(tables.originals.c.packed).join(
            reports, reports.c.original == tables.originals.c.sha256
        )
        packed = self.connection.scalar(query.where(reports.c.id == report))
        return None if packed is None else zlib.decompress(packed)

    def row(self, report: str) -> dict[str, Any] | None:
        """All that was read in a report, as ``dragoman read --json`` prints it."""
        packed = self.connection.scalar(
            select(tables.readings.c.packed).where(tables.readings.c.report == report)
        )
        if packed is None:
            return None
        row: dict[str, Any] = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        return row

    def search(self, query: str) -> tuple[str, ...]:
        """Ids of reports with all words of ``query``; what stands in quotation marks counts as one."""
        wanted = reports_with(self.connection, query).order_by(reports.c.number)
        return tuple(self.connection.scalars(wanted))

    def signatures(self) -> dict[str, bytes]:
        """The MinHash of each current report that has one."""
        query = select(reports.c.id, reports.c.signature).where(
            reports.c.current, reports.c.signature.is_not(None)
        )
        return {row.id: row.signature for row in self.connection.execute(query)}

    def copies(self) -> dict[str, tuple[str, float]]:
        """For each report that is a copy: the id of its group and its likeness to the others."""
        return {
            row.report: (row.copies, row.likeness) for row in self.connection.execute(select(tables.copies))
        }

    # --- what reports say ---

    def claims(self, ids: Sequence[str] | None = None, *, report: str | None = None) -> list[Claim]:
        """Claims of current reports, those of some ids, or those of one report of whatever version."""
        table = tables.claims
        chosen = select(table.c.id)
        if ids is not None:
            chosen = chosen.where(table.c.id.in_(ids))
        elif report is not None:
            chosen = chosen.where(table.c.report == report)
        else:
            chosen = chosen.join(reports, reports.c.id == table.c.report).where(reports.c.current)
        spans: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        words = select(tables.words).where(tables.words.c.claim.in_(chosen)).order_by(tables.words.c.n)
        for claim, slot, _, start, stop, exact in self.connection.execute(words):
            spans[claim][slot].append(Span(start, stop, exact))
        found = self.connection.execute(select(table).where(table.c.id.in_(chosen)))
        return [
            rows.to_claim(row, {slot: tuple(held) for slot, held in spans[row.id].items()}) for row in found
        ]

    def entities(self) -> dict[str, tuple[Entity, ...]]:
        """Whom and what each current report speaks of, by report."""
        table = tables.entities
        query = (
            select(table)
            .join(reports, reports.c.id == table.c.report)
            .where(reports.c.current)
            .order_by(reports.c.number, table.c.n)
        )
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self.connection.execute(query):
            found[row.report].append(rows.to_entity(row))
        return {report: tuple(held) for report, held in found.items()}

    def statements(self, report: str) -> tuple[Statement, ...]:
        """Who said what in a report; why it is so stands in its row."""
        return tuple(map(rows.to_statement, self._of(tables.statements, report)))

    def defects(self, report: str) -> tuple[Defect, ...]:
        """Faults of a report."""
        return tuple(map(rows.to_defect, self._of(tables.defects, report)))

    def _of(self, table: Table, report: str) -> Iterable[Any]:
        return self.connection.execute(select(table).where(table.c.report == report).order_by(table.c.n))

    def problems(self) -> tuple[StoredProblem, ...]:
        """What could not be read, or not in full."""
        found = [
            StoredProblem(row.source, row.place, row.stage, row.message, row.report, row.at)
            for row in self.connection.execute(select(tables.problems))
        ]
        return tuple(sorted(found, key=lambda problem: (problem.where, problem.stage, problem.message)))

    # --- what people decided ---

    def judgements(self) -> tuple[Judgement, ...]:
        """All decisions, oldest first, also those that no longer count."""
        anchors: dict[str, list[Any]] = defaultdict(list)
        table = tables.judgement_anchors
        for row in self.connection.execute(select(table).order_by(table.c.n)):
            anchors[row.judgement].append(row)
        found = [
            rows.to_judgement(row, anchors[row.id])
            for row in self.connection.execute(select(tables.judgements))
        ]
        return tuple(sorted(found, key=lambda judgement: (judgement.at, judgement.id)))

    # --- what follows ---

    def is_fresh(self) -> bool:
        """Whether the events follow from all that came in and was decided."""
        return self.about().get("state") == tables.FRESH

    def as_of(self) -> date | None:
        """The last day of publication that the events rest on."""
        value = self.about().get("as_of")
        return date.fromisoformat(value) if value else None

    def count(self, wanted: Filter | None = None) -> int:
        """How many happenings there are of that kind."""
        query = select(func.count()).select_from(events)
        return self.connection.scalar(query.where(*conditions(self.connection, wanted or Filter()))) or 0

    def happenings(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Happening]:
        """Happenings in order of date: all, those of a kind, or a page of them."""
        return read_happenings(self.connection, self.happening_ids(wanted, limit=limit, offset=offset))

    def happening_ids(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Their ids alone."""
        query = select(events.c.id).where(*conditions(self.connection, wanted or Filter()))
        query = query.order_by(events.c.n)
        if limit is not None:
            query = query.limit(limit)
        if offset:
            query = query.limit(limit if limit is not None else 1 << 62).offset(offset)
        return list(self.connection.scalars(query))

    def happenings_of(self, ids: Sequence[str]) -> list[Happening]:
        """The happenings with these ids, in this order."""
        return read_happenings(self.connection, ids)

    def happening(self, prefix: str) -> Happening | None:
        """
        The happening whose id, or one of whose claims' ids, begins so; None where there is none.

        Raises:
            UsageError: several begin so.
        """
        found = self._ids(events, "id", prefix)
        if prefix not in found:
            members = tables.event_claims
            claims = self._ids(members, "claim", prefix)
            query = select(members.c.event).where(members.c.claim.in_(claims))
            found = sorted({*found, *self.connection.scalars(query)})
        else:
            found = [prefix]
        if len(found) > 1:
            raise UsageError(_several("events", prefix, found))
        return self.happenings_of(found)[0] if found else None

    def _ids(self, table: Table, column: str, prefix: str) -> list[str]:
        """The ids of a table that begin so; a range, for it uses the index."""
        if not prefix or not set(prefix) <= set("0123456789abcdef"):
            return []
        key = table.c[column]
        query = select(key).where(key >= prefix, key < f"{prefix}g").limit(_IDS)
        return list(self.connection.scalars(query))

    def matches(self, verdict: Verdict | None = None, *, claims: Sequence[str] | None = None) -> list[Match]:
        """Pairs of claims: all, those of a verdict, those in which some claims take part."""
        return read_matches(self.connection, verdict.value if verdict else None, claims)

    def reconciled(self) -> Reconciled:
        """Everything that follows, as it was computed."""
        dropped = self.connection.scalars(select(tables.dropped.c.claim))
        return Reconciled(
            happenings=tuple(self.happenings()),
            matches=tuple(self.matches()),
            dropped=tuple(sorted(dropped)),
            as_of=self.as_of(),
        )

    def negotiations(self, ids: Sequence[str] | None = None) -> list[Negotiation]:
        """Negotiations in their order: all, or those of some ids."""
        return read_negotiations(self.connection, ids)

    def negotiation_names(self) -> list[tuple[str, str, int]]:
        """Id, name and number of events of every negotiation, in their order."""
        return names_of_negotiations(self.connection)

    def negotiation(self, prefix: str) -> Negotiation | None:
        """The negotiation whose id begins so; UsageError where several do."""
        found = read_negotiations(self.connection, self._ids(tables.negotiations, "id", prefix))
        if len(found) > 1:
            raise UsageError(_several("negotiations", prefix, [negotiation.id for negotiation in found]))
        return found[0] if found else None

    def profiles(self, ids: Sequence[str] | None = None) -> list[Profile]:
        """Persons and bodies in their order: all, or those of some ids."""
        return read_profiles(self.connection, ids)


def _several(what: str, prefix: str, ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
    return f"several {what} begin with {prefix!r}: {shown}; give more characters"
