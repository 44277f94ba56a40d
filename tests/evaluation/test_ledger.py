"""The share of linked rows that a dossier confirms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dragoman.dossier.ledger import TRAVEL, LedgerRow
from dragoman.evaluation.ledger import Linked, judge_links, told_shares
from dragoman.model import CLAIM_SLOTS, MANY, EventType, Happening, Settled, Standing, StoredReport

DAY = date(2022, 1, 21)


def met(**given: Any) -> Happening:
    values = {
        "parties": ("CHE", "USA"), "people": ("Alan Traveller",), "date": "2022-01-21", "status": "held",
    } | given  # fmt: skip
    slots = {
        name: Settled(values.get(name, () if name in MANY else None), Standing.SINGLE) for name in CLAIM_SLOTS
    }
    return Happening("e1", EventType.MEETING, slots, ("e1",), 1, ())


@pytest.mark.parametrize(
    ("event", "verdict"),
    [
        (met(place="Geneva", country="CHE"), "whole"),
        (met(), "confirmed"),
        (met(date="../2022-01-23"), "vague"),
        (met(place="Vienna", country="AUT"), "different"),
        (met(date="2022-03-01"), "missing"),
        (met(parties=("FRA", "USA")), "outside"),
    ],
)
def test_a_linked_row_has_the_verdict_of_the_comparison(event: Happening, verdict: str) -> None:
    row = LedgerRow(
        "t1", TRAVEL, "secretary", "Alan Traveller", DAY, DAY, "Switzerland", "Geneva", same=("t9",)
    )
    report = StoredReport("r", "", "", None, "stated", "", "", earliest=DAY, latest=DAY)
    links = [{"ledger_id": "t9", "article_id": "a"}, {"ledger_id": "none", "article_id": "b"}]
    found = judge_links([event], {"r": report}, [row], links)
    assert [link.verdict for link in found] == [verdict, "outside"]


def test_shares_count_whole_and_confirmed() -> None:
    told = told_shares([Linked("a", "x", verdict) for verdict in ("whole", "confirmed", "vague", "missing")])
    assert told[1] == "day, counterpart and place agree: 1 (25.0%)"
    assert told[2].endswith(": 2 (50.0%)")
    assert told[3] == "the others: 1 vague, 1 missing"
    assert told_shares([])[3] == "the others: none"
