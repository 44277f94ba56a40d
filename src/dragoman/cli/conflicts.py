"""``dragoman conflicts``: where reports differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import as_of_option, dossier_argument, filter_options, give, opened, output_options

if TYPE_CHECKING:
    from dragoman.store import Filter


@click.command(
    "conflicts",
    epilog="""
    \b
    Examples:
      dragoman conflicts geneva.dossier                 every value that cannot hold with another
      dragoman conflicts geneva.dossier --from 2022-01
      dragoman conflicts geneva.dossier --csv > conflicts.csv
    """,
)
@dossier_argument
@filter_options
@as_of_option
@output_options
def command(dossier: str, *, wanted: Filter, as_of: date | None, form: str, quiet: bool) -> None:
    """Show every slot of an event whose values cannot all hold, with who says what in which words."""
    with opened(dossier, quiet=quiet) as known:
        give(known.conflicts(wanted, as_of=as_of), form)
