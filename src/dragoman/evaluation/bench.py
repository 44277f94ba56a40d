"""How fast: words and reports a second on one core, what each stage takes, memory, and a cold start."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from dragoman.intake import read_sources
from dragoman.pipeline import Pipeline

REPORTS = Path("corpora/whitehouse.jsonl")


@dataclass(frozen=True, slots=True)
class Speed:
    """What a run over many reports took, from the open file to the records."""

    reports: int
    words: int
    seconds: float
    stages: tuple[tuple[str, float], ...]
    peak_megabytes: float
    problems: int

    @property
    def words_per_second(self) -> float:
        """Whole job."""
        return self.words / self.seconds

    @property
    def after_language(self) -> float:
        """Share of the time that the stages after the language model take."""
        names = [name for name, _ in self.stages]
        later = names[names.index("language") + 1 :]
        return sum(spent for name, spent in self.stages if name in later) / self.seconds


def measure_speed(pipeline: Pipeline, shared: Path, *, every: int = 1) -> Speed:
    """Read every ``every``-th report of the White House corpus, one after the other."""
    order = [stage.name for stage in pipeline.stages]
    stages = dict.fromkeys(order, 0.0)
    reports = words = problems = 0
    started = time.perf_counter()
    for number, report in enumerate(read_sources([str(shared / REPORTS)])):
        if number % every:
            continue
        outcome = pipeline.read(report)
        reports += 1
        problems += len(outcome.problems)
        words += len(outcome.record.document.text.split()) if outcome.record else 0
        for name, spent in outcome.seconds:
            stages[name] += spent
    seconds = time.perf_counter() - started
    return Speed(
        reports,
        words,
        seconds,
        tuple(stages.items()),
        peak_megabytes(),
        problems,
    )


def peak_megabytes() -> float:
    """The most memory this process has held."""
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes / 1024 if sys.platform != "darwin" else kibibytes / 1024 / 1024


def cold_start(report: Path, *, tries: int = 3) -> float:
    """Seconds from calling ``dragoman read`` on one report to its end, the best of some tries."""
    best = float("inf")
    for _ in range(tries):
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own module with a path of the caller's
            [sys.executable, "-m", "dragoman", "read", str(report), "--json", "--quiet"],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        best = min(best, time.perf_counter() - started)
    return best
