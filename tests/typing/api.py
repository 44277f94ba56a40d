"""What a type checker must see of the public names; checked by mypy, never run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, assert_type

import pandas as pd
import polars as pl
import pyarrow as pa

import dragoman
from dragoman.dossier import Answer, Dossier, Filter
from dragoman.model import Event, EventType, Happening, Judgement, Profile, Record, Statement, Status
from dragoman.output.told import Conflicting, Explained, Paired, Sourced, Standpoint, Told, Unread

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

with dragoman.build("reports", Path("more"), into=Path("geneva.dossier"), workers=None) as built:
    assert_type(built, Dossier)
with dragoman.open("geneva.dossier") as dossier:
    assert_type(dossier, Dossier)
    timeline = dossier.timeline(Filter(parties=("RUS",)), limit=None, as_of=date(2022, 1, 20))
    assert_type(timeline, Answer[Told])
    assert_type(timeline[0], Told)
    assert_type(timeline[1:], Sequence[Told])
    assert_type(timeline[0].happening, Happening)
    assert_type(timeline[0].date, str | None)
    assert_type(timeline.rows(), list[dict[str, Any]])
    assert_type(timeline.to_json(), list[dict[str, Any]])
    assert_type(timeline.to_csv(), str)
    assert_type(timeline.to_pandas(), pd.DataFrame)
    assert_type(timeline.to_polars(), pl.DataFrame)
    assert_type(timeline.to_arrow(), pa.Table)
    assert_type(dossier.events(), Answer[Told])
    assert_type(dossier.event("3f09"), Told)
    assert_type(dossier.explain("3f09", rules=[""]), Answer[Explained])
    assert_type(dossier.conflicts(), Answer[Conflicting])
    assert_type(dossier.state("iran"), Answer[Standpoint])
    assert_type(dossier.sources(), Answer[Sourced])
    assert_type(dossier.problems(), Answer[Unread])
    assert_type(dossier.actors(), Answer[Profile])
    assert_type(dossier.unsure(), Answer[Paired])
    assert_type(dossier.judgements(), Answer[Judgement])
    assert_type(dossier.judge("same", "3f09", "77c0", who="Ada"), Judgement)
    assert_type(dossier.undo("51e6", who="Ada"), Judgement)
