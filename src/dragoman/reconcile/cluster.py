"""Claims brought together, best pairs first, whatever order they came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.model import Verdict
from dragoman.reconcile.features import SLIP, hold_against
from dragoman.reconcile.match import DOUBTFUL, SAME, Pair, name_of
from dragoman.reconcile.told import ALWAYS, Told

HELD_AGAINST = (
    6  # claims of each side, the first by id, that must not exclude each other when two groups join
)
RIVALS = 12  # candidates of one group that are held against the chosen one
MARGIN = 1.5  # by how much the best of several candidates must lead before the others no longer count
# Lines that keep groups apart whichever of their claims meet them; more of them where dates do not decide.
FIRM = frozenset({"people: each has others"})
LOOSE = FIRM | {"people: others", "place: another city", "place: another country", "forum: another"}
OTHERWISE = "another pair differs"
ASKED = 2  # pairs that one group leaves to a person, the best ones


@dataclass(slots=True)
class Group:
    """
    Claims of one happening so far, by place.

    Attributes:
        members: in order of place.
        reports: whose claims it holds; a report tells a happening once.
        low, high: the days that all decided dates leave.
        judged: whether a person joined some of them; their values may exclude each other then.
    """

    members: list[int]
    reports: set[str]
    low: int
    high: int
    judged: bool = False


@dataclass(slots=True)
class Clusters:
    """
    Groups of claims, joined pair by pair.

    Args:
        told: the claims, in order of id.
        apart: pairs of places that a person judged to be of two happenings.
    """

    told: Sequence[Told]
    apart: frozenset[tuple[int, int]] = frozenset()
    groups: dict[int, Group] = field(init=False)
    where: list[int] = field(init=False)
    _apart: defaultdict[int, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Each claim is a group of its own."""
        self.groups = {place: self._alone(place) for place in range(len(self.told))}
        self.where = list(range(len(self.told)))
        self._apart = defaultdict(set)
        for left, right in self.apart:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def _alone(self, place: int) -> Group:
        one = self.told[place]
        low, high = (one.low, one.high) if _dates(one) else ALWAYS
        return Group([place], {one.report}, low, high)

    def group(self, place: int) -> Group:
        """The group that a claim is in."""
        return self.groups[self.where[place]]

    def together(self, left: int, right: int) -> bool:
        """Whether two claims are in one group."""
        return self.where[left] == self.where[right]

    def join(self, left: int, right: int, *, judged: bool = False) -> None:
        """Make one group of two; it is known by its first place."""
        one, other = sorted((self.where[left], self.where[right]))
        into, out = self.groups[one], self.groups.pop(other)
        for place in out.members:
            self.where[place] = one
        into.members = sorted(into.members + out.members)
        into.reports |= out.reports
        into.judged |= out.judged or judged
        into.low, into.high = _meet((into.low, into.high), (out.low, out.high))

    def parted(self, left: int, right: int) -> bool:
        """Whether a person keeps the two groups apart."""
        one, other = self.group(left), self.group(right)
        if len(one.members) > len(other.members):
            one, other = other, one
        return any(
            not self._apart[place].isdisjoint(other.members) for place in one.members if place in self._apart
        )

    def hinders(self, left: int, right: int, *, loose: bool = False) -> str:
        """
        What keeps the groups of two claims from being one happening, "" where nothing does.

        Where their dates do not decide (``loose``) more is a hindrance.
        """
        one, other = self.group(left), self.group(right)
        if self.parted(left, right):
            return "a person keeps them apart"
        if not one.reports.isdisjoint(other.reports):
            return "one report tells both"
        if max(one.low, other.low) - min(one.high, other.high) > SLIP:
            return "their dates exclude each other"
        if one.judged or other.judged:
            return ""
        excluding = LOOSE if loose else FIRM
        for place in one.members[:HELD_AGAINST]:
            for against in other.members[:HELD_AGAINST]:
                lines = hold_against(self.told[place], self.told[against])
                line = next((line for line in lines if line.excludes or name_of(line) in excluding), None)
                if line:
                    return f"{OTHERWISE}, {name_of(line)}"
        return ""


