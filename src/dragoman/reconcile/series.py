"""Contacts of the same parties in a row, and which rows are one negotiation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from dragoman.model import EventType, Feature
from dragoman.reconcile.contacts import Contact, members, stand_alike

# Days without contact that end a row: two years, as between two rounds of one standing body.
SILENCE = 730
# A row longer than this is a relation, not one negotiation; what it holds in common with others is chance.
LONG = 365
# Days between contacts of a run that has a proposal or refusal in it and so stands alone in a long row.
RUN = 45
SHORTEST_RUN = 3
# Days between two rows that may still be one negotiation.
NEAR = 90
CLOSE = 30
# Parties above which a gathering is no negotiation that would hold pairs of its members together.
MOST_PARTIES = 6
_NEARBY = timedelta(days=CLOSE)
# Words that more than this share of all contacts use tell nothing.
COMMON = 0.02
LEAST_COMMON = 8
# Reports that tell of more rows than this are surveys; being told together there means nothing.
SURVEY = 8

# What two rows have in common, and its weight; they are one negotiation at ENOUGH.
WEIGHTS = {
    "same parties": 3.0,  # three or more
    "parties within parties": 1.5,  # Russia and NATO, in a proposal of Russia to NATO and the United States
    "parties mostly the same": 2.0,
    "a body and its members": 2.0,  # Iran and six powers, Iran with the United States and the EU
    "a body and its member": 1.5,  # Russia and the United States, Russia and NATO
    "one party in common": 0.5,
    "same forum": 2.0,
    "told together": 1.0,  # most contacts of the shorter row, in reports that tell of the other too
    "same subject": 1.0,  # most contacts of the shorter row that have a subject
    "close in time": 0.5,
    "a long relation": -3.0,
}
ENOUGH = 2.5
_SAME_PARTIES = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """Contacts of one frame (the same sides, or one forum) in order of time."""

    contacts: tuple[Contact, ...]
    sides: frozenset[str]
    forum: str | None
    telling: frozenset[str]
    reports: frozenset[str]
    span: tuple[int, int] | None
    alone: bool = False

    @property
    def key(self) -> str:
        """What orders rows whatever the order of intake; a contact is in one row."""
        return self.contacts[0].id

    @property
    def days(self) -> int:
        """From the first contact to the last."""
        return self.span[1] - self.span[0] if self.span else 0


def find_rows(contacts: Sequence[Contact]) -> list[Row]:
    """
    Rows of contacts: the same two parties, the same forum of three or more, or else the same three or more.

    Two years without contact part a row; in a row longer than a year, a run of contacts at most 45 days apart
    that holds a proposal or a refusal is a row of its own. Contacts of one party alone are left out.
    """
    common = _common_words(contacts)
    frames: defaultdict[tuple[str, ...], list[Contact]] = defaultdict(list)
    for contact in sorted(contacts, key=lambda contact: contact.order):
        if len(contact.sides) > 1:
            frames[_frame(contact)].append(contact)
    rows = []
    for frame in sorted(frames):
        dated = [contact for contact in frames[frame] if contact.day]
        undated = [contact for contact in frames[frame] if not contact.day]
        parts = [part for whole in _parted(dated, SILENCE) for part in _runs(whole)]
        rest = _place_undated(undated, [part for part, _ in parts], common)
        rows += [_row(part, common, alone=alone) for part, alone in parts]
        rows += [_row(rest, common, alone=False)] if rest else []
    return rows


def _place_undated(
    undated: Sequence[Contact], parts: Sequence[list[Contact]], common: frozenset[str]
) -> list[Contact]:
    """
    Put contacts without a day into the one row that they fit; the rest.

    A row fits whose days the bounds of publication reach, or, where there are no bounds, one that shares the
    forum or a telling word.
    """
    spans = [(min(days), max(days)) for part in parts if (days := [c.day for c in part if c.day])]
    words = [frozenset().union(*(contact.telling for contact in part)) - common for part in parts]
    forums = [{contact.forum for contact in part if contact.forum} for part in parts]
    rest, placed = [], []
    for contact in undated:
        if contact.between:
            low, high = contact.between
            fits = [i for i, (first, last) in enumerate(spans) if low <= last + _NEARBY and first <= high]
        else:
            fits = [i for i in range(len(parts)) if contact.forum in forums[i] or contact.telling & words[i]]
        if len(fits) == 1:
            placed.append((fits[0], contact))
        else:
            rest.append(contact)
    for i, contact in placed:
        parts[i].append(contact)
    return rest


def _frame(contact: Contact) -> tuple[str, ...]:
    if contact.forum and len(contact.sides) > 2:
        return ("forum", contact.forum)
    return ("parties", *sorted(contact.sides))


def _row(contacts: Sequence[Contact], common: frozenset[str], *, alone: bool) -> Row:
    counts = Counter(side for contact in contacts for side in contact.sides)
    forums = Counter(contact.forum for contact in contacts if contact.forum)
    usual = frozenset(side for side, count in counts.items() if 2 * count >= len(contacts))
    forum = min(forums, key=lambda name: (-forums[name], name), default=None)
    telling = frozenset().union(*(contact.telling for contact in contacts)) - common
    days = [contact.day.toordinal() for contact in contacts if contact.day]
    return Row(
        tuple(contacts),
        usual or frozenset(counts),
        forum if forum and 2 * forums[forum] >= len(contacts) else None,
        telling,
        frozenset().union(*(contact.reports for contact in contacts)),
        (min(days), max(days)) if days else None,
        alone,
    )


def _common_words(contacts: Sequence[Contact]) -> frozenset[str]:
    counts = Counter(word for contact in contacts for word in contact.telling)
    most = max(LEAST_COMMON, COMMON * len(contacts))
    return frozenset(word for word, count in counts.items() if count > most)


def _parted(contacts: Sequence[Contact], silence: int) -> list[list[Contact]]:
    """Contacts in order, parted where more than ``silence`` days lie between two."""
    parts: list[list[Contact]] = []
    last = None
    for contact in contacts:
        if not parts or (last and contact.day and (contact.day - last).days > silence):
            parts.append([])
        parts[-1].append(contact)
        last = contact.day or last
    return parts


def _runs(part: list[Contact]) -> Iterator[tuple[list[Contact], bool]]:
    """A row as it is, or, where it is long, without the runs that stand alone, and these."""
    dated = [contact.day for contact in part if contact.day]
    if not dated or (dated[-1] - dated[0]).days <= LONG:
        yield part, False
        return
    rest: list[Contact] = []
    for run in _parted(part, RUN):
        if len(run) >= SHORTEST_RUN and any(_contested(contact) for contact in run):
            yield run, True
        else:
            rest += run
    if rest:
        yield rest, False


def _contested(contact: Contact) -> bool:
    return contact.happening.type in {EventType.PROPOSAL, EventType.REFUSAL}


def join_rows(rows: Sequence[Row]) -> list[tuple[list[Row], list[Feature]]]:
    """
    Rows that are one negotiation, each with the features that hold it together.

    Every two rows that share two parties (a body counts for its members) or a report, and are near in time,
    are held against each other by ``WEIGHTS``.
    """
    up = list(range(len(rows)))

    def root(i: int) -> int:
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    reasons: defaultdict[int, list[Feature]] = defaultdict(list)
    joined: list[tuple[int, list[Feature]]] = []
    for i, j in sorted(_near(rows)):
        features = compare_rows(rows[i], rows[j])
        if sum(feature.weight for feature in features) >= ENOUGH:
            low, high = sorted((root(i), root(j)))
            up[high] = low
            joined.append((i, features))
    for i, features in joined:
        reasons[root(i)] += features
    groups: defaultdict[int, list[Row]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[root(i)].append(row)
    return [(groups[i], reasons[i]) for i in sorted(groups)]


def _near(rows: Sequence[Row]) -> set[tuple[int, int]]:
    """Pairs of rows worth comparing."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    told: defaultdict[str, set[int]] = defaultdict(set)
    for i, row in enumerate(rows):
        for pair in _pairs(row):
            blocks[pair].append(i)
        for lasting in _lasting(row):
            blocks[lasting].append(i)
        for report in row.reports:
            told[report].add(i)
    found: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        found |= _close_pairs(rows, block, SILENCE if key[0] in {"forum", "all"} else NEAR)
    for together in told.values():
        if len(together) <= SURVEY:
            found |= set(combinations(sorted(together), 2))
    return found


