"""``dragoman compare``."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.dossier import Dossier
from dragoman.model import CLAIM_SLOTS, MANY, EventType, Happening, Settled, Standing, StoredReport
from dragoman.store.reading import Reading

ROW = {
    "id": "t1", "kind": "us_travel_abroad", "role": "secretary", "who": "Alan Traveller",
    "start": "2022-01-21", "end": "2022-01-21", "country": "Switzerland", "place": "Geneva",
    "remarks": "Met with Russian officials.",
}  # fmt: skip
MET: dict[str, Any] = {
    "parties": ("RUS", "USA"), "people": ("Alan Traveller",), "date": "2022-01-21", "place": "=Geneva",
    "country": "CHE", "status": "held", "kind": "in-person",
}  # fmt: skip
DAY = date(2022, 1, 21)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command over a dossier with one meeting and a ledger of two rows."""
    where, ledger = tmp_path / "d.dossier", tmp_path / "ledger.jsonl"
    Dossier.open(where, create=True).close()
    rows = [ROW, ROW | {"id": "t2", "start": "2022-01-25", "end": "2022-01-26"}]
    ledger.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    slots = {
        name: Settled(MET.get(name, () if name in MANY else None), Standing.SINGLE) for name in CLAIM_SLOTS
    }
    happening = Happening("e1", EventType.MEETING, slots, ("e1",), 1, ())
    report = StoredReport("r1", "", "", None, "stated", "", "", earliest=DAY, latest=DAY)
    monkeypatch.setattr(Reading, "happenings", lambda *_, **__: [happening])
    monkeypatch.setattr(Reading, "reports", lambda *_, **__: {"r1": report})

    def command(*options: str, path: str = str(ledger)) -> Result:
        return CliRunner().invoke(main, ["compare", str(where), "--ledger", path, *options])

    return command


def test_lists_stand_under_headings_and_what_was_compared_is_said(run: Any) -> None:
    result = run()
    assert result.exit_code == 0
    assert "confirmed: an event fits (1)" in result.stdout
    assert "2022-01-21 Alan Traveller: Geneva, Switzerland [t1]" in result.stdout
    assert "missing: no event in the dossier (1)" in result.stdout
    assert "1 confirmed, 0 vague, 0 different, 1 missing, 0 unlisted" in result.stderr
    assert "roles: secretary, visitor" in result.stderr


def test_json_lines_hold_row_and_event(run: Any) -> None:
    lines = [json.loads(line) for line in run("--json", "-q").stdout.splitlines()]
    assert [(line["verdict"], line["ledger"], line.get("event")) for line in lines] == [
        ("confirmed", "t1", "e1"),
        ("missing", "t2", None),
    ]


def test_csv_has_one_line_a_row_and_nothing_that_a_spreadsheet_obeys(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("--csv", "-q").stdout)))
    assert [row["verdict"] for row in rows] == ["confirmed", "missing"]
    assert rows[0]["event_place"] == "'=Geneva"


def test_only_some_verdicts(run: Any) -> None:
    result = run("--only", "missing")
    assert "confirmed:" not in result.stdout
    assert "[t2]" in result.stdout


def test_a_bad_ledger_is_wrong_use(run: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n", encoding="utf-8")
    result = run(path=str(bad))
    assert result.exit_code == 2
    assert "bad.jsonl:1: 'id' must be words, not None" in result.stderr
    assert run(path=str(tmp_path / "none.jsonl")).exit_code == 2
