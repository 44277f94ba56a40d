"""Judgements: an id that is the hash of what they say, lines that come back, values that slots can hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.dossier.judge import anchor, decide, judgement_id, read_judgements, signed, slot_value, undo
from dragoman.errors import UsageError
from dragoman.model import Anchor, Decision, EventType, Judgement
from dragoman.output.judgements import judgement_row
from dragoman.output.rows import dumps

AT = datetime(2024, 5, 3, 10, 12, tzinfo=UTC)

anchors = st.builds(
    lambda claim, report, kind, start, length: Anchor(claim, report, kind, start, start + length),
    st.text("0123456789abcdef", min_size=16, max_size=16),
    st.text("0123456789abcdef", min_size=16, max_size=16),
    st.sampled_from([*map(str, EventType)]),
    st.integers(0, 10**6),
    st.integers(0, 500),
)
judgements = st.builds(
    signed,
    st.sampled_from(Decision),
    st.lists(anchors, max_size=4).map(tuple),
    who=st.text(max_size=30),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    why=st.text(max_size=50),
    slot=st.just("date"),
    value=st.none() | st.sampled_from(['"2022-01-21"', '"2022-01/.."', "null"]),
    undoes=st.none() | st.text("0123456789abcdef", min_size=16, max_size=16),
)


@given(judgements)
def test_a_judgement_comes_back_from_its_line(judgement: Judgement) -> None:
    assert read_judgements([dumps(judgement_row(judgement))], where="x") == (judgement,)


@given(judgements, st.sampled_from(["who", "why", "slot", "value", "undoes"]))
def test_whatever_is_changed_in_a_line_is_noticed(judgement: Judgement, name: str) -> None:
    row = judgement_row(judgement)
    row[name] = f"{row[name] or ''}x"
    with pytest.raises(UsageError, match="it was changed"):
        read_judgements([dumps(row)], where="x")


def test_the_id_does_not_depend_on_the_time_zone_in_which_it_was_said(invented: Any) -> None:
    claims = [invented.claim("lake", "e2"), invented.claim("lakeside", "e1")]
    here = decide(Decision.SAME, claims, who="Ada", at=AT)
    there = decide(Decision.SAME, claims, who="Ada", at=AT.astimezone(timezone(timedelta(hours=5))))
    assert here == there
    assert here.id == judgement_id(here) != decide(Decision.SAME, claims, who="Bea", at=AT).id


def test_an_anchor_covers_the_evidence_of_its_claim(invented: Any) -> None:
    claim = invented.claim("harbour", "e1")
    made = anchor(claim)
    assert invented.texts[claim.report][made.start : made.end] == claim.evidence[0].exact
    assert (made.claim, made.type) == (claim.id, "meeting")


def test_same_and_different_need_two_claims(invented: Any) -> None:
    claim = invented.claim("lake", "e2")
    for decision in (Decision.SAME, Decision.DIFFERENT):
        with pytest.raises(UsageError, match="needs 2 different claims"):
            decide(decision, [claim, claim], who="Ada", at=AT)


def test_a_correction_keeps_slot_and_value(invented: Any) -> None:
    claim = invented.claim("lake", "e2")
    made = decide(Decision.CORRECT, [claim], who="Ada", at=AT, slot="parties", value=["KEN", " UGA "])
    assert (made.slot, made.value) == ("parties", '["KEN", "UGA"]')
    assert decide(Decision.CORRECT, [claim], who="Ada", at=AT, slot="date", value=None).value == "null"
    assert decide(Decision.CORRECT, [claim], who="Ada", at=AT, slot="people", value=()).value == "[]"


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("colour", "red", "is no slot"),
        (None, "red", "is no slot"),
        ("status", "done", "cannot be 'done'"),
        ("status", "", "cannot be empty"),
        ("kind", "by post", "cannot be 'by post'"),
        ("date", "last week", "is no date"),
        ("place", ["Lisbon", "Porto"], "holds one value"),
    ],
)
def test_a_value_that_a_slot_cannot_hold_is_refused(slot: str | None, value: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        slot_value(slot, value)


def test_undo_names_what_it_undoes(invented: Any) -> None:
    made = decide(Decision.NOT_EVENT, [invented.claim("lake", "e2")], who="Ada", at=AT)
    back = undo(made, who="Bea", at=AT)
    assert (back.decision, back.undoes, back.anchors) == (Decision.UNDO, made.id, ())


def test_a_time_without_zone_is_refused(invented: Any) -> None:
    with pytest.raises(UsageError, match="time zone"):
        decide(Decision.NOT_EVENT, [invented.claim("lake", "e2")], who="A", at=AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.pop("who"),
        lambda row: row.update(decision="maybe"),
        lambda row: row.update(at="2024-05-03T10:12:00"),
        lambda row: row.update(at=5),
        lambda row: row.update(anchors=[{"claim": "a"}]),
        lambda row: row.update(why=None),
        lambda row: row["anchors"][0].update(start=9, end=3),
        lambda row: row["anchors"][0].update(type="\x1b[2J"),
    ],
)
def test_a_line_that_is_no_judgement_is_refused_with_its_place(invented: Any, change: Any) -> None:
    made = decide(Decision.NOT_EVENT, [invented.claim("lake", "e2")], who="Ada", at=AT)
    row = judgement_row(made)
    change(row)
    with pytest.raises(UsageError, match=r"decided\.jsonl:2"):
        read_judgements(["", json.dumps(row)], where="decided.jsonl")
    for line in ("[]", "{", "5", '"x"'):
        with pytest.raises(UsageError, match="no judgement"):
            read_judgements([line], where="x")
    assert replace(made, why="x").id == made.id


@pytest.mark.parametrize(
    ("slot", "value", "who"),
    [
        ("date", "2022-01-21", "Ada"),  # no JSON
        ("date", '"32 Foo"', "Ada"),
        ("status", '"nonsense"', "Ada"),
        ("colour", '"red"', "Ada"),
        (None, '"red"', "Ada"),
        ("place", '"Geneva"', "\ud800"),  # half a character
    ],
)
def test_what_no_dossier_could_hold_is_refused(slot: str | None, value: str, who: str) -> None:
    """The id fits; but it would be kept for good, and every later build would fail over it."""
    made = signed(
        Decision.CORRECT, (Anchor("a", "b", "meeting", 0, 1),), who=who, at=AT, slot=slot, value=value
    )
    with pytest.raises(UsageError, match=r"^x:1: "):
        read_judgements([json.dumps(judgement_row(made))], where="x")


def test_a_party_may_be_given_by_its_name() -> None:
    assert slot_value("parties", ["Hungary", "srb", "the European Union", "Lake Council", "HUN"]) == (
        '["HUN", "SRB", "EU", "Lake Council"]'
    )
    assert slot_value("country", "Hungary") == '"HUN"'
    with pytest.raises(UsageError, match="no country is known as 'Atlantis'"):
        slot_value("country", "Atlantis")
