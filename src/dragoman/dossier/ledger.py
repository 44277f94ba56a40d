"""An official ledger of travels and visits: JSON lines, a row a visit, read with its errors told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from dragoman.actors.fold import fold, words
from dragoman.actors.gazetteer import Sense, gazetteer
from dragoman.actors.tables import holders, offices, states
from dragoman.data import read_rows
from dragoman.errors import UsageError

TRAVEL, VISIT = "us_travel_abroad", "foreign_visit_to_us"
HOME = "USA"
VISITOR = "visitor"  # the role of whoever comes to visit
_NEEDED = ("id", "kind", "who", "start", "end", "country")
_BODIES = frozenset({"organisation", "forum", "group"})
# Titles before a name in remarks ("Met with President Putin").
_TITLED = re.compile(
    r"\b(?P<title>President|Prime Minister|Chancellor|Premier|King|Emir|Amir|Sultan|Crown Prince|Foreign "
    r"(?:Minister|Secretary)|General Secretary|Secretary General|Secretary-General|Chairman)\s+"
    r"(?P<name>[A-Z][\w’'-]+(?:\s+(?:(?:de|da|di|van|von|der|bin|al|el|[A-Z]\.)\s+)*[A-Z][\w’'-]+){0,3})"
)
# States after a city in the United States ("Seattle, WA"), and words that are no place.
_CITY = re.compile(r"\b(?:in|at) (?P<city>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """
    One row of a ledger: somebody is somewhere from one day to another.

    Attributes:
        role: "president" or "secretary" for those who travel, "visitor" for those who come.
        country: of the host, for a visit of the visitor; as the ledger words it.
        same: ids of further rows that say the same.
    """

    id: str
    kind: str
    role: str
    who: str
    start: date
    end: date
    country: str
    place: str = ""
    remarks: str = ""
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """
    What a row leads one to expect in a record of meetings.

    Attributes:
        counterparts: codes of the parties any of which the United States met, the row's country first.
        country: where, as a code; None where the ledger's words are not known.
        cities: folded names of places that the row gives.
    """

    row: LedgerRow
    counterparts: tuple[str, ...]
    country: str | None
    cities: frozenset[str]


def read_ledger(path: Path) -> list[LedgerRow]:
    """
    Rows of a ledger in JSON lines; rows that say the same are one.

    Raises:
        UsageError: the file cannot be read, or a line is no row; the message names the line and the field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: cannot be read as a ledger ({error}); give a file of JSON lines"
        ) from error
    rows = [read_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise UsageError(f"{path}: no rows; a ledger has one JSON object a line")
    return merge_same(rows)


def read_row(line: str, where: str) -> LedgerRow:
    """One line of a ledger; ``where`` is for messages."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: no JSON ({error})") from error
    if not isinstance(value, dict):
        raise UsageError(f"{where}: not a JSON object but {type(value).__name__}")
    for name in (*_NEEDED, "role", "place", "remarks"):
        if value.get(name) is None and name not in _NEEDED:
            continue
        if not isinstance(value.get(name), str) or (name in _NEEDED and not value[name].strip()):
            raise UsageError(f"{where}: {name!r} must be words, not {value.get(name)!r}")
    if value["kind"] not in {TRAVEL, VISIT}:
        raise UsageError(f"{where}: 'kind' is {value['kind']!r}; it must be {TRAVEL!r} or {VISIT!r}")
    start, end = _day(value["start"], "start", where), _day(value["end"], "end", where)
    if end < start:
        raise UsageError(f"{where}: 'end' {end} is before 'start' {start}")
    role = VISITOR if value["kind"] == VISIT else value.get("role") or "traveller"
    place, remarks = value.get("place") or "", value.get("remarks") or ""
    return LedgerRow(
        value["id"], value["kind"], role, value["who"], start, end, value["country"], place, remarks
    )


def _day(text: str, name: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{where}: {name!r} is {text!r}, no day as 2022-01-21") from error


def merge_same(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Rows in their order; one that repeats another's person, days, country and place is noted in it."""
    kept: dict[tuple[object, ...], LedgerRow] = {}
    for row in rows:
        name = words(row.who)
        key = (row.kind, row.role, name[-1:], row.start, row.end, country_code(row.country) or row.country)
        if key in kept:
            first = kept[key]
            kept[key] = replace(first, same=(*first.same, row.id))
        else:
            kept[key] = row
    return list(kept.values())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for state in states().values():
        for name in (state.name, *state.aliases):
            found.setdefault(fold(name).removeprefix("the "), state.code)
    for name, code in read_rows("dossier", "countries.tsv"):
        found[fold(name)] = code
    return found


@cache
def country_code(name: str) -> str | None:
    """The code of a country as a ledger names it ("Korea, Republic of"), None where it is not known."""
    plain = fold(name).strip().removeprefix("the ")
    forms = [plain, re.sub(r"\s*\(.*\)", "", plain)]
    forms += [" ".join(reversed([part.strip() for part in form.split(",")])) for form in forms if "," in form]
    forms += [form.split(",")[0] for form in forms if "," in form]
    return next((code for form in forms if (code := _countries().get(form))), None)


def expect(row: LedgerRow) -> Expected:
    """
    The meeting that a row tells of.

    A visit is a meeting of the United States with the visitor's country in the United States. A journey is
    one with any of the host, the persons and nations in the remarks, and the bodies whose gathering it was.
    """
    country = country_code(row.country)
    if row.kind == VISIT:
        cities = {fold(match["city"]) for match in _CITY.finditer(row.remarks)}
        return Expected(row, (country,) if country else (), HOME, frozenset(cities))
    named = [
        code for code in (country, *remark_parties(row.remarks, row.start.year)) if code and code != HOME
    ]
    places = {fold(part).strip(" .") for part in re.split(r"[,;()]", row.place)}
    return Expected(row, tuple(dict.fromkeys(named)), country, frozenset(places - {""}))


def remark_parties(remarks: str, year: int) -> list[str]:
    """Codes of the parties that remarks name: nations, bodies, and persons by the table of office holders."""
    found: list[str] = []
    for _, _, _, sense in gazetteer().find(remarks):
        found += _sense_parties(sense)
    for match in _TITLED.finditer(remarks):
        found += _holder_party(match["title"], match["name"], year)
    return [code for code in found if code != HOME]


def _sense_parties(sense: Sense) -> tuple[str, ...]:
    if sense.kind in {"state", "adjective", "people", "metonym"} or sense.kind in _BODIES:
        return sense.parties
    return ()


def _holder_party(title: str, name: str, year: int) -> Sequence[str]:
    """The party of whoever of that name was in office then, where there is one."""
    key = words(name)
    asked = offices().get(fold(title), ("", ""))[0]
    terms = holders().keyed(key) or holders().surnamed(key[-1])
    serving = [term for term in terms if term.held(year, 1)]
    fitting = [term for term in serving if term.office == asked] or serving
    parties = {term.party for term in fitting}
    return sorted(parties) if len(parties) == 1 else ()