def _pairs(row: Row) -> set[tuple[str, ...]]:
    """Pairs of its parties, also with a body's members for the body."""
    found: set[tuple[str, ...]] = set()
    if len(row.sides) <= MOST_PARTIES:
        for one, other in combinations(sorted(row.sides), 2):
            for left in {one, *members().get(one, ())}:
                for right in {other, *members().get(other, ())}:
                    found.add(tuple(sorted((left, right))))
    return found


def _lasting(row: Row) -> set[tuple[str, ...]]:
    """What may hold rows together over a silence: the forum, the same three parties or more."""
    found: set[tuple[str, ...]] = {("forum", row.forum)} if row.forum else set()
    return found | ({("all", *sorted(row.sides))} if len(row.sides) > 2 else set())


def _close_pairs(rows: Sequence[Row], block: Sequence[int], apart: int) -> set[tuple[int, int]]:
    """Pairs of a block whose spans of time lie near each other; swept in order of their beginnings."""
    spans = sorted((span, i) for i in set(block) if (span := rows[i].span) is not None)
    found: set[tuple[int, int]] = set()
    open_rows: list[tuple[int, int]] = []  # last day, row
    for (first, last), i in spans:
        open_rows = [(end, j) for end, j in open_rows if first - end <= apart]
        found |= {(min(i, j), max(i, j)) for _, j in open_rows}
        open_rows.append((last, i))
    return found


