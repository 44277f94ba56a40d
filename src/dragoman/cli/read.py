"""``dragoman read``: reports in, records out."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from dragoman.cli.shared import (
    Watch,
    fetching_options,
    make_console,
    outcomes,
    reading_options,
    settings_from,
    show,
)
from dragoman.output import dumps, outcome_row, print_record, print_timeline


@click.command(
    "read",
    epilog="""
    \b
    Examples:
      dragoman read report.txt                    one report as a timeline
      dragoman read reports/ --timeline           one timeline over a folder
      dragoman read https://example.org/page      a page from its address
      dragoman read https://example.org/feed.xml --follow
      curl -s URL | dragoman read - --json        a page from a pipe, as JSON
      dragoman read *.jsonl.xz --json > out.jsonl
    """,
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a report on a line, also for problems."
)
@click.option("--timeline", is_flag=True, help="One timeline over all reports, instead of report by report.")
@fetching_options
@reading_options
@click.pass_context
def command(
    context: click.Context,
    sources: tuple[str, ...],
    *,
    as_json: bool,
    timeline: bool,
    follow: bool,
    allow_private: bool,
    max_chars: int | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """
    Read reports and print what they record.

    SOURCE is a text file, a saved page, a file of JSON lines, a feed (RSS, Atom, JSON Feed) or a web archive
    (WARC), also packed (.gz, .xz), a folder of these, an address (http, https) that gives one of them, or "-"
    for standard input.
    """
    if as_json and timeline:
        raise click.UsageError("--json and --timeline exclude each other")
    settings = settings_from(config, max_chars, follow=follow, allow_private=allow_private)
    with Watch(quiet=quiet, streaming=not timeline) as watch:
        found = watch.over(outcomes(sources, settings, verbose=verbose))
        if as_json:
            stream = sys.stdout.buffer  # JSON lines are UTF-8 wherever they are written
            for outcome in found:
                stream.write(dumps(outcome_row(outcome)).encode("utf-8") + b"\n")
                stream.flush()
        else:
            console = make_console()
            if timeline:
                records = [outcome.record for outcome in found if outcome.record]
                show(console, partial(print_timeline, records=records))
            else:
                for outcome in found:
                    if record := outcome.record:
                        show(console, partial(print_record, record=record, problems=outcome.problems))
    context.exit(watch.sum_up())
