"""Sources for reference managers: CSL-JSON (https://citeproc-js.readthedocs.io) and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.saying import joined_lines, web_address
from dragoman.model import StoredReport
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf, Moment
from dragoman.output.rows import dumps
from dragoman.output.words import date_in_words, visible

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
    "_": r"\_", "^": r"\^{}", "~": r"\~{}",
}  # fmt: skip
_SPECIAL = re.compile("[" + re.escape("".join(_LATEX)) + "]")


def events_of(contents: Contents) -> dict[str, list[str]]:
    """Ids of the events that each report tells of."""
    found: dict[str, list[str]] = {}
    for told in contents.told():
        for report in told.told_by:
            found.setdefault(report.id, []).append(told.id)
    return found


# --- CSL-JSON --------------------------------------------------------------------------------------------


def _csl(contents: Contents, _: Notes) -> Iterator[str]:
    events = events_of(contents)
    yield "[\n"
    yield from joined_lines(dumps(item(r, events.get(r.id, []))) for r in contents.reports.values())
    yield "\n]\n"


def item(report: StoredReport, events: list[str]) -> dict[str, Any]:
    """One report as an item of CSL."""
    found: dict[str, Any] = {
        "id": report.id,
        "type": "article-newspaper",
        "title": visible(report.title or report.name),
        "container-title": visible(report.publisher or "") or None,
        "publisher-place": visible(report.place or "") or None,
        "issued": _issued(report.published),
        "URL": web_address(report),
        "language": visible(report.language or "") or None,
        "source": "Dragoman",
        "note": _note(report),
        "custom": {
            "original_sha256": report.original_sha256,
            "text_sha256": report.text_sha256,
            "events": events,
        },
    }
    return {name: value for name, value in found.items() if value is not None}


def _note(report: StoredReport) -> str:
    address = None if web_address(report) else f"found at {visible(report.address)}"
    day = (
        f"published {date_in_words(report.published)}" if report.published else "date of publication unknown"
    )
    basis = f"{day} ({report.basis})" if report.published else day
    return "; ".join(filter(None, (basis, address)))


def _issued(edtf: str | None) -> dict[str, Any] | None:
    """A date as CSL has it; None where its year is not known or an end is open."""
    value = Edtf.parse(edtf)
    if value is None or value.bounds is None or not value.year_known:
        return None
    if FAR_PAST in value.bounds or FAR_FUTURE in value.bounds or not (value.start and value.end):
        return None
    parts = [_date_parts(value.start)] + ([_date_parts(value.end)] if value.interval else [])
    return {"date-parts": parts} | ({"circa": True} if value.about else {})


def _date_parts(moment: Moment) -> list[int]:
    return [part for part in (moment.year, moment.month, moment.day) if part is not None]


# --- BibTeX ----------------------------------------------------------------------------------------------


def _bibtex(contents: Contents, _: Notes) -> Iterator[str]:
    events = events_of(contents)
    for report in contents.reports.values():
        yield entry(report, events.get(report.id, []))


def entry(report: StoredReport, events: list[str]) -> str:
    """One report as an entry; every character that LaTeX or BibTeX obeys is written as text."""
    day = _first_day(report.published)
    address = web_address(report)
    fields: dict[str, str | None] = {
        "title": f"{{{_latex(report.title or report.name)}}}",
        "howpublished": _latex(report.publisher or "") or None,
        "address": _latex(report.place or "") or None,
        "year": str(day[0]) if day else None,
        "url": _in_url(address) if address else None,
        "note": _latex(_note(report)),
        "keywords": ", ".join(events) or None,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if day and day[1]:
        lines.append(f"  month = {_MONTHS[day[1] - 1]}")
    return f"@misc{{dragoman-{report.id},\n" + ",\n".join(lines) + "\n}\n\n"


def _first_day(edtf: str | None) -> tuple[int, int | None] | None:
    value = Edtf.parse(edtf)
    moment = (value.start or value.end) if value else None
    if moment is None or moment.year is None:
        return None
    return moment.year, moment.month


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _LATEX[match[0]], visible(text))


def _in_url(address: str) -> str:
    """An address inside braces: what would close them is written %XX."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", visible(address))


CSL = Format(
    "csl", "json", "application/vnd.citationstyles.csl+json", "sources as CSL-JSON, for Zotero", one(_csl)
)
BIBTEX = Format("bibtex", "bib", "application/x-bibtex", "sources as BibTeX, for LaTeX", one(_bibtex))