def compare_rows(one: Row, other: Row) -> list[Feature]:
    """What two rows have in common, feature by feature; empty where they are too far apart in time."""
    apart = _days_apart(one, other)
    if apart is None or apart > (SILENCE if _lasting(one) & _lasting(other) else NEAR):
        return []
    parties = _parties_in_common(one, other)
    if parties is None:
        return []
    names = [parties]
    if one.forum and one.forum == other.forum:
        names.append("same forum")
    short, long = sorted((one, other), key=lambda row: (len(row.contacts), row.key))
    if _most(bool(contact.reports & long.reports) for contact in short.contacts):
        names.append("told together")
    subjects = [
        contact.telling & short.telling for contact in short.contacts if contact.telling & short.telling
    ]
    if _most(bool(telling & long.telling) for telling in subjects):
        names.append("same subject")
    if apart <= CLOSE:
        names.append("close in time")
    if max(one.days, other.days) > LONG and parties != "same parties":
        names.append("a long relation")
    left, right = (" – ".join(sorted(row.sides)) for row in (one, other))
    return [Feature(name, WEIGHTS[name], left, right) for name in names]


def _most(found: Iterable[bool]) -> bool:
    values = list(found)
    return bool(values) and 2 * sum(values) > len(values)


def _days_apart(one: Row, other: Row) -> int | None:
    """Days between the two spans of time, 0 where they overlap, None where one is not known."""
    first, second = one.span, other.span
    if first is None or second is None:
        return None
    return max(0, first[0] - second[1], second[0] - first[1])


def _parties_in_common(one: Row, other: Row) -> str | None:
    """The name of the feature that says how the parties go together, None where they do not."""
    shared = one.sides & other.sides
    small, large = sorted((one.sides, other.sides), key=len)
    if one.sides == other.sides:
        return "same parties" if len(shared) > 2 else None  # a run that stands alone in its relation
    if not shared:
        return None
    if len(small) > 1 and small < large and len(large) <= MOST_PARTIES:
        return "parties within parties"
    if len(shared) >= _SAME_PARTIES * len(one.sides | other.sides) and len(shared) > 1:
        return "parties mostly the same"
    if len(large) <= 3 and (count := _alike_beside(small, large, shared)):
        return "a body and its member" if count == 1 else "a body and its members"
    return "one party in common"


def _alike_beside(small: frozenset[str], large: frozenset[str], shared: frozenset[str]) -> int:
    """How many stand, beside a shared party, for a body or its members on the other side."""
    rest = [(one, other) for one in small - shared for other in large - shared]
    return sum(stand_alike(one, other) for one, other in rest)


def attach_lone(lone: Sequence[Contact], groups: Sequence[Sequence[Row]]) -> dict[str, int]:
    """
    For contacts of one party alone: the group that reports tell of beside them, near in time.

    A refusal by NATO goes with the talks of Russia with NATO, or with its members, in the same report.
    """
    told: defaultdict[str, list[tuple[Contact, int]]] = defaultdict(list)
    for number, rows in enumerate(groups):
        for row in rows:
            for contact in row.contacts:
                for report in contact.reports:
                    told[report].append((contact, number))
    found = {}
    for contact in lone:
        votes: Counter[int] = Counter()
        for report in contact.reports:
            for other, number in told[report]:
                beside = any(stand_alike(one, side) for one in contact.sides for side in other.sides)
                if beside and _near_days(contact, other):
                    votes[number] += 1 + len(contact.sides & other.sides)
        if votes:
            found[contact.id] = min(votes, key=lambda number: (-votes[number], number))
    return found


def _near_days(one: Contact, other: Contact) -> bool:
    return one.day is None or other.day is None or abs(one.day - other.day) <= timedelta(days=NEAR)
