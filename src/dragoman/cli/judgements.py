"""``dragoman judgements``: what people decided, in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

from dragoman.cli.asking import dossier_argument, give, opened, output_options
from dragoman.cli.shared import NothingRead, tell
from dragoman.output import visible

if TYPE_CHECKING:
    from dragoman.model import Judgement


@click.command(
    "judgements",
    epilog="""
    \b
    Examples:
      dragoman judgements geneva.dossier                                   what was decided, by whom and why
      dragoman judgements geneva.dossier --json > decided.jsonl
      dragoman judgements other.dossier --import decided.jsonl             the same decisions elsewhere
    """,
)
@dossier_argument
@click.option(
    "--import",
    "lines",
    type=click.File("rb"),
    metavar="FILE",
    help='Bring in what another dossier exported with --json ("-" for standard input).',
)
@output_options
def command(dossier: str, *, lines: BinaryIO | None, form: str, quiet: bool) -> None:
    """
    List what people decided, the oldest first, also what no longer counts.

    A judgement that is known already changes nothing when it is brought in again; one whose id does not fit
    what it says is refused, and nothing of its file is kept.
    """
    with opened(dossier, writing=lines is not None) as known:
        if lines is None:
            give(known.judgements(), form)
            return
        found = _read(lines)
        new = known.add_judgements(found)
    if not quiet:
        tell(f"{new} of {len(found)} judgements are new")


def _read(lines: BinaryIO) -> tuple[Judgement, ...]:
    from dragoman.dossier.judge import read_judgements  # noqa: PLC0415 - only here

    where = visible(str(getattr(lines, "name", "standard input")))
    try:
        text = lines.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise NothingRead(f"{where}: is no UTF-8 text") from error
    return read_judgements(text.split("\n"), where=where)
