"""
Make the dated table of office holders from the hand-kept list and the ledger of US travels and visits.

    python training/actors/holders.py LEDGER.jsonl

The ledger (CC0) names foreign guests with their office and country, one dated visit a line. A guest whom the
list already has confirms its row (source "list, ledger"); one whom it lacks becomes a row of its own, dated
from the first visit to the last (source "ledger").
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "dragoman" / "data" / "actors"
FIRST_YEAR = 1989
HEADER = """\
# Who held which office for which party, and when.
# Origin: made by training/actors/holders.py from training/actors/holders.txt (compiled for Dragoman from
# general knowledge of public facts) and a CC0 ledger of official travels and visits of the United States.
# Licence: facts; the compilation as the project. Source "list": by hand; "ledger": first to last visit,
# not the whole term; "list, ledger": by hand, and the ledger has the person for the same party.
# Columns: standard name, other spellings (|), party, office, from year, to year (empty: open), source
name	variants	party	office	from	to	source
"""
TITLES = (
    "President-elect|Vice President|President|Deputy Prime Minister|Prime Minister-elect|"
    "Prime Minister-designate|Prime Minister|Premier|Federal Chancellor|Chancellor|Foreign Minister|"
    "Minister of Foreign Affairs|Foreign Secretary|Minister for Foreign Affairs|Defense Minister|"
    "Secretary-General|Secretary General|King|Queen|Crown Prince|Emir|Amir|Sultan|Taoiseach|"
    "General Secretary|Chairman|Chief Executive|Interim President|Acting President"
)
GUEST = re.compile(
    rf"^(?:(?:Interim|Acting|Former|Transitional) )?({TITLES})\s+"
    r"(?:(?:Sheikh|Prince|General|Gen\.|Dr\.) )?(.+)$"
)
LIST_ENTRY = re.compile(r"^(?P<names>.+?) (?P<start>\d{4})-(?P<end>\d{4})?$")
OFFICES = {
    "federal chancellor": "chancellor",
    "amir": "emir",
    "minister of foreign affairs": "foreign minister",
}


class Holder(NamedTuple):
    """One term of office."""

    name: str
    variants: tuple[str, ...]
    party: str
    office: str
    start: int
    end: int | None
    source: str


def fold(text: str) -> str:
    """Letters alone, lower case, without marks: how names are compared here."""
    plain = unicodedata.normalize("NFD", text)
    return re.sub(r"[^a-z]", "", "".join(c for c in plain if not unicodedata.combining(c)).lower())


def read_list(path: Path) -> list[Holder]:
    """The hand-kept list."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, body = line.partition(": ")
        party, _, office = head.partition(" ")
        for entry in body.split("; "):
            match = LIST_ENTRY.match(entry.strip())
            if match is None:
                message = f"no entry of the form 'Name from-to': {entry!r} in {head!r}"
                raise SystemExit(message)
            standard, *variants = match["names"].split("/")
            end = int(match["end"]) if match["end"] else None
            found.append(
                Holder(
                    standard,
                    tuple(variants),
                    party.replace("_", " "),
                    office,
                    int(match["start"]),
                    end,
                    "list",
                )
            )
    return found


def read_states(path: Path) -> dict[str, str]:
    """Code by any name of a state."""
    codes: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "code\t")) or not line:
            continue
        code, _, name, aliases, *_ = line.split("\t")
        for alias in (name, *aliases.split("|")):
            codes[fold(alias)] = code
    return codes


def state_of(country: str, codes: dict[str, str]) -> str | None:
    """Code of a country as the ledger writes it ("Korea, Republic of", "China, People's Republic of")."""
    turned = " ".join(reversed(country.split(", "))) if ", " in country else country
    return codes.get(fold(country)) or codes.get(fold(turned))


def read_ledger(path: Path, codes: dict[str, str]) -> list[Holder]:
    """Guests with their office and the years of their visits."""
    years: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        year = int(row["start"][:4])
        match = GUEST.match(row["who"].strip())
        party = state_of(row["country"], codes)
        if row["kind"] != "foreign_visit_to_us" or year < FIRST_YEAR or match is None or party is None:
            continue
        office = match[1].lower()
        if office.endswith(("-elect", "-designate")) or " and " in match[2]:
            continue
        name = re.sub(r"\s*\(.*?\)|,.*$", "", match[2]).strip()
        if office in {"king", "queen", "sultan"}:
            name = f"{match[1]} {name}"
        years[party, OFFICES.get(office, office), name].append(year)
    return [
        Holder(name, (), party, office, min(found), max(found), "ledger")
        for (party, office, name), found in years.items()
    ]


def merge(listed: list[Holder], ledger: list[Holder]) -> list[Holder]:
    """The list, confirmed where the ledger has the person; then the ledger's own."""
    known: dict[tuple[str, str], list[int]] = defaultdict(list)
    surnames: dict[tuple[str, str], list[int]] = defaultdict(list)
    merged = list(listed)
    for i, holder in enumerate(listed):
        for name in (holder.name, *holder.variants):
            known[holder.party, fold(name)].append(i)
            surnames[holder.party, fold(name.split()[-1])].append(i)
    for guest in ledger:
        rows = known.get((guest.party, fold(guest.name))) or [
            i
            for i in surnames.get((guest.party, fold(guest.name.split()[-1])), [])
            if listed[i].start - 1 <= guest.end and guest.start <= (listed[i].end or 9999) + 1  # type: ignore[operator]
        ]
        if not rows:
            merged.append(guest)
        for i in rows:
            merged[i] = merged[i]._replace(source="list, ledger")
    return sorted(merged, key=lambda h: (h.party, h.office, h.start, h.name))


def main() -> None:
    """Write the table."""
    codes = read_states(DATA / "states.tsv")
    listed = read_list(HERE / "holders.txt")
    rows = merge(listed, read_ledger(Path(sys.argv[1]), codes))
    with (DATA / "holders.tsv").open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for row in rows:
            cells = (
                row.name,
                "|".join(row.variants),
                row.party,
                row.office,
                str(row.start),
                str(row.end or ""),
                row.source,
            )
            out.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
