"""Which offices somebody held when, as the reports say and as the dated table of office holders says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dragoman.actors.fold import fold
from dragoman.actors.gazetteer import gazetteer
from dragoman.actors.roles import fits, office_class
from dragoman.actors.tables import Term, offices
from dragoman.model import Entity, StoredReport, Tenure

_WIDEST = 31  # days; a report whose own date is less sure than that says nothing of when
_PAST = re.compile(r"\b(?:former|ex|late|onetime|then)\b")
# Before an office these make another one of it.
_UNDER = re.compile(r"\b(?:acting|interim|deputy|vice|assistant|principal deputy)\b")
# Offices of one word that need the rest of their words ("minister of energy", "head of the delegation").
_GENERAL = frozenset(
    "minister secretary deputy head chief director official leader chairman chairwoman chairperson chair "
    "member representative general commissioner executive adviser aide diplomat commander speaker "
    "founder".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One report gives somebody an office; ``own`` is false where the table gave it to the reader."""

    first: str
    last: str
    report: str
    office: str
    words: str
    party: str
    own: bool


def told_office(entity: Entity, report: StoredReport) -> Told | None:
    """The office that a report gives a person, None where it gives none or a past one."""
    if not entity.office:
        return None
    office, words = read_office(entity.office)
    if not office:
        return None
    low, high = report.earliest, report.latest
    dated = low is not None and high is not None and (high - low).days <= _WIDEST
    return Told(
        low.isoformat() if dated and low else "",
        high.isoformat() if dated and high else "",
        report.id,
        office,
        words,
        entity.parties[0] if entity.parties else "",
        own=not _from_table(entity),
    )


def _from_table(entity: Entity) -> bool:
    """Whether the office is the table's and not the report's: worded as there."""
    return any(
        reason.rule.startswith("actor.person.table-") and f": {entity.office}," in reason.note
        for reason in entity.reasons
    )


@cache
def read_office(text: str) -> tuple[str, str]:
    """
    The class of an office and its words without nations: ("president", "president") for "President of Chile".

    Empty for a past office ("former president") and for words without an office.
    """
    plain = fold(text)
    if _PAST.search(plain):
        return "", ""
    words = _without_nations(text)
    known = [name for name in offices() if re.search(rf"\b{re.escape(name)}\b", plain)]
    best = max(known, key=lambda name: (len(name), name), default="")
    if not best or best in _GENERAL:
        return words, words
    office = office_class(offices()[best][0] or best)
    under = _UNDER.search(plain[: plain.index(best)])
    prefix = f"{under.group()} " if under else ""
    return prefix + office, prefix + best


def _without_nations(text: str) -> str:
    """Words of an office without the states in it: "minister of energy" for "Russian Minister of Energy"."""
    plain = fold(text)
    for start, end, _, sense in reversed(gazetteer().find(text)):
        if sense.kind in {"state", "adjective"}:
            plain = plain[:start] + re.sub(r"^['’]s\b", "", plain[end:])
    plain = re.sub(
        r"\s+(?:of|for|to|from)(?: the)?(?: (?:republic|kingdom|state|federation)(?: of)?)?\s*$", "", plain
    )
    return " ".join(re.sub(r"\s+", " ", plain).strip(" ,.'’-").removeprefix("the ").split())


def find_tenures(
    tolds: Iterable[Told], terms: Sequence[Term], spoken: Iterable[Term] = ()
) -> tuple[Tenure, ...]:
    """
    Offices in order of time.

    What reports say of one office and party is one tenure, except that the terms of the table part it
    (Putin's first and second time as president). A term that no report tells stands with its
    years and no reports.

    Args:
        tolds: what the reports say.
        terms: of the person, from the table.
        spoken: those of them within which some report speaks of the person.
    """
    groups: defaultdict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for told in _with_parties(sorted(tolds)):
        term = _covering(told, terms)
        office = office_class(term.office) if term else told.office
        if term or told.own:
            groups[office, told.party, f"{term.start}" if term else ""].append(told)
    found = [_tenure(*key, group, terms) for key, group in groups.items()]
    for term in spoken:
        if (office_class(term.office), term.party, f"{term.start}") not in groups:
            last = str(term.end) if term.end else None
            found.append(Tenure(term.office, term.party, str(term.start), last, (), in_table=True))
    return tuple(sorted(found, key=lambda t: (t.first is None, t.first or "", t.office, t.party or "")))


def _with_parties(tolds: Sequence[Told]) -> list[Told]:
    """Offices told without a party get the one party for which others tell the same office."""
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for told in tolds:
        if told.party:
            parties[told.office].add(told.party)
    return [
        replace(told, party=min(parties[told.office]))
        if not told.party and len(parties[told.office]) == 1
        else told
        for told in tolds
    ]


def _covering(told: Told, terms: Sequence[Term]) -> Term | None:
    """The term of the table that an office falls into, a year off at most; without a date the only one."""
    fitting = [
        term
        for term in terms
        if term.party == told.party
        and (office_class(term.office) == told.office or fits(told.office, term.office))
    ]
    if not told.first:
        return fitting[0] if len({t.start for t in fitting}) == 1 else None
    year = int(told.first[:4])
    exact = [term for term in fitting if term.held(year)]
    near = exact or [term for term in fitting if term.held(year, 1)]
    return min(near, key=lambda term: (term.start, term.end or 9999), default=None)


def _tenure(office: str, party: str, start: str, group: list[Told], terms: Sequence[Term]) -> Tenure:
    own = [told for told in group if told.own]
    days = [told for told in own if told.first]
    words = Counter(told.words for told in own or group)
    words = Counter({word: count for word, count in words.items() if word not in _GENERAL}) or words
    shown = min(words, key=lambda word: (-words[word], word))
    first: str | None = min((told.first for told in days), default=None)
    last: str | None = max((told.last for told in days), default=None)
    if not own and start:  # the table alone says so: its years
        term = next(
            t
            for t in terms
            if f"{t.start}" == start and t.party == party and office_class(t.office) == office
        )
        first, last = start, str(term.end) if term.end else None
    return Tenure(
        office=shown,
        party=party or None,
        first=first,
        last=last,
        reports=tuple(sorted({told.report for told in own})),
        in_table=bool(start),
    )
