"""The pipeline: order checked when built, no failure of one report stops the rest, nothing lost silently."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dragoman.errors import IntakeError, TextError
from dragoman.intake.fetched import Fetched, Media
from dragoman.model import Actors, Chronology, Document, Parsed, Published
from dragoman.pipeline import STAGES, Pipeline, Stage, check_order
from dragoman.settings import Settings
from dragoman.testing import make_document


class Words:
    """A language model that sees no words."""

    def parse(self, document: Document) -> Parsed:
        return Parsed(document, (), (), ())


EMPTY: dict[str, object] = {
    "document": make_document("Talks were held.", id="a"),
    "parsed": Parsed(make_document("Talks were held.", id="a"), (), (), ()),
    "chronology": Chronology((), Published("2022-01-21", "stated")),
    "actors": Actors((), {}),
    "events": (),
    "statements": (),
    "defects": (),
}


def stages(**changed: Callable[..., object]) -> tuple[Stage, ...]:
    """The real order with stand-in steps, some of them given by the test."""

    def step(stage: Stage) -> Callable[..., object]:
        return changed.get(stage.name, lambda *_: EMPTY[stage.gives])

    return tuple(replace(stage, run=step(stage)) for stage in STAGES)


def pipeline(settings: Settings | None = None, **changed: Callable[..., object]) -> Pipeline:
    language: Any = Words()
    return Pipeline(language, settings or Settings(), stages(**changed))


def test_the_shipped_order_holds() -> None:
    check_order(STAGES)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (STAGES[1:], "'document', which no stage before it gives"),
        ((*STAGES[:3], STAGES[4]), "'actors', which no stage before it gives"),
        ((*STAGES, STAGES[-1]), "'defects' a second time"),
        (STAGES[:-1], "no stage gives 'defects'"),
    ],
)
def test_a_wrong_order_is_refused_when_the_pipeline_is_built(order: tuple[Stage, ...], said: str) -> None:
    language: Any = Words()
    with pytest.raises(ValueError, match=said):
        Pipeline(language, Settings(), order)


def test_a_report_becomes_a_record_with_the_time_of_each_stage() -> None:
    outcome = pipeline().read(make_document("Talks were held.", id="a"))
    assert outcome.doc == "a"
    assert outcome.record is not None
    assert outcome.record.published.edtf == "2022-01-21"
    assert outcome.problems == ()
    # The text stage did not run: the document was given.
    assert [name for name, _ in outcome.seconds] == [stage.name for stage in STAGES[1:]]


def test_a_stage_that_fails_leaves_its_value_empty_and_says_so() -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("no")

    outcome = pipeline(events=broken).read(make_document("Talks.", id="a", origin="a.txt"))
    assert outcome.record is not None
    assert outcome.record.events == ()
    assert outcome.record.published.edtf == "2022-01-21"
    (problem,) = outcome.problems
    assert (problem.where, problem.stage) == ("a.txt", "events")
    assert "ZeroDivisionError: no" in problem.message


def test_what_builds_on_a_failed_stage_does_not_run() -> None:
    ran = []

    def broken(*_: object) -> object:
        raise KeyError("x")

    def noted(name: str) -> Callable[..., object]:
        return lambda *_: ran.append(name) or ()

    outcome = pipeline(
        actors=broken, events=noted("events"), statements=noted("statements"), defects=noted("defects")
    ).read(make_document("Talks."))
    assert ran == []
    assert [problem.stage for problem in outcome.problems] == ["actors"]
    assert outcome.record is not None


def test_no_record_without_a_parse() -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("model")

    outcome = pipeline(language=broken).read(make_document("Talks.", id="b"))
    assert outcome.record is None
    assert [problem.stage for problem in outcome.problems] == ["language"]


def test_an_error_of_the_text_stage_is_told_in_its_own_words() -> None:
    def refused(*_: object) -> object:
        raise TextError("no text worth reading", where="a.html")

    built = pipeline(text=refused)
    report = make_document("x", id="a.html", origin="a.html")
    outcome = Pipeline(built.language, built.settings, built.stages).read(_as_fetched(report))
    assert outcome.record is None
    assert outcome.problems[0].message == "no text worth reading"


def _as_fetched(document: Document) -> Fetched:
    return Fetched(document.id, document.origin, Media.TEXT, document.text)


def test_a_source_that_could_not_be_opened_is_an_outcome_too() -> None:
    error = IntakeError("the file is empty", where="b.txt")
    first, second = pipeline().read_all([error, make_document("Talks.", id="a")])
    assert first.record is None
    assert str(first.problems[0]) == "b.txt: the file is empty"
    assert second.record is not None


def test_a_report_over_the_limit_is_not_read() -> None:
    outcome = pipeline(Settings(max_chars=10)).read(make_document("x" * 11, id="long"))
    assert outcome.record is None
    assert "11 characters, more than the 10" in outcome.problems[0].message


def test_a_report_that_spent_its_time_keeps_what_was_read() -> None:
    def slow(*_: object) -> object:
        time.sleep(0.05)
        return EMPTY["chronology"]

    outcome = pipeline(Settings(seconds=0.04, seconds_per_1000_words=0.001), temporal=slow).read(
        make_document("Talks.", id="slow")
    )
    assert outcome.record is not None
    assert outcome.record.published.edtf == "2022-01-21"
    # Once is enough: what builds on the stage that did not start is not complained of again.
    assert "not finished within" in outcome.problems[0].message


@pytest.mark.parametrize(("language", "read"), [("en", True), ("en-GB", True), (None, True), ("ru", False)])
def test_only_english_is_read_and_the_record_says_so(language: str | None, *, read: bool) -> None:
    seen: list[Parsed] = []
    language_stage = STAGES[1].run
    document = make_document("Встреча прошла в Женеве.", id="a", language=language)

    def kept(parsed: Parsed) -> object:
        seen.append(parsed)
        return EMPTY["chronology"]

    class Model:
        calls = 0

        def parse(self, given: Document) -> Parsed:
            Model.calls += 1
            return Parsed(given, (), (), ())

    model: Any = Model()
    outcome = Pipeline(model, Settings(), stages(language=language_stage, temporal=kept)).read(document)
    assert (Model.calls == 1) is read
    assert outcome.record is not None
    assert (outcome.problems == ()) is read
    assert seen[0].tokens == ()
