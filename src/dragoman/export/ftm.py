"""
FollowTheMoney (https://followthemoney.tech): events, who takes part, articles, and what documents what.

Schemata: Event; PublicBody for states, Organization for bodies and groups, Person; Article for reports;
Documentation for each claim, with its words; UnknownLink between a person and for whom it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.places import spot
from dragoman.export.saying import iso2, title_of, web_address
from dragoman.model import PARTY_SLOTS, Profile, StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf, Moment
from dragoman.output.happenings import marks
from dragoman.output.rows import dumps
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, party_in_words, visible

# Codes of states that are no more and of those outside ISO, as FollowTheMoney writes them.
_CODES = {"SUN": "suhh", "YUG": "yucs", "SCG": "csxx", "CSK": "cshh", "DDR": "dd"}


def country_code(code: str | None) -> str | None:
    """The code that FollowTheMoney has for a country."""
    if code is None:
        return None
    two = iso2(code)
    return _CODES.get(code) or (two.lower() if two else None)


def _lines(contents: Contents, notes: Notes) -> Iterator[str]:
    for report in contents.reports.values():
        yield _article(report)
    parties: set[str] = set()
    people: set[str] = set()
    named = {profile.name.casefold(): profile for profile in contents.profiles if profile.kind == "person"}
    uncertain = 0
    for told in contents.told():
        taking_part = {code for role in PARTY_SLOTS for code in told.happening.many(role)}
        for code in sorted(taking_part - parties):
            yield _party(code)
        parties |= taking_part
        for name in told.happening.many("people"):
            if (key := _person_id(name)) not in people:
                people.add(key)
                yield from _person(name, named.get(name.casefold()), parties)
        yield _event(told)
        uncertain += _is_lost(told.date)
        yield from _documentation(told)
    if uncertain:
        notes.append(
            f"{uncertain} dates are approximate or of an unknown year; FollowTheMoney has no form for that, "
            "the description tells them in words"
        )


def _entity(key: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> str:
    cleaned = {
        name: list(dict.fromkeys(text for value in values if value and (text := visible(value))))
        for name, values in properties.items()
    }
    filled = {name: values for name, values in cleaned.items() if values}
    return dumps({"id": key, "schema": schema, "properties": filled}) + "\n"


def _article(report: StoredReport) -> str:
    dates, _ = dates_of(report.published)
    return _entity(
        f"report-{report.id}",
        "Article",
        {
            "title": [report.title],
            "fileName": [report.name],
            "publisher": [report.publisher],
            "publishedAt": dates.get("date", []),
            "sourceUrl": [web_address(report)],
            "notes": [
                f"SHA-256 of the bytes {report.original_sha256}",
                f"SHA-256 of the stored text {report.text_sha256}",
                None if web_address(report) else f"found at {report.address}",
            ],
        },
    )


def _party_id(code: str) -> str:
    return f"party-{sha256(code.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _person_id(name: str) -> str:
    return f"person-{sha256(name.casefold().encode('utf-8', 'replace')).hexdigest()[:16]}"


def _party(code: str) -> str:
    country = country_code(code)
    schema = "PublicBody" if country else "Organization"
    return _entity(
        _party_id(code),
        schema,
        {"name": [party_in_words(code)], "alias": [code], "country": [country], "jurisdiction": [country]},
    )


def _person(name: str, profile: Profile | None, known: set[str]) -> Iterator[str]:
    key = _person_id(name)
    spellings = [form for form, _ in profile.spellings] if profile else []
    offices = [tenure.office for tenure in profile.tenures] if profile else []
    yield _entity(key, "Person", {"name": [name], "alias": spellings, "position": offices})
    for code in profile.parties if profile else ():
        if code not in known:
            known.add(code)
            yield _party(code)
        yield _entity(
            f"{key}-{_party_id(code)}",
            "UnknownLink",
            {"subject": [key], "object": [_party_id(code)], "role": ["acts for"]},
        )


def _event(told: Told) -> str:
    h = told.happening
    dates, words = dates_of(told.date)
    where = spot(h)
    actors = [_party_id(code) for role in PARTY_SLOTS for code in h.many(role)]
    return _entity(
        f"event-{told.id}",
        "Event",
        {
            "name": [title_of(told)],
            **dates,
            "location": [told.where],
            "country": [country_code(h.text("country")), *(country_code(c) for c in h.many("parties"))],
            "involved": [*actors, *map(_person_id, h.many("people"))],
            "organizer": [_party_id(code) for code in h.many("mediators")],
            "summary": [told.words.exact if told.words else None],
            "description": [date_in_words(told.date) if words else None, *told.about],
            "keywords": [h.type.value, h.text("status"), h.text("kind")],
            "notes": [*marks(told), f"{where.latitude}, {where.longitude}" if where else None],
            "proof": [f"report-{report.id}" for report in told.told_by],
            "sourceUrl": [web_address(report) for report in told.told_by],
            "recordId": [told.id],
        },
    )


def _documentation(told: Told) -> Iterator[str]:
    """What documents the event: the report of each claim, with the words."""
    for claim in told.claims:
        report = told.reports.get(claim.report)
        if report is None:
            continue
        dates, _ = dates_of(report.published)
        yield _entity(
            f"claim-{claim.id}",
            "Documentation",
            {
                "document": [f"report-{report.id}"],
                "entity": [f"event-{told.id}"],
                "role": ["evidence"],
                "status": [claim.status.value],
                "summary": [span.exact for span in claim.evidence],
                "date": dates.get("date", []),
                "recordId": [claim.id],
                "publisher": [report.publisher],
                "sourceUrl": [web_address(report)],
            },
        )


def dates_of(edtf: str | None) -> tuple[dict[str, list[str]], bool]:
    """
    A date as FollowTheMoney has it: a day, month or year, or a start and an end.

    The flag says whether words are needed for all of it: it is approximate, between days, open, or its year
    is not known.
    """
    value = Edtf.parse(edtf)
    if value is None or value.bounds is None or not value.year_known:
        return {}, edtf is not None
    if not value.interval and value.start:
        return {"date": [_plain(value.start)]}, value.about
    low, high = value.bounds
    found = {}
    if value.start and low != FAR_PAST:
        found["startDate"] = [_plain(value.start)]
    if value.end and high != FAR_FUTURE:
        found["endDate"] = [_plain(value.end)]
    return found, True


def _plain(moment: Moment) -> str:
    return str(moment).removesuffix("~")


def _is_lost(edtf: str | None) -> bool:
    value = Edtf.parse(edtf)
    return value is not None and (value.about or not value.year_known)


FTM = Format(
    "ftm", "ftm.json", "application/x-ndjson", "FollowTheMoney entities, for Aleph and its kin", one(_lines)
)
