"""Values of the record in plain words: dates with their uncertainty, parties, types, statuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from dragoman.data import read_rows
from dragoman.model import DefectKind, Event, EventType, MeetingKind, Published, Status, WitnessKind
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf, Moment
from dragoman.output.unseen import CONTROLS, HALVES, HIDDEN

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTH = re.compile("|".join(_MONTHS))

# Codes that are no ISO state's, or whose name in the table of states is not what a reader expects of a party.
_PARTIES = {"PSE": "Palestinians", "UN": "United Nations", "EU": "European Union", "AU": "African Union"}
# What a land is called where the party is a people.
_LANDS = {"PSE": "Palestinian territories"}

_MEETINGS: dict[str, str] = {
    MeetingKind.CALL: "Call",
    MeetingKind.VIDEO: "Video call",
    MeetingKind.INDIRECT: "Indirect talks",
}
_TYPES = {
    EventType.MEETING: "Meeting",
    EventType.PROPOSAL: "Proposal",
    EventType.AGREEMENT: "Agreement",
    EventType.REFUSAL: "Refusal",
}
_DEFECTS = {
    DefectKind.FUSED_WORDS: "words run together",
    DefectKind.LOST_WORDS: "words are missing",
    DefectKind.BROKEN_QUOTATION: "quotation marks do not pair",
    DefectKind.HEADLINE_UNSUPPORTED: "the headline says what the report does not",
    DefectKind.NAME_VARIANT: "unusual form of a name",
    DefectKind.DUPLICATE_PASSAGE: "the same facts told twice",
    DefectKind.UNATTRIBUTED_OPINION: "an opinion in the reporter's own voice",
    DefectKind.DATE_CONFLICT: "dates that cannot both hold",
}
_WITNESSES = {
    WitnessKind.STATED: "as stated with the report",
    WitnessKind.DATELINE: "from its dateline",
    WitnessKind.BYLINE: "from its byline",
    WitnessKind.URL: "from its address",
    WitnessKind.PAGE: "from the page",
}

# What a terminal would obey (ESC among them) or cannot show, and what hides or turns what is shown.
_CONTROL = re.compile(f"[{CONTROLS}{HALVES}]")
_HIDDEN = re.compile(f"[{HIDDEN}]")


def visible(text: str) -> str:
    """``text`` on one line and safe to show: control characters as �, what is not seen left out."""
    return " ".join(_CONTROL.sub("�", _HIDDEN.sub("", text)).split())


def date_in_words(edtf: str | None) -> str:
    """A date as a person would say it, with all of its uncertainty: "10–12 January 2022"."""
    value = Edtf.parse(edtf)
    if value is None:
        return visible(edtf) if edtf else "no date"
    words = _interval(value.start, value.end) if value.interval else _moment(value.start)
    return f"about {words}" if value.about else words


def date_in_short(edtf: str | None) -> str:
    """The same for a narrow column: "23–24 Nov 2013"."""
    return _MONTH.sub(lambda month: month[0][:3], date_in_words(edtf))


def _interval(start: Moment | None, end: Moment | None) -> str:
    """An interval; what both ends share is said once."""
    if start is None:
        return f"by {_moment(end)}"
    if end is None:
        return f"on or after {_moment(start)}" if start.day else f"{_moment(start)} or later"
    if start.year == end.year and start.month == end.month and start.day and end.day:
        return f"{start.day}–{_moment(end)}"
    if start.year == end.year and start.month and end.month:
        day = f"{start.day} " if start.day else ""
        return f"{day}{_MONTHS[start.month - 1]} – {_moment(end)}"
    return f"{_moment(start)} – {_moment(end)}"


def _moment(moment: Moment | None) -> str:
    if moment is None:
        return "no date"
    parts = [str(moment.day)] if moment.day else []
    parts += [_MONTHS[moment.month - 1]] if moment.month else []
    if moment.year is None:
        return f"{' '.join(parts)}, year unknown"
    return " ".join([*parts, str(moment.year) if moment.year > 0 else f"{1 - moment.year} BC"])


def date_order(edtf: str | None) -> tuple[int, date, date]:
    """A key that sorts dates as a timeline has them: known years, then unknown ones, then none."""
    value = Edtf.parse(edtf)
    bounds = value.bounds if value else None
    if value is None or bounds is None:
        return 2, FAR_FUTURE, FAR_FUTURE
    low, high = bounds
    first = high if low == FAR_PAST else low  # "by 13 January" stands at 13 January
    return (0 if value.year_known else 1), first, high


def latest_order(edtf: str | None) -> tuple[int, int, int]:
    """A key that sorts dates the latest first; unknown years, then none, come after all others."""
    kind, first, last = date_order(edtf)
    return kind, -first.toordinal(), -last.toordinal()


@cache
def _names_of_countries() -> dict[str, frozenset[str]]:
    """Every name of each state's code, without case."""
    head, *rows = read_rows("actors", "states.tsv")
    code, name, aliases = head.index("code"), head.index("name"), head.index("aliases")
    return {
        row[code]: frozenset(each.casefold() for each in (row[name], *"".join(row[aliases:][:1]).split("|")))
        for row in rows
    }


