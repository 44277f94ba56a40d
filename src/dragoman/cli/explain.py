"""``dragoman explain``: how one event came about: in a report rule by rule, in a dossier slot by slot."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from dragoman.cli.asking import as_of_option, give, is_dossier, opened
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
      dragoman explain 3f09 geneva.dossier        what all reports say of it, slot by slot
      dragoman explain 3f09 geneva.dossier --rules 77c0   and by which rules that claim was read
    """,
)
@click.argument("event_id", metavar="EVENT_ID")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--all", "every", is_flag=True, help="Explain every event; give sources alone, no EVENT_ID.")
@click.option(
    "--rules",
    multiple=True,
    metavar="CLAIM",
    help='Of a dossier: also the rules by which that claim was read; "all" for every one.',
)
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Of a dossier: one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Of a dossier: every value of every slot, as CSV.")
@reading_options
@click.pass_context
def command(
    context: click.Context,
    event_id: str,
    sources: tuple[str, ...],
    *,
    every: bool,
    rules: tuple[str, ...],
    as_of: date | None,
    as_json: bool,
    as_csv: bool,
    max_chars: int | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """
    Show how an event came about.

    Of a report: each rule that spoke, and the words it spoke about. Of a dossier: slot by slot the reports
    for and against with their words, what joined them, and who decided. EVENT_ID is printed by "dragoman
    read" or "dragoman timeline"; its first characters are enough. SOURCE is as for "dragoman read", or one
    dossier.
    """
    if len(sources) == 1 and not every and is_dossier(sources[0]):
        if as_json and as_csv:
            raise click.UsageError("--json and --csv exclude each other")
        form = "json" if as_json else "csv" if as_csv else "text"
        wanted = tuple("" if rule == "all" else rule for rule in rules)
        with opened(sources[0], quiet=quiet) as known:
            give(known.explain(event_id, rules=wanted, as_of=as_of), form)
        return
    if any(map(is_dossier, (event_id, *sources))):
        raise click.UsageError("name one event and one dossier; 'dragoman timeline --all' shows all events")
    if rules or as_of or as_json or as_csv:
        raise click.UsageError("--rules, --as-of, --json and --csv are for an event of one dossier")
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
