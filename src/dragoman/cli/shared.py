"""What the commands share: their options, the reading of sources, and how they talk."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dragoman.errors import ModelError, UsageError
from dragoman.output import visible
from dragoman.settings import Settings

if TYPE_CHECKING:
    from dragoman.dossier.build import Built
    from dragoman.dossier.build import Progress as BuildProgress
    from dragoman.pipeline import Outcome, Problem

Function = TypeVar("Function", bound=Callable[..., Any])

WIDEST = 120  # longer lines tire the eye
SELDOM = 30.0  # seconds between lines of progress where there is no terminal
LONG_RUN = 1.0  # seconds after which a run shows its progress


class NothingRead(click.ClickException):
    """Wrong use, or a language model that cannot be loaded: nothing was read."""

    exit_code = 2


def reading_options(function: Function) -> Function:
    """Options of every command that reads reports."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Also show what the library logs."),
        click.option(
            "-q", "--quiet", is_flag=True, help="No progress, notes or summary; problems are still told."
        ),
        click.option(
            "--config",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Settings file (TOML); without it ./dragoman.toml where there is one.",
        ),
        click.option(
            "--max-chars", type=click.IntRange(min=1), help="Longest report that is read, in characters."
        ),
    ):
        function = option(function)
    return function


def settings_from(config: Path | None, max_chars: int | None) -> Settings:
    """Settings from option over environment over file over default."""
    try:
        settings = Settings.load(environ=os.environ, file=config)
        return settings if max_chars is None else replace(settings, max_chars=max_chars)
    except UsageError as error:
        raise NothingRead(visible(str(error))) from error


def outcomes(sources: Iterable[str], settings: Settings, *, verbose: bool) -> Iterator[Outcome]:
    """What comes of each report in ``sources``, in order."""
    from dragoman.intake import read_sources  # noqa: PLC0415 - asking a dossier reads no sources
    from dragoman.pipeline import Pipeline  # noqa: PLC0415 - loads the language model's libraries

    logging.basicConfig(level=logging.INFO if verbose else logging.CRITICAL, stream=sys.stderr)
    try:
        pipeline = Pipeline.build(settings)
    except ModelError as error:
        raise NothingRead(visible(str(error))) from error
    reports = read_sources(list(sources), stdin=sys.stdin.buffer, max_characters=settings.max_chars)
    yield from pipeline.read_all(reports)


def make_console() -> Console:
    """A console on standard output that shows text as it is: no markup, no emoji codes, no guesses."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal of another encoding shows ? for what it lacks
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = min(console.width, WIDEST)
    return console


def show(console: Console, draw: Callable[[Console], None]) -> None:
    """Draw to the terminal; into a file or pipe without the spaces that fill its lines."""
    if console.is_terminal:
        draw(console)
        return
    with console.capture() as captured:
        draw(console)
    lines = captured.get().split("\n")
    click.echo("\n".join(line.rstrip() for line in lines), nl=False)


def tell(text: str) -> None:
    """A line on standard error, without anything that a terminal would obey."""
    click.echo(visible(text), err=True)


class Watch:
    """
    Counts what was read; tells problems as they come, shows progress in a long run, sums up.

    Progress is shown on a terminal alone, and not while the same terminal receives the records.
    """

    def __init__(self, *, quiet: bool, streaming: bool) -> None:
        self.quiet = quiet
        self.read = self.events = self.problems = 0
        self._started = time.monotonic()
        self._console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        busy = streaming and sys.stdout.isatty()
        self._bar = None if quiet or busy or not self._console.is_terminal else _bar(self._console)
        self._task = self._bar.add_task("reading", total=None) if self._bar else None

    def __enter__(self) -> Self:
        """Begin counting."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the bar away."""
        if self._bar:
            self._bar.stop()

    def over(self, found: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, counted and told on the way."""
        for outcome in found:
            self._count(outcome)
            yield outcome

    def _count(self, outcome: Outcome) -> None:
        self.read += outcome.record is not None
        self.events += len(outcome.record.events) if outcome.record else 0
        self.problems += len(outcome.problems)
        if self._bar and self._task is not None:
            if time.monotonic() - self._started > LONG_RUN:
                self._bar.start()
            self._bar.update(self._task, advance=1, description=visible(outcome.doc)[:40])
        if not self.quiet:
            for note in outcome.notes:
                self._say(f"{outcome.doc}: {note}")
        for problem in outcome.problems:
            self._say(str(problem))

    def _say(self, text: str) -> None:
        if self._bar:
            self._bar.console.print(visible(text), soft_wrap=True)
        else:
            tell(text)

    def sum_up(self) -> int:
        """Say what was read where it was more than one report; the exit code."""
        if not self.quiet and self.read + self.problems > 1:
            seconds = time.monotonic() - self._started
            told = counted((self.read, "report"), (self.events, "event"), (self.problems, "problem"))
            tell(f"{told}, {seconds:.1f} s")
        return 1 if self.problems else 0


class BuildWatch:
    """Tells how a build goes: a bar on a terminal, problems as they come, a message where it must wait."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self._told = time.monotonic()
        self._console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        self._bar = None if quiet or not self._console.is_terminal else _bar(self._console)
        self._task = self._bar.add_task("reading", total=None) if self._bar else None

    def __enter__(self) -> Self:
        """Begin."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the bar away."""
        if self._bar:
            self._bar.stop()

    def progress(self, progress: BuildProgress) -> None:
        """Show how far it is."""
        if self._bar and self._task is not None:
            name = visible(progress.name)[:40] or "putting the events together"
            self._bar.update(self._task, completed=progress.done, description=name)
        elif not self.quiet and time.monotonic() - self._told > SELDOM:
            self._told = time.monotonic()
            self.say(counted((progress.done, "report")))

    def problem(self, problem: Problem) -> None:
        """Tell what could not be read."""
        self.say(str(problem))

    def wait(self) -> None:
        """Say that another process writes."""
        self.say("another process is writing to the dossier; waiting until it is done")

    def say(self, text: str) -> None:
        """A line on standard error, above the bar."""
        if self._bar:
            self._bar.console.print(visible(text), soft_wrap=True)
        else:
            tell(text)

    def sum_up(self, built: Built) -> None:
        """Say what was done."""
        done = [(built.new, "new report"), (built.versions, "new version"), (built.reread, "report")]
        words = [counted(part) + (" read anew" if part[1] == "report" else "") for part in done if part[0]]
        words += [f"{built.unchanged} known"] if built.unchanged else []
        words += [counted((len(built.problems), "problem"))] if built.problems else []
        self.say(
            f"{', '.join(words) or 'nothing'}; {counted((built.events, 'event'))}, {built.seconds:.1f} s"
        )


def counted(*counts: tuple[int, str]) -> str:
    """Numbers with their nouns: "1 report, 3 events"."""
    return ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counts)


def _bar(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:.0f} reports", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
    )
