"""``dragoman build``: sources into a dossier."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from dragoman.cli.shared import BuildWatch, NothingRead, fetching_options, reading_options, settings_from
from dragoman.errors import DragomanError
from dragoman.output import dumps, visible


@click.command(
    "build",
    epilog="""
    \b
    Examples:
      dragoman build reports/ --into geneva.dossier        make a dossier from a folder, or add to it
      dragoman build more.jsonl --into geneva.dossier      what is known already is not read again
      dragoman build https://example.org/feed.xml --follow --into geneva.dossier
      dragoman build reports/ --into postgresql://USER@HOST/NAME
      dragoman build reports/ --into geneva.dossier --reread
                                                           after an update of Dragoman

    A run that was stopped goes on where it stopped: give the same command again.
    """,
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--into", "where", required=True, metavar="DOSSIER", help="A file, or the URL of a PostgreSQL database."
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Processes that read; all cores without it, 0 reads in one process.",
)
@click.option("--reread", is_flag=True, help="Read also what is known, and replace what was read in it.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object.")
@fetching_options
@reading_options
@click.pass_context
def command(
    context: click.Context,
    sources: tuple[str, ...],
    *,
    where: str,
    workers: int | None,
    reread: bool,
    as_json: bool,
    follow: bool,
    allow_private: bool,
    max_chars: int | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """
    Read reports into a dossier: one record of what all of them tell.

    SOURCE is as for "dragoman read". A report that is known changes nothing; one that changed where it was
    found is a new version, and the old one is kept.
    """
    from dragoman.dossier import Dossier  # noqa: PLC0415 - loads the database's libraries

    settings = settings_from(config, max_chars, follow=follow, allow_private=allow_private)
    logging.basicConfig(level=logging.INFO if verbose else logging.CRITICAL, stream=sys.stderr)
    with BuildWatch(quiet=quiet) as watch:
        try:
            with Dossier.open(where, create=True, on_wait=watch.wait) as dossier:
                built = dossier.build(
                    sources,
                    settings,
                    stdin=sys.stdin.buffer,
                    workers=workers,
                    reread=reread,
                    on_progress=watch.progress,
                    on_problem=watch.problem,
                    on_wait=watch.wait,
                )
        except DragomanError as error:
            raise NothingRead(visible(str(error))) from error
        except KeyboardInterrupt:
            watch.say("stopped; what was read is kept, the same command goes on")
            context.exit(1)
    if as_json:
        row = {
            "dossier": visible(dossier.store.where),
            "new": built.new,
            "versions": built.versions,
            "unchanged": built.unchanged,
            "reread": built.reread,
            "problems": [
                {"where": problem.where, "stage": problem.stage, "message": problem.message}
                for problem in built.problems
            ],
            "events": built.events,
            "seconds": round(built.seconds, 1),
        }
        click.echo(dumps(row))
    elif not quiet:
        watch.sum_up(built)
    context.exit(1 if built.problems else 0)
