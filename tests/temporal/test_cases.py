"""Dates in context, from a table that a diplomat could check."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Timex
from dragoman.temporal import date_report

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any], read_report: Any) -> None:
    """The words named have the dates named, in order; a case without dates has none."""
    chronology = date_report(read_report(case["text"], published=case.get("published")))
    left = list(chronology.timexes)
    if not case["dates"]:
        assert [timex.span.exact for timex in left if timex.edtf] == []
    for words, edtf in case["dates"]:
        timex = take(left, words)
        assert (words, timex.edtf or "open", timex.reason) == (words, edtf, timex.reason)


def take(left: list[Timex], words: str) -> Timex:
    """The first of the time expressions left with these words; it and those before it go."""
    for place, timex in enumerate(left):
        if timex.span.exact == words:
            del left[: place + 1]
            return timex
    raise AssertionError(f"{words!r} is not among {[timex.span.exact for timex in left]}")
