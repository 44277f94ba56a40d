"""Scores against gold files, and spans and speed over corpora, each on a small set made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.errors import UsageError
from dragoman.evaluation.__main__ import main
from dragoman.evaluation.bench import measure_speed
from dragoman.evaluation.gold import _within_month, load_scorer, predict, score_dev, score_seed
from dragoman.evaluation.spans import check_spans
from dragoman.pipeline import Pipeline

SHARED = Path(__file__).resolve().parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "record" / "score.py").is_file(), reason="needs ../shared with gold files and corpora"
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.build()


def corpus(folder: Path) -> Path:
    text = "GENEVA, January 10, 2022 - American and Russian envoys held talks in Geneva on Monday."
    (folder / "corpora").mkdir()
    for name in ("voa", "wikinews", "kremlin", "whitehouse", "russian", "greek"):
        rows = [json.dumps({"id": f"{name}-{i}", "text": text}) for i in range(4)]
        (folder / "corpora" / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_spans_are_looked_at_in_all_corpora(pipeline: Pipeline, tmp_path: Path) -> None:
    found = check_spans(pipeline, corpus(tmp_path), every=2)
    assert (found.reports, found.faults, found.problems) == (12, (), ())
    assert found.spans > 12


def test_speed_is_measured_over_reports_and_stages(pipeline: Pipeline, tmp_path: Path) -> None:
    speed = measure_speed(pipeline, corpus(tmp_path), every=2)
    assert (speed.reports, speed.problems) == (2, 0)
    assert speed.words == 30
    assert sum(spent for _, spent in speed.stages) <= speed.seconds
    assert 0 < speed.after_language < 1
    assert speed.peak_megabytes > 50


def test_without_the_shared_data_there_is_a_clear_word(tmp_path: Path) -> None:
    for command in ("eval", "bench", "spans"):
        result = CliRunner().invoke(main, [command, "--shared", str(tmp_path)])
        assert result.exit_code == 0
        assert "skipped:" in result.output
    with pytest.raises(UsageError, match=r"score\.py: no such file"):
        load_scorer(tmp_path)


@needs_shared
@pytest.mark.parametrize(
    ("gold", "guess", "met"),
    [
        ("2022-01-13/..", "2022-01-13/2022-01-31", True),
        ("2022-01-13/..", "2022-01-14/..", True),
        ("2022-01-13/..", "2022-01-13", False),
        ("2022-01-13/..", "2022-01-13/2022-02-28", False),
        ("2022-01-13/..", "2022-01-21", False),
        ("2022-01-13/..", None, False),
        ("2022-01-13", "2022-01-13/..", False),
        (None, "2022-01-13/..", False),
    ],
)
def test_an_open_date_of_the_model_case_may_end_with_its_month(gold: str, guess: str, *, met: bool) -> None:
    assert _within_month(load_scorer(SHARED), {"date": gold}, {"date": guess}) is met


@needs_shared
def test_the_model_case_is_counted(pipeline: Pipeline) -> None:
    measures = {measure.name: measure.value for measure in score_seed(pipeline, SHARED)}
    assert measures["events right, of 6"] == 6
    assert measures["events too many"] == 0
    assert measures["events dated by the page's rendering"] == 0
    assert measures["lines of furniture found, of 5"] == 5
    assert measures["faults found, of 8"] >= 6
    assert measures["statements found, of 3"] == 3


@needs_shared
def test_development_reports_are_scored_by_the_shared_scorer(pipeline: Pipeline, tmp_path: Path) -> None:
    (tmp_path / "record").symlink_to(SHARED / "record")
    (tmp_path / "gold").mkdir()
    for name in ("dev.jsonl", "dev_texts.jsonl"):  # of both the same first reports; all take a minute
        lines = (SHARED / "gold" / name).read_text(encoding="utf-8").splitlines()[:30]
        (tmp_path / "gold" / name).write_text("\n".join(lines), encoding="utf-8")
    misses: list[dict[str, object]] = []
    measures = {measure.name: measure.value for measure in score_dev(pipeline, tmp_path, misses)}
    assert 0.6 < measures["events found F1"] <= 1
    assert {miss["what"] for miss in misses} == {"slots", "missed", "extra"}
    assert len(predict(pipeline, [tmp_path / "gold" / "dev_texts.jsonl"])) == 30
