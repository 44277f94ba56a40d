"""``dragoman state``: where each negotiation stands."""

from __future__ import annotations

from datetime import date

import click

from dragoman.cli.asking import as_of_option, dossier_argument, give, opened, output_options
from dragoman.cli.shared import tell

_PAGE = 20


@click.command(
    "state",
    epilog="""
    \b
    Examples:
      dragoman state geneva.dossier                         all negotiations
      dragoman state geneva.dossier "iran nuclear"          those whose name holds these words
      dragoman state geneva.dossier --as-of 2022-01-20      where they stood on that day
    """,
)
@dossier_argument
@click.argument("negotiation", required=False)
@as_of_option
@click.option(
    "--limit", type=click.IntRange(min=1), help=f"Only so many, the largest.  [default for people: {_PAGE}]"
)
@click.option("--all", "every", is_flag=True, help="All negotiations, however many.")
@output_options
def command(
    dossier: str,
    negotiation: str | None,
    *,
    as_of: date | None,
    limit: int | None,
    every: bool,
    form: str,
    quiet: bool,
) -> None:
    """
    Show the state of play: last and next meeting, what is on the table and who answered, what is open.

    NEGOTIATION is the beginning of an id or words of a name; without it all are shown, of many the largest.
    --json and --csv give all unless --limit is set.
    """
    if every and limit:
        raise click.UsageError("--all excludes --limit")
    size = limit or (_PAGE if form == "text" and not every else None)
    with opened(dossier, quiet=quiet) as known:
        answer = known.state(negotiation, limit=size, as_of=as_of)
        give(answer, form)
    if not quiet and len(answer) < answer.total:
        tell(f"the {len(answer):,} largest of {answer.total:,} negotiations; name one, or see --all")
