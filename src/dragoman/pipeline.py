"""
The stages in order: from fetched bytes to the record of one report. Nothing else knows the order.

A stage is a function from values to a value. Each declares what it needs and what it gives, and the
order is checked when a pipeline is built. One report's failure never stops a batch: a stage that
fails leaves its value empty, stages that build on it do not run, and a :class:`Problem` says so.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from dragoman.actors import find_actors
from dragoman.defects import find_defects
from dragoman.errors import ReportError
from dragoman.events import find_events
from dragoman.intake import Fetched
from dragoman.language import Language, load_language
from dragoman.model import Actors, Chronology, Document, Parsed, Published, Record
from dragoman.settings import Settings
from dragoman.statements import find_statements
from dragoman.temporal import date_report
from dragoman.text import to_document

log = logging.getLogger(__name__)

READS = "en"
_UNREAD = "the report's language is {!r}; only English is read, so its date and furniture are kept"


@dataclass(frozen=True, slots=True)
class Problem:
    """
    What could not be read.

    Attributes:
        where: file, with the line where there is one.
        stage: the stage that said so ("intake", "text", "language", ...).
        message: what is wrong and what to try.
    """

    where: str
    stage: str
    message: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What came of one report: its record, or problems, or both.

    Attributes:
        doc: the report's id; where it came from when it never got one.
        record: None where nothing could be read.
        problems: empty where all went well.
        notes: what was repaired on the way in ("decoded as windows-1251").
        seconds: time of each stage that ran, by name.
    """

    doc: str
    record: Record | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: tuple[tuple[str, float], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """
    One step.

    Attributes:
        name: for timings and messages.
        needs: names of the values that ``run`` takes, in order.
        gives: name of the value that it returns.
        run: the step itself.
        empty: what stands in where the step did not run; None where no record can stand without it.
    """

    name: str
    needs: tuple[str, ...]
    gives: str
    run: Callable[..., object]
    empty: object = None


def parse(language: Language, document: Document) -> Parsed:
    """The report's tokens and names; none where its language is not read, so that only metadata speaks."""
    return language.parse(document) if is_read(document) else Parsed(document, (), (), ())


def is_read(document: Document) -> bool:
    """Whether the report is in a language that is read; an unknown one is taken for English."""
    return document.language is None or document.language.partition("-")[0].lower() == READS


STAGES = (
    Stage("text", ("fetched",), "document", to_document),
    Stage("language", ("language", "document"), "parsed", parse),
    Stage("temporal", ("parsed",), "chronology", date_report, Chronology((), Published(None, "unknown"))),
    Stage("actors", ("parsed", "chronology"), "actors", find_actors, Actors((), {})),
    Stage("events", ("parsed", "chronology", "actors"), "events", find_events, ()),
    Stage("statements", ("parsed", "chronology", "actors"), "statements", find_statements, ()),
    Stage(
        "defects",
        ("parsed", "chronology", "actors", "events", "statements"),
        "defects",
        find_defects,
        (),
    ),
)
GIVEN = ("fetched", "language")
WANTED = ("document", "chronology", "actors", "events", "statements", "defects")


def check_order(stages: Iterable[Stage]) -> None:
    """ValueError where a stage needs a value too early, a value comes twice or a record lacks one."""
    known = set(GIVEN)
    for stage in stages:
        if missing := [name for name in stage.needs if name not in known]:
            raise ValueError(f"stage {stage.name!r} needs {missing[0]!r}, which no stage before it gives")
        if stage.gives in known:
            raise ValueError(f"stage {stage.name!r} gives {stage.gives!r} a second time")
        known.add(stage.gives)
    if missing := [name for name in WANTED if name not in known]:
        raise ValueError(f"no stage gives {missing[0]!r}, which a record needs")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages with what they share: the language model and the settings."""

    language: Language
    settings: Settings
    stages: tuple[Stage, ...] = STAGES

    def __post_init__(self) -> None:
        """Check the order once, when the pipeline is built."""
        check_order(self.stages)

    @classmethod
    def build(cls, settings: Settings | None = None) -> Self:
        """A pipeline with its language model loaded; ModelError where that fails."""
        settings = settings or Settings()
        return cls(load_language(settings.pipeline or None), settings)

    def read(self, report: Fetched | Document | ReportError) -> Outcome:
        """What comes of one report; never raises for what the report holds."""
        if isinstance(report, ReportError):
            return Outcome(report.where, None, (Problem(report.where, "intake", report.message),))
        return _Run(self).read(report)

    def read_all(self, reports: Iterable[Fetched | Document | ReportError]) -> Iterator[Outcome]:
        """One outcome a report, in order, each as soon as it is there."""
        return map(self.read, reports)


def read_report(report: Fetched | Document, language: Language, settings: Settings | None = None) -> Outcome:
    """What comes of one report, read with a language model at hand."""
    return Pipeline(language, settings or Settings()).read(report)


class _Run:
    """The state of one reading: values so far, problems, times."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.values: dict[str, object] = {"language": pipeline.language}
        self.lost: set[str] = set()
        self.problems: list[Problem] = []
        self.seconds: list[tuple[str, float]] = []
        self.where = ""

    def read(self, report: Fetched | Document) -> Outcome:
        doc, self.where = report.id, report.origin or report.id
        started = time.monotonic()
        self.values["document" if isinstance(report, Document) else "fetched"] = report
        for stage in self.pipeline.stages:
            if stage.gives in self.values:
                continue
            if not self._step(stage, started) and stage.empty is None:
                return self._outcome(doc, None)
        record = _record(self.values)
        if not is_read(record.document):
            self.problems.append(Problem(self.where, "language", _UNREAD.format(record.document.language)))
        return self._outcome(record.document.id, record)

    def _outcome(self, doc: str, record: Record | None) -> Outcome:
        fetched = self.values.get("fetched")
        notes = fetched.notes if isinstance(fetched, Fetched) else ()
        return Outcome(doc, record, tuple(self.problems), notes, tuple(self.seconds))

    def _step(self, stage: Stage, started: float) -> bool:
        """Run one stage; False, with its empty value in place, where it did not run to its end."""
        problem = None
        if not self.lost.intersection(stage.needs) and not (problem := self._cannot_start(stage, started)):
            begun = time.perf_counter()
            try:
                self.values[stage.gives] = stage.run(*(self.values[name] for name in stage.needs))
            except ReportError as error:
                problem = error.message
            except Exception as error:  # one report's failure must not end the batch; it is logged and told
                log.exception("%s: stage %s failed", self.where, stage.name)
                problem = (
                    f"the stage {stage.name!r} failed ({type(error).__name__}: {error}); please report it"
                )
            else:
                self.seconds.append((stage.name, time.perf_counter() - begun))
                return True
        if problem:
            self.problems.append(Problem(self.where, stage.name, problem))
        self.values[stage.gives] = stage.empty
        self.lost.add(stage.gives)
        return False

    def _cannot_start(self, stage: Stage, started: float) -> str | None:
        """Why a stage must not start: the text is too long, or the time is spent."""
        document = self.values.get("document")
        if not isinstance(document, Document):
            return None
        settings = self.pipeline.settings
        if len(document.text) > settings.max_chars:
            return (
                f"the report has {len(document.text):,} characters, more than the {settings.max_chars:,} "
                "that are read; raise max_chars to read it"
            )
        spent, limit = time.monotonic() - started, settings.limit_seconds(len(document.text) // 6)
        if spent > limit:
            return f"not finished within {limit:.0f} seconds; {stage.name} and what follows it was not read"
        return None


def _record(values: Mapping[str, object]) -> Record:
    chronology = values["chronology"]
    assert isinstance(chronology, Chronology)  # noqa: S101 - for the type checker; check_order saw to it
    return Record(
        document=values["document"],  # type: ignore[arg-type]
        published=chronology.published,
        timexes=chronology.timexes,
        actors=values["actors"],  # type: ignore[arg-type]
        events=values["events"],  # type: ignore[arg-type]
        statements=values["statements"],  # type: ignore[arg-type]
        defects=values["defects"],  # type: ignore[arg-type]
    )
