"""``dragoman problems``: what could not be read."""

from __future__ import annotations

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options


@click.command(
    "problems",
    epilog="""
    \b
    Examples:
      dragoman problems geneva.dossier
      dragoman problems geneva.dossier --csv > problems.csv
    """,
)
@dossier_argument
@output_options
def command(dossier: str, *, form: str, quiet: bool) -> None:  # noqa: ARG001 - one set of options
    """List the reports that could not be read, or not in full, and why."""
    with opened(dossier) as known:
        give(known.problems(), form)
