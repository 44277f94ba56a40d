"""Every form carries the evidence and the sources of every event in it, as far as the form has room."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import reading
from conftest import TEXT

from dragoman.export import FORMATS, Contents
from dragoman.model import Span
from dragoman.output.told import Told

WORDS = ("Norway and Chile met in Geneva", "Norway proposed a quota")

ALL, FIRST, NONE = "the words of every claim", "the words of the first claim", "no room for words"
ROOM = {
    "csv": ALL, "parquet": ALL, "jsonl": ALL, "ftm": ALL, "webannotation": ALL, "geojson": ALL,
    "markdown": ALL, "prov": ALL, "timelinejs": FIRST, "ics": FIRST, "gexf": FIRST, "graphml": FIRST,
    "plover": NONE, "csl": NONE, "bibtex": NONE,
}  # fmt: skip
# Forms that name a report by its address where it is of the web, and by outlet and title where it is a file.
LINKS_ALONE = frozenset({"webannotation", "timelinejs", "ics", "gexf", "graphml"})
CREDIT_ALONE = frozenset({"plover"})  # POLECAT's table has a column for the source and none for an address


@pytest.fixture(scope="module")
def two_told(contents: Contents) -> Contents:
    """The dossier with two claims for every event: one of a page of the web, one of a file."""
    start = TEXT.index(WORDS[1])
    words = Span.of(TEXT, start, start + len(WORDS[1]))

    def both(told: Told) -> Told:
        (one,) = told.claims
        other = next(key for key in contents.reports if key != one.report)
        two = replace(one, id=one.id.replace("c", "d"), report=other, evidence=(words,), words=())
        return Told(replace(told.happening, claims=(one.id, two.id)), (one, two), told.reports)

    told = tuple(both(one) for one in contents.told())
    return replace(contents, told=lambda: told)


def _tables(tables: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    sources = {row["id"]: row for row in tables["sources"]}
    for row in tables["evidence"]:
        yield row["event"], f"{row['exact']} {sources[row['report']]}"


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    found: dict[str, dict[str, Any]] = {}
    for kind, value in reading.values(data):
        if kind in {"event", "claim", "report"}:
            found.setdefault(kind, {})[value.id] = value
    for event in found["event"].values():
        for claim in (found["claim"][key] for key in event.claims):
            yield event.id, f"{[span.exact for span in claim.evidence]} {found['report'][claim.report]}"


def _ftm(data: bytes) -> Iterator[tuple[str, str]]:
    rows = {row["id"]: row for row in reading.lines(data)}
    for row in rows.values():
        if row["schema"] == "Documentation":
            p = row["properties"]
            yield p["entity"][0].removeprefix("event-"), f"{p['summary']} {rows[p['document'][0]]}"


def _annotations(data: bytes) -> Iterator[tuple[str, str]]:
    for row in reading.annotations(data):
        yield row["body"][0]["source"].removeprefix("urn:dragoman:event:"), str(row["target"])


def _edges(graph: Any) -> Iterator[tuple[str, str]]:
    for _, _, edge in graph.edges(data=True):
        for event in edge["events"].split("; "):
            yield event, f"{edge['sources']} {edge['words']}"


def _references(data: bytes) -> Iterator[tuple[str, str]]:
    for row in json.loads(data):
        for event in row["custom"]["events"]:
            yield event, str(row)


def _bibliography(data: bytes) -> Iterator[tuple[str, str]]:
    for entry in reading.bibliography(data).entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        for event in fields["keywords"].split(", "):
            yield event, str(fields).replace("\\", "")


def _notes(data: bytes) -> Iterator[tuple[str, str]]:
    notes = reading.notes_of(data)
    for front, body in notes.values():
        if "kind" in front and "reports" in front:
            linked = [notes[f"{link.strip('[]')}.md"][0] for link in front["reports"]]
            yield front["id"], f"{body} {linked}"


def _provenance(data: bytes) -> Iterator[tuple[str, str]]:
    reading.provenance(data)
    rows = json.loads(data)
    derived: dict[str, list[str]] = {}
    for one in rows["wasDerivedFrom"].values():
        derived.setdefault(one["prov:generatedEntity"], []).append(one["prov:usedEntity"])

    def below(name: str) -> str:
        return " ".join([str(rows["entity"][name]), *map(below, derived.get(name, ()))])

    for name in rows["entity"]:
        if name.startswith("event:"):
            yield name.removeprefix("event:"), below(name)


READ: Mapping[str, Callable[[bytes], Iterator[tuple[str, str]]]] = {
    "csv": lambda data: _tables(reading.tables(data)),
    "parquet": lambda data: _tables(reading.parquets(data)),
    "jsonl": _lines,
    "ftm": _ftm,
    "webannotation": _annotations,
    "timelinejs": lambda data: ((s["unique_id"], s["text"]["text"]) for s in reading.slides(data)),
    "geojson": lambda data: ((f["id"], str(f["properties"])) for f in json.loads(data)["features"]),
    "gexf": lambda data: _edges(reading.READERS["gexf"](data)),
    "graphml": lambda data: _edges(reading.READERS["graphml"](data)),
    "ics": lambda data: (
        (str(event["uid"]).split("@")[0], str(event["description"]))
        for event in reading.calendar(data).walk("VEVENT")
    ),
    "plover": lambda data: ((row[0], str(row)) for row in reading.READERS["plover"](data)[1:]),
    "csl": _references,
    "bibtex": _bibliography,
    "markdown": _notes,
    "prov": _provenance,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_event_brings_its_words_and_where_they_stand(two_told: Contents, name: str) -> None:
    found: dict[str, str] = {}
    for event, text in READ[name](reading.exported(two_told, name)):
        found[event] = f"{found.get(event, '')} {text.replace('&amp;', '&')}"
    events = {told.id: told for told in two_told.told()}
    assert found, name
    assert set(found) <= set(events)
    for event, text in found.items():
        claims = events[event].claims
        words = [claim.evidence[0].exact for claim in claims]
        assert sorted(words) == sorted(WORDS)
        if ROOM[name] == ALL:
            assert all(one in text for one in words), (event, text)
        elif ROOM[name] == FIRST:
            assert any(one in text for one in words), (event, text)
        else:
            assert not any(one in text for one in words), "there is room: say so above"
        for report in events[event].told_by:
            if name in CREDIT_ALONE or (name in LINKS_ALONE and report.url is None):
                where = report.title
            else:
                where = report.url or report.address
            assert where, report
            assert where in text, (event, where, text)


def test_every_form_is_looked_at() -> None:
    assert set(READ) == set(ROOM) == set(FORMATS)
