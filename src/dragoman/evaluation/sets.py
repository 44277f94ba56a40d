"""The bench sets as measures: time expressions, false page dates, attributions, the language model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman.evaluation.dates import score_false_dates, score_wikiwars
from dragoman.evaluation.language import score_language
from dragoman.evaluation.measures import Measure
from dragoman.evaluation.statements import ROLES, score_attributions
from dragoman.intake import Fetched, Media
from dragoman.model import Statement
from dragoman.pipeline import Pipeline


def measure_attributions(pipeline: Pipeline, shared: Path) -> list[Measure]:
    """Source, cue and content against the PolNeAR development articles, exact and by overlap."""

    def read(row: Mapping[str, Any]) -> tuple[Statement, ...]:
        article = Fetched(row["id"], row["id"], Media.RECORD, row["text"], published=row.get("date"))
        outcome = pipeline.read(article)
        return outcome.record.statements if outcome.record else ()

    result = score_attributions(shared, read)
    return [
        Measure("attributions (PolNeAR)", f"{role} {how} F1", result[role][how]["f1"])
        for how in ("exact", "overlap")
        for role in ROLES
    ]


def measure_dates(pipeline: Pipeline, shared: Path) -> list[Measure]:
    """Values of time expressions in WikiWars, and what a false date on the page does."""
    raise NotImplementedError((pipeline, shared, score_wikiwars, score_false_dates))


def measure_language(pipeline: Pipeline, shared: Path) -> list[Measure]:  # noqa: ARG001 - one shape for all sets
    """The language model on its held-out sets."""
    return [Measure("language model", name, value) for name, value in score_language(shared).items()]
