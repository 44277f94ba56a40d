"""Merging held against pairs of reports of one day that were judged by reading them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import IntakeError
from dragoman.intake import read_sources
from dragoman.model import Claim, EventType, Record, StoredReport
from dragoman.model.edtf import bounds
from dragoman.pipeline import Pipeline
from dragoman.reconcile import reconcile

REPORTS = Path("corpora/kremlin.jsonl")
PAIRS = Path("evaluation/same_day_pairs.tsv")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Merging:
    """
    Pairs of reports that share a meeting in the record, held against the judgement of a reader.

    Attributes:
        right, wrong: pairs that share one, rightly and wrongly.
        missed: pairs that tell of one meeting and share none.
        asked: those of the missed ones that the record leaves to a person.
        unread: those of which one report makes no claim of a meeting at all.
    """

    right: tuple[Pair, ...]
    wrong: tuple[Pair, ...]
    missed: tuple[Pair, ...]
    asked: int
    unread: int

    @property
    def precision(self) -> float:
        """Share of the merged pairs that are rightly so."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of the pairs that tell of one meeting that are merged."""
        return len(self.right) / max(1, len(self.right) + len(self.missed))


def measure_merging(pipeline: Pipeline, shared: Path, pairs: Path = PAIRS) -> Merging:
    """Read the reports of the judged pairs, reconcile them, and hold the result against the judgements."""
    judged = read_pairs(pairs)
    wanted = {name for pair in judged for name in pair}
    claims: list[Claim] = []
    reports: dict[str, StoredReport] = {}
    for fetched in read_sources([str(shared / REPORTS)]):
        if isinstance(fetched, IntakeError) or fetched.id not in wanted:
            continue
        record = pipeline.read(fetched).record
        if record:
            reports[fetched.id] = stored(fetched.id, record)
            claims += [Claim.of(fetched.id, event) for event in record.events]
    return compare(judged, claims, reports)


def compare(judged: dict[Pair, str], claims: list[Claim], reports: dict[str, StoredReport]) -> Merging:
    """What becomes of judged pairs of reports in the record of these claims."""
    record = reconcile(claims, reports)
    report = {claim.id: claim.report for claim in claims}
    shares: defaultdict[str, set[str]] = defaultdict(set)
    for happening in record.happenings:
        if happening.type is EventType.MEETING:
            for claim in happening.claims:
                shares[report[claim]].add(happening.id)
    asked = {frozenset((report[match.left], report[match.right])) for match in record.unsure}
    merged = {pair for pair in judged if shares[pair[0]] & shares[pair[1]]}
    same = {pair for pair, verdict in judged.items() if verdict == "same"}
    different = {pair for pair, verdict in judged.items() if verdict == "different"}
    missed = same - merged
    return Merging(
        tuple(sorted(same & merged)),
        tuple(sorted(different & merged)),
        tuple(sorted(missed)),
        sum(frozenset(pair) in asked for pair in missed),
        sum(not shares[left] or not shares[right] for left, right in missed),
    )


def read_pairs(path: Path) -> dict[Pair, str]:
    """The judged pairs: "same", "different" or "unclear"."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {(left, right): verdict for left, right, verdict in rows}


def stored(name: str, record: Record) -> StoredReport:
    """The report as a dossier would keep it, known by its own name."""
    published, document = record.published, record.document
    span = bounds(published.edtf)
    low = date.fromisoformat(published.dct_low) if published.dct_low else span[0] if span else None
    high = date.fromisoformat(published.dct_high) if published.dct_high else span[1] if span else None
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    return StoredReport(
        id=name,
        name=name,
        address=name,
        published=published.edtf,
        basis=published.basis,
        original_sha256=digest,
        text_sha256=digest,
        publisher=document.publisher,
        earliest=low,
        latest=high,
    )
