"""``dragoman explain``: how one event came about, rule by rule, with the words."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from dragoman.cli.shared import (
    Watch,
    make_console,
    outcomes,
    reading_options,
    settings_from,
    show,
)
from dragoman.model import Event, Record
from dragoman.output import explain_event, visible


@click.command(
    "explain",
    epilog="""
    \b
    Examples:
      dragoman explain 3f09ab12cd report.txt      the event that "dragoman read" shows under this id
      dragoman explain 3f0 report.txt             the first characters are enough
      dragoman explain --all report.txt           every event of the report
    """,
)
@click.argument("event_id", metavar="EVENT_ID")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--all", "every", is_flag=True, help="Explain every event; give sources alone, no EVENT_ID.")
@reading_options
@click.pass_context
def command(
    context: click.Context,
    event_id: str,
    sources: tuple[str, ...],
    *,
    every: bool,
    max_chars: int | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """
    Show how an event came about: each rule that spoke, and the words it spoke about.

    EVENT_ID is printed by "dragoman read"; its first characters are enough. SOURCE is as for "dragoman read".
    """
    if every:
        sources, event_id = (event_id, *sources), ""
    if not sources:
        raise click.UsageError(
            "give the report in which the event stands: dragoman explain EVENT_ID SOURCE..."
        )
    settings = settings_from(config, max_chars)
    console = make_console()
    shown, seen = 0, []
    with Watch(quiet=True, streaming=True) as watch:
        for outcome in watch.over(outcomes(sources, settings, verbose=verbose)):
            for record, event in _events(outcome.record):
                seen.append(event.id)
                if event.id.startswith(event_id):
                    shown += 1
                    show(console, partial(explain_event, record=record, event=event))
    if not shown and not every:
        held = f"; these reports hold {', '.join(seen[:8])}{' …' if len(seen) > 8 else ''}" if seen else ""
        raise click.ClickException(visible(f"no event's id starts with {event_id!r}{held}"))
    if not shown and not quiet:
        click.echo("no events found", err=True)
    context.exit(watch.sum_up())


def _events(record: Record | None) -> list[tuple[Record, Event]]:
    return [(record, event) for event in record.events] if record else []
