"""``dragoman publish``: a dossier as a static site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dragoman.cli.asking import dossier_argument, last_day, opened
from dragoman.cli.shared import NothingRead, counted, tell
from dragoman.errors import UsageError
from dragoman.output import date_in_words, visible


@click.command(
    "publish",
    epilog="""
    \b
    Examples:
      dragoman publish geneva.dossier site/
      dragoman publish geneva.dossier site/ --title "Geneva and after" --by "Ada Lovelace"
      dragoman publish geneva.dossier site/ --base-url https://example.org/geneva/
      dragoman publish geneva.dossier site/ --edition 2022-01-20     the record of that day

    Exit codes: 0 the site is as the dossier has it; 1 files that others changed were left in it, each is
    named; 2 no such dossier, or the site cannot be written.
    """,
)
@dossier_argument
@click.argument("site", type=click.Path(path_type=Path))
@click.option("--title", default="The record", show_default=True, help="Stands over every page.")
@click.option("--by", default="", help="Who publishes it.")
@click.option("--licence", default="", help="Terms under which the site may be used, in your words.")
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Where the site will stand; a sitemap and canonical addresses need it.",
)
@click.option(
    "--edition",
    callback=last_day,
    metavar="DAY",
    help="The edition of that day: the record as the reports published by then allow it.  "
    "[default: the last day of the reports]",
)
@click.option("--anew", is_flag=True, help="Forget the editions before.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
@click.pass_context
def command(
    context: click.Context,
    dossier: str,
    site: Path,
    *,
    title: str,
    by: str,
    licence: str,
    base_url: str,
    edition: date | None,
    anew: bool,
    quiet: bool,
) -> None:
    """
    Write a dossier as a site of plain files: an edition with what is new, negotiations, events, sources.

    SITE is a new folder, or one that this command made: files that are not the site's own are never
    touched. Publishing again writes only what changed. The pages need no server and no script.
    """
    from dragoman.publish import Options, publish  # noqa: PLC0415 - loads the templates' library

    with opened(dossier, quiet=quiet) as known:
        try:
            options = Options(
                title=title, by=by, licence=licence, base_url=base_url, edition=edition, anew=anew
            )
            published = publish(known, site, options)
        except UsageError as error:
            raise NothingRead(visible(str(error))) from error
    written = published.written
    for path in written.left:
        tell(f"{site / path}: belongs to the site no more, but somebody changed it; it was left")
    if not quiet:
        done = [
            f"{len(paths):,} {word}"
            for paths, word in (
                (written.new, "new"),
                (written.changed, "changed"),
                (written.removed, "removed"),
            )
            if paths
        ]
        files = counted((written.same + len(written.new) + len(written.changed), "file"))
        words = ", ".join(done) or "nothing changed"
        tell(f"{site}: edition of {date_in_words(published.day)}; {files}, {words}")
        if not base_url:
            tell("no sitemap: it needs the address of the site, --base-url")
    context.exit(1 if written.left else 0)
