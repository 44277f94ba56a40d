"""The Atom feed (RFC 4287), the calendar (RFC 5545) and the sitemap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import icalendar
from lxml import etree  # type: ignore[import-untyped]

from dragoman.export.ics import UID_HOST, days_certain
from dragoman.model import EventType, Status
from dragoman.output.happenings import count
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, visible
from dragoman.publish.edition import Memory, Past, last_told, urn
from dragoman.publish.links import event_path
from dragoman.publish.material import Material
from dragoman.publish.options import Options
from dragoman.store.version import this_version

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ENTRIES = 100  # of the feed
LONGEST = 31  # days of an interval that a calendar can show
# What XML 1.0 forbids (section 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(words: str) -> str:
    return _FORBIDDEN.sub("\ufffd", visible(words))


def _element(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _text(words) if words else None
    return element


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def feed(material: Material, memory: Memory, options: Options) -> bytes:
    """
    The feed: an entry for each edition and for the events that changed last.

    An entry keeps its identifier for good; its moment is that of the edition in which it last changed.
    """
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _element(root, "id", memory.feed)
    _element(root, "title", options.title)
    _element(root, "updated", _moment(memory.now.day))
    _element(root, "link", rel="self", type="application/atom+xml", href=f"{options.base_url}feed.xml")
    _element(root, "link", rel="alternate", type="text/html", href=f"{options.base_url}index.html")
    author = _element(root, "author")
    _element(author, "name", options.by or options.title)
    generator = _element(root, "generator", "Dragoman")
    generator.set("version", this_version())
    if options.licence:
        _element(root, "rights", options.licence)
    kept = memory.now.events
    ordered = sorted(material.told, key=lambda told: (kept[told.id].updated, *last_told(told)), reverse=True)
    entries = [(kept[told.id].updated, 0, told) for told in ordered[:ENTRIES]]
    for past in reversed(memory.editions[-10:]):
        _edition(root, past.day, _past(past, first=past == memory.editions[0]), options)
    for _, _, told in entries:
        _entry(root, told, material, memory, options)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _past(past: Past, *, first: bool) -> str:
    stock = f"{count(past.events, 'event')} from {count(past.reports, 'report')}"
    if first:
        return f"The first edition: {stock}."
    return f"{stock}; {count(past.new, 'new event')}, {past.changed:,} told otherwise than before."


def _edition(root: etree._Element, day: str, summary: str, options: Options) -> None:
    entry = _element(root, "entry")
    _element(entry, "id", urn("edition", day))
    _element(entry, "title", f"Edition of {date_in_words(day)}")
    _element(entry, "updated", _moment(day))
    _element(entry, "link", rel="alternate", type="text/html", href=f"{options.base_url}index.html")
    _element(entry, "summary", summary)


def _entry(root: etree._Element, told: Told, material: Material, memory: Memory, options: Options) -> None:
    account, kept = material.accounts[told.id], memory.now.events[told.id]
    entry = _element(root, "entry")
    _element(entry, "id", urn("event", kept.name))
    _element(entry, "title", account.headline)
    _element(entry, "published", _moment(kept.first))
    _element(entry, "updated", _moment(kept.updated))
    _element(
        entry, "link", rel="alternate", type="text/html", href=f"{options.base_url}{event_path(told.id)}"
    )
    _element(entry, "category", term=told.happening.type.value)
    _element(entry, "summary", account.text)


# --- calendar ---------------------------------------------------------------------------------------------

_SHOWN = {
    Status.HELD: "CONFIRMED",
    Status.UNDER_WAY: "CONFIRMED",
    Status.PLANNED: "TENTATIVE",
    Status.PROPOSED: "TENTATIVE",
    Status.POSTPONED: "TENTATIVE",
    Status.UNCLEAR: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.REACHED: "CONFIRMED",
    Status.EXPECTED: "TENTATIVE",
}


def in_calendar(told: Told) -> tuple[date, date] | None:
    """First and last day of an event that a calendar can show; None where its days are open or too many."""
    if told.happening.type not in {EventType.MEETING, EventType.AGREEMENT}:
        return None
    if told.happening.text("status") not in _SHOWN:
        return None
    days = days_certain(told.date)
    return days if days and days[1] < date.max and (days[1] - days[0]).days < LONGEST else None


def calendar(material: Material, memory: Memory, options: Options) -> bytes:
    """
    Meetings and agreements whose days are known, as whole days.

    An interval of days is shown from its first to its last, and its words say that it is one; a month or a
    year is no day and is not shown. The identifiers are those of ``dragoman export --to ics``.
    """
    found = icalendar.Calendar()
    found.add("prodid", f"-//Dragoman//{this_version()}//EN")
    found.add("version", "2.0")
    found.add("name", _text(options.title))
    found.add("x-wr-calname", _text(options.title))
    for told in material.told:
        days = in_calendar(told)
        if days is None:
            continue
        account, kept = material.accounts[told.id], memory.now.events[told.id]
        updated = datetime.fromisoformat(kept.updated).replace(tzinfo=UTC)
        event = icalendar.Event()
        event.add("uid", f"{kept.name}@{UID_HOST}")
        event.add("dtstamp", updated)
        event.add("last-modified", updated)
        event.add("dtstart", days[0])
        event.add("dtend", days[1] + timedelta(days=1))  # exclusive
        event.add("summary", _text(account.headline))
        event.add("description", _text(account.text))
        event.add("status", _SHOWN[Status(told.happening.text("status") or "")])
        event.add("transp", "TRANSPARENT")
        if told.where:
            event.add("location", _text(told.where))
        if options.base_url:
            event.add("url", f"{options.base_url}{event_path(told.id)}")
        found.add_component(event)
    return bytes(found.to_ical())


# --- sitemap ----------------------------------------------------------------------------------------------


def sitemap(pages: Iterable[tuple[str, str]], base_url: str) -> bytes:
    """The pages of a site with the day on which each last changed."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})
    for path, day in pages:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = base_url + ("" if path == "index.html" else path)
        etree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = day
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def shown_in_calendar(told: Sequence[Told]) -> int:
    """How many events the calendar shows."""
    return sum(in_calendar(one) is not None for one in told)
