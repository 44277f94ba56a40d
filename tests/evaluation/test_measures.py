"""Floors: what falls below is seen, re-pinning lowers nothing unasked, the file comes back as it went."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from dragoman.errors import UsageError
from dragoman.evaluation.measures import Floors, Measure, print_table

F1 = Measure("gold", "events right F1", 0.5123)
FOLLOW = Measure("dates", "follow the false date", 0.0311, less_is_better=True)


def floors(**values: float) -> Floors:
    return Floors({F1.key: values.get("f1", 0.5), FOLLOW.key: values.get("follow", 0.05)}, {F1.key: 0.7})


def test_a_measure_below_its_floor_is_found_in_either_direction() -> None:
    assert floors().below([F1, FOLLOW]) == []
    assert floors(f1=0.52).below([F1, FOLLOW]) == [F1]
    assert floors(follow=0.03).below([F1, FOLLOW]) == [FOLLOW]


def test_a_measure_that_is_no_longer_taken_is_missed() -> None:
    assert floors().missing([F1]) == [FOLLOW.key]


def test_pinning_raises_floors_to_the_safe_side() -> None:
    pinned = floors().pinned([F1, FOLLOW], {"gold": "abc"}, lower=False)
    assert pinned.floors == {F1.key: 0.512, FOLLOW.key: 0.032}
    assert pinned.digests == {"gold": "abc"}
    assert pinned.below([F1, FOLLOW]) == []


def test_pinning_lowers_only_on_request() -> None:
    high = floors(f1=0.6, follow=0.01)
    assert high.pinned([F1, FOLLOW], {}, lower=False).floors == high.floors
    assert high.pinned([F1, FOLLOW], {}, lower=True).floors == {F1.key: 0.512, FOLLOW.key: 0.032}


def test_the_file_comes_back_as_it_went(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    assert Floors.load(path) == Floors()
    path.write_text(floors().to_toml(), encoding="utf-8")
    assert Floors.load(path) == floors()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("floors =", encoding="utf-8")
    with pytest.raises(UsageError, match=r"floors\.toml: no TOML file"):
        Floors.load(path)


def test_the_table_marks_what_is_below_and_what_is_reached() -> None:
    console = Console(file=StringIO(), width=120)
    print_table(console, [F1, FOLLOW], floors(follow=0.03))
    assert isinstance(console.file, StringIO)
    rows = {line.split("│")[2].strip(): line for line in console.file.getvalue().splitlines() if "│" in line}
    assert "to do" in rows["events right F1"]
    assert "below its floor" in rows["follow the false date (less is better)"]