@cache
def _states() -> dict[str, str]:
    """Short English name of each state's code, from the actors' table of states."""
    head, *rows = read_rows("actors", "states.tsv")
    code, name = head.index("code"), head.index("name")
    return {row[code]: row[name] for row in rows}


def party_in_words(code: str) -> str:
    """A party's name in full: "Russia" for "RUS"; organisations and groups keep theirs."""
    return _PARTIES.get(code) or _states().get(code) or visible(code)


def country_in_words(code: str) -> str:
    """A country where something takes place: as the party, save where the party is a people."""
    return _LANDS.get(code) or party_in_words(code)


def is_country(place: str, code: str) -> bool:
    """Whether a place is the country of that code under one of its names: "Republic of Korea"."""
    return place.casefold() in _names_of_countries().get(code, frozenset())


def parties_in_words(codes: Sequence[str]) -> str:
    """Parties as a list: "Russia, Ukraine and United States"."""
    return listed([party_in_words(code) for code in codes])


def listed(words: Sequence[str]) -> str:
    """Words as a list with "and" before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def who_in_words(event: Event) -> str:
    """Who takes part, and as what: "Russia to NATO", "Israel and Hamas, mediated by Qatar"."""
    return who_said(
        event.type,
        event.parties.value,
        by=event.by.value,
        to=event.to.value,
        mediators=event.mediators.value,
    )


def who_said(
    event_type: EventType,
    parties: Sequence[str],
    *,
    by: Sequence[str] = (),
    to: Sequence[str] = (),
    mediators: Sequence[str] = (),
) -> str:
    """The same from plain values; a happening and a claim have them without words of their own."""
    if by and event_type in {EventType.PROPOSAL, EventType.REFUSAL}:
        rest = [code for code in parties if code not in by and code not in to]
        words = parties_in_words(by) + (f" to {parties_in_words(to)}" if to else "")
        return words + (f", with {parties_in_words(rest)}" if rest else "")
    main = [code for code in parties if code not in mediators]
    words = parties_in_words(main or parties)
    return words + (f", mediated by {parties_in_words(mediators)}" if mediators and main else "")


def where_in_words(event: Event) -> str:
    """Place and country, "" where neither is known: "Geneva, Switzerland"."""
    return where_said(event.place.value, event.country.value)


def where_said(place: str | None, country: str | None) -> str:
    """The same from plain values."""
    city, state = visible(place or ""), country_in_words(country) if country else ""
    return f"{city}, {state}" if city and state and city != state else city or state


def what_in_words(event: Event) -> str:
    """Type and status: "Meeting held", "Call planned", "Agreement reached"."""
    return what_said(event.type, event.status.value, event.kind.value)


def what_said(event_type: EventType, status: str | None, kind: str | None = None) -> str:
    """The same from plain values; a status or kind that is none of the codebook's is shown as it is."""
    noun = _MEETINGS.get(kind) if kind else None
    return f"{noun or _TYPES[event_type]}, {status_in_words(status)}"


def status_in_words(status: str | None) -> str:
    """A status for a reader: "under way", "status unclear"."""
    return visible(_STATUSES.get(status or "", status or "status unknown"))


_STATUSES: dict[str, str] = {Status.UNDER_WAY: "under way", Status.UNCLEAR: "status unclear"}


def published_in_words(published: Published) -> str:
    """When the report was published and on what that rests."""
    if published.edtf is None:
        bounds = _bounds_in_words(published)
        return f"date of publication unknown{f' ({bounds})' if bounds else ''}"
    told = next((w.kind for w in published.witnesses if w.edtf == published.edtf), None)
    return f"published {date_in_words(published.edtf)}, {published_words_of(published.basis, told)}"


def published_words_of(basis: str, witness: str | None = None) -> str:
    """On what a date of publication relies, with the kind of the witness that states it, if at hand."""
    if basis == "stated" and witness in _WITNESSES:
        return _WITNESSES[WitnessKind(witness)]
    return _BASES.get(basis, "date unknown")


_BASES = {"stated": "as stated", "inferred": "inferred from the text"}


def _bounds_in_words(published: Published) -> str:
    """The earliest and latest day that the text leaves for its own publication."""
    low, high = published.dct_low, published.dct_high
    if low and high:
        return f"between {date_in_words(low)} and {date_in_words(high)}"
    return date_in_words(f"{low or '..'}/{high or '..'}") if low or high else ""


def defect_in_words(kind: DefectKind) -> str:
    """What is wrong, for a reader."""
    return _DEFECTS[kind]
