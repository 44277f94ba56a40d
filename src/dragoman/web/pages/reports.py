"""A report: the text as stored with what was read in it, and where its date comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from dragoman.dossier import ask
from dragoman.dossier.answers import Answer
from dragoman.model import Claim, DefectKind, Span, StoredReport
from dragoman.output.sources import SOURCES
from dragoman.output.told import Sourced, Told
from dragoman.output.words import date_in_words, defect_in_words, party_in_words, published_words_of
from dragoman.store import Filter, Reading
from dragoman.web.data import beside
from dragoman.web.errors import Missing
from dragoman.web.finished import finished
from dragoman.web.passages import Mark, pieces
from dragoman.web.render import Page, linked, page, shown
from dragoman.web.site import Here

router = APIRouter()

PART = 60_000  # characters of a text on one page
KINDS = ("event", "statement", "mention", "date", "defect")


@dataclass(frozen=True, slots=True)
class Noted:
    """Something found in a report: where it begins, its words, and what is said of it."""

    start: int
    words: str
    note: str
    who: str = ""


def report_data(site: Here, report: str) -> Answer[Sourced]:
    """One report as a source."""
    with site.reading() as found:
        return Answer(ask.sourced(found, [_find(found, report).id]), SOURCES)


beside(router, "/reports/{report}", report_data, name="report", summary="A report as a source", one=True)


def _find(found: Reading, prefix: str) -> StoredReport:
    report = found.report(prefix)
    if report is None:
        raise Missing("There is no report of that id.")
    return report


@router.get("/reports/{report}", include_in_schema=False)
@finished
def report_page(
    request: Request,
    site: Here,
    report: str,
    show: Annotated[list[str] | None, Query(max_length=10)] = None,
    part: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Page:
    """One report."""
    with site.reading() as found:
        one = _find(found, report)
        (source,) = ask.sourced(found, [one.id])
        text = found.text(one.id) or ""
        row = found.row(one.id) or {}
        told = list(ask.tell(found, found.happenings(Filter(report=one.id))))
        addresses = found.addresses(one.id)
        problems = [p for p in found.problems() if p.report == one.id]
    kinds = [kind for kind in KINDS if show is None or kind in show]
    marks = list(_marks(one, row, told, kinds))
    parts = max(1, -(-len(text) // PART))
    low = (min(part, parts) - 1) * PART
    witnesses = row.get("published_witnesses", ())
    stated = next((w["kind"] for w in witnesses if w["edtf"] == one.published), None)
    return page(
        request,
        "report.html",
        one=one,
        source=source,
        told=told,
        addresses=addresses,
        problems=problems,
        pieces=list(pieces(text, marks, start=low, end=low + PART)),
        kinds=kinds,
        every=KINDS,
        counts=_counts(row),
        part=min(part, parts),
        pages=parts,
        size=len(text),
        statements=list(_statements(row)),
        defects=list(_defects(row)),
        reasons=[Noted(0, _first(r), r["note"]) for r in row.get("published_reasons", ())],
        witnesses=witnesses,
        basis=published_words_of(one.basis, stated) if one.published else "",
    )


def _counts(row: Mapping[str, Any]) -> dict[str, int]:
    names = ("events", "statements", "mentions", "timexes", "defects")
    return {kind: len(row.get(name, ())) for kind, name in zip(KINDS, names, strict=True)}


def _first(reason: Mapping[str, Any]) -> str:
    return next((span["exact"] for span in reason.get("spans", ())), "")


def _marks(
    one: StoredReport, row: Mapping[str, Any], told: Sequence[Told], kinds: Sequence[str]
) -> Iterator[Mark]:
    for span in row.get("chrome_spans", ()):
        yield Mark(span["start"], span["end"], "chrome", "page furniture")
    if "event" in kinds:
        yield from _events(one, told)
    if "statement" in kinds:
        for statement in row.get("statements", ()):
            span = statement["spans"].get("content")
            if span:
                yield Mark(
                    span["start"], span["end"], "statement", f"said by {shown(statement['speaker'], 80)}"
                )
    if "mention" in kinds:
        for mention in row.get("mentions", ()):
            yield Mark(mention["start"], mention["end"], "mention", _who(mention))
    if "date" in kinds:
        for timex in row.get("timexes", ()):
            yield Mark(timex["start"], timex["end"], "date", date_in_words(timex.get("edtf")))
    if "defect" in kinds:
        for defect in row.get("defects", ()):
            span = _span(defect)
            if span:
                yield Mark(span.start, span.end, "defect", _fault(defect))


def _events(one: StoredReport, told: Sequence[Told]) -> Iterator[Mark]:
    for number, event in enumerate(told, 1):
        for claim in event.claims:
            if claim.report == one.id:
                yield from _evidence(number, event, claim)


def _evidence(number: int, event: Told, claim: Claim) -> Iterator[Mark]:
    title = f"{event.what}: {event.who}, {date_in_words(event.date)}"
    href = linked("events", event.id)
    for span in claim.evidence:
        yield Mark(span.start, span.end, "event", title, href, str(number))


def _who(mention: Mapping[str, Any]) -> str:
    parties = ", ".join(party_in_words(code) for code in mention.get("parties", ()))
    names = ", ".join(key.partition(":")[2].replace("-", " ") for key in mention.get("entities", ()))
    return shown(parties or names, 80)


def _span(defect: Mapping[str, Any]) -> Span | None:
    span = defect.get("span") or defect.get("spans") or defect
    if isinstance(span, list):
        span = span[0] if span else {}
    if "start" not in span:
        return None
    return Span(span["start"], span["end"], span.get("exact", ""))


def _fault(defect: Mapping[str, Any]) -> str:
    try:
        words = defect_in_words(DefectKind(defect["kind"]))
    except ValueError:
        words = str(defect["kind"])
    note = defect.get("note") or ""
    return shown(f"{words}: {note}" if note else words)


def _statements(row: Mapping[str, Any]) -> Iterator[Noted]:
    for statement in row.get("statements", ()):
        span = statement["spans"].get("content") or {"start": 0}
        party = statement.get("for")
        who = shown(statement["speaker"], 120)
        yield Noted(span["start"], statement["content"], party_in_words(party) if party else "", who)


def _defects(row: Mapping[str, Any]) -> Iterator[Noted]:
    for defect in row.get("defects", ()):
        span = _span(defect)
        yield Noted(span.start if span else 0, span.exact if span else "", _fault(defect))
