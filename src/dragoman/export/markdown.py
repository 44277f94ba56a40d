"""
Markdown notes with YAML, for Obsidian and its like: one for each event, each report and each negotiation.

Nothing in a report is obeyed: what Markdown, HTML, wiki links, templates or in-line queries would take for
theirs is escaped, and the YAML is JSON in quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, Part
from dragoman.export.csl import events_of
from dragoman.export.saying import credit, title_of, web_address
from dragoman.model import CLAIM_SLOTS, Negotiation, StoredReport
from dragoman.output.happenings import day_bounds, history_in_words, marks
from dragoman.output.told import Told
from dragoman.output.words import date_in_words, parties_in_words, visible

# ASCII punctuation may be escaped with a backslash (CommonMark 0.31, 2.4); these begin something somewhere.
_MARKS = re.compile(r"[\\`*_{}\[\]()#+!|~$%^=:@.\-]")


def escaped(text: str) -> str:
    """Text of a report on one line, with nothing that Markdown or a plug-in would take for its own."""
    plain = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(lambda match: f"\\{match[0]}", plain)


def _words(text: str) -> str:
    """The same for text that stands in the middle of a line: full stops and hyphens need no escape there."""
    return escaped(text).replace("\\.", ".").replace("\\-", "-").replace("\\:", ":")


def _yaml(values: Mapping[str, Any]) -> str:
    lines = (
        f"{name}: {_scalar(value)}\n" for name, value in values.items() if value not in (None, (), [], "")
    )
    return f"---\n{''.join(lines)}---\n"


def _scalar(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_scalar, value))}]"
    return json.dumps(visible(value) if isinstance(value, str) else value, ensure_ascii=False)


def _event_name(told: Told) -> str:
    low, high = day_bounds(told.date)
    return f"events/{low or high or 'undated'} {told.id}"


def _parts(contents: Contents, _: Notes) -> Iterable[Part]:
    names: dict[str, str] = {}
    negotiations = contents.negotiations_of()
    for told in contents.told():
        names[told.id] = _event_name(told)
        yield f"{names[told.id]}.md", _bytes(_event(told, negotiations.get(told.id, ())))
    events = events_of(contents)
    for report in contents.reports.values():
        yield f"sources/{report.id}.md", _bytes(_source(report, events.get(report.id, []), names))
    for negotiation in contents.negotiations:
        yield f"negotiations/{negotiation.id}.md", _bytes(_negotiation(negotiation, names))


def _bytes(lines: Iterable[str]) -> Iterator[bytes]:
    for line in lines:
        yield (
            f"{line}\n".encode("utf-8", "replace")
            if not line.endswith("\n")
            else line.encode("utf-8", "replace")
        )


def _event(told: Told, negotiations: tuple[str, ...]) -> Iterator[str]:
    h = told.happening
    earliest, latest = day_bounds(told.date)
    yield _yaml(
        {
            "id": told.id,
            "title": title_of(told),
            "aliases": [title_of(told)],
            "type": h.type.value,
            **{name: h.value(name) for name in CLAIM_SLOTS if name != "title"},
            "document": h.text("title"),
            "earliest": earliest,
            "latest": latest,
            "sources": h.sources,
            "conflicts": h.conflicts,
            "overdue": h.overdue,
            "negotiations": [f"[[negotiations/{n}]]" for n in negotiations],
            "reports": [f"[[sources/{report.id}]]" for report in told.told_by],
            "tags": [f"dragoman/{h.type.value}"],
        }
    )
    yield f"# {_words(title_of(told))}\n\n"
    yield f"{_words(date_in_words(told.date))}{f' · {_words(told.where)}' if told.where else ''}\n\n"
    if people := h.many("people"):
        yield f"{_words(', '.join(people))}\n\n"
    if told.about:
        yield f"{_words(' · '.join(told.about))}\n\n"
    for mark in marks(told):
        yield f"> [!warning] {_words(mark)}\n\n"
    if history := history_in_words(h.history):
        yield f"{_words(history)}\n\n"
    yield "## What the reports say\n\n"
    for claim in told.claims:
        report = told.reports.get(claim.report)
        for span in claim.evidence:
            yield f"> {escaped(span.exact)}\n"
        name = _words(credit(report)) if report else claim.report
        day = f", {_words(date_in_words(report.published))}" if report and report.published else ""
        yield f"\n[[sources/{claim.report}]] {name}{day}\n\n"


def _source(report: StoredReport, events: list[str], names: Mapping[str, str]) -> Iterator[str]:
    yield _yaml(
        {
            "id": report.id,
            "title": report.title or report.name,
            "outlet": report.publisher,
            "published": report.published,
            "basis": report.basis,
            "url": web_address(report),
            "address": report.address,
            "language": report.language,
            "original_sha256": report.original_sha256,
            "text_sha256": report.text_sha256,
            "current": report.current,
            "tags": ["dragoman/source"],
        }
    )
    yield f"# {_words(credit(report))}\n\n"
    yield from _list(events, names)


def _negotiation(negotiation: Negotiation, names: Mapping[str, str]) -> Iterator[str]:
    yield _yaml(
        {
            "id": negotiation.id,
            "title": negotiation.name,
            "parties": negotiation.parties,
            "forum": negotiation.forum,
            "subject": negotiation.subject,
            "tags": ["dragoman/negotiation"],
        }
    )
    yield f"# {_words(negotiation.name)}\n\n"
    yield f"{_words(parties_in_words(negotiation.parties))}\n\n"
    yield from _list(negotiation.happenings, names)


def _list(events: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    for event in events:
        if event in names:
            yield f"- [[{names[event]}]]\n"


MARKDOWN = Format("markdown", "md", "text/markdown", "a note for each event, for Obsidian", _parts, many=True)
