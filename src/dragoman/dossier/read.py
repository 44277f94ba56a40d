"""One fetched report to what the store keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dragoman.dossier.copies import body_of, signature_of
from dragoman.dossier.identify import Identity, original_of
from dragoman.intake import Fetched
from dragoman.model import Claim, Published, Record, StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, bounds
from dragoman.output import to_json
from dragoman.pipeline import Outcome, Pipeline, Problem
from dragoman.settings import Settings
from dragoman.store import NewReport, Packed
from dragoman.store.version import this_version

# What reads one report, and what makes it where it is needed: both cross to other processes.
Reader = Callable[[Fetched], Outcome]
MakeReader = Callable[[Settings], Reader]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one report: what to store, or nothing, and what could not be read."""

    report: NewReport | None
    problems: tuple[Problem, ...] = ()
    events: int = 0


def pipeline_reader(settings: Settings) -> Reader:
    """The reading of :mod:`dragoman.pipeline`, with its language model loaded."""
    return Pipeline.build(settings).read


def read_one(read: Reader, fetched: Fetched, identity: Identity) -> Result:
    """Read a report under the name that it has in whatever run."""
    outcome = read(replace(fetched, id=identity.name))
    if outcome.record is None:
        return Result(None, outcome.problems)
    report = to_new_report(outcome.record, fetched, identity, outcome.problems)
    return Result(report, outcome.problems, len(report.claims))


def to_new_report(
    record: Record, fetched: Fetched, identity: Identity, problems: tuple[Problem, ...]
) -> NewReport:
    """What the store keeps of a report."""
    document, row = record.document, to_json(record, problems)
    original = Packed.of(original_of(fetched))
    earliest, latest = published_bounds(record.published)
    return NewReport(
        stored=StoredReport(
            id=identity.id,
            name=identity.name,
            address=identity.address,
            published=record.published.edtf,
            basis=record.published.basis,
            original_sha256=original.sha256,
            text_sha256=row["text_sha256"],
            title=document.title,
            url=document.url,
            publisher=document.publisher,
            place=document.place,
            language=document.language,
            earliest=earliest,
            latest=latest,
            copies=identity.id,
        ),
        text=document.text,
        original=original,
        row=Packed.of_row(row),
        claims=[Claim.of(identity.id, event) for event in record.events],
        entities=list(record.actors.entities.values()),
        statements=record.statements,
        defects=record.defects,
        signature=signature_of(body_of(document.text, document.chrome)),
        reader=this_version(),
        notes=identity.notes,
        problems=problems,
    )


def published_bounds(published: Published) -> tuple[date | None, date | None]:
    """First and last day on which a report can have been published, None where nothing bounds it."""
    stated = bounds(published.edtf)
    low, high = (stated or (FAR_PAST, FAR_FUTURE)) if published.edtf else (FAR_PAST, FAR_FUTURE)
    if published.dct_low:
        low = max(low, date.fromisoformat(published.dct_low))
    if published.dct_high:
        high = min(high, date.fromisoformat(published.dct_high))
    return (None if low == FAR_PAST else low), (None if high == FAR_FUTURE else high)
