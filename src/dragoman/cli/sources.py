"""``dragoman sources``: the reports that a dossier rests on."""

from __future__ import annotations

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options


@click.command(
    "sources",
    epilog="""
    \b
    Examples:
      dragoman sources geneva.dossier
      dragoman sources geneva.dossier --json > reports.jsonl
    """,
)
@dossier_argument
@output_options
def command(dossier: str, *, form: str, quiet: bool) -> None:
    """List the reports: outlet, day and on what it relies, how many events, copies and other versions."""
    with opened(dossier, quiet=quiet) as known:
        give(known.sources(), form)
