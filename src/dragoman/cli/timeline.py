"""``dragoman timeline``: the events of a dossier in order of date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import as_of_option, dossier_argument, filter_options, give, opened, output_options
from dragoman.cli.shared import tell

if TYPE_CHECKING:
    from dragoman.dossier.answers import Answer
    from dragoman.output.told import Told
    from dragoman.store import Filter

_PAGE = 50


@click.command(
    "timeline",
    epilog="""
    \b
    Examples:
      dragoman timeline geneva.dossier                               the latest events
      dragoman timeline geneva.dossier --from 2022-01 --to 2022-02   those of two months
      dragoman timeline geneva.dossier --party RUS --party USA --all
      dragoman timeline geneva.dossier --as-of 2022-01-20            what was known on that day
      dragoman timeline geneva.dossier --csv > events.csv
    """,
)
@dossier_argument
@filter_options
@as_of_option
@click.option(
    "--limit", type=click.IntRange(min=1), help=f"How many events a page holds.  [default: {_PAGE}]"
)
@click.option(
    "--page", type=click.IntRange(min=1), default=1, help="1 is the latest page, 2 the one before it."
)
@click.option("--all", "every", is_flag=True, help="All events, those without a date too.")
@output_options
def command(
    dossier: str,
    *,
    wanted: Filter,
    as_of: date | None,
    limit: int | None,
    page: int,
    every: bool,
    form: str,
    quiet: bool,
) -> None:
    """
    Show what happened, in order: date, who, where, how well it stands, and the words that say so.

    Of a dossier with more events than a page holds the latest are shown; --json and --csv give all unless
    --limit is set. Exit code 2 where there is no such dossier.
    """
    if every and (limit or page > 1):
        raise click.UsageError("--all excludes --limit and --page")
    whole = every or (form != "text" and limit is None and page == 1)
    size = None if whole else limit or _PAGE
    with opened(dossier, quiet=quiet) as known:
        answer = known.timeline(wanted, limit=size, page=page, as_of=as_of)
        give(answer, form)
    if not quiet and len(answer) < answer.total:
        tell(_left_out(answer, page))


def _left_out(answer: Answer[Told], page: int) -> str:
    dated = answer.total - answer.undated
    which = "the latest " if page == 1 else f"page {page}, "
    told = f"{which}{len(answer):,} of {dated:,} events with a date"
    if answer.undated:
        told += f"; {answer.undated:,} more have none"
    return f"{told}; --page {page + 1} goes back, --all shows all, --from and --to choose days"
