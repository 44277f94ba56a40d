"""Whatever is tampered with in a dossier is noticed and named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from sqlalchemy import Table, select, update

from dragoman.dossier import Dossier
from dragoman.dossier.verify import Finding
from dragoman.store import Store
from dragoman.store.tables import (
    claims,
    event_claims,
    event_people,
    event_slots,
    event_support,
    events,
    negotiations,
    originals,
    readings,
    reports,
    words,
)


@pytest.fixture
def built(where: str, tmp_path: Path) -> Iterator[Store]:
    """A dossier of three reports."""
    fakes.write_reports(tmp_path / "reports", 3)
    with Dossier.open(where, create=True) as dossier:
        dossier.build([tmp_path / "reports"], workers=0, make_reader=fakes.quick_reader)
        assert dossier.verify().findings == ()
        yield dossier.store


def findings(store: Store) -> tuple[Finding, ...]:
    return Dossier(store).verify().findings


def rows_of(store: Store, table: Table) -> list[Any]:
    with store.reading() as found:
        return list(found.connection.execute(select(table)))


def change(store: Store, table: Table, key: dict[str, Any], **values: Any) -> None:
    with store.writing() as tx:
        where = [table.c[name] == value for name, value in key.items()]
        assert tx.connection.execute(update(table).where(*where).values(**values)).rowcount == 1


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


def test_a_flipped_byte_in_any_original_is_noticed(built: Store) -> None:
    """Each byte of each of them in turn, each with another bit."""
    for row in rows_of(built, originals):
        for at in range(0, len(row.packed), 7):
            change(built, originals, {"sha256": row.sha256}, packed=flipped(row.packed, at, at % 8))
            found = findings(built)
            assert "original" in {finding.what for finding in found}, at
            assert any(row.sha256[:16] in finding.where for finding in found)
        change(built, originals, {"sha256": row.sha256}, packed=row.packed)
    assert findings(built) == ()


def test_a_flipped_byte_in_any_reading_is_noticed(built: Store) -> None:
    row = rows_of(built, readings)[0]
    for at in range(0, len(row.packed), 31):
        change(built, readings, {"report": row.report}, packed=flipped(row.packed, at, at % 8))
        assert any(row.report in finding.where for finding in findings(built)), at


def test_a_changed_letter_in_any_text_is_noticed(built: Store) -> None:
    for row in rows_of(built, reports):
        for at in range(0, len(row.text), 11):
            body = row.text[:at] + chr(ord(row.text[at]) ^ 1) + row.text[at + 1 :]
            change(built, reports, {"id": row.id}, text=body)
            assert any(f.what == "text" and row.id in f.where for f in findings(built)), at
        change(built, reports, {"id": row.id}, text=row.text)


def test_any_changed_span_is_noticed(built: Store) -> None:
    changes: list[Callable[[Any], dict[str, Any]]] = [
        lambda row: {"start": row.start + 1},
        lambda row: {"stop": row.stop - 1},
        lambda row: {"start": row.start + 1, "stop": row.stop + 1},
        lambda _: {"start": -5},
        lambda _: {"stop": 10**6},
        lambda row: {"exact": "T" + row.exact[1:]},
        lambda _: {"slot": "place"},
    ]
    for row in rows_of(built, words):
        key = {"claim": row.claim, "slot": row.slot, "n": row.n}
        for changed in changes:
            values = changed(row)
            change(built, words, key, **values)
            found = findings(built)
            assert found, values
            assert any("report-" in finding.where for finding in found)
            now = key | {name: value for name, value in values.items() if name in key}
            change(built, words, now, **{name: getattr(row, name) for name in values})
    assert findings(built) == ()


@pytest.mark.parametrize(
    ("table", "values", "what"),
    [
        (reports, {"text_sha256": "0" * 64}, "text"),
        (reports, {"url": "https://example.org/"}, "report"),
        (reports, {"published": "2022-03-01"}, "report"),
        (reports, {"title": "Another headline"}, "report"),
        (originals, {"size": 1}, "original"),
        (originals, {"packed_sha256": "0" * 64}, "original"),
        (claims, {"date": "2022-02-01"}, "claim"),
        (claims, {"parties": "RUS; CHN"}, "claim"),
        (claims, {"type": "refusal"}, "claim"),
        (claims, {"status": "denied"}, "claim"),
        (claims, {"place": None}, "claim"),
        (event_claims, {"claim": "0" * 16}, "event"),
        (event_support, {"claim": "0" * 16}, "event"),
        (events, {"date": "2019-05-05"}, "event"),
        (events, {"place": "Vienna"}, "event"),
        (events, {"sources": 9}, "event"),
        (event_slots, {"note": "so it is"}, "event"),
        (event_support, {"value": "another"}, "event"),
        (event_people, {"person": "Somebody Else"}, "event"),
        (negotiations, {"name": "Another name"}, "negotiation"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_else_is_noticed(built: Store, table: Table, values: dict[str, Any], what: str) -> None:
    row = rows_of(built, table)[0]
    key = {column.name: getattr(row, column.name) for column in table.primary_key}
    change(built, table, key, **values)
    assert {finding.what for finding in findings(built)} == {what}


def test_a_claim_that_was_taken_out_is_missed(built: Store) -> None:
    with built.writing() as tx:
        tx.connection.execute(claims.delete().where(claims.c.id == rows_of(built, claims)[0].id))
    assert {"claim", "event"} <= {finding.what for finding in findings(built)}


def test_rows_that_were_taken_out_are_missed(built: Store) -> None:
    with built.writing() as tx:
        tx.connection.execute(event_people.delete())
    assert [str(finding) for finding in findings(built)] == ["event_people: event: 3 of its rows are missing"]


def test_a_day_that_is_none_is_told(tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 1)
    with Dossier.open(tmp_path / "d", create=True) as dossier:
        dossier.build([tmp_path / "reports"], workers=0, make_reader=fakes.quick_reader)
    with sqlite3.connect(tmp_path / "d") as connection:
        connection.execute("UPDATE reports SET earliest = '2022-0z-01'")
    connection.close()
    with Dossier.open(tmp_path / "d", readonly=True) as dossier:
        assert [finding.what for finding in dossier.verify().findings] == ["file"]


def test_a_flipped_bit_anywhere_in_the_text_in_the_file_is_noticed(tmp_path: Path) -> None:
    """Through no database at all: in the bytes of the file, where the first text stands."""
    fakes.write_reports(tmp_path / "reports", 1)
    with Dossier.open(tmp_path / "d", create=True) as dossier:
        dossier.build([tmp_path / "reports"], workers=0, make_reader=fakes.quick_reader)
    with sqlite3.connect(tmp_path / "d") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = (tmp_path / "d").read_bytes()
    words_of_it = b"It was meeting number 0"
    places = [at for at in range(len(data)) if data.startswith(words_of_it, at)]
    assert places
    for at in (places[0], places[0] + 5):
        for bit in (0, 7):  # the second makes broken UTF-8
            shutil.copy(tmp_path / "d", tmp_path / "flipped")
            (tmp_path / "flipped").write_bytes(flipped(data, at, bit))
            with Dossier.open(tmp_path / "flipped", readonly=True) as dossier:
                assert dossier.verify().findings


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 40)
    with Dossier.open(tmp_path / "d", create=True) as dossier:
        dossier.build([tmp_path / "reports"], workers=0, make_reader=fakes.quick_reader)
    data = bytearray((tmp_path / "d").read_bytes())
    at = data.index(b"It was meeting number 30") // 4096 * 4096  # the beginning of a page of texts
    data[at : at + 4096] = bytes(4096)
    (tmp_path / "d").write_bytes(data)
    with Dossier.open(tmp_path / "d", readonly=True) as dossier:
        assert "file" in {finding.what for finding in dossier.verify().findings}


@pytest.mark.parametrize(
    ("table", "change_to"),
    [
        ("judgements", "decision = 'different'"),
        ("judgements", "decision = 'perhaps'"),
        ("judgements", "who = 'Grace'"),
        ("judgements", "why = 'another reason'"),
        ("judgements", "at = '2022-03-01T00:00:00.000000+00:00'"),
        ("judgements", "at = 'yesterday'"),
        ("judgements", "undoes = '0000000000000000'"),
        ("judgement_anchors", "claim = '0000000000000000'"),
        ("judgement_anchors", "start = start + 1"),
    ],
)
def test_a_changed_judgement_is_noticed(tmp_path: Path, table: str, change_to: str) -> None:
    """Triggers refuse the change; whoever takes them out first is noticed."""
    fakes.write_reports(tmp_path / "reports", 2)
    with Dossier.open(tmp_path / "d", create=True) as dossier:
        dossier.build([tmp_path / "reports"], workers=0, make_reader=fakes.quick_reader)
        one, two = dossier.happenings()
        dossier.judge("same", one.id, two.id, who="Ada")
        assert dossier.verify().findings == ()
    with sqlite3.connect(tmp_path / "d") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "judgement" in name:
                connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(f"UPDATE {table} SET {change_to}").rowcount  # noqa: S608 - words of this file
    connection.close()
    with Dossier.open(tmp_path / "d", readonly=True) as dossier:
        assert "judgement" in {finding.what for finding in dossier.verify().findings}
