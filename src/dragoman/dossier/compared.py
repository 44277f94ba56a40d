"""What comes of a comparison, line by line: for people, for spreadsheets, for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.dossier.compare import Comparison, Fit
from dragoman.dossier.ledger import LedgerRow
from dragoman.model import Happening
from dragoman.output.form import Form, Row
from dragoman.output.words import date_in_words, listed, party_in_words, visible

# Verdicts in the order in which they are listed, with what they mean.
VERDICTS = {
    "confirmed": "an event fits",
    "vague": "an event with that counterpart, its day and place open",
    "different": "an event with another day, place, kind or counterpart",
    "missing": "no event in the dossier",
    "unlisted": "a meeting that is not in the ledger",
}
COLUMNS = (
    "verdict", "ledger", "kind", "role", "who", "start", "end", "country", "place", "remarks", "same",
    "event", "event_date", "event_parties", "event_place", "agrees", "open", "differs", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a comparison: a row of the ledger, an event of the dossier, or both."""

    verdict: str
    row: LedgerRow | None = None
    happening: Happening | None = None
    agrees: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compared(comparison: Comparison, happenings: Sequence[Happening]) -> tuple[Compared, ...]:
    """All lines, verdict by verdict, each in order of time."""
    known = {happening.id: happening for happening in happenings}

    def told(verdict: str, fits: Sequence[Fit]) -> Iterator[Compared]:
        for fit in sorted(fits, key=lambda fit: (fit.row.start, fit.row.id)):
            happening = known.get(fit.happening)
            yield Compared(verdict, fit.row, happening, fit.agrees, fit.open, fit.differs, fit.notes)

    missing = sorted(comparison.missing, key=lambda row: (row.start, row.id))
    unlisted = (known[key] for key in comparison.unlisted if key in known)
    return (
        *told("confirmed", comparison.confirmed),
        *told("vague", comparison.vague),
        *told("different", comparison.different),
        *(Compared("missing", row) for row in missing),
        *(
            Compared("unlisted", happening=happening)
            for happening in sorted(
                unlisted, key=lambda happening: (happening.text("date") or "", happening.id)
            )
        ),
    )


def to_row(line: Compared) -> Row:
    """A line as a JSON object."""
    found: Row = {"verdict": line.verdict}
    row, happening = line.row, line.happening
    if row:
        found |= {
            "ledger": row.id,
            "kind": row.kind,
            "role": row.role,
            "who": row.who,
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "country": row.country,
            "place": row.place,
            "remarks": row.remarks,
            "same": list(row.same),
        }
    if happening:
        found |= {
            "event": happening.id,
            "event_date": happening.text("date"),
            "event_parties": list(happening.many("parties")),
            "event_place": happening.text("place"),
        }
    return found | {
        "agrees": list(line.agrees),
        "open": list(line.open),
        "differs": list(line.differs),
        "notes": list(line.notes),
    }


def _flat(line: Compared) -> list[Row]:
    def cell(value: Any) -> Any:
        return "; ".join(map(str, value)) if isinstance(value, list) else value

    return [{name: cell(value) for name, value in to_row(line).items()}]


def print_compared(console: Console, lines: Sequence[Compared]) -> None:
    """Lines under a heading for each verdict."""
    for verdict, meaning in VERDICTS.items():
        of_verdict = [line for line in lines if line.verdict == verdict]
        if not of_verdict:
            continue
        console.print(Text(f"{verdict}: {meaning} ({len(of_verdict):,})", "bold"))
        for line in of_verdict:
            console.print(Padding(Text(_headline(line)), (0, 0, 0, 2)))
            for text in _details(line):
                console.print(Padding(Text(text, "dim"), (0, 0, 0, 6)))


def _headline(line: Compared) -> str:
    row, happening = line.row, line.happening
    if row is not None:
        days = f"{row.start}" if row.start == row.end else f"{row.start} to {row.end}"
        where = ", ".join(filter(None, (row.place, row.country)))
        return visible(f"{days} {row.who}: {where} [{row.id}]")
    if happening is None:
        return ""
    parties = listed([party_in_words(party) for party in happening.many("parties")])
    where = happening.text("place") or ""
    told = f"{date_in_words(happening.text('date'))}: {parties}{f', {where}' if where else ''}"
    return visible(f"{told} [event {happening.id}]")


def _details(line: Compared) -> Iterator[str]:
    if line.row is not None and line.row.remarks and line.verdict != "confirmed":
        yield visible(line.row.remarks)
    if line.row is not None and line.happening is not None:
        parts = [*line.agrees, *line.open, *line.differs, *line.notes]
        yield visible(f"event {line.happening.id}: {'; '.join(parts)}")


FORM: Form[Compared] = Form("row", COLUMNS, _flat, to_row, print_compared)
