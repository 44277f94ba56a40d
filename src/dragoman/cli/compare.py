"""``dragoman compare``: a dossier held against an official ledger of meetings."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options
from dragoman.cli.shared import counted, tell


@click.command(
    "compare",
    epilog="""
    \b
    Examples:
      dragoman compare geneva.dossier --ledger us_ledger.jsonl
      dragoman compare geneva.dossier --ledger us_ledger.jsonl --only missing
      dragoman compare geneva.dossier --ledger us_ledger.jsonl --csv > compared.csv

    A ledger holds one JSON object a line: id, kind (us_travel_abroad or foreign_visit_to_us), who, start, end
    (days as 2022-01-21), country; role, place and remarks where known. docs/compare.md tells what they mean.
    """,
)
@dossier_argument
@click.option(
    "--ledger",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The ledger: a file of JSON lines.",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["confirmed", "vague", "different", "missing", "unlisted"]),
    help="Only these; can be given again.",
)
@output_options
def command(dossier: str, *, ledger: Path, only: tuple[str, ...], form: str, quiet: bool) -> None:
    """
    Hold a dossier against an official record of meetings.

    Lists the ledger's rows that an event confirms, those that are told otherwise, those that the dossier
    lacks, and the dossier's meetings that the ledger lacks. Rows outside the months, roles and countries of
    the dossier are counted and not compared.
    """
    from dragoman.dossier.answers import Answer  # noqa: PLC0415 - loads the database's library
    from dragoman.dossier.compared import FORM, compared  # noqa: PLC0415

    with opened(dossier) as known:
        comparison = known.compare(ledger)
        lines = compared(comparison, known.happenings())
    give(Answer(tuple(line for line in lines if not only or line.verdict in only), FORM), form)
    if quiet:
        return
    tell(f"compared: {'; '.join(comparison.scope)}")
    for reason, count in comparison.outside.items():
        tell(f"not compared: {counted((count, 'row'))}, {reason}")
    if comparison.repeated:
        tell(f"{counted((comparison.repeated, 'row'))} of the ledger repeated others")
    lists = ("confirmed", "vague", "different", "missing", "unlisted")
    tell(", ".join(f"{len(getattr(comparison, name)):,} {name}" for name in lists))
