"""What the drawings of a negotiation show, as data, and when its page offers to bring more than drawings."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served import ROOT, Page

from dragoman.dossier import Dossier
from dragoman.model import Negotiation
from dragoman.web.render import asset, templates


@pytest.fixture
def largest(example: Dossier) -> Negotiation:
    return max(example.negotiations(), key=lambda n: len(n.happenings))


def events(rows: dict[str, Any]) -> set[str]:
    return {event["id"] for lane in rows["lanes"] for event in lane["events"]}


@pytest.mark.parametrize("group", ["forum", "pair"])
def test_the_data_of_the_timeline_hold_all_events(
    client: TestClient, largest: Negotiation, group: str
) -> None:
    answer = client.get(f"/negotiations/{largest.id}/timeline.json?group={group}")
    assert answer.headers["content-type"] == "application/json"
    rows = answer.json()
    assert rows["group"] == group
    assert events(rows) == set(largest.happenings)
    assert all(
        event["href"] == f"/events/{event['id']}" for lane in rows["lanes"] for event in lane["events"]
    )


def test_the_filters_of_the_page_hold_for_them(client: TestClient, largest: Negotiation) -> None:
    whole = events(client.get(f"/negotiations/{largest.id}/timeline.json").json())
    some = events(client.get(f"/negotiations/{largest.id}/timeline.json?type=proposal").json())
    assert some
    assert some < whole
    places = client.get(f"/negotiations/{largest.id}/places.json?type=proposal").json()["places"]
    assert {event["id"] for place in places for event in place["events"]} <= some
    text = Page.of(client, f"/negotiations/{largest.id}?type=proposal&page=1&group=pair").text
    if asset("vendor/d3-zoom.js"):
        assert f'data-from="/negotiations/{largest.id}/timeline.json?group=pair&amp;type=proposal"' in text
        assert f'data-from="/negotiations/{largest.id}/places.json?type=proposal"' in text


def test_they_are_described_and_unknown_ones_are_not_found(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    for name in ("timeline", "places"):
        assert described[f"/negotiations/{{key}}/{name}.json"]["get"]["summary"]
        assert client.get(f"/negotiations/none/{name}.json").status_code == 404


def test_the_coast_comes_as_text_that_may_be_kept(client: TestClient) -> None:
    answer = client.get(asset("coast.txt"))
    assert answer.headers["content-type"].startswith("text/plain")
    assert "immutable" in answer.headers["cache-control"]
    assert re.fullmatch(r"[-Mlz0-9 ]+", answer.text)
    assert len(gzip.compress(answer.content)) < 10_000


def test_without_the_library_the_page_is_plain(
    client: TestClient, largest: Negotiation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        templates().globals, "asset", lambda name: "" if name.startswith("vendor/") else asset(name)
    )
    text = Page.of(client, f"/negotiations/{largest.id}").text
    assert "data-widget" not in text
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="dg"') >= 4  # two, twice


@pytest.mark.skipif(not asset("vendor/d3-zoom.js"), reason="needs Node: make demo")
def test_what_script_brings_is_small(client: TestClient, largest: Negotiation) -> None:
    text = Page.of(client, f"/negotiations/{largest.id}").text
    scripts = {name for found in re.findall(r'data-scripts="([^"]+)"', text) for name in found.split(" ")}
    assert len(scripts) == 4
    assert sum(len(gzip.compress(client.get(name).content)) for name in scripts) < 40_000
    assert "data-scripts" not in Page.of(client, "/").text


def test_the_licences_of_what_is_packed_come_with_it() -> None:
    vendor = ROOT / "src" / "dragoman" / "web" / "static" / "vendor"
    if not (vendor / "d3-zoom.js").exists():
        pytest.skip("needs Node: make demo")
    words = (vendor / "LICENSES.txt").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for name in re.findall(r"https://d3js\.org/(d3-\w+)/", (vendor / "d3-zoom.js").read_text("utf-8")):
        assert f"\n{name}\n" in words
        assert name.removeprefix("d3-") in notice
