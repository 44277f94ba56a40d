"""What the drawings show, as plain values: the same lanes, marks and places as in the drawings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dragoman.export.drawing import (
    Look,
    coast_path,
    map_of_places,
    place_rows,
    timeline,
    timeline_rows,
)
from dragoman.model import CLAIM_SLOTS, EventType, Happening, Settled, Standing, Status

NS = {"s": "http://www.w3.org/2000/svg"}


def dated(happening: Happening, edtf: str | None, **slots: Any) -> Happening:
    """The happening with another date and other slots."""
    changed = {name: Settled(value, Standing.SINGLE) for name, value in {"date": edtf, **slots}.items()}
    return replace(happening, slots={**happening.slots, **changed})


def only(happening: Happening) -> dict[str, Any]:
    """What is told of the one event of a timeline."""
    (lane,) = timeline_rows([happening])["lanes"]
    (event,) = lane["events"]
    found: dict[str, Any] = event
    return found


def links(svg: str) -> list[str]:
    root = etree.fromstring(svg.encode())
    return sorted(link.get("href") for link in root.iter(f"{{{NS['s']}}}a"))


def test_rows_are_json_and_hold_the_events_of_the_drawing(happenings: list[Happening]) -> None:
    look = Look(link=lambda event: f"/e/{event}")
    rows = json.loads(json.dumps(timeline_rows(happenings, link=look.link)))
    events = [event for lane in rows["lanes"] for event in lane["events"]]
    assert sorted(event["href"] for event in events) == links(timeline(happenings, look=look))
    drawn = etree.fromstring(timeline(happenings).encode())
    assert {event["words"] for event in events} <= {title.text for title in drawn.iter(f"{{{NS['s']}}}title")}


@pytest.mark.parametrize(
    ("edtf", "first", "at", "last", "open_"),
    [
        ("2022-01-10", "2022-01-10", "2022-01-10", "2022-01-10", None),
        ("2022-01", "2022-01-01", "2022-01-16", "2022-01-31", None),
        ("../2022-01-10", "2021-12-21", "2022-01-10", "2022-01-10", "start"),
        ("2022-01-10/..", "2022-01-10", "2022-01-10", "2022-01-30", "end"),
        (None, None, None, None, None),
        ("XXXX-01-10", None, None, None, None),
    ],
)
def test_days_are_bounds_and_the_day_of_the_mark(
    happenings: list[Happening], edtf: str | None, first: str, at: str, last: str, open_: str
) -> None:
    event = only(dated(happenings[0], edtf))
    assert (event["first"], event["at"], event["last"], event["open"]) == (first, at, last, open_)


@pytest.mark.parametrize(
    ("status", "fill", "struck", "unknown"),
    [
        (Status.HELD, "full", False, False),
        (Status.UNDER_WAY, "half", False, False),
        (Status.PLANNED, "hollow", False, False),
        (Status.CANCELLED, "hollow", True, False),
        (None, "hollow", False, True),
    ],
)
def test_the_mark_tells_how_it_stands(
    happenings: list[Happening], status: Status | None, fill: str, *, struck: bool, unknown: bool
) -> None:
    mark = only(dated(happenings[0], "2022-01-10", status=status))["mark"]
    assert (mark["fill"], mark["struck"], mark["unknown"]) == (fill, struck, unknown)


def test_about_and_conflicts_are_told(happenings: list[Happening]) -> None:
    assert only(dated(happenings[0], "2022-01-10~"))["mark"]["about"]
    differing = replace(
        happenings[0],
        slots={**happenings[0].slots, "place": Settled("Geneva", Standing.CONFLICT)},
    )
    assert only(differing)["mark"]["sign"] == "≠"
    assert only(replace(dated(happenings[0], "2022-01-10"), overdue=True))["mark"]["sign"] in {"!", "≠"}


@given(st.lists(st.dates(date(1, 1, 1), date(9999, 12, 31)), min_size=1, max_size=30))
def test_every_day_lies_on_one_of_the_stretches(days: list[date]) -> None:
    empty = {name: Settled(None, Standing.EMPTY) for name in CLAIM_SLOTS}
    bare = Happening(id="", type=EventType.MEETING, slots=empty, claims=(), sources=1, history=())
    events = [replace(dated(bare, day.isoformat()), id=f"{n:016x}") for n, day in enumerate(days)]
    stretches = timeline_rows(events)["stretches"]
    for day in days:
        assert sum(first <= day.isoformat() <= last for first, last in stretches) == 1


def test_hidden_characters_are_shown_or_left_out(happenings: list[Happening]) -> None:
    event = only(dated(happenings[0], "2022-01-10", forum="talks \u202egnirts", place="Be\x07rn"))
    assert "\u202e" not in json.dumps(event, ensure_ascii=False)
    assert "\x07" not in event["label"]


def test_places_are_those_of_the_map(happenings: list[Happening]) -> None:
    rows = place_rows(happenings, link=lambda event: f"/e/{event}")
    held = sum(len(place["events"]) for place in rows["places"])
    assert held + rows["without_place"] == len(happenings)
    description = etree.fromstring(map_of_places(happenings).encode()).find("s:desc", NS).text
    for place in rows["places"]:
        assert f"{place['name']}: {len(place['events'])} event" in description
        view = rows["view"]
        assert view["west"] < place["longitude"] < view["east"]
        assert view["south"] < place["latitude"] < view["north"]


def test_the_coast_is_a_path_of_closed_rings_within_the_world() -> None:
    rings = coast_path().split("z")[:-1]
    assert len(rings) > 50
    for ring in rings:
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(int, start.split(" "))
        numbers = list(map(int, steps.split(" ")))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            assert -1800 <= x <= 1800
            assert -900 <= y <= 900
