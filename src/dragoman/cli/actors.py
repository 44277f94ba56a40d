"""``dragoman actors``: people and bodies over all reports."""

from __future__ import annotations

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options


@click.command(
    "actors",
    epilog="""
    \b
    Examples:
      dragoman actors geneva.dossier                   everybody, with spellings and offices
      dragoman actors geneva.dossier ryabkov           those spelled like this in some report
      dragoman actors geneva.dossier --json
    """,
)
@dossier_argument
@click.argument("name", required=False)
@output_options
def command(dossier: str, name: str | None, *, form: str, quiet: bool) -> None:
    """List people and bodies: whom they act for, how they are spelled, which offices are told when."""
    with opened(dossier, quiet=quiet) as known:
        give(known.actors(name), form)
