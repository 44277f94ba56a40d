"""How much of a ledger's linked rows a dossier confirms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.dossier import Dossier
from dragoman.dossier.compare import Comparison, Fit, compare
from dragoman.dossier.ledger import LedgerRow, read_ledger
from dragoman.errors import UsageError
from dragoman.model import Happening, StoredReport

LEDGER = Path("corpora/us_ledger.jsonl")
LINKS = Path("corpora/us_ledger_links.jsonl")


@dataclass(frozen=True, slots=True)
class Linked:
    """
    One link from a row of the ledger to a report, and what the comparison says of the row.

    ``verdict`` is "whole" where day, counterpart and place of an event agree, "confirmed" where the event
    leaves day or place open, else as in :class:`~dragoman.dossier.compare.Comparison`, or "outside".
    """

    ledger: str
    article: str
    verdict: str
    told: tuple[str, ...] = ()


def judge_links(
    happenings: Sequence[Happening],
    reports: Mapping[str, StoredReport],
    rows: Sequence[LedgerRow],
    links: Sequence[Mapping[str, str]],
) -> list[Linked]:
    """What the comparison says of each linked row; links of a repeated row count for the row it repeats."""
    comparison = compare(happenings, reports, rows)
    kept = {key: row.id for row in rows for key in (row.id, *row.same)}
    verdicts = _verdicts(comparison)
    found = []
    for link in links:
        verdict, fit = verdicts.get(kept.get(link["ledger_id"], ""), ("outside", None))
        told = (*fit.agrees, *fit.open, *fit.differs, *fit.notes) if fit else ()
        found.append(Linked(link["ledger_id"], link["article_id"], verdict, told))
    return found


def _verdicts(comparison: Comparison) -> dict[str, tuple[str, Fit | None]]:
    found: dict[str, tuple[str, Fit | None]] = {row.id: ("missing", None) for row in comparison.missing}
    for fit in comparison.different:
        found[fit.row.id] = ("different", fit)
    for fit in comparison.vague:
        found[fit.row.id] = ("vague", fit)
    for fit in comparison.confirmed:
        found[fit.row.id] = ("whole" if fit.whole else "confirmed", fit)
    return found


def measure_ledger(where: str, shared: Path) -> list[Linked]:
    """The same for a dossier and the links of the shared corpora."""
    path = shared / LINKS
    try:
        links = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as links ({error})") from error
    with Dossier.open(where, readonly=True) as dossier:
        reports = {key: report for key, report in dossier.reports().items() if report.current}
        return judge_links(list(dossier.happenings()), reports, read_ledger(shared / LEDGER), links)


def told_shares(linked: Sequence[Linked]) -> list[str]:
    """The shares in words."""
    counts = Counter(link.verdict for link in linked)
    whole, confirmed = counts["whole"], counts["whole"] + counts["confirmed"]
    total = max(1, len(linked))
    rest = ", ".join(
        f"{counts[name]} {name}" for name in ("vague", "different", "missing", "outside") if counts[name]
    )
    return [
        f"{len(linked)} links of ledger rows to reports",
        f"day, counterpart and place agree: {whole} ({whole / total:.1%})",
        f"the same, or the event leaves day or place open: {confirmed} ({confirmed / total:.1%})",
        f"the others: {rest or 'none'}",
    ]
