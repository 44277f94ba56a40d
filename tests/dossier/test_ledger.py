"""A ledger of travels and visits, read with its errors told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.dossier.ledger import (
    TRAVEL,
    VISIT,
    LedgerRow,
    country_code,
    expect,
    merge_same,
    read_ledger,
    read_row,
    remark_parties,
)
from dragoman.errors import UsageError

LEDGER = Path(__file__).parents[3] / "shared" / "corpora" / "us_ledger.jsonl"


def row(**fields: Any) -> LedgerRow:
    given = {
        "id": "t1", "kind": TRAVEL, "role": "secretary", "who": "A. Traveller", "start": date(2022, 1, 21),
        "end": date(2022, 1, 21), "country": "Switzerland", "place": "Geneva",
    }  # fmt: skip
    return LedgerRow(**given | fields)  # type: ignore[arg-type]


def line(**fields: Any) -> str:
    given = {
        "id": "t1", "kind": TRAVEL, "who": "A. Traveller", "start": "2022-01-21", "end": "2022-01-22",
        "country": "Switzerland",
    }  # fmt: skip
    return json.dumps(given | fields)


def test_a_line_becomes_a_row_and_what_is_not_given_is_empty() -> None:
    found = read_row(line(), "x:1")
    assert (found.start, found.end, found.role, found.place) == (
        date(2022, 1, 21),
        date(2022, 1, 22),
        "traveller",
        "",
    )
    assert read_row(line(kind=VISIT, role="president"), "x:1").role == "visitor"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "no JSON"),
        ("[1]", "not a JSON object but list"),
        (line(start="21 January"), "'start' is '21 January', no day"),
        (line(end="2022-01-20"), "'end' 2022-01-20 is before 'start' 2022-01-21"),
        (line(kind="holiday"), "'kind' is 'holiday'"),
        (line(who=""), "'who' must be words"),
        (line(country=None), "'country' must be words, not None"),
        (line(place=7), "'place' must be words, not 7"),
    ],
)
def test_a_bad_line_is_told_with_its_place_and_field(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=r"ledger\.jsonl:7: ") as error:
        read_row(text, "ledger.jsonl:7")
    assert told in str(error.value)


def test_a_bad_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read as a ledger"):
        read_ledger(tmp_path / "none.jsonl")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no rows"):
        read_ledger(empty)
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f"{line()}\n\n{line(end='x')}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.jsonl:3: 'end'"):
        read_ledger(bad)


def test_rows_that_say_the_same_are_one() -> None:
    (found,) = merge_same([row(id="a"), row(id="b", who="Alan Traveller", remarks="Met with officials.")])
    assert (found.id, found.same) == ("a", ("b",))
    assert len(merge_same([row(id="a"), row(id="b", country="France")])) == 2
    assert len(merge_same([row(id="a"), row(id="b", who="B. Other")])) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Switzerland", "CHE"),
        ("Korea, Republic of", "KOR"),
        ("Korea, North", "PRK"),
        ("China, People’s Republic of", "CHN"),
        ("Germany, Federal Republic of", "DEU"),
        ("U.S.S.R.", "SUN"),
        ("Denmark (Greenland)", "DNK"),
        ("The Gambia", "GMB"),
        ("Palestinian Authority", "PSE"),
        ("Atlantis", None),
    ],
)
def test_countries_as_ledgers_name_them(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_a_visit_expects_the_visitor_in_the_united_states() -> None:
    found = expect(row(kind=VISIT, role="visitor", country="Sweden", place="United States"))
    assert (found.counterparts, found.country) == (("SWE",), "USA")


def test_a_journey_expects_the_host_and_whom_the_remarks_name() -> None:
    found = expect(row(remarks="Met with Russian Foreign Minister Lavrov and attended a NATO meeting."))
    assert found.counterparts[0] == "CHE"
    assert {"RUS", "NATO"} <= set(found.counterparts)
    assert "geneva" in found.cities


@pytest.mark.parametrize(
    ("remarks", "year", "party"),
    [
        ("Met with President Putin.", 2015, "RUS"),
        ("Met with Chancellor Merkel.", 2015, "DEU"),
        ("Met with Prime Minister Netanyahu.", 2015, "ISR"),
    ],
)
def test_persons_in_remarks_stand_for_the_party_they_held_office_for(
    remarks: str, year: int, party: str
) -> None:
    assert remark_parties(remarks, year) == [party]


def test_whoever_held_no_office_then_stands_for_nobody() -> None:
    assert remark_parties("Met with Chancellor Merkel.", 1960) == []
    assert remark_parties("Met with President Biden.", 2022) == []


@pytest.mark.skipif(not LEDGER.is_file(), reason="the shared corpora are not here")
def test_the_shared_ledger_reads_and_nearly_all_its_countries_are_known() -> None:
    rows = read_ledger(LEDGER)
    assert len(rows) + sum(len(found.same) for found in rows) == 7535
    unknown = {found.country for found in rows if country_code(found.country) is None}
    assert unknown <= {"Hawaii", "Netherlands Antilles", "Antarctica", "French Polynesia"}