def _dates(one: Told) -> bool:
    """Whether a claim's date binds its group: a day that was planned may change."""
    return one.phase != "ahead" and not one.yearless


def _meet(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The days that two groups have in common, all of both where they only touch."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else (high, low)


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """Best first; ties by place, so that the order is total."""
    return sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right))


def join_same(clusters: Clusters, pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """
    Join what the table judges the same, best pairs first.

    Returns:
        The pairs that joined two groups, and those that something hindered, with what did.
    """
    joined, hindered = [], []
    for pair in in_order(pair for pair in pairs if pair.verdict is Verdict.SAME):
        if clusters.together(pair.left, pair.right):
            continue
        why = clusters.hinders(pair.left, pair.right)
        if not why:
            clusters.join(pair.left, pair.right)
            joined.append(pair)
        elif why.startswith(OTHERWISE):
            hindered.append(Pair(pair.left, pair.right, pair.score, Verdict.UNSURE, why))
    return joined, hindered


def join_only_ones(clusters: Clusters, pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """
    Join groups whose date does not decide where each is the only one that the other can be.

    Returns:
        The pairs that joined two groups, and those that are left for a person, the best of each group.
    """
    best: dict[tuple[int, int], Pair] = {}
    for pair in in_order(pair for pair in pairs if pair.verdict is Verdict.UNSURE):
        if clusters.together(pair.left, pair.right) or clusters.hinders(pair.left, pair.right, loose=True):
            continue
        one, other = sorted((clusters.where[pair.left], clusters.where[pair.right]))
        best.setdefault((one, other), pair)
    rivals = _rivals(best)
    chosen = [
        pair
        for (one, other), pair in best.items()
        if pair.score >= SAME and pair.why not in DOUBTFUL and _only_ones(clusters, one, other, rivals)
    ]
    joined = []
    for pair in chosen:
        if not clusters.together(pair.left, pair.right) and not clusters.hinders(
            pair.left, pair.right, loose=True
        ):
            clusters.join(pair.left, pair.right)
            joined.append(pair)
    return joined, _few(clusters, pairs)


def _rivals(best: Mapping[tuple[int, int], Pair]) -> dict[int, list[int]]:
    """For each group those that it may be, best first, as far as they come near to the best of them."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    leads: dict[int, float] = {}
    for (one, other), pair in best.items():  # best first
        for end, against in ((one, other), (other, one)):
            if pair.score >= leads.setdefault(end, pair.score) - MARGIN:
                found[end].append(against)
    return found


def _only_ones(clusters: Clusters, one: int, other: int, rivals: Mapping[int, Sequence[int]]) -> bool:
    """Whether each group whose date does not decide has no other choice that excludes this one."""
    ends = [end for end in (one, other) if not _settled(clusters, end)] or [one, other]
    for end in ends:
        chosen = other if end == one else one
        others = [rival for rival in rivals[end] if rival != chosen][:RIVALS]
        if any(clusters.hinders(chosen, rival, loose=True) for rival in others):
            return False
    return True


def _settled(clusters: Clusters, end: int) -> bool:
    """Whether some claim of a group has a date that decides."""
    return any(clusters.told[place].decides for place in clusters.group(end).members)


def _few(clusters: Clusters, pairs: Sequence[Pair]) -> list[Pair]:
    """The best pair between two groups, and of each group its best ones."""
    asked: defaultdict[int, int] = defaultdict(int)
    seen: set[tuple[int, ...]] = set()
    found = []
    for pair in in_order(pair for pair in pairs if pair.verdict is Verdict.UNSURE):
        ends = tuple(sorted({clusters.where[pair.left], clusters.where[pair.right]}))
        if len(ends) == 1 or ends in seen or clusters.hinders(pair.left, pair.right):
            continue
        if all(asked[end] < ASKED for end in ends):
            seen.add(ends)
            found.append(pair)
            for end in ends:
                asked[end] += 1
    return found
