"""``dragoman plot``: a dossier as a drawing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.asking import as_of_option, dossier_argument, filter_options, opened, write
from dragoman.export.plots import KINDS

if TYPE_CHECKING:
    from dragoman.store import Filter


def _kinds() -> str:
    width = max(map(len, KINDS))
    return "\n".join(f"    {name:<{width}}  {kind.what}" for name, kind in KINDS.items())


@click.command(
    "plot",
    epilog=f"""
    \b
    Kinds:
{_kinds()}

    \b
    Examples:
      dragoman plot geneva.dossier timeline --into timeline.svg
      dragoman plot geneva.dossier months --party RUS --into months.png
      dragoman plot geneva.dossier map > map.svg
    """,
)
@dossier_argument
@click.argument("kind", type=click.Choice([*KINDS]))
@click.option(
    "--into",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="File to write, .svg or .png; - is standard output, as SVG.  [default: -]",
)
@click.option("--width", type=click.IntRange(320, 4000), default=960, show_default=True, help="In pixels.")
@filter_options
@as_of_option
def command(dossier: str, kind: str, *, into: Path, width: int, wanted: Filter, as_of: date | None) -> None:
    """
    Draw the events of a dossier: timeline, months, matrix, network or map.

    Exit code 2 where there is no such dossier, or where PNG is wanted and what draws it is not installed.
    """
    with opened(dossier) as known:
        drawn = known.plot(kind, wanted=wanted, as_of=as_of, width=width)
        if str(into) == "-":
            write([drawn.svg])
        else:
            drawn.save(into)
