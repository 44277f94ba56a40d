"""The dossier of all example reports: what a careful reader would write down."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.dossier import Dossier
from dragoman.model import Verdict

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = tomllib.loads((ROOT / "tests" / "gold" / "example_record.toml").read_text(encoding="utf-8"))[
    "event"
]


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    where = tmp_path_factory.mktemp("dossier") / "examples.dossier"
    dragoman.build(ROOT / "examples", into=where, workers=1)
    with dragoman.open(where) as found:
        yield found


def rows_like(dossier: Dossier, want: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of the dossier of this type, day and parties, with the fields that are expected."""
    found = []
    for told in dossier.happenings():
        row = {
            "type": told.type.value,
            "kind": told.text("kind"),
            "status": told.text("status"),
            "parties": sorted(told.many("parties")),
            "place": told.text("place"),
            "date": told.text("date"),
            "sources": told.sources,
            "history": [turn.status.value for turn in told.history],
            "conflicts": list(told.conflicts),
            "overdue": told.overdue,
        }
        if all(row[key] == want[key] for key in ("type", "parties", "date")):
            found.append({key: row[key] for key in want})
    return found


@pytest.mark.parametrize("want", EXPECTED, ids=lambda want: f"{want['date']} {' '.join(want['parties'])}")
def test_the_event_stands_as_a_careful_reader_writes_it(dossier: Dossier, want: dict[str, Any]) -> None:
    assert want in rows_like(dossier, want)


def test_one_disagreement_is_shown_and_no_more(dossier: Dossier) -> None:
    differing = [told for told in dossier.happenings() if told.conflicts]
    assert [(told.text("place"), told.conflicts) for told in differing] == [("Brussels", ("date",))]


def test_one_group_of_copies_counts_as_one_source(dossier: Dossier) -> None:
    groups: dict[str, set[str]] = {}
    for report in dossier.reports().values():
        groups.setdefault(report.source, set()).add(report.name)
    assert [names for names in groups.values() if len(names) > 1] == [
        {"lakeside-wire-geneva.txt", "syndicated-geneva.txt"}
    ]


def test_what_the_reports_do_not_decide_waits_for_a_person(dossier: Dossier) -> None:
    """ "Two days after her talks with Ryabkov in Geneva": the dinner of the 9th, or the talks of the 10th?"""
    unsure = dossier.matches(Verdict.UNSURE)
    assert unsure
    assert any("one date is open" in match.why for match in unsure)
