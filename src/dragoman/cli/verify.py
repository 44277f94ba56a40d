"""``dragoman verify``: whether a dossier still holds what was read."""

from __future__ import annotations

from dataclasses import asdict

import click

from dragoman.cli.shared import NothingRead, counted, tell
from dragoman.errors import UsageError
from dragoman.output import dumps, visible


@click.command(
    "verify",
    epilog="""
    \b
    Examples:
      dragoman verify geneva.dossier
      dragoman verify geneva.dossier --json | jq .findings

    Exit codes: 0 all is as it was written; 1 something is not, each is named; 2 no such dossier.
    """,
)
@click.argument("where", metavar="DOSSIER")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(context: click.Context, where: str, *, as_json: bool) -> None:
    """
    Check every stored original, text and span of a dossier.

    Originals and texts are held against their digests, every span against the text, the claims against the
    readings that they come from.
    """
    from dragoman.dossier import Dossier  # noqa: PLC0415 - loads the database's libraries

    try:
        with Dossier.open(where, readonly=True) as dossier:
            verified = dossier.verify()
    except UsageError as error:
        raise NothingRead(visible(str(error))) from error
    if as_json:
        click.echo(dumps({"dossier": where, **asdict(verified)}))
    else:
        for finding in verified.findings:
            click.echo(visible(str(finding)))
        looked = ((verified.reports, "report"), (verified.spans, "span"), (verified.claims, "claim"))
        told = (
            counted((len(verified.findings), "finding")) if verified.findings else "all is as it was written"
        )
        tell(f"{counted(*looked)}: {told}")
    context.exit(1 if verified.findings else 0)
