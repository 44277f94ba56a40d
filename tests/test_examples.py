"""The example reports: all are read, in every format, without a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.intake import read_sources
from dragoman.pipeline import Outcome, Pipeline

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return {outcome.doc: outcome for outcome in Pipeline.build().read_all(read_sources([str(EXAMPLES)]))}


def test_all_are_read(outcomes: dict[str, Outcome]) -> None:
    assert len(outcomes) >= 20
    assert [str(problem) for outcome in outcomes.values() for problem in outcome.problems] == []


# The day on which each report was published, as it shows itself.
PUBLISHED = {
    "lakeside-wire-geneva.txt": "2022-01-10",
    "brussels-council.html": "2022-01-12",
    "vienna-osce.txt": "2022-01-13",
    "baerbock-moscow": "2022-01-18",
    "blinken-kyiv": "2022-01-19",
    "normandy-paris": "2022-01-27",
    "friday-in-geneva.html": "2022-01-21",
    "written-answers.txt": "2022-01-26",
    "lavrov-unsatisfied.txt": "2022-01-27",
    "paris-readout.txt": "2022-01-28",
    "briefing-transcript.txt": "2022-01-11",
    "drafts-of-december.txt": "2021-12-17",
    "berlin-no-result.txt": "2022-02-11",
    "october-geneva.txt": "2013-10-16",
    "november-near-miss.html": "2013-11-10",
    "joint-plan.txt": "2013-11-24",
    "iaea-tehran": "2013-11-11",
    "vienna-walkout": "2013-12-13",
    "implementation": "2014-01-12",
}


@pytest.mark.parametrize("doc", PUBLISHED)
def test_the_date_of_publication_is_the_reports_own(outcomes: dict[str, Outcome], doc: str) -> None:
    record = outcomes[doc].record
    assert record is not None
    assert record.published.edtf == PUBLISHED[doc]


def test_a_rendering_date_is_not_believed(outcomes: dict[str, Outcome]) -> None:
    record = outcomes["mirror-translated.txt"].record
    assert record is not None
    assert not (record.published.edtf or "").startswith("2025")
    assert not [timex for timex in record.timexes if (timex.edtf or "").startswith("2025")]
