"""What may be written to a dossier, in the one transaction that may write."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, exists, insert, select, update

from dragoman.model import Judgement, Negotiation, Profile, Reconciled, StoredReport
from dragoman.store import rows
from dragoman.store.derived import write_derived
from dragoman.store.new import NewReport, Packed, StoredProblem
from dragoman.store.plain import now
from dragoman.store.reading import Reading
from dragoman.store.tables import (
    FRESH,
    OF_A_READING,
    STALE,
    about,
    addresses,
    claim_parties,
    claim_people,
    claims,
    copies,
    defects,
    entities,
    judgement_anchors,
    judgements,
    originals,
    problems,
    readings,
    reports,
    statements,
    words,
)
from dragoman.store.version import this_version

if TYPE_CHECKING:  # the pipeline loads the language model's libraries
    from dragoman.pipeline import Problem


class Added(StrEnum):
    """What became of a report that was handed in."""

    NEW = "new"
    VERSION = "version"  # another report was known at its address
    KNOWN = "known"
    REREAD = "reread"


class Writing(Reading):
    """What may be written; everything counts when the block of ``Store.writing`` ends, or nothing does."""

    def begin_dossier(self) -> None:
        """Say who made it and when."""
        for name, value in (("made_by", this_version()), ("made_at", now()), ("state", FRESH)):
            self.say(name, value)

    def say(self, name: str, value: str) -> None:
        """Keep a value of the table about."""
        if (
            self.connection.execute(update(about).where(about.c.name == name).values(value=value)).rowcount
            == 0
        ):
            self.connection.execute(insert(about).values(name=name, value=value))

    def add_report(self, new: NewReport, *, source: str, reread: bool = False) -> Added:
        """
        Keep a report with all that was read in it.

        A report that is known already changes nothing but that an address may be noted; with
        ``reread`` what was read in it is replaced.
        """
        report = new.stored
        known = self.known([report.id])
        if known and not reread:
            self.note_addresses([(report.address, report.id)])
            return Added.KNOWN
        self._keep_original(new.original)
        columns = {
            **rows.report_columns(report),
            "text": new.text,
            "read_at": now(),
            "reader": new.reader,
            "notes": "\n".join(new.notes) or None,
            "signature": new.signature or None,
        }
        if known:
            for name in ("id", "address", "current", "copies"):  # its place among the others stays
                del columns[name]
            self.connection.execute(update(reports).where(reports.c.id == report.id).values(columns))
            for table in OF_A_READING:
                self.connection.execute(delete(table).where(table.c.report == report.id))
        else:
            self.connection.execute(insert(reports).values(columns))
        others = self._at_address(report.address) - {report.id}
        self.note_addresses([(report.address, report.id)])
        self._add_content(new)
        self._replace_problems(report, new.problems, source)
        self.say("state", STALE)
        return Added.REREAD if known else Added.VERSION if others else Added.NEW

    def _keep_original(self, original: Packed) -> None:
        if (
            self.connection.scalar(select(originals.c.size).where(originals.c.sha256 == original.sha256))
            is None
        ):
            self.connection.execute(
                insert(originals).values(
                    sha256=original.sha256,
                    size=original.size,
                    packed=original.data,
                    packed_sha256=hashlib.sha256(original.data).hexdigest(),
                )
            )

    def _at_address(self, address: str) -> set[str]:
        return set(
            self.connection.scalars(select(addresses.c.report).where(addresses.c.address == address)).all()
        )

    def note_addresses(self, seen: Iterable[tuple[str, str]]) -> None:
        """
        Note that reports were found at addresses, the latest last.

        A report found for the first time at an address where another was known is the newer version.
        """
        at = now()
        for address, report in seen:
            where = (addresses.c.address == address) & (addresses.c.report == report)
            if self.connection.execute(update(addresses).where(where).values(last_seen=at)).rowcount:
                continue
            older = self._at_address(address)
            self.connection.execute(
                update(addresses).where(addresses.c.address == address).values(current=False)
            )
            self.connection.execute(
                insert(addresses).values(
                    address=address, report=report, first_seen=at, last_seen=at, current=True
                )
            )
            self._settle_current({*older, report})

    def settle_versions(self, met: Mapping[str, set[str]]) -> None:
        """
        Make current what a run found at each address: the same whatever the order of its sources.

        Of several versions at one address the one published last, then by id; where one was found, that one,
        also where it was known before another and has come back.

        Args:
            met: ids of the reports that the run found, by address.
        """
        noted = self.connection.execute(
            select(addresses.c.address, addresses.c.report, addresses.c.current, reports.c.latest).join(
                reports, reports.c.id == addresses.c.report
            )
        )
        kept: defaultdict[str, list[Any]] = defaultdict(list)
        for row in noted:
            if row.address in met:
                kept[row.address].append(row)
        for address, known in kept.items():
            found = [row for row in known if row.report in met[address]]
            if not found:
                continue  # nothing of it could be read
            newest = max(found, key=lambda row: (row.latest or date.min, row.report)).report
            if any(row.current != (row.report == newest) for row in known):
                self.connection.execute(
                    update(addresses)
                    .where(addresses.c.address == address)
                    .values(current=addresses.c.report == newest)
                )
                self._settle_current({row.report for row in known})

    def _settle_current(self, ids: set[str]) -> None:
        """A report counts while it is the newest at any of its addresses."""
        newest = exists().where((addresses.c.report == reports.c.id) & addresses.c.current)
        changed = self.connection.execute(
            update(reports).where(reports.c.id.in_(ids), reports.c.current != newest).values(current=newest)
        )
        if changed.rowcount:
            self.say("state", STALE)

    def _add_content(self, new: NewReport) -> None:
        report = new.stored.id
        self._insert(readings, [{"report": report, "size": new.row.size, "packed": new.row.data}])
        for table, found in zip(
            (claims, claim_parties, claim_people, words), rows.claim_rows(new.claims), strict=True
        ):
            self._insert(table, found)
        self._insert(entities, [rows.entity_row(report, n, e) for n, e in enumerate(new.entities)])
        self._insert(statements, [rows.statement_row(report, n, s) for n, s in enumerate(new.statements)])
        self._insert(defects, [rows.defect_row(report, n, d) for n, d in enumerate(new.defects)])

    def _insert(self, table: Table, found: Sequence[rows.Row]) -> None:
        if found:
            self.connection.execute(insert(table), found)

    def _replace_problems(self, report: StoredReport, found: Iterable[Problem], source: str) -> None:
        self.connection.execute(delete(problems).where(problems.c.report == report.id))
        self.add_problems(
            StoredProblem(source, problem.where, problem.stage, problem.message, report.id)
            for problem in found
        )

    def add_problems(self, found: Iterable[StoredProblem]) -> None:
        """Keep problems; one that is known already stays as it is."""
        new = {problem.id: problem for problem in found}
        known = set(self.connection.scalars(select(problems.c.id).where(problems.c.id.in_(list(new)))))
        self._insert(
            problems,
            [
                {
                    "id": key,
                    "source": problem.source,
                    "place": problem.where,
                    "stage": problem.stage,
                    "message": problem.message,
                    "report": problem.report,
                    "at": problem.at or now(),
                }
                for key, problem in new.items()
                if key not in known
            ],
        )

    def settle_problems(self, sources: Iterable[str], found: Iterable[StoredProblem]) -> None:
        """Leave those of ``found`` as all that could not be read at all in ``sources``."""
        found = list(found)
        kept = {problem.id for problem in found}
        gone = [
            key
            for key in self.connection.scalars(
                select(problems.c.id).where(problems.c.source.in_(list(sources)), problems.c.report.is_(None))
            )
            if key not in kept
        ]
        if gone:
            self.connection.execute(
                delete(problems).where(problems.c.id == bindparam("gone")), [{"gone": key} for key in gone]
            )
        self.add_problems(found)

    def add_judgement(self, judgement: Judgement) -> bool:
        """Keep a judgement; False where it is known already."""
        if self.connection.scalar(select(judgements.c.id).where(judgements.c.id == judgement.id)):
            return False
        main, anchors = rows.judgement_rows(judgement)
        self._insert(judgements, [main])
        self._insert(judgement_anchors, anchors)
        self.say("state", STALE)
        return True

    def replace_copies(self, groups: Mapping[str, tuple[str, float]]) -> None:
        """
        Set the groups of copies.

        Args:
            groups: for each report that is a copy, the id of its group and its likeness to the others.
        """
        connection = self.connection
        connection.execute(delete(copies))
        grouped = reports.c.copies != reports.c.id
        connection.execute(update(reports).where(grouped).values(copies=reports.c.id))
        if not groups:
            return
        connection.execute(
            update(reports).where(reports.c.id == bindparam("report")).values(copies=bindparam("group")),
            [{"report": report, "group": group} for report, (group, _) in groups.items()],
        )
        self._insert(
            copies,
            [
                {"report": report, "copies": group, "likeness": likeness}
                for report, (group, likeness) in sorted(groups.items())
            ],
        )

    def replace_derived(
        self, reconciled: Reconciled, negotiations: Sequence[Negotiation], profiles: Sequence[Profile]
    ) -> None:
        """Replace everything that follows from claims and judgements."""
        write_derived(self.connection, reconciled, negotiations, profiles)
        self.say("as_of", reconciled.as_of.isoformat() if reconciled.as_of else "")
        self.say("derived_by", this_version())
        self.say("state", FRESH)
