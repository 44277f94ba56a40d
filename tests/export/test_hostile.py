"""Whatever a report holds comes out inert in every form of export and in every drawing."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))

import reading
from hostile import HIDDEN, HOSTILE, MEGABYTE

from dragoman.export import FORMATS
from dragoman.export.plots import KINDS, plot

OBEYED = ("=", "+", "-", "@", "\t", "\r")
ALLOWED = {
    "svg", "title", "desc", "style", "defs", "linearGradient", "stop", "rect", "path", "circle", "text", "g",
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
EVERY = [pytest.param(words, id=name) for name, words in HOSTILE.items()]


def raw(name: str, data: bytes) -> bytes:
    """The bytes that somebody looks at: those of the files, where there are several."""
    return b"\n".join(reading.archive(data).values()) if FORMATS[name].many else data


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", EVERY)
def test_every_form_stays_whole_and_hides_nothing(make: Any, name: str, words: str) -> None:
    """It opens in the format's own library, and no character in it turns or hides what is seen."""
    data = reading.exported(make(words), name)
    assert reading.READERS[name](data) is not None
    if name != "parquet":  # binary: text stands in it as it is, with its length
        text = raw(name, data).decode()
        assert not set(HIDDEN) & set(text)


@pytest.mark.parametrize("name", FORMATS)
def test_a_line_of_a_megabyte_is_a_line(make: Any, name: str) -> None:
    contents = make(MEGABYTE)
    first = next(iter(contents.told()))
    data = reading.exported(replace(contents, told=lambda: (first,)), name)
    assert len(data) > len(MEGABYTE) or FORMATS[name].many  # archives are packed
    if name != "markdown":  # a reader of YAML takes half a minute for it
        assert reading.READERS[name](data) is not None


@pytest.mark.parametrize("words", EVERY)
def test_no_cell_is_a_formula(make: Any, words: str) -> None:
    for rows in reading.tables(reading.exported(make(words), "csv")).values():
        for row in rows:
            assert None not in row  # no row has more cells than the heading
            assert not [cell for cell in row.values() if cell.startswith(OBEYED) or "\n" in cell]
    header, *lines = reading.READERS["plover"](reading.exported(make(words), "plover"))
    for line in lines:
        assert len(line) == len(header)
        for name, cell in zip(header, line, strict=True):
            assert not cell.startswith(OBEYED) or name in {"Event Intensity", "Latitude", "Longitude"}


@pytest.mark.parametrize("words", EVERY)
def test_values_survive_unchanged_where_a_program_reads_them(make: Any, words: str) -> None:
    contents = make(words)
    read = reading.values(reading.exported(contents, "jsonl"))
    assert [value for kind, value in read if kind == "event"] == [told.happening for told in contents.told()]
    found = reading.parquets(reading.exported(contents, "parquet"))
    assert found["events"][0]["subject"] == words.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("words", EVERY)
def test_a_calendar_has_no_component_that_a_report_brought(make: Any, words: str) -> None:
    calendar = reading.calendar(reading.exported(make(words), "ics"))
    assert [component.name for component in calendar.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]


@pytest.mark.parametrize("words", EVERY)
def test_a_note_has_no_markup_that_a_report_brought(make: Any, words: str) -> None:
    for name, (_, body) in reading.notes_of(reading.exported(make(words), "markdown")).items():
        assert not re.search(r"(?<!\\)<|(?<!\\)`|(?<!\\)\{|(?<!\\)\$|javascript:(?!alert\\\()", body), name
        own = re.compile(r"\[\[(events|sources|negotiations)/[\w -]+\]\]|\[!warning\]")
        assert not re.search(r"(?<!\\)[\[\]]", own.sub("", body)), name
        assert not re.search(r"^(---|===)", body, re.MULTILINE), name


def test_an_address_that_is_none_of_the_web_is_no_link(make: Any) -> None:
    contents = make("javascript:alert(1)")
    for name in ("csl", "geojson", "ics", "ftm", "webannotation", "bibtex"):
        assert not re.search(
            r'"(URL|url|sourceUrl|scope)": \[?"javascript|^URL:javascript|url = \{javascript',
            reading.exported(contents, name).decode(),
            re.MULTILINE,
        ), name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", EVERY)
def test_a_drawing_holds_shapes_and_text_alone(make: Any, kind: str, words: str) -> None:
    contents = make(words)
    svg = plot(kind, [told.happening for told in contents.told()]).svg
    inert(svg)
    assert len(svg) < 300_000


def test_a_megabyte_makes_no_drawing_large(make: Any) -> None:
    found = [told.happening for told in make(MEGABYTE).told()][:2]
    for kind in KINDS:
        svg = plot(kind, found).svg
        inert(svg)
        assert len(svg) < 50_000


def inert(svg: str) -> None:
    """It has elements that draw, no attribute that does anything, no character that hides."""
    root = etree.fromstring(svg.encode())
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not [name for name in element.attrib if name.startswith("on") or name in {"style", "href"}]
    assert not set(HIDDEN) & set(svg)
