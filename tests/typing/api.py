"""What a type checker must see of the public names; checked by mypy, never run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_type

import dragoman
from dragoman.model import Event, EventType, Record, Statement, Status

reading = dragoman.read("reports", Path("more"), settings=dragoman.Settings(max_chars=10_000))
assert_type(reading, dragoman.Reading)
assert_type(reading[0], dragoman.Report)
assert_type(reading[1:], Sequence[dragoman.Report])
assert_type(len(reading), int)
for problem in reading.problems:
    assert_type(problem.message, str)
for report in reading:
    assert_type(report, dragoman.Report)
    assert_type(report.record, Record)
    assert_type(report.published, str | None)
    assert_type(report.events, tuple[Event, ...])
    assert_type(report.statements, tuple[Statement, ...])
    assert_type(report.to_json(), dict[str, Any])
    for event in report.events:
        assert_type(event.type, EventType)
        assert_type(event.status.value, Status)
        assert_type(event.date.value, str | None)
        assert_type(event.parties.value, tuple[str, ...])
        assert_type(event.evidence[0].exact, str)
assert_type(dragoman.read_text("Talks were held.", published="2022-01-21"), dragoman.Report)
