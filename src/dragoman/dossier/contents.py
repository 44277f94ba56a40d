"""What a dossier gives to an export: its values, read in portions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select

from dragoman.dossier.ask import Known, tell
from dragoman.export.contents import Contents, Read
from dragoman.output.told import Told
from dragoman.store import Filter, Reading, tables

if TYPE_CHECKING:
    from datetime import date

_PORTION = 500  # events read at once
_HELD = 10_000  # events that are kept for a second pass: some forms make several


def contents(reading: Reading, known: Known, wanted: Filter, as_of: date | None = None) -> Contents:
    """
    The values to export.

    Args:
        reading: the dossier; must stay open while the export is written.
        known: the dossier as it stands, or as it stood on a day.
        wanted: which events; with a filter only what belongs to them is exported.
        as_of: the day, where ``known`` is the dossier of a day.
    """
    held: list[Told] = []
    few = known.count(wanted) <= _HELD

    def told() -> Iterator[Told]:
        if few:
            if not held:
                held.extend(read())
            yield from held
        else:
            yield from read()

    def read() -> Iterator[Told]:
        offset = 0
        while found := known.happenings(wanted, limit=_PORTION, offset=offset):
            yield from tell(known, found)
            offset += len(found)

    reports = reading.reports()
    negotiations = known.negotiations()
    profiles = reading.profiles()
    judgements = known.judgements()
    if wanted != Filter() or as_of is not None:
        events: set[str] = set()
        named: set[str] = set()
        decided: set[str] = set()
        for one in told():
            events.add(one.id)
            named |= {claim.report for claim in one.claims}
            decided |= set(one.happening.judgements)
        reports = {key: report for key, report in reports.items() if key in named}
        negotiations = [n for n in negotiations if events & set(n.happenings)]
        profiles = [p for p in profiles if named & set(p.reports)]
        judgements = tuple(j for j in judgements if j.id in decided)
    return Contents(
        told=told,
        reports=reports,
        negotiations=negotiations,
        profiles=profiles,
        judgements=judgements,
        text=reading.text,
        statements=reading.statements,
        readings=_readings(reading),
        as_of=as_of or reading.as_of(),
    )


def _readings(reading: Reading) -> dict[str, Read]:
    columns = tables.reports.c
    rows = reading.connection.execute(select(columns.id, columns.reader, columns.read_at))
    return {row.id: Read(row.reader, row.read_at) for row in rows}
