"""``dragoman events``: the events of a dossier as a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import as_of_option, dossier_argument, filter_options, give, opened, output_options
from dragoman.cli.shared import tell

if TYPE_CHECKING:
    from dragoman.store import Filter


@click.command(
    "events",
    epilog="""
    \b
    Examples:
      dragoman events geneva.dossier --person lavrov --status held
      dragoman events geneva.dossier --type proposal --text "missiles"
      dragoman events geneva.dossier --overdue
      dragoman events geneva.dossier --json | head -1
    """,
)
@dossier_argument
@filter_options
@as_of_option
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, the earliest first.")
@output_options
def command(
    dossier: str, *, wanted: Filter, as_of: date | None, limit: int | None, form: str, quiet: bool
) -> None:
    """
    List events, a line each: id, date, what, who and where, and how many independent sources tell of it.

    The first characters of an id are enough for "dragoman explain".
    """
    with opened(dossier, quiet=quiet) as known:
        answer = known.events(wanted, limit=limit, as_of=as_of)
        give(answer, form)
    if not quiet and len(answer) < answer.total:
        tell(f"{len(answer):,} of {answer.total:,} events")
