"""
Sources into a dossier: what is new is read on all cores, kept report by report, and reconciled at the end.

A run that is killed goes on where it stopped: each report is written as a whole with all that was read in
it, in the order of the sources, and what is known already is not read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from dragoman.dossier.derive import Derive, derive
from dragoman.dossier.identify import Identity, identify
from dragoman.dossier.read import MakeReader, pipeline_reader
from dragoman.dossier.workers import Job, Workers, usable_cores
from dragoman.errors import IntakeError
from dragoman.intake import Fetched, Policy, read_sources
from dragoman.pipeline import Problem
from dragoman.settings import Settings
from dragoman.store import Added, Store, StoredProblem
from dragoman.store.connect import is_url
from dragoman.store.store import OnWait

Found = Fetched | IntakeError


@dataclass(frozen=True, slots=True)
class Built:
    """
    What a run did.

    Attributes:
        new: reports that were not known.
        versions: reports that replace another one at their address; not among the new.
        unchanged: reports that were known.
        reread: known reports that were read anew.
        claims: events told by the reports that were read.
        problems: what could not be read, or not in full, in this run.
        events: how many the dossier holds now.
        seconds: how long it took.
    """

    new: int
    versions: int
    unchanged: int
    reread: int
    claims: int
    problems: tuple[Problem, ...]
    events: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: what was done last ("" while it reconciles), and counts so far."""

    name: str
    done: int
    new: int
    unchanged: int
    problems: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Item:
    """What a job is about."""

    identity: Identity | None = None
    known: bool = False
    error: IntakeError | None = None


def build(
    store: Store,
    sources: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    found: Iterable[Found] | None = None,
    stdin: BinaryIO | None = None,
    workers: int | None = None,
    reread: bool = False,
    make_reader: MakeReader = pipeline_reader,
    derive_with: Derive = derive,
    on_progress: OnProgress | None = None,
    on_problem: Callable[[Problem], None] | None = None,
    on_wait: OnWait | None = None,
) -> Built:
    """
    Read sources into a dossier.

    Args:
        store: opened with ``create=True``.
        sources: as for ``dragoman read``.
        settings: limits and the language pipeline.
        found: the reports of the sources where the caller fetches them; else they are read here.
        stdin: where "-" reads from.
        workers: processes that read; all cores where it is None, 0 for this process alone.
        reread: read also what is known, and replace what was read in it.
        make_reader: what reads a report; a function of a module, for it is sent to other processes by name.
        derive_with: what computes the events.
        on_progress: called for each report, and once before the events are computed.
        on_problem: called for each problem as it comes.
        on_wait: called once where another process writes and this one must wait.

    Raises:
        ModelError: the language model cannot be loaded.
        UsageError: the dossier cannot be written.
    """
    settings = settings or Settings()
    if found is None:
        found = read_sources(
            list(sources), stdin=stdin, max_characters=settings.max_chars, policy=Policy.of(settings)
        )
    count = usable_cores() if workers is None else workers
    run = _Run(store, [str(source) for source in sources], on_progress, on_problem, on_wait)
    with Workers(count, make_reader, settings) as pool:
        for job in pool.read(run.jobs(found, reread=reread)):
            run.keep(job, reread=reread)
    return run.finish(derive_with)


def _own_files(where: str) -> frozenset[str]:
    """The dossier's own file and those that SQLite keeps beside it; none for a database at a URL."""
    if is_url(where):
        return frozenset()
    real = os.path.realpath(where)
    return frozenset(f"{real}{end}" for end in ("", "-wal", "-shm", "-journal"))


