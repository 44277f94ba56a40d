"""Feed, calendar, sitemap, linked data: each is read by a reader of its own format."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from lxml import etree  # type: ignore[import-untyped]
from tests.publish.conftest import BASE, files_of, pages_of

from dragoman.dossier import Dossier
from dragoman.publish import Options, publish


def test_the_feed_is_read_and_its_entries_have_stable_names(example_site: Path) -> None:
    found = feedparser.parse((example_site / "feed.xml").read_bytes())
    assert not found.bozo
    assert found.feed.title == "Geneva and after"
    assert found.feed.id.startswith("urn:uuid:")
    ids = [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids)) == 63
    files = files_of(example_site)
    for entry in found.entries:
        assert entry.link.removeprefix(BASE) in files
        assert entry.updated == "2022-02-22T00:00:00Z"
        assert entry.summary
    assert found.entries[0].title == "Edition of 22 February 2022"


def test_the_calendar_is_read_and_holds_what_has_a_day(example_site: Path) -> None:
    found = icalendar.Calendar.from_ical((example_site / "calendar.ics").read_bytes())
    events = {str(event["uid"]): event for event in found.walk("VEVENT")}
    assert len(events) == 38
    called_off = next(e for e in events.values() if "was called off" in str(e["summary"]))
    assert called_off["status"] == "CANCELLED"
    assert called_off["dtstart"].dt == date(2022, 2, 24)
    assert called_off["dtend"].dt == date(2022, 2, 25)
    council = events["88a6b14de2c0a477@dragoman"]
    assert council["status"] == "CONFIRMED"
    assert str(council["location"]) == "Brussels, Belgium"
    assert "Reports differ on the day" in str(council["description"])
    assert str(council["url"]) == f"{BASE}event/88a6b14de2c0a477.html"
    assert "40e1a18a89cd3ca9@dragoman" not in events  # on or after 13 January: no day to show


def test_the_sitemap_lists_every_page_once(example_site: Path) -> None:
    root = etree.fromstring((example_site / "sitemap.xml").read_bytes())
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = [loc.text for loc in root.iter(f"{name}loc")]
    pages = [path for path in files_of(example_site) if path.endswith(".html")]
    assert sorted(listed) == sorted(BASE + path.replace("index.html", "") for path in pages)
    assert {day.text for day in root.iter(f"{name}lastmod")} == {"2022-02-22"}


def _nodes(page: Any) -> list[dict[str, Any]]:
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def test_linked_data_has_the_types_that_schema_org_has(example_site: Path) -> None:
    pages = pages_of(example_site)
    for path, page in pages.items():
        if path.startswith("event/"):
            (node,) = _nodes(page)
            assert node["@type"] in {"Event", "Claim"}
            cited = node.get("subjectOf") or node.get("appearance")
            assert cited
            assert {report["@type"] for report in cited} == {"NewsArticle"}
    article, *events = _nodes(pages["negotiation/549e33a6c09a7852.html"])
    assert article["@type"] == "Article"
    assert len(article["citation"]) == 17
    assert [event["@id"] for event in events] == [one["@id"] for one in article["mentions"]]
    assert _nodes(pages["index.html"])[0]["@type"] == "WebSite"


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("88a6b14de2c0a477", {"@type": "Event", "startDate": "2022-01-12", "eventStatus": "EventScheduled"}),
        ("e7e67a1b2aed2296", {"@type": "Event", "temporalCoverage": "2014-01-09/2014-01-10"}),
        ("40e1a18a89cd3ca9", {"@type": "Event", "startDate": None}),
        ("cb2223a6", {"@type": "Claim", "startDate": None}),
    ],
)
def test_linked_data_claims_no_more_than_the_record(
    example_site: Path, event: str, wanted: dict[str, str | None]
) -> None:
    """An open date gives no start; what was only expected is a claim and no event."""
    (path,) = [p for p in pages_of(example_site) if p.startswith(f"event/{event}")]
    (node,) = _nodes(pages_of(example_site)[path])
    for name, value in wanted.items():
        assert (node.get(name) or "").removeprefix("https://schema.org/") == (value or "")


def test_without_an_address_links_are_relative_and_there_is_no_sitemap(
    invented_dossier: Dossier, tmp_path: Path
) -> None:
    publish(invented_dossier, tmp_path / "site", Options())
    files = files_of(tmp_path / "site")
    assert "sitemap.xml" not in files
    found = feedparser.parse(files["feed.xml"])
    assert not found.bozo
    assert all(entry.link in files for entry in found.entries)
    assert b"canonical" not in files["index.html"]
