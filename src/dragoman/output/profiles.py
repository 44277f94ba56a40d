"""People, bodies and groups over all reports, with their spellings and offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.model import Profile, Tenure
from dragoman.output.form import Form, Row
from dragoman.output.happenings import count
from dragoman.output.words import date_in_words, parties_in_words, party_in_words, visible

COLUMNS = (
    "id", "kind", "name", "parties", "spellings", "reports", "office", "office_party", "first", "last",
    "office_reports", "in_table",
)  # fmt: skip
_INDENT = 2


def print_profiles(console: Console, profiles: Sequence[Profile]) -> None:
    """Each actor with whom it acts for, how it is spelled and which offices are given when."""
    for profile in profiles:
        console.print(_heading(profile))
        lines: list[Text | Table] = [
            Text(f"{visible(profile.id)} · {count(len(profile.reports), 'report')}", "dim")
        ]
        if len(profile.spellings) > 1:
            forms = ", ".join(f"{visible(form)} ({number})" for form, number in profile.spellings)
            lines.append(Text(f"spelled {forms}"))
        if profile.tenures:
            lines.append(_tenures(profile.tenures))
        console.print(Padding(Group(*lines), (0, 0, 1, _INDENT)))


def _heading(profile: Profile) -> Text:
    heading = Text(visible(profile.name), "bold")
    if profile.parties:
        heading.append(f" · {parties_in_words(profile.parties)}", "not bold")
    return heading


def _tenures(tenures: Sequence[Tenure]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for tenure in tenures:
        office = visible(tenure.office)
        if tenure.party:
            office += f" ({party_in_words(tenure.party)})"
        told = count(len(tenure.reports), "report")
        known = f"{told} and the table of office holders" if tenure.in_table else told
        grid.add_row(Text(office), Text(when(tenure), "cyan"), Text(known, "dim"))
    return grid


def when(tenure: Tenure) -> str:
    """The days on which the office is told: "10 January 2022 to 3 March 2023"."""
    first, last = tenure.first, tenure.last
    if first == last or not (first and last):
        return date_in_words(first or last) if first or last else "at unknown times"
    return f"{date_in_words(first)} to {date_in_words(last)}"


def profile_row(profile: Profile) -> Row:
    """One actor as a JSON object."""
    return {
        "id": profile.id,
        "kind": profile.kind,
        "name": profile.name,
        "parties": list(profile.parties),
        "spellings": [{"form": form, "reports": number} for form, number in profile.spellings],
        "offices": [
            {
                "office": tenure.office,
                "party": tenure.party,
                "first": tenure.first,
                "last": tenure.last,
                "reports": list(tenure.reports),
                "in_table": tenure.in_table,
            }
            for tenure in profile.tenures
        ],
        "reports": list(profile.reports),
    }


def flat_profile(profile: Profile) -> Iterator[Row]:
    """A flat row for each office, one where there is none."""
    row: Row = {
        "id": profile.id,
        "kind": profile.kind,
        "name": profile.name,
        "parties": "; ".join(profile.parties),
        "spellings": "; ".join(form for form, _ in profile.spellings),
        "reports": len(profile.reports),
    }
    for tenure in profile.tenures:
        yield row | {
            "office": tenure.office,
            "office_party": tenure.party,
            "first": tenure.first,
            "last": tenure.last,
            "office_reports": len(tenure.reports),
            "in_table": tenure.in_table,
        }
    if not profile.tenures:
        yield row


PROFILES: Form[Profile] = Form("actor", COLUMNS, flat_profile, profile_row, print_profiles)
