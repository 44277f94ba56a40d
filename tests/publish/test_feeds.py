"""Feed, calendar, sitemap, linked data: each is read by a reader of its own format."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from lxml import etree  # type: ignore[import-untyped]
from pyld import jsonld
from tests.publish.conftest import BASE, council_of, files_of, largest_of, pages_of, rows_of

from dragoman.dossier import Dossier
from dragoman.export.ics import UID_HOST
from dragoman.publish import Options, publish
from dragoman.publish.links import negotiation_path


def test_the_feed_is_read_and_its_entries_have_stable_names(example_site: Path) -> None:
    found = feedparser.parse((example_site / "feed.xml").read_bytes())
    assert not found.bozo
    assert found.feed.title == "Geneva and after"
    assert found.feed.id.startswith("urn:uuid:")
    ids = [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids)) == len(rows_of(example_site, "events")) + 1
    files = files_of(example_site)
    for entry in found.entries:
        assert entry.link.removeprefix(BASE) in files
        assert entry.updated == "2022-02-22T00:00:00Z"
        assert entry.summary
    assert found.entries[0].title == "Edition of 22 February 2022"


ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # RFC 3339 in UTC


def only(parent: Any, name: str) -> str:
    """The text of the one element of that name."""
    (element,) = parent.findall(f"{ATOM}{name}")
    return str(element.text)


def test_the_feed_has_all_that_rfc_4287_asks_for(example_site: Path) -> None:
    """Sections 4.1.1 and 4.1.2: what is there once, an author, links that differ, names that are IRIs."""
    root = etree.fromstring((example_site / "feed.xml").read_bytes())
    assert root.tag == f"{ATOM}feed"
    assert only(root, "title")
    assert root.find(f"{ATOM}author/{ATOM}name").text
    entries = root.findall(f"{ATOM}entry")
    names = [only(one, "id") for one in (root, *entries)]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)
    assert len(names) == len(set(names))
    for one in (root, *entries):
        assert MOMENT.fullmatch(only(one, "updated"))
        links = [(link.get("rel"), link.get("type")) for link in one.findall(f"{ATOM}link")]
        assert len(links) == len(set(links)) > 0
        assert all(link.get("href") for link in one.findall(f"{ATOM}link"))
    for entry in entries:
        assert only(entry, "title")
        assert only(entry, "summary")
        assert only(entry, "updated") <= only(root, "updated")
        published = entry.findtext(f"{ATOM}published")
        assert published is None or published <= only(entry, "updated")


def test_the_calendar_keeps_to_rfc_5545(example_site: Path) -> None:
    """Lines of 75 octets at most that end in CR LF; every event with name, stamp and days, no two alike."""
    data = (example_site / "calendar.ics").read_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = icalendar.Calendar.from_ical(data)
    assert found.errors == []
    assert (found["version"], bool(found["prodid"])) == ("2.0", True)
    events = found.walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events) > 20
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
        assert event["dtstart"].dt < event["dtend"].dt


def test_the_calendar_is_read_and_holds_what_has_a_day(example_site: Path) -> None:
    found = icalendar.Calendar.from_ical((example_site / "calendar.ics").read_bytes())
    events = {str(event["uid"]): event for event in found.walk("VEVENT")}
    certain = [
        row for row in rows_of(example_site, "events") if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"] or "")
    ]
    dated = {f"{row['id']}@{UID_HOST}" for row in certain if row["type"] in {"meeting", "agreement"}}
    assert len(dated) > 20
    assert dated <= set(events)
    called_off = next(e for e in events.values() if "was called off" in str(e["summary"]))
    assert called_off["status"] == "CANCELLED"
    assert called_off["dtstart"].dt == date(2022, 2, 24)
    assert called_off["dtend"].dt == date(2022, 2, 25)
    event = council_of(example_site)
    council = events[f"{event}@{UID_HOST}"]
    assert council["status"] == "CONFIRMED"
    assert str(council["location"]) == "Brussels, Belgium"
    assert "Reports differ on the day" in str(council["description"])
    assert str(council["url"]) == f"{BASE}event/{event}.html"
    for row in rows_of(example_site, "events"):
        if (row["date"] or "..").count("-") < 2 or ".." in (row["date"] or ".."):  # a month, or open
            assert f"{row['id']}@{UID_HOST}" not in events


def test_the_sitemap_lists_every_page_once(example_site: Path) -> None:
    root = etree.fromstring((example_site / "sitemap.xml").read_bytes())
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = [loc.text for loc in root.iter(f"{name}loc")]
    pages = [path for path in files_of(example_site) if path.endswith(".html")]
    assert sorted(listed) == sorted(BASE + path.replace("index.html", "") for path in pages)
    assert {day.text for day in root.iter(f"{name}lastmod")} == {"2022-02-22"}
    assert root.tag == f"{name}urlset"
    assert {url.tag for url in root} == {f"{name}url"}
    assert all([part.tag for part in url] == [f"{name}loc", f"{name}lastmod"] for url in root)
    assert all(len(address) < 2048 for address in listed)


# What schema.org makes of the terms that the pages use: IRIs for things, days for days.
SCHEMA = "https://schema.org/"
CONTEXT = {
    "@vocab": SCHEMA,
    **{term: {"@type": "@id"} for term in ("eventStatus", "url")},
    **{term: {"@type": f"{SCHEMA}Date"} for term in ("startDate", "datePublished", "dateModified")},
}
# The properties that each type has on schema.org, its own or those of the types above it.
TERMS = {
    "Article": "headline abstract mentions citation",
    "Claim": "identifier name text appearance",
    "Country": "name",
    "Event": "identifier name description keywords eventStatus startDate temporalCoverage location attendee "
    "contributor about subjectOf",
    "NewsArticle": "headline publisher datePublished url inLanguage",
    "Organization": "name",
    "Person": "name",
    "Place": "name address",
    "PostalAddress": "addressCountry",
    "WebSite": "name publisher license url dateModified",
}


def _load(address: str, _: Any) -> dict[str, Any]:
    """The context, from here: a reader of JSON-LD asks for it, and no test asks a network."""
    assert address == "https://schema.org"
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": CONTEXT}}


def _check(node: dict[str, Any]) -> None:
    """A node has one type of schema.org, or only refers to another, and no property that its type has not."""
    if set(node) == {"@id"}:
        return
    (kind,) = node["@type"]
    allowed = {f"{SCHEMA}{term}" for term in TERMS[kind.removeprefix(SCHEMA)].split()}
    assert {name for name in node if not name.startswith("@")} <= allowed, (kind, set(node) - allowed)
    for name, values in node.items():
        for value in values if not name.startswith("@") else ():
            if "@value" not in value:
                _check(value)


def test_linked_data_is_read_by_a_reader_of_json_ld_without_a_network(example_site: Path) -> None:
    """Every page's data gives triples whose types and properties are schema.org's."""
    found = 0
    for path, page in pages_of(example_site).items():
        for text in page.xpath("//script[@type='application/ld+json']/text()"):
            nodes = jsonld.expand(json.loads(text), {"documentLoader": _load})
            assert nodes, path
            for node in nodes:
                _check(node)
            triples = jsonld.to_rdf(json.loads(text), {"documentLoader": _load})["@default"]
            subjects = {triple["subject"]["value"] for triple in triples}
            mentioned = [
                triple["object"]["value"]
                for triple in triples
                if triple["predicate"]["value"] == f"{SCHEMA}mentions"
            ]
            assert set(mentioned) <= subjects, path  # what an article mentions is told beside it
            found += 1
    assert found > 60


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
    page = pages[negotiation_path(largest_of(example_site)["id"])]
    article, *events = _nodes(page)
    assert article["@type"] == "Article"
    assert len(article["citation"]) == len(page.xpath("//section[@class='cited']//li")) > 10
    assert [event["@id"] for event in events] == [one["@id"] for one in article["mentions"]]
    assert _nodes(pages["index.html"])[0]["@type"] == "WebSite"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (
            {"date": "2022-01-12", "status": "held"},
            {"@type": "Event", "startDate": "2022-01-12", "eventStatus": "EventScheduled"},
        ),
        ({"date": "2014-01-09/2014-01-10"}, {"@type": "Event", "temporalCoverage": "2014-01-09/2014-01-10"}),
        ({"date": "../2022-01-10"}, {"@type": "Event", "startDate": None, "temporalCoverage": None}),
        ({"status": "expected"}, {"@type": "Claim", "startDate": None, "eventStatus": None}),
        ({"status": "cancelled"}, {"@type": "Event", "eventStatus": "EventCancelled"}),
    ],
)
def test_linked_data_claims_no_more_than_the_record(
    example_site: Path, asked: dict[str, str], wanted: dict[str, str | None]
) -> None:
    """An open date gives no start; what was only expected is a claim and no event."""
    rows = rows_of(example_site, "events")
    event = next(row["id"] for row in rows if all(row[name] == value for name, value in asked.items()))
    (node,) = _nodes(pages_of(example_site)[f"event/{event}.html"])
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
