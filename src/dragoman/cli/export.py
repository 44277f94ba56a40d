"""``dragoman export``: a dossier in the form of another tool."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import as_of_option, dossier_argument, filter_options_beside_to, opened
from dragoman.cli.shared import tell
from dragoman.export import FORMATS

if TYPE_CHECKING:
    from dragoman.store import Filter


def _forms() -> str:
    width = max(map(len, FORMATS))
    return "\n".join(f"    {name:<{width}}  {form.what}" for name, form in FORMATS.items())


@click.command(
    "export",
    epilog=f"""
    \b
    Formats:
{_forms()}

    \b
    Examples:
      dragoman export geneva.dossier --to csv --into tables/        a folder of tables
      dragoman export geneva.dossier --to csv --into geneva.zip     the same in one archive
      dragoman export geneva.dossier --to ics > meetings.ics
      dragoman export geneva.dossier --to geojson --party RUS --since 2022
    """,
)
@dossier_argument
@click.option(
    "--to", "name", required=True, type=click.Choice([*FORMATS]), metavar="FORMAT", help="The form."
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="File to write; of a form with several files a folder, or an archive where it ends in .zip; - is "
    "standard output.  [default: -]",
)
@filter_options_beside_to
@as_of_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def command(dossier: str, *, name: str, into: Path, wanted: Filter, as_of: date | None, quiet: bool) -> None:
    """
    Write a dossier, or some of its events with all that they rest on, in the form of another tool.

    The same dossier gives the same bytes. What has no place in a form is counted on standard error. Exit
    code 2 where there is no such dossier or it cannot be written.
    """
    if str(into) == "-" and sys.stdout.isatty() and FORMATS[name].many:
        raise click.UsageError(f"{name} is nothing for a terminal; name a file with --into, or send it on")
    with opened(dossier) as known:
        target = sys.stdout.buffer if str(into) == "-" else into
        notes = known.export(name, target, wanted=wanted, as_of=as_of)
        sys.stdout.flush()
    if not quiet:
        for note in notes:
            tell(note)
