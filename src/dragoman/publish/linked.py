"""
Linked data: what a page tells, in schema.org's terms (JSON-LD).

Only what a report says to have taken place or to be planned is an ``Event``; what is denied, refused,
hoped for or unclear is a ``Claim``, so that no reader of the data takes it for a happening.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dragoman.model import EventType, Happening, Status, StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.output.sentences import Account
from dragoman.output.told import Told
from dragoman.output.words import country_in_words, party_in_words, visible
from dragoman.publish.edition import urn
from dragoman.publish.links import web_address

Node = dict[str, Any]

_STATUSES: Mapping[str | None, str] = {
    Status.HELD: "EventScheduled",
    Status.UNDER_WAY: "EventScheduled",
    Status.PLANNED: "EventScheduled",
    Status.CANCELLED: "EventCancelled",
    Status.POSTPONED: "EventPostponed",
}
_HAPPENED = {Status.REACHED, Status.MADE}
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(node: Node) -> Markup:
    """The data as the text of a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    for char, escape in _IN_SCRIPT.items():
        text = text.replace(char, escape)
    return Markup(text)  # noqa: S704 - every character that markup knows is escaped above


def event_node(told: Told, account: Account, name: str) -> Node:
    """An event, or the claim that there is one; ``name`` is what it is called for good."""
    h = told.happening
    status = h.text("status")
    sources = [report_node(report) for report in told.told_by]
    node: Node = {"@id": urn("event", name), "identifier": told.id, "name": visible(account.headline)}
    if status not in _STATUSES and status not in _HAPPENED:
        return {"@type": "Claim", **node, "text": visible(account.text), "appearance": sources}
    node = {"@type": "Event", **node, "description": visible(account.text), "keywords": h.type.value}
    if h.type is EventType.MEETING and status in _STATUSES:
        node["eventStatus"] = f"https://schema.org/{_STATUSES[status]}"
    node |= _days(told.date) | _place(h)
    if people := [_party(code) for code in h.many("parties")] + [
        {"@type": "Person", "name": visible(name)} for name in h.many("people")
    ]:
        node["attendee" if h.type is EventType.MEETING else "contributor"] = people
    if subject := h.text("subject"):
        node["about"] = visible(subject)
    return node | {"subjectOf": sources}


def _days(edtf: str | None) -> Node:
    """First and last day where both are certain; a date that is open or "about" stands in the words alone."""
    value = Edtf.parse(edtf)
    bounds = value.bounds if value and value.year_known and not value.about else None
    if value is None or bounds is None or FAR_PAST in bounds or FAR_FUTURE in bounds:
        return {}
    if not value.interval:
        return (
            {"startDate": str(value.start)}
            if value.start and value.start.year and value.start.year > 0
            else {}
        )
    return {"temporalCoverage": f"{bounds[0].isoformat()}/{bounds[1].isoformat()}"}


def _place(happening: Happening) -> Node:
    place, country = happening.text("place"), happening.text("country")
    if not place and not country:
        return {}
    state = country_in_words(country) if country else ""
    node: Node = {"@type": "Place", "name": visible(place or state)}
    if state:
        node["address"] = {"@type": "PostalAddress", "addressCountry": state}
    return {"location": node}


def _party(code: str) -> Node:
    name = party_in_words(code)
    return {"@type": "Country" if len(code) == 3 and name != code else "Organization", "name": name}


def report_node(report: StoredReport) -> Node:
    """A report as a cited work."""
    node: Node = {
        "@type": "NewsArticle",
        "@id": urn("report", report.id),
        "headline": visible(report.title or report.name),
    }
    if report.publisher:
        node["publisher"] = {"@type": "Organization", "name": visible(report.publisher)}
    value = Edtf.parse(report.published)
    if value and not value.interval and not value.about and value.year_known:
        node["datePublished"] = str(value)
    if address := web_address(report):
        node["url"] = address
    if report.language:
        node["inLanguage"] = visible(report.language)
    return node


def site_node(title: str, by: str, licence: str, address: str, day: str) -> Node:
    """The site itself."""
    node: Node = {"@type": "WebSite", "name": visible(title)}
    if by:
        node["publisher"] = {"@type": "Organization", "name": visible(by)}
    if licence:
        node["license"] = visible(licence)
    if address:
        node |= {"@id": address, "url": address}
    return node | {"dateModified": day}


def article_node(headline: str, summary: str, events: Sequence[str], reports: Sequence[StoredReport]) -> Node:
    """The page of a negotiation: an article with the events it tells and the reports it cites."""
    return {
        "@type": "Article",
        "headline": visible(headline),
        "abstract": visible(summary),
        "mentions": [{"@id": urn("event", name)} for name in events],
        "citation": [report_node(report) for report in reports],
    }


def graph(*nodes: Node) -> Node:
    """Nodes as one document."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}
