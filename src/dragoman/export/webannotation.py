"""
W3C Web Annotations: the words of every claim, each as a place in the stored text and as a quotation.

The Recommendation (Web Annotation Data Model, 23 February 2017, sections 4.2.4 and 4.2.5) counts Unicode code
points from 0, the end exclusive, after normalisation; so do the spans of Dragoman, in the stored text. The
target is therefore that text, named by its digest; the page that it was taken from stands beside it as
``scope``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.saying import credit, joined_lines, title_of, urn, web_address
from dragoman.model import Claim, Span, StoredReport
from dragoman.output.happenings import value_in_words
from dragoman.output.rows import dumps
from dragoman.output.told import Told
from dragoman.store.version import this_version

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters kept before and after a quotation, so that it is found again in a changed text
_TEXTS = 64  # texts held at once


def _lines(contents: Contents, _: Notes) -> Iterator[str]:
    texts = _Texts(contents)
    yield f'{{"@context": "{CONTEXT}", "id": "{urn("annotations", "page-1")}", "type": "AnnotationPage",'
    yield ' "items": [\n'
    total = 0

    def items() -> Iterator[str]:
        nonlocal total
        for told, claim in contents.claims():
            report = told.reports.get(claim.report)
            for slot, spans in (("evidence", claim.evidence), *claim.words):
                for n, span in enumerate(spans):
                    total += 1
                    around = texts.around(claim.report, span)
                    yield dumps(_annotation(contents, told, claim, report, slot, n, span, around))

    yield from joined_lines(items())
    collection = {"id": urn("annotations", "all"), "type": "AnnotationCollection", "total": total}
    yield f'\n], "partOf": {dumps(collection | {"label": "What the reports say, word by word"})}}}\n'


class _Texts:
    """Stored texts, the last ones used."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._held: OrderedDict[str, str] = OrderedDict()

    def around(self, report: str, span: Span) -> tuple[str, str]:
        """What stands before and after a span."""
        if report not in self._held:
            self._held[report] = self._contents.text(report) or ""
            if len(self._held) > _TEXTS:
                self._held.popitem(last=False)
        text = self._held[report]
        return text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]


def _annotation(
    contents: Contents,
    told: Told,
    claim: Claim,
    report: StoredReport | None,
    slot: str,
    n: int,
    span: Span,
    around: tuple[str, str],
) -> dict[str, Any]:
    read = contents.readings.get(claim.report)
    prefix, suffix = around
    row: dict[str, Any] = {
        "id": urn("annotation", f"{claim.id}-{slot}-{n}"),
        "type": "Annotation",
        "motivation": "identifying" if slot == "evidence" else "tagging",
        "generator": {
            "id": urn("software", read.by if read else this_version()),
            "type": "Software",
            "name": f"Dragoman {read.by if read else this_version()}",
        },
        "body": [
            {"type": "SpecificResource", "purpose": "identifying", "source": urn("event", told.id)},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": _says(told, claim, slot),
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": urn("text", report.text_sha256 if report else claim.report),
                "type": "Text",
                "format": "text/plain",
                "label": credit(report) if report else "",
            },
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {"type": "TextQuoteSelector", "exact": span.exact, "prefix": prefix, "suffix": suffix},
            ],
        },
    }
    if read:
        row["generated"] = _instant(read.at)
    if report and (address := web_address(report)):
        row["target"]["scope"] = address
    return row


def _instant(at: str) -> str:
    """A moment with the Z that the data model asks for."""
    return at if at.endswith("Z") else at.replace("+00:00", "Z") if at.endswith("+00:00") else f"{at}Z"


def _says(told: Told, claim: Claim, slot: str) -> str:
    if slot == "evidence":
        return title_of(told)
    value = getattr(claim, slot, None)
    return f"{slot}: {value_in_words(slot, str(value) if slot in {'kind', 'status'} and value else value)}"


WEB_ANNOTATION = Format(
    "webannotation",
    "jsonld",
    "application/ld+json",
    "the words of every claim as W3C Web Annotations",
    one(_lines),
)
