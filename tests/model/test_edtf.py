"""Dates as precise as the words: parsing, bounds, comparison."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.edtf import (
    Edtf,
    Moment,
    approximate,
    bounds,
    compatible,
    days_in,
    finer,
    intersection,
    span_edtf,
    years_that_fit,
)

SHARED = next(
    (p / "shared" for p in Path(__file__).resolve().parents if (p / "shared" / "record").is_dir()), None
)


@st.composite
def moments(draw: st.DrawFn, *, years: st.SearchStrategy[int | None] | None = None) -> Moment:
    year = draw(years if years is not None else st.none() | st.integers(-3000, 9999))
    month = draw(st.integers(1, 12) if year is None else st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, days_in(year, month))) if month else None
    return Moment(year, month, day, draw(st.booleans()))


@st.composite
def dates(draw: st.DrawFn) -> Edtf:
    """Any date of the codebook's forms, intervals in order."""
    first = draw(moments())
    shape = draw(st.sampled_from(["single", "open start", "open end", "interval"]))
    if shape == "single":
        return Edtf(first, first)
    if shape == "open start":
        return Edtf(None, first, interval=True)
    if shape == "open end":
        return Edtf(first, None, interval=True)
    value = Edtf(first, draw(moments(years=st.just(first.year))), interval=True)
    span = value.bounds
    return value if span is None or span[0] <= span[1] else Edtf(first, first)


@given(dates())
def test_writing_then_parsing_is_identity(value: Edtf) -> None:
    assert Edtf.parse(str(value)) == value


@given(dates())
def test_bounds_are_in_order(value: Edtf) -> None:
    span = value.bounds
    assert span is None or span[0] <= span[1]


@given(st.text(max_size=24))
def test_parsing_never_fails_and_keeps_the_text(text: str) -> None:
    value = Edtf.parse(text)
    assert value is None or str(value) == text


@given(dates(), dates())
def test_compatibility_is_mutual_and_intersection_agrees(one: Edtf, two: Edtf) -> None:
    left, right = str(one), str(two)
    assert compatible(left, right) == compatible(right, left)
    both = intersection(left, right)
    if both is not None:
        assert compatible(both, left)
        assert compatible(both, right)


@given(st.dates(), st.dates())
def test_a_span_of_days_has_those_bounds(one: date, two: date) -> None:
    low, high = min(one, two), max(one, two)
    text = span_edtf(low, high)
    assert bounds(text) == (low, high)


@given(dates())
def test_approximate_dates_keep_their_bounds(value: Edtf) -> None:
    about = approximate(str(value))
    assert about is not None
    assert "~" in about
    assert bounds(about) == value.bounds


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-01-21~", "2022-01-21", "2022-01-21"),
        ("2022-01-10/2022-01-12", "2022-01-10", "2022-01-12"),
        ("../2022-01-13", "0001-01-01", "2022-01-13"),
        ("2022-01-13/..", "2022-01-13", "9999-12-31"),
        ("XXXX-11-09", "0004-11-09", "0004-11-09"),
        ("XXXX-02", "0004-02-01", "0004-02-29"),
    ],
)
def test_bounds(text: str, low: str, high: str) -> None:
    assert bounds(text) == (date.fromisoformat(low), date.fromisoformat(high))


@pytest.mark.parametrize(
    "text",
    ["", "XXXX", "2022-13", "2022-02-30", "22-01-01", "2022-1-1", "../..", "2022/2021", "yesterday", "٢٠٢٢"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert Edtf.parse(text) is None


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        ("2022-01", "2022-01-10/2022-02-03", "2022-01-10/2022-01-31"),
        ("2022-01-13/..", "../2022-01-31", "2022-01-13/2022-01-31"),
        ("2022-01-10", None, "2022-01-10"),
        ("2022-01-10", "2022-01-12", None),
        ("XXXX-01-10", "2021-12-17/2022-01-31", "2022-01-10"),
        ("XXXX-10", "XXXX-10-03", "XXXX-10-03"),
        ("2022", "2022-01~", "2022-01~"),
    ],
)
def test_what_two_dates_say_together(left: str, right: str | None, together: str | None) -> None:
    assert intersection(left, right) == together


def test_finer_and_fitting_years() -> None:
    assert finer("2022-01-10", "2022-01")
    assert finer("2022", None)
    assert not finer(None, "2022")
    assert not finer("2022-01-13/..", "2022")
    assert years_that_fit(1, 10, date(2021, 12, 17), date(2022, 1, 31)) == [2022]
    assert years_that_fit(2, 29, date(2021, 1, 1), date(2023, 12, 31)) == []


@pytest.mark.skipif(SHARED is None, reason="the shared scorer is not beside the checkout")
@given(dates())
def test_bounds_are_the_scorer_s(value: Edtf) -> None:
    """Where the scorer reads the form; it has no years before our era."""
    years = [end.year for end in (value.start, value.end) if end is not None and end.year is not None]
    if all(year >= 1 for year in years):
        assert value.bounds == _scorer().bounds(str(value))


def _scorer() -> Any:
    assert SHARED is not None
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "record" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
