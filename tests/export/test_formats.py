"""Every form of export opens in its own tool's library and holds what the dossier says, with its evidence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import shape

sys.path.insert(0, str(Path(__file__).parent))

import reading
from conftest import TEXT

from dragoman.errors import UsageError
from dragoman.export import FORMATS, Contents, Notes, find_format, write_file
from dragoman.export.graph import graph_of
from dragoman.export.ics import days_certain
from dragoman.export.plover import HEADERS
from dragoman.export.tables import KINDS, TABLES
from dragoman.model import CLAIM_SLOTS, EventType, Happening, Status

IDS = tuple(f"{n:02}" + "c" * 14 for n in range(9))


def read(contents: Contents, name: str, notes: Notes | None = None) -> Any:
    return reading.READERS[name](reading.exported(contents, name, notes))


def test_every_form_has_a_reader_in_these_tests() -> None:
    assert set(reading.READERS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_dossier_gives_the_same_bytes(contents: Contents, name: str) -> None:
    assert reading.exported(contents, name) == reading.exported(contents, name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_dossier_is_a_sound_file(name: str) -> None:
    empty = Contents(told=lambda: (), reports={})
    assert reading.READERS[name](reading.exported(empty, name)) is not None


@pytest.mark.parametrize("name", FORMATS)
def test_evidence_and_sources_go_with_it(contents: Contents, name: str) -> None:
    data = reading.exported(contents, name)
    if FORMATS[name].many and name != "parquet":
        data = b"\n".join(reading.archive(data).values())
    text = str(reading.parquets(data)) if name == "parquet" else data.decode().replace("\r\n ", "")
    assert "Lakeside Wire" in text or name in {"gexf", "graphml"}
    assert "Norway and Chile met in Geneva" in text or name in {"plover", "csl", "bibtex"}
    if name in {"gexf", "graphml", "csl", "bibtex", "plover"}:  # forms of events or sources: ids lead on
        assert IDS[0] in text


def test_tables_have_every_column_that_the_codebook_tells(contents: Contents) -> None:
    found = read(contents, "csv")
    codebook = found.pop("codebook")
    assert [(row["table"], row["column"]) for row in codebook] == [
        (table.name, column.name) for table in TABLES for column in table.columns
    ]
    assert set(found) == {table.name for table in TABLES}
    for table in TABLES:
        assert all(column.kind in KINDS for column in table.columns)
        rows = list(table.rows(contents))
        assert len(found[table.name]) == len(rows) > 0, table.name
        for row in rows:
            assert list(row) == [column.name for column in table.columns] or set(row) == {
                column.name for column in table.columns
            }


def test_csv_and_parquet_give_the_same_rows_back(contents: Contents) -> None:
    """Both forms, read back, hold the values that were written."""
    plain, typed = read(contents, "csv"), read(contents, "parquet")
    for table in TABLES:
        for row, cells, values in zip(
            table.rows(contents), plain[table.name], typed[table.name], strict=True
        ):
            for column in table.columns:
                wanted = row[column.name]
                got = values[column.name]
                as_typed = list(wanted) if isinstance(wanted, tuple) else wanted
                as_typed = date.fromisoformat(wanted) if column.kind == "day" and wanted else as_typed
                assert got == as_typed, (table.name, column.name)
                assert cells[column.name].lstrip("'") == in_csv(wanted).lstrip("'"), (table.name, column.name)


def in_csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, tuple) else " ".join(str(value).split())


def test_json_lines_read_back_are_the_values(contents: Contents) -> None:
    found: dict[str, list[Any]] = {}
    for kind, value in read(contents, "jsonl"):
        found.setdefault(kind, []).append(value)
    told = list(contents.told())
    assert found["event"] == [one.happening for one in told]
    assert found["claim"] == [claim for one in told for claim in one.claims]
    assert found["report"] == list(contents.reports.values())
    assert found["negotiation"] == list(contents.negotiations)
    assert found["actor"] == list(contents.profiles)
    assert found["judgement"] == list(contents.judgements)
    assert [said for _, said in found["statement"]] == [
        said for key in contents.reports for said in contents.statements(key)
    ]


def follow_the_money(data: bytes) -> subprocess.CompletedProcess[bytes]:
    """
    The entities, checked by the library against its own schemata.

    In a process of its own: it needs a stand-in for a library. DRAGOMAN_FTM_PYTHON names another Python.
    """
    python = os.environ.get("DRAGOMAN_FTM_PYTHON")
    if not python and find_spec("followthemoney") is None:
        pytest.skip("followthemoney is not installed (make test brings it)")
    command = [python or sys.executable, str(Path(__file__).parent / "ftm_reader.py")]
    return subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603


def test_follow_the_money_takes_every_entity_as_it_is(contents: Contents) -> None:
    """Every property is one of its schema and its type, every reference leads to an entity of its range."""
    data = reading.exported(contents, "ftm")
    read = follow_the_money(data)
    assert read.returncode == 0, read.stderr.decode()
    assert json.loads(read.stdout)["entities"] == len(reading.lines(data))
    schemata = [row["schema"] for row in reading.lines(data)]
    assert {"Event", "Article", "PublicBody", "Person", "Documentation", "UnknownLink"} <= set(schemata)
    assert schemata.count("Event") == len(IDS)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'"schema": "Article"', b'"schema": "Articles"'),
        (b'"publisher"', b'"printer"'),
        (b'"publishedAt": ["2022-01-10"]', b'"publishedAt": ["soon"]'),
        (b'"country": ["no"]', b'"country": ["NOR"]'),
        (b'"proof": ["report-', b'"proof": ["party-'),
    ],
)
def test_follow_the_money_refuses_what_its_schemata_do_not_allow(
    contents: Contents, right: bytes, wrong: bytes
) -> None:
    data = reading.exported(contents, "ftm")
    assert right in data
    assert follow_the_money(data.replace(right, wrong)).returncode != 0


def test_annotations_select_the_words_they_quote(contents: Contents) -> None:
    """Positions count code points: the dove before the words, two units in UTF-16, counts once."""
    found = read(contents, "webannotation")
    assert len(found) == 2 * len(IDS)  # for each claim its evidence and the words of its place
    for annotation in found:
        position, quote = annotation["target"]["selector"]
        text = contents.text("") or ""
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        assert annotation["generated"].endswith("Z")
    assert {a["motivation"] for a in found} == {"identifying", "tagging"}
    assert "🕊" in TEXT[: found[0]["target"]["selector"][0]["start"]]
    pages = {annotation["target"].get("scope") for annotation in found}
    assert pages == {None, "https://wire.example/talks?a=1&b=2"}


# https://timeline.knightlab.com/docs/json-format.html: the objects, their properties, and what each must be.
SLIDE = {
    "start_date": dict, "end_date": dict, "text": dict, "media": dict, "group": str, "display_date": str,
    "background": dict, "autolink": bool, "unique_id": str,
}  # fmt: skip
DAY = dict.fromkeys(("year", "month", "day", "hour", "minute", "second", "millisecond"), int)
TEXTS = {"headline": str, "text": str}


def test_slides_have_the_shape_that_timelinejs_documents(contents: Contents) -> None:
    found = json.loads(reading.exported(contents, "timelinejs"))
    assert set(found) <= {"events", "title", "eras", "scale"}
    assert found["scale"] in {"human", "cosmological"}
    for slide in found["events"]:
        assert {"start_date", "text"} <= set(slide)
        assert all(isinstance(value, SLIDE[name]) for name, value in slide.items())
        assert all(isinstance(value, TEXTS[name]) for name, value in slide["text"].items())
        for name in ("start_date", "end_date"):
            day = slide.get(name, slide["start_date"])
            assert "year" in day
            assert all(isinstance(value, DAY[part]) for part, value in day.items())
            date(day["year"], day["month"], day["day"])
    names = [slide["unique_id"] for slide in found["events"]]
    assert len(names) == len(set(names))


def test_slides_begin_on_a_day_and_say_what_is_uncertain(contents: Contents) -> None:
    notes: Notes = []
    found = {slide["unique_id"]: slide for slide in read(contents, "timelinejs", notes)}
    assert set(found) == {IDS[n] for n in range(6)}
    assert notes == ["3 events without a date, or of an unknown year, are left out"]
    assert found[IDS[1]]["start_date"] == {"year": 2022, "month": 1, "day": 10}
    assert found[IDS[1]]["end_date"] == {"year": 2022, "month": 1, "day": 12}
    assert found[IDS[3]]["display_date"] == "about 21 January 2022"
    assert found[IDS[4]]["display_date"] == "by 13 January 2022"
    assert "end_date" not in found[IDS[5]]
    assert "reports differ" in found[IDS[0]]["text"]["text"]


def test_features_are_points_of_the_globe_or_have_none(contents: Contents) -> None:
    collection = read(contents, "geojson")
    assert collection["type"] == "FeatureCollection"
    assert [feature["id"] for feature in collection["features"]] == list(IDS)
    for feature in collection["features"]:
        point = shape(feature["geometry"])
        assert (round(point.x, 2), round(point.y, 2)) == (6.15, 46.2)
        assert feature["properties"]["reports"]
        assert feature["properties"]["words"]


def test_a_collection_keeps_to_rfc_7946(contents: Contents) -> None:
    """Section 3.2: a feature has a geometry or null, and properties; 3.1.1: longitude first; 4: no "crs"."""
    collection = read(contents, "geojson")
    assert set(collection) == {"type", "features"}
    places = {None: None, "Geneva": (6.15, 46.2)}
    told = list(contents.told())
    slots = {**told[0].happening.slots}
    slots |= {name: replace(slots[name], value=None) for name in ("place", "country")}
    nowhere = replace(told[0], happening=replace(told[0].happening, slots=slots, id="n" * 16))
    more = read(replace(contents, told=lambda: (*told, nowhere)), "geojson")["features"]
    assert more[-1]["geometry"] is None
    for feature in more:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            assert set(feature["geometry"]) == {"type", "coordinates"}
            assert feature["geometry"]["type"] == "Point"
            assert tuple(feature["geometry"]["coordinates"]) == places[feature["properties"]["place"]]
        assert "Norway" in feature["properties"]["name"]
    assert len({feature["id"] for feature in more}) == len(more)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_a_graph_read_back_is_the_graph(contents: Contents, name: str) -> None:
    """The same nodes and edges with the same attributes of the same types; a weight of GEXF is a decimal."""
    wanted, found = graph_of(contents.told()), read(contents, name)
    assert dict(found.nodes(data=True)) == dict(wanted.nodes(data=True))
    assert {frozenset(pair) for pair in found.edges} == {frozenset(pair) for pair in wanted.edges}
    for left, right, edge in wanted.edges(data=True):
        read_back = {key: value for key, value in found.edges[left, right].items() if key != "id"}
        assert read_back == edge
        for key in edge.keys() - {"weight"}:
            assert type(read_back[key]) is type(edge[key]), key


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_a_graph_joins_who_met(contents: Contents, name: str) -> None:
    graph = read(contents, name)
    assert set(graph.nodes) == {"CHL", "NOR"}
    edge = graph.edges["CHL", "NOR"]
    assert (edge["meetings"], edge["proposals"], edge["agreements"], edge["refusals"]) == (5, 1, 2, 1)
    assert edge["events"].split("; ") == list(IDS)
    assert set(edge["reports"].split("; ")) == set(contents.reports)
    assert (edge["first"], edge["last"]) == ("2022-01-01", "2022-01-31")
    assert graph.nodes["NOR"]["country"] == "NO"


def test_a_calendar_holds_certain_days_alone(contents: Contents) -> None:
    notes: Notes = []
    calendar = read(contents, "ics", notes)
    events = calendar.walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [
        f"{IDS[0]}@dragoman.invalid",
        f"{IDS[1]}@dragoman.invalid",
    ]
    assert notes == ["7 events whose days are not certain are left out"]
    one, span = events
    assert (one.start, one.end) == (date(2022, 1, 10), date(2022, 1, 11))  # the end is exclusive
    assert (span.start, span.end) == (date(2022, 1, 10), date(2022, 1, 13))
    assert str(one["status"]) == "CONFIRMED"
    assert "Norway and Chile met in Geneva" in str(one["description"])
    assert str(span["url"]) == "https://wire.example/talks?a=1&b=2"


def test_an_event_keeps_its_name_in_the_calendar_however_many_reports_follow(contents: Contents) -> None:
    """So that it takes the second export for a newer state of the first: RFC 5545, 3.8.4.7 and 3.8.7.4."""
    told = next(iter(contents.told()))
    later = replace(told, claims=(*told.claims, *(replace(claim, id="e" * 16) for claim in told.claims)))
    (one,) = read(replace(contents, told=lambda: (told,)), "ics").walk("VEVENT")
    (two,) = read(replace(contents, told=lambda: (later,)), "ics").walk("VEVENT")
    assert (one["uid"], one.start, one.end) == (two["uid"], two.start, two.end)
    assert (one["sequence"], two["sequence"]) == (0, 1)
    for event in (one, two):  # RFC 5545, 3.6.1
        assert {"UID", "DTSTAMP", "DTSTART"} <= set(event)
        assert str(event["dtstamp"].dt.tzinfo) == "UTC"


def test_lines_of_a_calendar_are_folded_and_escaped(contents: Contents) -> None:
    """RFC 5545, 3.1 and 3.3.11: at most 75 octets a line, no character cut; what separates is escaped."""
    words = "first; second, third\\n fourth " + "ü🕊" * 60
    told = next(iter(contents.told()))
    slots = {**told.happening.slots, "subject": replace(told.happening.slots["subject"], value=words)}
    one = replace(contents, told=lambda: (replace(told, happening=replace(told.happening, slots=slots)),))
    data = reading.exported(one, "ics")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a character that is cut in two does not decode
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert "first\\; second\\, third\\\\n fourth" in unfolded
    (event,) = reading.calendar(data).walk("VEVENT")
    assert words in str(event["description"])
    calendar = reading.calendar(data)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]


def test_a_date_is_certain_by_its_words_alone() -> None:
    assert days_certain("2022-01-10") == (date(2022, 1, 10), date(2022, 1, 10))
    for edtf in ("2022-01", "2022", "2022-01-10~", "../2022-01-10", "2022-01-10/..", "XXXX-01-10", None, "x"):
        assert days_certain(edtf) is None, edtf
    assert days_certain("2022-01/2022-02") is None


# The first line of POLECAT's monthly files as tgb/datasets/tkgl_polecat/tkgl_polecat.py of the repository
# shenyangHuang/TGB, which reads them by position, keeps it; in the files of a year the fifth has a new name.
POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country"
    "\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID"
    "\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors"
    "\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince"
    "\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date"
    "\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
)


def test_plover_rows_have_polecats_headers(contents: Contents) -> None:
    notes: Notes = []
    header, *rows = read(contents, "plover", notes)
    assert header == list(HEADERS)
    assert header == POLECAT.replace("\tIntensity\t", "\tEvent Intensity\t").split("\t")
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["Event ID"], row["Event Type"], row["Event Date"]) for row in found] == [
        (IDS[0], "CONSULT", "2022-01-10"),
        (IDS[1], "AGREE", "2022-01-10"),
    ]
    assert notes == [
        "2 events are denied, failed or unclear: PLOVER has no category for them",
        "5 events whose days are not certain are left out: an Event Date is a day",
    ]
    assert found[0]["Actor Country"] == "CHL; NOR"
    assert found[0]["Recipient Name"] == "None"
    assert (found[0]["Latitude"], found[0]["Longitude"]) == ("46.2", "6.15")
    assert found[0]["Event Intensity"] == "2.1"


@pytest.mark.parametrize(
    ("kind", "status", "category"),
    [
        (EventType.MEETING, Status.HELD, "CONSULT"),
        (EventType.MEETING, Status.UNDER_WAY, "CONSULT"),
        (EventType.MEETING, Status.PLANNED, "AGREE"),
        (EventType.AGREEMENT, Status.REACHED, "AGREE"),
        (EventType.PROPOSAL, Status.MADE, "REQUEST"),
        (EventType.REFUSAL, Status.MADE, "REJECT"),
        (EventType.MEETING, Status.DENIED, None),
    ],
)
def test_plover_categories_follow_the_codebook(
    contents: Contents, kind: EventType, status: Status, category: str | None
) -> None:
    told = next(iter(contents.told()))
    slots = {**told.happening.slots, "status": replace(told.happening.slots["status"], value=str(status))}
    one = replace(told, happening=replace(told.happening, type=kind, slots=slots))
    _, *rows = read(replace(contents, told=lambda: (one,)), "plover")
    assert [row[2] for row in rows] == ([category] if category else [])


def test_a_proposal_goes_from_some_to_others(contents: Contents) -> None:
    told = list(contents.told())[2]
    slots = {**told.happening.slots, "date": replace(told.happening.slots["date"], value="2022-01-10")}
    one = replace(told, happening=replace(told.happening, slots=slots))
    header, row = read(replace(contents, told=lambda: (one,)), "plover")
    found = dict(zip(header, row, strict=True))
    assert (found["Actor Country"], found["Recipient Country"]) == ("NOR", "CHL")
    assert found["Quad Code"] == "VERBAL CONFLICT"
    assert found["Event Intensity"] == "-5.0"  # a number of ours, no formula


def test_references_are_read_by_their_processors(contents: Contents) -> None:
    items = json.loads(reading.exported(contents, "csl"))
    assert set(read(contents, "csl")) == set(contents.reports)
    assert items[0]["issued"] == {"date-parts": [[2022, 1, 10]]}
    assert items[0]["URL"] == "https://wire.example/talks?a=1&b=2"
    assert "URL" not in items[1]  # a file has none
    assert items[0]["custom"]["events"] == [IDS[n] for n in (1, 3, 5, 7)]
    entries = read(contents, "bibtex").entries_dict
    assert set(entries) == {f"dragoman-{key}" for key in contents.reports}
    first = entries[f"dragoman-{items[0]['id']}"].fields_dict
    assert first["year"].value == "2022"
    assert first["howpublished"].value == "Lakeside Wire"


def test_notes_link_events_reports_and_negotiations(contents: Contents) -> None:
    found = read(contents, "markdown")
    names = {name.removesuffix(".md") for name in found}
    links = {
        link
        for front, body in found.values()
        for text in (str(front), body)
        for link in [part.split("]]")[0] for part in text.split("[[")[1:]]
    }
    assert links <= names
    front, body = found[f"events/2022-01-10 {IDS[0]}.md"]
    assert front["parties"] == ["CHL", "NOR"]
    assert front["conflicts"] == ["date"]
    assert "> Norway and Chile met in Geneva" in body
    assert f"events/undated {IDS[7]}.md" in found
    assert len(found) == len(IDS) + 2 + 1


def test_provenance_leads_from_an_event_to_bytes_and_people(contents: Contents) -> None:
    document = read(contents, "prov")
    text = document.get_provn()
    assert f"wasDerivedFrom(event:{IDS[0]}, claim:{IDS[0]}" in text
    for report in contents.reports.values():
        assert f"wasDerivedFrom(report:{report.id}, bytes:{report.original_sha256}" in text
        assert f"wasAssociatedWith(reading:{report.id}, software:0.1.0" in text
    assert f"wasAssociatedWith(judgement:{'a' * 64}, person:Ada" in text
    assert f"wasInfluencedBy(event:{IDS[0]}, judgement:{'a' * 64}" in text


def test_an_unknown_form_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="there are csv, parquet, jsonl"):
        find_format("xlsx")


def test_forms_of_several_files_go_into_a_folder_or_an_archive(contents: Contents, tmp_path: Path) -> None:
    write_file(contents, find_format("csv"), tmp_path / "tables")
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert names == {"codebook.csv", *(f"{table.name}.csv" for table in TABLES)}
    write_file(contents, find_format("csv"), tmp_path / "tables.zip")
    assert set(reading.archive((tmp_path / "tables.zip").read_bytes())) == names


def test_nothing_is_left_where_writing_fails(contents: Contents, tmp_path: Path) -> None:
    def fail() -> Any:
        yield next(iter(contents.told()))
        message = "the dossier is gone"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        write_file(replace(contents, told=fail), find_format("jsonl"), tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(contents, find_format("jsonl"), tmp_path / "file" / "out.jsonl")


def test_every_slot_is_in_every_form_that_has_room_for_it(happenings: list[Happening]) -> None:
    assert {column.name for table in TABLES if table.name == "claims" for column in table.columns} >= set(
        CLAIM_SLOTS
    )
    assert set(happenings[0].slots) == set(CLAIM_SLOTS)
