"""What the commands that ask a dossier share: argument, filters, forms of output, how it is opened."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dragoman.cli.shared import NothingRead, make_console, show, tell
from dragoman.errors import UsageError
from dragoman.model import EventType, Status
from dragoman.output import visible
from dragoman.output.form import csv_text
from dragoman.output.rows import dumps
from dragoman.text.dates import days_meant

if TYPE_CHECKING:
    from dragoman.dossier import Dossier
    from dragoman.dossier.answers import Answer
    from dragoman.store import Filter

_SQLITE = b"SQLite format 3\0"  # https://sqlite.org/fileformat.html, the header string

Function = TypeVar("Function", bound=Callable[..., Any])


def first_day(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """The day that an option means: 2022-01-20; a month or a year stands for its first day."""
    return _bounds(context, option, text, 0)


def last_day(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """The same; a month or a year stands for its last day."""
    return _bounds(context, option, text, 1)


def _bounds(context: click.Context, option: click.Parameter, text: str | None, end: int) -> date | None:
    if text is None:
        return None
    bounds = days_meant(text)
    if bounds is None:
        message = f"{visible(text)!r} is no day; write it as 2022-01-20, '20 January 2022', 2022-01 or 2022"
        raise click.BadParameter(message, context, option)
    return bounds[end]


def dossier_argument(function: Function) -> Function:
    """The dossier: a file, or the URL of a PostgreSQL database."""
    return click.argument("dossier", metavar="DOSSIER")(function)


def output_options(function: Function) -> Function:
    """Rows for programs: ``--json`` or ``--csv``, and how much is said beside them."""

    @click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
    @click.option("--csv", "as_csv", is_flag=True, help="A table with one plain value a cell, as CSV.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
    @wraps(function)
    def wrapped(*args: Any, as_json: bool, as_csv: bool, quiet: bool, **options: Any) -> Any:
        if as_json and as_csv:
            raise click.UsageError("--json and --csv exclude each other")
        form = "json" if as_json else "csv" if as_csv else "text"
        return function(*args, form=form, quiet=quiet, **options)

    return wrapped  # type: ignore[return-value] # click reads the options off it


def as_of_option(function: Function) -> Function:
    """The record of a day."""
    return click.option(
        "--as-of",
        callback=last_day,
        metavar="DAY",
        help="The record as the reports published by that day allow it.",
    )(function)


def filter_options(function: Function) -> Function:
    """Which events are wanted; everything that is given must hold."""
    return _filtering(function, "--from", "--to")


def filter_options_beside_to(function: Function) -> Function:
    """The same for a command whose ``--to`` means something else: days are ``--since`` and ``--until``."""
    return _filtering(function, "--since", "--until")


def _filtering(function: Function, since: str, until: str) -> Function:
    options = (
        click.option(
            "--party",
            multiple=True,
            help="A party's name or code (Russia, RUS, NATO); each one given takes part.",
        ),
        click.option("--person", multiple=True, help="Part of a person's name; each one given takes part."),
        click.option("--place", help="Part of the place's name, or a country's code."),
        click.option("--forum", help="Part of the forum's name."),
        click.option(
            "--status", multiple=True, type=click.Choice([*map(str, Status)]), help="Any of these statuses."
        ),
        click.option(
            "--type",
            "event_type",
            multiple=True,
            type=click.Choice([*map(str, EventType)]),
            help="Any of these types.",
        ),
        click.option(since, "since", callback=first_day, metavar="DAY", help="May lie on that day or later."),
        click.option(until, "until", callback=last_day, metavar="DAY", help="May lie on that day or before."),
        click.option("--text", help="Words of its evidence, subject, title, place, forum or people."),
        click.option("--negotiation", help="Id of a negotiation, as 'dragoman state' shows it."),
        click.option("--conflicts", is_flag=True, help="Only those that reports differ on."),
        click.option("--overdue", is_flag=True, help="Only those whose day has passed without a report."),
    )

    @wraps(function)
    def wrapped(*args: Any, **given: Any) -> Any:
        names = (
            "party", "person", "place", "forum", "status", "event_type", "since", "until", "text",
            "negotiation", "conflicts", "overdue",
        )  # fmt: skip
        return function(*args, wanted=_filter(**{name: given.pop(name) for name in names}), **given)

    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value] # click reads the options off it


def _filter(**given: Any) -> Filter:
    from dragoman.actors.parties import party_code  # noqa: PLC0415 - loads the tables of actors
    from dragoman.store import Filter  # noqa: PLC0415 - loads the database's library

    return Filter(
        types=given["event_type"],
        statuses=given["status"],
        parties=tuple(map(party_code, given["party"])),
        people=given["person"],
        place=given["place"],
        forum=given["forum"],
        since=given["since"],
        until=given["until"],
        text=given["text"],
        negotiation=given["negotiation"],
        conflict=True if given["conflicts"] else None,
        overdue=True if given["overdue"] else None,
    )


def is_dossier(where: str) -> bool:
    """Whether a source names a dossier: the URL of a database, or a file that is one of SQLite's."""
    if where.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return True
    try:
        with Path(where).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


_STALE = (
    "the record is not up to date: a build was stopped, or something was decided with --later; "
    "the next 'dragoman build' or decision brings it up to date"
)


def _waiting() -> None:
    tell("another process writes to this dossier; waiting for it")


@contextmanager
def opened(where: str, *, writing: bool = False, quiet: bool = True) -> Iterator[Dossier]:
    """
    The dossier; what is wrong with the call ends the command with exit code 2.

    Unless ``quiet``, a record that does not follow from all that came in and was decided says so.
    """
    from dragoman.dossier import Dossier  # noqa: PLC0415 - loads the database's library

    try:
        with Dossier.open(where, readonly=not writing, on_wait=_waiting) as dossier:
            if not quiet and not dossier.is_fresh():
                tell(_STALE)
            yield dossier
    except UsageError as error:
        raise NothingRead(visible(str(error))) from error


def give(answer: Answer[Any], form: str) -> None:
    """An answer on standard output; says so on standard error where it is empty."""
    if form == "json":
        write(dumps(answer.form.row(value)) + "\n" for value in answer)
    elif form == "csv":
        write(csv_text(answer.form.columns, answer.form.rows(answer)))
    elif answer:
        show(make_console(), lambda console: answer.form.draw(console, answer.values))
    if not answer:
        tell(f"no {answer.form.noun}s")


def write(lines: Iterable[str]) -> None:
    """Lines in UTF-8, wherever they are written; a reader that hangs up ends the command."""
    stream = sys.stdout.buffer
    for line in lines:
        stream.write(line.encode("utf-8", "replace"))
    stream.flush()


def who_decides(given: str | None) -> str:
    """Who a judgement is by: the option, DRAGOMAN_WHO, else the name of the account."""
    import getpass  # noqa: PLC0415

    if name := (given or os.environ.get("DRAGOMAN_WHO", "")).strip():
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise NothingRead("say who decides: --who NAME, or DRAGOMAN_WHO in the environment") from error