@dataclass(slots=True)
class _Run:
    """The state of one run: counts, what is still to be noted, what could not be read."""

    store: Store
    sources: list[str]
    on_progress: OnProgress | None
    on_problem: Callable[[Problem], None] | None
    on_wait: OnWait | None
    counts: dict[Added, int] = field(default_factory=lambda: dict.fromkeys(Added, 0))
    claims: int = 0
    done: int = 0
    problems: list[Problem] = field(default_factory=list)
    unread: list[StoredProblem] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)  # addresses of known reports, still to be noted
    started: float = field(default_factory=time.monotonic)

    def jobs(self, found: Iterable[Found], *, reread: bool) -> Iterator[Job[_Item]]:
        """A job for everything that was found; what is known needs no reading."""
        met: set[str] = set()
        own = _own_files(self.store.where)
        for item in found:
            place = item.where if isinstance(item, IntakeError) else item.address
            if own and os.path.realpath(place) in own:
                continue  # "dragoman build . --into talks.dossier": the dossier is no report
            if isinstance(item, IntakeError):
                yield Job(_Item(error=item))
                continue
            identity = identify(item)
            if identity.id in met or (not reread and self._is_known(identity.id)):
                yield Job(_Item(identity, known=True))
            else:
                met.add(identity.id)
                yield Job(_Item(identity), item, identity)

    def _is_known(self, report: str) -> bool:
        with self.store.reading() as reading:
            return bool(reading.known([report]))

    def keep(self, job: Job[_Item], *, reread: bool) -> None:
        """Write what came of one report."""
        self.done += 1
        item, name = job.about, ""
        if item.error:
            name = item.error.where
            self._not_read([Problem(item.error.where, "intake", item.error.message)])
        elif item.known and item.identity:
            name = item.identity.name
            self.counts[Added.KNOWN] += 1
            self.seen.append((item.identity.address, item.identity.id))
        elif job.result and item.identity:
            name = item.identity.name
            self._tell(job.result.problems)
            if job.result.report is None:
                self._not_read(job.result.problems, told=True)
            else:
                self._write(job, reread=reread)
        if self.on_progress:
            self.on_progress(self._progress(name))

    def _write(self, job: Job[_Item], *, reread: bool) -> None:
        assert job.result and job.result.report  # noqa: S101, PT018 - for the type checker
        self.claims += job.result.events
        with self.store.writing(self.on_wait) as tx:
            tx.note_addresses(self._noted(tx.known(report for _, report in self.seen)))
            source = self._source_of(job.fetched.origin if job.fetched else "")
            self.counts[tx.add_report(job.result.report, source=source, reread=reread)] += 1
        self.seen.clear()

    def _noted(self, known: set[str]) -> list[tuple[str, str]]:
        """What is to be noted; a report that could not be read the first time has no address."""
        return [(address, report) for address, report in self.seen if report in known]

    def _tell(self, found: Iterable[Problem]) -> None:
        for problem in found:
            self.problems.append(problem)
            if self.on_problem:
                self.on_problem(problem)

    def _not_read(self, found: Iterable[Problem], *, told: bool = False) -> None:
        found = list(found)
        if not told:
            self._tell(found)
        self.unread += [
            StoredProblem(self._source_of(problem.where), problem.where, problem.stage, problem.message)
            for problem in found
        ]

    def _source_of(self, where: str) -> str:
        """Which of the named sources a place lies in: the longest whose path or address begins it."""
        real = os.path.realpath(where)
        fitting = [
            source
            for source in self.sources
            if where.startswith(source) or real.startswith(os.path.realpath(source))
        ]
        return _full(max(fitting, key=len, default=where))

    def _progress(self, name: str) -> Progress:
        new = self.counts[Added.NEW] + self.counts[Added.VERSION]
        return Progress(name, self.done, new, self.counts[Added.KNOWN], len(self.problems))

    def finish(self, derive_with: Derive) -> Built:
        """Note what is left, compute the events where anything changed, sum up."""
        if self.on_progress:
            self.on_progress(self._progress(""))
        with self.store.writing(self.on_wait) as tx:
            tx.note_addresses(self._noted(tx.known(report for _, report in self.seen)))
            tx.settle_problems({_full(source) for source in self.sources}, self.unread)
            if not tx.is_fresh():
                derive_with(tx)
            events = tx.count()
        return Built(
            new=self.counts[Added.NEW],
            versions=self.counts[Added.VERSION],
            unchanged=self.counts[Added.KNOWN],
            reread=self.counts[Added.REREAD],
            claims=self.claims,
            problems=tuple(self.problems),
            events=events,
            seconds=time.monotonic() - self.started,
        )


def _full(source: str) -> str:
    """A source so named that it is the same from whatever folder."""
    return os.path.realpath(source) if Path(source).exists() else source
