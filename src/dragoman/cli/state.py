"""``dragoman state``: where each negotiation stands."""

from __future__ import annotations

from datetime import date

import click

from dragoman.cli.asking import as_of_option, dossier_argument, give, opened, output_options


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
@output_options
def command(dossier: str, negotiation: str | None, *, as_of: date | None, form: str, quiet: bool) -> None:  # noqa: ARG001 - one set of options
    """
    Show the state of play: last and next meeting, what is on the table and who answered, what is open.

    NEGOTIATION is the beginning of an id or words of a name; without it all are shown.
    """
    with opened(dossier) as known:
        give(known.state(negotiation, as_of=as_of), form)
