"""
Reading on all cores: worker processes, results in the order of the reports, memory bounded.

A worker that dies (killed by the system for lack of memory, a crash in a library) or does not come to an
end costs the report that it had in hand, nothing else: another one takes its place.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from dragoman.dossier.identify import Identity
from dragoman.dossier.read import MakeReader, Reader, Result, read_one
from dragoman.dossier.worker import READY
from dragoman.errors import DragomanError
from dragoman.intake import Fetched
from dragoman.pipeline import Problem
from dragoman.settings import Settings

log = logging.getLogger(__name__)

T = TypeVar("T")

AHEAD = 4  # reports a worker that may be read or wait to be written, while an earlier one is still being read
# The pipeline ends a reading by itself between two stages; a stage that hangs is ended from outside.
PATIENCE = 3.0
GRACE = 60.0  # seconds
_SERVE = "from dragoman.dossier.worker import main; main()"
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ORT_NUM_THREADS"), "1"
)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class Job(Generic[T]):
    """
    One report on its way.

    Attributes:
        about: what the caller wants back beside the result.
        fetched, identity: the report; None for what needs no reading.
        result: what came of it, None while it is being read.
    """

    about: T
    fetched: Fetched | None = None
    identity: Identity | None = None
    result: Result | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is to be waited for."""
        return self.fetched is None or self.result is not None


class Workers:
    """
    Processes that read.

    Args:
        count: how many at most; they are started as they are needed. 0 reads in this process.
        make: what makes a reader in each of them; a function of a module, for it is sent by name.
        settings: handed to ``make``.
    """

    def __init__(self, count: int, make: MakeReader, settings: Settings) -> None:
        self.count = count
        self.make = make
        self.settings = settings
        self._own: Reader | None = None
        self._all: list[_Worker] = []

    def __enter__(self) -> Self:
        """The workers; they end with the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all of them."""
        for worker in self._all:
            worker.end()
        self._all.clear()

    def read(self, jobs: Iterable[Job[T]]) -> Iterator[Job[T]]:
        """The jobs in their order, each as soon as it and all before it are done."""
        if self.count < 1:
            for job in jobs:
                self._read_here(job)
                yield job
            return
        coming = iter(jobs)
        under_way: deque[Job[T]] = deque()
        more = True
        while more or under_way:
            while more and len(under_way) < AHEAD * self.count and (worker := self._idle()):
                try:
                    job = next(coming)
                except StopIteration:
                    more = False
                    break
                under_way.append(job)
                if not job.done:
                    worker.give(job)
                elif under_way[0] is job:
                    break  # write it before more is fetched
            if under_way and under_way[0].done:
                yield under_way.popleft()
            elif under_way:
                self._wait()

    def _read_here(self, job: Job[T]) -> None:
        if job.done or job.fetched is None or job.identity is None:
            return
        self._own = self._own or self.make(self.settings)
        job.result = read_one(self._own, job.fetched, job.identity)

    def _idle(self) -> _Worker | None:
        """A worker that has nothing to do, started where there may be one more."""
        for worker in self._all:
            if worker.job is None:
                return worker
        if len(self._all) < self.count:
            self._all.append(_Worker(self.make, self.settings))
            return self._all[-1]
        return None

    def _wait(self) -> None:
        """Until something comes of a report."""
        busy = {worker.line: worker for worker in self._all if worker.job}
        next_end = min(worker.deadline for worker in busy.values())
        for line in wait(list(busy), timeout=max(0.0, next_end - time.monotonic())):
            assert isinstance(line, Connection)  # noqa: S101 - for the type checker
            if not busy[line].take():
                self._all.remove(busy[line])
        for worker in [w for w in self._all if w.job and w.deadline < time.monotonic()]:
            worker.give_up("it did not come to an end and was stopped")
            self._all.remove(worker)


@dataclass(slots=True)
class _Worker:
    """One process and what it is reading."""

    make: MakeReader
    settings: Settings
    job: Job[Any] | None = None
    deadline: float = 0.0
    ready: bool = False
    line: Connection = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.line, other = Pipe()
        with other:
            self.process = subprocess.Popen(  # noqa: S603 - our own module, in this Python
                # -P: no modules of the working folder, which may be one of reports from anybody.
                [sys.executable, "-P", "-c", _SERVE, str(other.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                env={**os.environ, **_ONE_THREAD, "PYTHONPATH": _own_path()},
            )
        self.line.send((logging.getLogger().getEffectiveLevel(), self.make, self.settings))

    def give(self, job: Job[Any]) -> None:
        """Read this next."""
        self.job = job
        words = len(job.fetched.content) // 6 if job.fetched else 0
        self.deadline = time.monotonic() + GRACE + PATIENCE * self.settings.limit_seconds(words)
        try:
            self.line.send((job.fetched, job.identity))
        except (BrokenPipeError, ConnectionResetError):
            return  # it died; take() will find that out

    def take(self) -> bool:
        """Take what comes; False where the process is gone."""
        try:
            message = self.line.recv()
        except (EOFError, ConnectionResetError):
            return self._died()
        if isinstance(message, DragomanError):
            raise message
        if message == READY:
            self.ready = True
        elif self.job is not None:
            self.job.result, self.job = message, None
        return True

    def _died(self) -> bool:
        code = self.process.wait()
        if not self.ready:
            raise DragomanError(
                f"a reading process ended before it could begin ({_how(code)}); see the messages above"
            )
        self.give_up(
            f"the process that read it ended ({_how(code)}); if memory is short, use fewer --workers"
        )
        return False

    def give_up(self, why: str) -> None:
        """End the process; its report becomes a problem."""
        self.end()
        if self.job and self.job.fetched:
            where = self.job.fetched.origin or self.job.fetched.id
            log.error("%s: %s", where, why)
            self.job.result, self.job = Result(None, (Problem(where, "worker", why),)), None

    def end(self) -> None:
        """Stop the process at once; nothing that it holds is lost but what it is reading."""
        self.line.close()
        self.process.kill()
        self.process.wait()


def _own_path() -> str:
    """Where this process finds its modules, for another one; "" among them is the working folder."""
    return os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)


def _how(code: int) -> str:
    try:
        return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
