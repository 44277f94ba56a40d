"""
PROV-JSON (W3C Member Submission, 24 April 2013): from which bytes, by which version, by whose decision.

Entities: the bytes of each report, its stored text, each claim with its words, each event. Activities: the
reading of each report, the putting together of each event, each decision of a person. Agents: versions of
Dragoman, people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.saying import credit, joined_lines, title_of, urn, web_address
from dragoman.model import Judgement, in_force
from dragoman.output.happenings import span_row
from dragoman.output.judgements import judgement_in_words
from dragoman.output.rows import dumps
from dragoman.output.words import visible
from dragoman.store.version import this_version

Pair = tuple[str, Mapping[str, Any]]
_KINDS = ("bytes", "report", "claim", "event", "reading", "reconciling", "judgement", "software", "person")
_PREFIX = {
    "d": "urn:dragoman:",
    **{kind: f"urn:dragoman:{kind}:" for kind in _KINDS},
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def _name(kind: str, key: str) -> str:
    """The qualified name of a thing: "event:5d1c…"."""
    return urn(kind, key).removeprefix("urn:dragoman:")


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _lines(contents: Contents, _: Notes) -> Iterator[str]:
    sections: tuple[tuple[str, Callable[[Contents], Iterator[Pair]]], ...] = (
        ("entity", _entities),
        ("activity", _activities),
        ("agent", _agents),
        ("used", _used),
        ("wasGeneratedBy", _generated),
        ("wasDerivedFrom", _derived),
        ("wasAssociatedWith", _associated),
        ("wasInfluencedBy", _influenced),
    )
    yield f'{{"prefix": {dumps(_PREFIX)}'
    for section, pairs in sections:
        rows = joined_lines(f"{dumps(name)}: {dumps(dict(row))}" for name, row in pairs(contents))  # type: ignore[arg-type]
        first = next(rows, None)
        if first is not None:
            yield f',\n"{section}": {{\n{first}'
            yield from rows
            yield "\n}"
    yield "\n}\n"


def _entities(contents: Contents) -> Iterator[Pair]:
    seen: set[str] = set()
    for report in contents.reports.values():
        original = _name("bytes", report.original_sha256)
        if original not in seen:
            seen.add(original)
            row: dict[str, Any] = {"prov:type": _qualified("d:Bytes"), "d:sha256": report.original_sha256}
            if address := web_address(report):
                row["schema:url"] = {"$": address, "type": "xsd:anyURI"}
            else:
                row["prov:location"] = visible(report.address)
            yield original, row
        yield (
            _name("report", report.id),
            {
                "prov:type": _qualified("d:Report"),
                "prov:label": credit(report),
                "d:text_sha256": report.text_sha256,
                "d:published": report.published or "unknown",
            },
        )
    for told in contents.told():
        for claim in told.claims:
            words = dumps([span_row(span) for span in claim.evidence])  # type: ignore[arg-type]
            row = {"prov:type": _qualified("d:Claim"), "d:words": words, "d:status": claim.status.value}
            yield _name("claim", claim.id), row
        yield (
            _name("event", told.id),
            {"prov:type": _qualified("d:Event"), "prov:label": title_of(told), "d:date": told.date or "none"},
        )


def _activities(contents: Contents) -> Iterator[Pair]:
    for report in contents.reports:
        read = contents.readings.get(report)
        row: dict[str, Any] = {"prov:type": _qualified("d:Reading")}
        yield _name("reading", report), row | ({"prov:startTime": read.at} if read else {})
    yield _name("reconciling", "all"), {"prov:type": _qualified("d:Reconciling")}
    for judgement in contents.judgements:
        yield (
            _name("judgement", judgement.id),
            {
                "prov:type": _qualified("d:Judgement"),
                "prov:label": judgement_in_words(judgement),
                "prov:startTime": judgement.at.isoformat(),
                "prov:endTime": judgement.at.isoformat(),
                "d:decision": judgement.decision.value,
                "d:counts": judgement.id in {j.id for j in in_force(tuple(contents.judgements))},
            },
        )


def _software(version: str) -> str:
    return _name("software", version)


def _person(judgement: Judgement) -> str:
    return _name("person", judgement.who)


def _agents(contents: Contents) -> Iterator[Pair]:
    versions = {read.by for key, read in contents.readings.items() if key in contents.reports}
    for version in sorted({*versions, this_version()}):
        yield (
            _software(version),
            {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": f"Dragoman {version}"},
        )
    for name, who in sorted({_person(j): j.who for j in contents.judgements}.items()):
        yield name, {"prov:type": _qualified("prov:Person"), "foaf:name": visible(who)}


def _used(contents: Contents) -> Iterator[Pair]:
    for report in contents.reports.values():
        yield (
            f"_:used-{report.id}",
            {
                "prov:activity": _name("reading", report.id),
                "prov:entity": _name("bytes", report.original_sha256),
            },
        )
    for judgement in contents.judgements:
        for n, anchor in enumerate(judgement.anchors):
            yield (
                f"_:used-{judgement.id}-{n}",
                {
                    "prov:activity": _name("judgement", judgement.id),
                    "prov:entity": _name("claim", anchor.claim),
                },
            )


def _generated(contents: Contents) -> Iterator[Pair]:
    for report in contents.reports:
        yield (
            f"_:made-{report}",
            {"prov:entity": _name("report", report), "prov:activity": _name("reading", report)},
        )
    for told in contents.told():
        for claim in told.claims:
            yield (
                f"_:made-{claim.id}",
                {"prov:entity": _name("claim", claim.id), "prov:activity": _name("reading", claim.report)},
            )
        yield (
            f"_:made-event-{told.id}",
            {"prov:entity": _name("event", told.id), "prov:activity": _name("reconciling", "all")},
        )


def _derived(contents: Contents) -> Iterator[Pair]:
    def link(key: str, made: str, source: str) -> Pair:
        return f"_:from-{key}", {"prov:generatedEntity": made, "prov:usedEntity": source}

    for report in contents.reports.values():
        yield link(report.id, _name("report", report.id), _name("bytes", report.original_sha256))
    for told in contents.told():
        for claim in told.claims:
            yield link(claim.id, _name("claim", claim.id), _name("report", claim.report))
            yield link(f"{told.id}-{claim.id}", _name("event", told.id), _name("claim", claim.id))


def _associated(contents: Contents) -> Iterator[Pair]:
    for report in contents.reports:
        read = contents.readings.get(report)
        agent = _software(read.by if read else this_version())
        yield f"_:by-{report}", {"prov:activity": _name("reading", report), "prov:agent": agent}
    reconciling = {"prov:activity": _name("reconciling", "all"), "prov:agent": _software(this_version())}
    yield "_:by-reconciling", reconciling
    for judgement in contents.judgements:
        yield (
            f"_:by-{judgement.id}",
            {"prov:activity": _name("judgement", judgement.id), "prov:agent": _person(judgement)},
        )


def _influenced(contents: Contents) -> Iterator[Pair]:
    known = {judgement.id for judgement in contents.judgements}
    for told in contents.told():
        for judgement in told.happening.judgements:
            if judgement in known:
                yield (
                    f"_:shaped-{told.id}-{judgement}",
                    {
                        "prov:influencee": _name("event", told.id),
                        "prov:influencer": _name("judgement", judgement),
                    },
                )


PROV = Format(
    "prov", "prov.json", "application/json", "who decided what, from which bytes (PROV-JSON)", one(_lines)
)
