"""What an export holds, read with the library of its own format."""

from __future__ import annotations

import csv
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from typing import Any

import bibtexparser
import icalendar
import networkx as nx
import pyarrow.parquet as pq
import yaml
from citeproc.source.json import CiteProcJSON
from lxml import etree, html
from prov.model import ProvDocument
from pyld import jsonld

from dragoman.export import Contents, Notes, export_bytes, find_format
from dragoman.export.jsonl import read_lines

csv.field_size_limit(10_000_000)

# The terms of the Web Annotation context that we use, with the IRIs of the Web Annotation Vocabulary.
ANNO = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#",
        "as": "http://www.w3.org/ns/activitystreams#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dctypes": "http://purl.org/dc/dcmitype/",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation",
        "SpecificResource": "oa:SpecificResource",
        "TextualBody": "oa:TextualBody",
        "TextPositionSelector": "oa:TextPositionSelector",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "AnnotationPage": "as:OrderedCollectionPage",
        "AnnotationCollection": "as:OrderedCollection",
        "Software": "as:Application",
        "Text": "dctypes:Text",
        "identifying": "oa:identifying",
        "tagging": "oa:tagging",
        "describing": "oa:describing",
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "scope": {"@type": "@id", "@id": "oa:hasScope"},
        "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "value": "rdf:value",
        "format": "dc:format",
        "name": "foaf:name",
        "label": {"@id": "rdfs:label"},
        "generator": {"@type": "@id", "@id": "as:generator"},
        "generated": {"@type": "xsd:dateTime", "@id": "dcterms:issued"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "partOf": {"@type": "@id", "@id": "as:partOf"},
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    }
}


def exported(contents: Contents, name: str, notes: Notes | None = None) -> bytes:
    return export_bytes(contents, find_format(name), notes)


def archive(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def tables(data: bytes) -> dict[str, list[dict[str, str]]]:
    return {
        name.removesuffix(".csv"): list(csv.DictReader(StringIO(text.decode(), newline=""), strict=True))
        for name, text in archive(data).items()
    }


def parquets(data: bytes) -> dict[str, list[dict[str, Any]]]:
    return {
        name.removesuffix(".parquet"): pq.read_table(BytesIO(part)).to_pylist()
        for name, part in archive(data).items()
    }


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


def values(data: bytes) -> list[tuple[str, Any]]:
    return list(read_lines(line for line in data.decode().split("\n") if line))


def annotations(data: bytes) -> list[dict[str, Any]]:
    """Annotations of the page, after it was expanded as JSON-LD without a network."""

    def load(address: str, _: Any) -> dict[str, Any]:
        assert address == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": address, "document": ANNO}

    page = json.loads(data)
    (expanded,) = jsonld.expand(page, {"documentLoader": load})
    items = expanded["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == len(page["items"]) == page["partOf"]["total"]
    assert all(item["@type"] == ["http://www.w3.org/ns/oa#Annotation"] for item in items)
    for item in items:
        (target,) = item["http://www.w3.org/ns/oa#hasTarget"]
        assert len(target["http://www.w3.org/ns/oa#hasSelector"]) == 2
    found: list[dict[str, Any]] = page["items"]
    return found


def slides(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(data)["events"]
    for slide in found:  # what TimelineJS puts into a page
        for part in (slide["text"]["headline"], slide["text"]["text"], slide["group"], slide["display_date"]):
            for element in html.fragment_fromstring(part, create_parent="div").iter():
                assert element.tag in {"div", "p", "strong", "blockquote", "ul", "li", "a"}
                assert set(element.attrib) <= {"href"}
                assert element.get("href", "https://").startswith(("http://", "https://"))
    return found


def calendar(data: bytes) -> Any:
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))  # RFC 5545, 3.1
    assert b"\n" not in data.replace(b"\r\n", b"")
    found = icalendar.Calendar.from_ical(data)
    assert found.errors == []
    return found


def bibliography(data: bytes) -> Any:
    found = bibtexparser.parse_string(data.decode())
    assert found.failed_blocks == []
    return found


def notes_of(data: bytes) -> dict[str, tuple[dict[str, Any], str]]:
    """Each note: its YAML and its text."""
    found = {}
    for name, part in archive(data).items():
        assert re.fullmatch(r"(events|sources|negotiations)/[\w -]+\.md", name), name
        _, front, body = part.decode().split("---\n", 2)
        found[name] = yaml.safe_load(front), body
    return found


def provenance(data: bytes) -> ProvDocument:
    return ProvDocument.deserialize(content=data.decode(), format="json")


def citations(data: bytes) -> CiteProcJSON:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The following arguments for Reference are unsupported: custom$")
        return CiteProcJSON(json.loads(data))  # "custom" is of CSL 1.0.2, this processor older


def xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))


def graph(name: str) -> Callable[[bytes], Any]:
    read = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[name]

    def reader(data: bytes) -> Any:
        xml(data)
        return read(BytesIO(data))

    return reader


READERS: Mapping[str, Callable[[bytes], Any]] = {
    "csv": tables,
    "parquet": parquets,
    "jsonl": values,
    "ftm": lines,
    "webannotation": annotations,
    "timelinejs": slides,
    "geojson": json.loads,
    "gexf": graph("gexf"),
    "graphml": graph("graphml"),
    "ics": calendar,
    "plover": lambda data: list(
        csv.reader(StringIO(data.decode(), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    ),
    "csl": citations,
    "bibtex": bibliography,
    "markdown": notes_of,
    "prov": provenance,
}
