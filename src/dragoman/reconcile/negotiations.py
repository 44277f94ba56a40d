"""Happenings grouped into negotiations: who talks with whom about what, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from dragoman.model import Claim, Feature, Negotiation, Reconciled, StoredReport
from dragoman.output.words import listed, party_in_words
from dragoman.reconcile.contacts import Contact, read_contact
from dragoman.reconcile.play import state_of_play
from dragoman.reconcile.series import Row, attach_lone, find_rows, join_rows

# What a subject that is no noun phrase begins with; it would read badly in a name.
_PREPOSITION = re.compile(r"(?:and|as|at|by|for|from|in|of|on|to|with)\b|\W", re.IGNORECASE)
# Parties that the name of a negotiation tells.
_NAMED = 5


def find_negotiations(
    reconciled: Reconciled, claims: Mapping[str, Claim], reports: Mapping[str, StoredReport]
) -> tuple[Negotiation, ...]:
    """
    Negotiations of two happenings or more, in order of their first; a happening is in one at most.

    A happening that nothing goes with is a contact of its own and no negotiation.

    Args:
        reconciled: what follows from the claims.
        claims: by id.
        reports: by id.

    Limit: two negotiations of the same two parties at one time about different things are one.
    """
    contacts = [read_contact(happening, claims, reports) for happening in reconciled.happenings]
    groups = join_rows(find_rows(contacts))
    lone = sorted((c for c in contacts if len(c.sides) < 2), key=lambda contact: contact.order)
    placed = attach_lone(lone, [rows for rows, _ in groups])
    members = [[contact for row in rows for contact in row.contacts] for rows, _ in groups]
    for contact in lone:
        if contact.id in placed:
            members[placed[contact.id]].append(contact)
    found = []
    for (rows, features), group in zip(groups, members, strict=True):
        if len(group) > 1:
            group.sort(key=lambda contact: contact.order)
            found.append((group[0].order, _negotiation(rows, group, features, reconciled.as_of)))
    return tuple(negotiation for _, negotiation in sorted(found, key=lambda pair: pair[0]))


def _negotiation(
    rows: Sequence[Row], contacts: Sequence[Contact], features: Sequence[Feature], as_of: date | None
) -> Negotiation:
    counts = Counter(party for contact in contacts for party in contact.happening.many("parties"))
    parties = tuple(sorted(counts, key=lambda party: (-counts[party], party)))
    forum, subject = _forum(contacts), _subject(contacts)
    first = min(contacts, key=lambda contact: contact.first_told)
    return Negotiation(
        id=f"negotiation-{first.id}",
        name=_name(rows, parties, forum, subject, contacts),
        parties=parties,
        forum=forum,
        subject=subject,
        happenings=tuple(contact.id for contact in contacts),
        state=state_of_play(contacts, as_of),
        why=_why(rows, contacts, features),
    )


def _forum(contacts: Sequence[Contact]) -> str | None:
    """The forum of half of them or more, in its most frequent words."""
    keys = Counter(contact.forum for contact in contacts if contact.forum)
    key = min(keys, key=lambda name: (-keys[name], name), default=None)
    if key is None or 2 * keys[key] < len(contacts):
        return None
    names = Counter(str(contact.happening.text("forum")) for contact in contacts if contact.forum == key)
    return min(names, key=lambda name: (-names[name], len(name), name))


def _subject(contacts: Sequence[Contact]) -> str | None:
    """The subject whose words most others share, None where no two share any."""
    words = Counter(word for contact in contacts for word in contact.telling)
    scored = []
    for contact in contacts:
        text = contact.happening.text("subject")
        shared = [words[word] for word in contact.telling if words[word] > 1]
        if text and shared and 3 * max(shared) >= len(contacts) and not _PREPOSITION.match(text):
            scored.append((-max(shared), -sum(shared), len(text), text))
    return min(scored)[3] if scored else None


def _name(
    rows: Sequence[Row],
    parties: Sequence[str],
    forum: str | None,
    subject: str | None,
    contacts: Sequence[Contact],
) -> str:
    """ "Russia – United States and NATO: security guarantees, 2021–2022"."""
    usual = frozenset().union(*(row.sides for row in rows))
    shown = [party for party in parties if party in usual]
    names = [party_in_words(party) for party in shown[:_NAMED]]
    more = [f"{len(shown) - _NAMED} more"] if len(shown) > _NAMED else []
    who = forum or f"{names[0]} – {listed([*names[1:], *more])}"
    years = sorted({contact.day.year for contact in contacts if contact.day})
    when = f", {years[0]}" + (f"–{years[-1]}" if years[-1] != years[0] else "") if years else ""
    return f"{who}{f': {subject}' if subject else ''}{when}"


def _why(rows: Sequence[Row], contacts: Sequence[Contact], features: Sequence[Feature]) -> str:
    """What holds them together, for a reader."""
    days = [contact.day for contact in contacts if contact.day]
    gap = max(((later - one).days for one, later in pairwise(days)), default=0)
    told = [f"{len(contacts)} happenings, never more than {gap} days apart"]
    told += [f"{_frame(row)} ({len(row.contacts)})" for row in rows]
    weights = Counter[str]()
    for feature in features:
        weights[feature.name] += 1
    if weights:
        told.append("joined by: " + ", ".join(f"{name} ×{weights[name]}" for name in sorted(weights)))
    if any(row.alone for row in rows):
        told.append("a run with a proposal or refusal in a longer relation")
    return "; ".join(told)


def _frame(row: Row) -> str:
    if row.forum and len(row.sides) > 2:
        return f"forum {row.forum}"
    return " – ".join(party_in_words(party) for party in sorted(row.sides))
