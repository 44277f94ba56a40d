"""Which claims are held against each other at all, so that the cost grows about linearly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations

from dragoman.model import Status
from dragoman.reconcile.features import MOVED, POSTPONED, SLIP
from dragoman.reconcile.told import ALWAYS, Told

WEEK, MONTH, YEAR = 7, 30, 365
LARGEST = 40  # claims of a block that are all held against each other; larger blocks are split
BESIDE = 12  # where nothing splits a block any more: neighbours, in order of day, on each side
PARTIES = 4  # of an event of many parties, the rarest make its blocks
RARE_WORDS = 3  # words of a title that make its blocks, the rarest ones
LONGEST = 60  # days: a window that is longer makes no blocks of weeks

Key = tuple[Hashable, ...]


def candidate_pairs(told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """
    Positions of the claims that may tell of one happening, ``left < right``, each pair once.

    Two claims meet where they share two parties and a week, or a forum, a place or a rare word of a title in
    the same year or in an open one, or a passage word for word.
    """
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    keys = _Keys(told)
    for place, one in enumerate(told):
        for key in keys.of(one):
            blocks[key].append(place)
    meets: list[list[Sequence[int]]] = [[] for _ in told]
    for block in blocks.values():
        for part in _split(block, told):
            for place in part[:-1]:
                meets[place].append(part)
    for left, parts in enumerate(meets):
        others = {right for part in parts for right in part if right > left}
        for right in sorted(others):
            yield left, right
        parts.clear()


class _Keys:
    """The blocks of a claim, given how often parties and words of titles occur."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._parties = Counter(party for one in told for party in one.parties)
        self._words = Counter(word for one in told for word in one.title.telling)

    def of(self, one: Told) -> set[Key]:
        """Keys of the blocks that a claim stands in."""
        pairs = self._pairs(one)
        found: set[Key] = set()
        for pair in pairs:
            found.update((one.type, pair, "week", week) for week in _weeks(one))
        years = _years(one)
        details: list[Key] = []
        if one.forum:
            details.append(("forum", one.forum.telling))
        if one.column:
            details += [("word", *pairs[:1], word) for word in self._rare(one)]
        elif one.spot and one.spot.city:
            details += [("place", pair, one.spot.city) for pair in pairs[:1]]
        found.update((one.type, "words", phrase) for phrase in one.phrases)
        found.update((one.type, "copy", *passage) for passage in one.copied)
        for detail in details:
            found.update((one.type, detail, year) for year in years)
        return found

    def _pairs(self, one: Told) -> list[Key]:
        parties = sorted(one.parties, key=lambda party: (self._parties[party], party))[:PARTIES]
        return list(combinations(sorted(parties), 2)) or [tuple(parties)]

    def _rare(self, one: Told) -> list[str]:
        return sorted(one.title.telling, key=lambda word: (self._words[word], word))[:RARE_WORDS]


def _weeks(one: Told) -> range:
    """Weeks in which the happening may lie, days that a slip or a move may add included."""
    low, high = one.near
    slack = MOVED if one.phase == "ahead" else SLIP
    if one.claim.status is Status.POSTPONED:
        slack = POSTPONED
    if high - low > LONGEST:
        return range(0)
    return range((low - slack) // WEEK, (high + slack) // WEEK + 1)


def _years(one: Told) -> list[int]:
    """Years in which it may lie; -1, and the year of its nearest end, for an open date."""
    if one.width <= 2 * YEAR:
        return [-1, *range(one.low // YEAR, one.high // YEAR + 1)]
    ends = {end // YEAR for end in (one.low, one.high) if end not in ALWAYS}
    return [-1, *sorted(ends)]


def _split(block: list[int], told: Sequence[Told]) -> Iterator[Sequence[int]]:
    """The block, in parts by ever finer keys while it is too large."""
    waiting = [(block, 0)]
    while waiting:
        part, level = waiting.pop()
        if len(part) < 2:
            continue
        if len(part) <= LARGEST:
            yield part
        elif level == len(_FINER):
            yield from _beside(part, told)
        else:
            parts: defaultdict[Hashable, list[int]] = defaultdict(list)
            for place in part:
                parts[_FINER[level](told[place])].append(place)
            waiting += [(finer, level + 1) for finer in parts.values()]


_FINER: tuple[Callable[[Told], Hashable], ...] = (
    lambda one: one.near[0] // MONTH,
    lambda one: one.near[0] // WEEK,
    lambda one: one.near[0],
    lambda one: one.parties,
    lambda one: one.spot,
)


def _beside(part: list[int], told: Sequence[Told]) -> Iterator[Sequence[int]]:
    """Runs of neighbours in order of day."""
    ordered = sorted(part, key=lambda place: (told[place].near, told[place].people, told[place].claim.id))
    for start in range(0, len(ordered), BESIDE):
        yield sorted(ordered[start : start + 2 * BESIDE])
