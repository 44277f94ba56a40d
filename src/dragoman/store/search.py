"""
Search in the texts of all reports.

SQLite has an index of trigrams, so that scripts without spaces between words are found as well;
PostgreSQL looks through the texts (an index there needs an extension that not every server has).
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select, text

from dragoman.store.tables import reports

SHORTEST = 3  # characters that an index of trigrams can find

_TERM = re.compile(r'"([^"]+)"|(\S+)')


def terms(query: str) -> list[str]:
    """What is looked for: words, and what stands in quotation marks as a whole."""
    return [quoted or word for quoted, word in _TERM.findall(query)]


def reports_with(connection: Connection, query: str) -> Select[tuple[str]]:
    """The ids of reports with all terms of ``query`` in title or text, upper and lower case alike."""
    found = select(reports.c.id)
    if connection.dialect.name == "sqlite":
        long = [term for term in terms(query) if len(term) >= SHORTEST]
        if long:
            phrases = " AND ".join('"' + term.replace('"', '""') + '"' for term in long)
            matching = text("number IN (SELECT rowid FROM reports_index WHERE reports_index MATCH :phrases)")
            found = found.where(matching.bindparams(bindparam("phrases", phrases, unique=True)))
        rest = [term for term in terms(query) if len(term) < SHORTEST]
    else:
        rest = terms(query)
    return found.where(and_(*map(_contains, rest))) if rest else found


def _contains(term: str) -> ColumnElement[bool]:
    return or_(
        reports.c.text.icontains(term, autoescape=True), reports.c.title.icontains(term, autoescape=True)
    )
