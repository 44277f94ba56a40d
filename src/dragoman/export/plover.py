"""
POLECAT's table of PLOVER events, tab-separated, with its headers.

Headers and their order: the files of POLECAT on Harvard Dataverse (doi:10.7910/DVN/AJGVIT), as programs that
read them have them. The repository shenyangHuang/TGB keeps the first line of the monthly files up to 2022
word for word and reads them by position (tgb/datasets/tkgl_polecat/tkgl_polecat.py): forty headers, the fifth
"Intensity". In the files of a year that replaced them (ngecEvents.DV.2018.txt and later) the fifth is "Event
Intensity": dylanglatt/argus (python/ingest_polecat.py) and jinyao-zh/aid-risk-modeling
(core/reconstruct_polecat_enhanced.py) read it so, and readers in R of both kinds rename it. The newer name is
written. Categories, modes, scores and quad categories: the PLOVER manual (Open Event Data Alliance), in which
REQUEST was still DEMAND. What Dragoman does not know is "None", as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.ics import days_certain
from dragoman.export.places import spot
from dragoman.export.saying import credit, iso2
from dragoman.model import EventType, Happening, MeetingKind, Status
from dragoman.output.form import cell
from dragoman.output.happenings import day_bounds
from dragoman.output.told import Told
from dragoman.output.words import party_in_words
from dragoman.store.version import this_version

HEADERS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
NONE = "None"


@dataclass(frozen=True, slots=True)
class Category:
    """A PLOVER category with the score and the quad category of the manual."""

    name: str
    score: float
    quad: str


CONSULT = Category("CONSULT", 2.1, "VERBAL COOPERATION")
AGREE = Category("AGREE", 4.2, "VERBAL COOPERATION")
REQUEST = Category("REQUEST", -5.0, "VERBAL CONFLICT")
REJECT = Category("REJECT", -4.2, "VERBAL CONFLICT")

# What an event comes to by type and status; a status that is not named comes to no category.
_CATEGORIES: Mapping[tuple[EventType, str], Category] = {
    (EventType.MEETING, Status.HELD): CONSULT,
    (EventType.MEETING, Status.UNDER_WAY): CONSULT,
    (EventType.MEETING, Status.PLANNED): AGREE,  # "all cooperative actions reported in future tense"
    (EventType.MEETING, Status.POSTPONED): AGREE,
    (EventType.MEETING, Status.PROPOSED): REQUEST,
    (EventType.MEETING, Status.REFUSED): REJECT,
    (EventType.MEETING, Status.CANCELLED): REJECT,
    (EventType.AGREEMENT, Status.REACHED): AGREE,
    (EventType.AGREEMENT, Status.EXPECTED): AGREE,
    (EventType.PROPOSAL, Status.MADE): REQUEST,
    (EventType.PROPOSAL, Status.EXPECTED): REQUEST,
    (EventType.REFUSAL, Status.MADE): REJECT,
    (EventType.REFUSAL, Status.EXPECTED): REJECT,
}


def category(happening: Happening) -> Category | None:
    """The category of an event; None for denied, failed and unclear ones."""
    return _CATEGORIES.get((happening.type, happening.text("status") or ""))


def _lines(contents: Contents, notes: Notes) -> Iterator[str]:
    yield "\t".join(HEADERS) + "\n"
    no_day = no_category = 0
    for told in contents.told():
        kind, days = category(told.happening), days_certain(told.date)
        if kind is None:
            no_category += 1
            continue
        if days is None:
            no_day += 1
            continue
        row = _row(told, kind)
        yield "\t".join(_cell(row.get(name, NONE)) for name in HEADERS) + "\n"
    if no_category:
        notes.append(f"{no_category} events are denied, failed or unclear: PLOVER has no category for them")
    if no_day:
        notes.append(f"{no_day} events whose days are not certain are left out: an Event Date is a day")


def _cell(value: str | float) -> str:
    return str(cell(value)) or NONE


def _row(told: Told, kind: Category) -> dict[str, str | float]:
    h = told.happening
    actors, recipients = _sides(h)
    where = spot(h)
    exact = where is not None and where.exact == "place"
    first, last = day_bounds(told.date)
    lead = told.reports.get(told.lead.report) if told.lead else None
    return {
        "Event ID": told.id,
        "Event Date": first or last or NONE,
        "Event Type": kind.name,
        "Event Mode": _mode(h, kind),
        "Event Intensity": kind.score,
        "Quad Code": kind.quad,
        **_side("Actor", actors),
        "Actor Name Raw": _raw(told, "by" if recipients else "parties"),
        **_side("Recipient", recipients),
        "Recipient Name Raw": _raw(told, "to") if recipients else NONE,
        "Placename": h.text("place") or NONE,
        "City": (h.text("place") or NONE) if exact else NONE,
        "Country": h.text("country") or NONE,
        "Latitude": where.latitude if where and exact else NONE,
        "Longitude": where.longitude if where and exact else NONE,
        "Raw Placename": _raw(told, "place"),
        "Feature Type": "PPL" if exact else NONE,
        "Source": _joined([credit(report) for report in told.told_by]),
        "Publication Date": (lead.published if lead and days_certain(lead.published) else None) or NONE,
        "Story People": _joined(h.many("people")),
        "Story Organizations": _joined([c for c in h.many("parties") if iso2(c) is None]),
        "Story Locations": h.text("place") or NONE,
        "Language": (lead.language if lead else None) or NONE,
        "Version": f"dragoman {this_version()}",
    }


def _sides(happening: Happening) -> tuple[Sequence[str], Sequence[str]]:
    """
    Actors and recipients.

    A proposal and a refusal go from some to others. Of two who meet where one of them is at home the visitor
    is the actor; of all other meetings all are actors, as the manual has it.
    """
    by, to = happening.many("by"), happening.many("to")
    if happening.type in {EventType.PROPOSAL, EventType.REFUSAL} and by:
        rest = [code for code in happening.many("parties") if code not in by and code not in to]
        return by, to or rest
    if _mode(happening, CONSULT) == "visit" and category(happening) is CONSULT:
        host = happening.text("country") or ""
        return [code for code in happening.many("parties") if code != host], [host]
    return happening.many("parties"), ()


def _side(name: str, codes: Sequence[str]) -> dict[str, str | float]:
    sectors = ["GOV" if iso2(code) else "IGO" if code.isupper() else NONE for code in codes]
    return {
        f"{name} Name": _joined([party_in_words(code) for code in codes]),
        f"{name} Country": _joined([code if iso2(code) else NONE for code in codes]),
        f"Primary {name} Sector": sectors[0] if sectors else NONE,
        f"{name} Sectors": _joined(sectors),
    }


def _mode(happening: Happening, kind: Category) -> str:
    """The mode, where the manual has one and the record decides it."""
    if kind is CONSULT:
        if happening.text("kind") in {MeetingKind.CALL, MeetingKind.VIDEO}:
            return "phone"
        host, codes = happening.text("country"), happening.many("parties")
        if happening.many("mediators") or happening.text("kind") == MeetingKind.INDIRECT:
            return "third-party"
        if happening.text("forum") or len(codes) > 2:
            return "multilateral"
        return NONE if host is None else "visit" if host in codes else "third-party"
    if happening.type is EventType.MEETING and kind in {REQUEST, REJECT}:
        return "meet"
    return NONE


def _raw(told: Told, slot: str) -> str:
    """The words of the first report that has any for a slot."""
    for claim in told.claims:
        if spans := claim.words_of(slot):
            return _joined([span.exact for span in spans])
    return NONE


def _joined(values: Sequence[str]) -> str:
    return "; ".join(values) or NONE


PLOVER = Format(
    "plover", "tsv", "text/tab-separated-values", "PLOVER events with POLECAT's headers", one(_lines)
)
