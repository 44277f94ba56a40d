"""Two claims side by side: what differs, their words in context, the score and what made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.model import CLAIM_SLOTS, Claim, StoredReport
from dragoman.output.account import features_table, match_row
from dragoman.output.context import in_context
from dragoman.output.form import Form, Row
from dragoman.output.happenings import brief_report_row, claim_row, joined, published_in_short, value_in_words
from dragoman.output.told import Paired
from dragoman.output.words import visible, what_said

COLUMNS = (
    "left", "right", "score", "why", "differs", "left_date", "right_date", "left_words", "right_words",
    "left_report", "right_report", "features",
)  # fmt: skip
_NARROW = 72  # below this width the two stand beneath each other
_DIFFERS = "differs"


def differing(pair: Paired) -> tuple[str, ...]:
    """Slots in which the two claims have values and these are not the same."""
    slots = ("type", *CLAIM_SLOTS)
    values = ((name, getattr(pair.left, name), getattr(pair.right, name)) for name in slots)
    return tuple(name for name, left, right in values if left and right and _set(left) != _set(right))


def _set(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def print_pair(console: Console, pair: Paired, *, title: str = "") -> None:
    """The pair as ``dragoman review`` shows it; what differs is marked with a word, not by colour alone."""
    match = pair.match
    head = title or f"{visible(match.left)} and {visible(match.right)}"
    console.print(Rule(Text(f"{head} · score {match.score:.2f}", "bold"), align="left", style="dim"))
    if match.why:
        console.print(Padding(Text(visible(match.why), "italic"), (0, 2)))
    both = (pair.left, pair.right)
    if console.width < _NARROW:
        for name, claim in zip("AB", both, strict=True):
            console.print(Padding(_alone(pair, name, claim), (1, 2, 0, 2)))
    else:
        console.print(Padding(_beside(pair), (1, 2, 0, 2)))
    if match.features:
        console.print(Padding(features_table(match.features), (1, 2, 0, 0)))
    console.print()


def _beside(pair: Paired) -> Table:
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, expand=True)
    grid.add_column("", width=10)
    grid.add_column("", width=len(_DIFFERS))
    for name in "AB":
        grid.add_column(name, ratio=1)
    for slot, mark, left, right in _compared(pair):
        style = "bold red" if mark else "default"
        grid.add_row(Text(slot, "dim"), Text(mark, "bold red"), Text(left, style), Text(right, style))
    grid.add_row(Text("words", "dim"), "", _words(pair, pair.left), _words(pair, pair.right))
    return grid


def _alone(pair: Paired, name: str, claim: Claim) -> RenderableType:
    at = 2 if name == "A" else 3
    lines = [Text(name, "bold")]
    for row in _compared(pair):
        mark = f" ({row[1]})" if row[1] else ""
        lines.append(
            Text.assemble((f"{row[0]}{mark}: ", "dim"), (row[at], "bold red" if mark else "default"))
        )
    return Group(*lines, _words(pair, claim))


def _compared(pair: Paired) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the comparison: label, "differs" or "", the two values."""
    left, right = pair.left, pair.right
    one, other = pair.reports.get(left.report), pair.reports.get(right.report)
    yield "claim", "", visible(left.id), visible(right.id)
    yield "report", "", _report(one, left), _report(other, right)
    yield "published", "", _day(one), _day(other)
    differ = differing(pair)
    mark = _DIFFERS if {"type", "kind", "status"} & set(differ) else ""
    yield "what", mark, _what(left), _what(right)
    for name in CLAIM_SLOTS:
        if name not in {"kind", "status"} and (getattr(left, name) or getattr(right, name)):
            yield name, _DIFFERS if name in differ else "", _value(name, left), _value(name, right)


def _what(claim: Claim) -> str:
    return what_said(claim.type, claim.status, claim.kind)


def _report(report: StoredReport | None, claim: Claim) -> str:
    if report is None:
        return visible(claim.report)
    title = visible(report.title or report.name)
    return f"{title} ({visible(report.publisher)})" if report.publisher else title


def _day(report: StoredReport | None) -> str:
    return published_in_short(report) if report else "date unknown"


def _value(name: str, claim: Claim) -> str:
    value = getattr(claim, name)
    return value_in_words(name, value) if value else "–"


def _words(pair: Paired, claim: Claim) -> Group:
    return Group(*(in_context(pair.texts.get(claim.report), span) for span in claim.evidence))


def print_pairs(console: Console, pairs: Sequence[Paired]) -> None:
    """All pairs, one beneath the other."""
    for pair in pairs:
        print_pair(console, pair)


def pair_row(pair: Paired) -> Row:
    """A pair as a JSON object: the match, both claims, both reports."""
    return match_row(pair.match) | {
        "differs": list(differing(pair)),
        "claims": [claim_row(pair.left), claim_row(pair.right)],
        "reports": [
            brief_report_row(pair.reports[claim.report])
            for claim in (pair.left, pair.right)
            if claim.report in pair.reports
        ],
    }


def flat_pair(pair: Paired) -> Iterator[Row]:
    """One flat row a pair."""
    match = pair.match
    row: Row = {
        "left": match.left,
        "right": match.right,
        "score": round(match.score, 4),
        "why": match.why,
        "differs": "; ".join(differing(pair)),
        "features": "; ".join(f"{feature.name} {feature.weight:+.2f}" for feature in match.features),
    }
    for side, claim in (("left", pair.left), ("right", pair.right)):
        report = pair.reports.get(claim.report)
        row[f"{side}_date"] = joined("date", claim.date)
        row[f"{side}_words"] = " … ".join(span.exact for span in claim.evidence)
        row[f"{side}_report"] = report.title or report.name if report else claim.report
    yield row


PAIRS: Form[Paired] = Form("pair", COLUMNS, flat_pair, pair_row, print_pairs)
