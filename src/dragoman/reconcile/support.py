"""Who says what: values of a slot with the claims and the independent sources behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Standing, StoredReport, Support
from dragoman.reconcile.told import Told

# How far a report's own dating can be relied on (codebook: published_basis).
RELIABLE = {"stated": 2, "inferred": 1, "unknown": 0}


@dataclass(frozen=True, slots=True)
class Given:
    """One value that one claim gives a slot, with the claim's source and how reliably it is dated."""

    value: str
    told: Told
    source: str
    reliable: int


def given_by(members: Iterable[Told], slot: str, reports: dict[str, StoredReport]) -> list[Given]:
    """What the claims give one slot; of a slot that holds several values, each of them."""
    found = []
    for one in members:
        report = reports[one.report]
        value = getattr(one.claim, slot)
        values = value if isinstance(value, tuple) else () if value is None else (str(value),)
        found += [Given(each, one, report.source, RELIABLE.get(report.basis, 0)) for each in values]
    return found


def gather(given: Sequence[Given], key: Callable[[str], Hashable] = str) -> tuple[Support, ...]:
    """
    The values with their support, the best supported first.

    Best is: more independent sources, then a source dated more reliably, then more claims, then the order of
    the values. Values with one key are one value, shown as it is most often written.
    """
    groups: defaultdict[Hashable, list[Given]] = defaultdict(list)
    for one in given:
        groups[key(one.value)].append(one)
    ranked = sorted(groups.values(), key=_rank)
    return tuple(
        Support(
            _usual(group),
            tuple(sorted({one.told.claim.id for one in group})),
            len({one.source for one in group}),
        )
        for group in ranked
    )


def _rank(group: Sequence[Given]) -> tuple[int, int, int, str]:
    sources = {one.source for one in group}
    return -len(sources), -max(one.reliable for one in group), -len(group), _usual(group)


def _usual(group: Sequence[Given]) -> str:
    """The spelling that most sources use; the longer one of two."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for one in group:
        used[one.value].add(one.source)
    return min(used, key=lambda value: (-len(used[value]), -len(value), value))


def by_support(support: Sequence[Support]) -> Standing:
    """How a slot stands whose values hold together."""
    if not support:
        return Standing.EMPTY
    return Standing.SINGLE if len(support) == 1 and support[0].sources == 1 else Standing.AGREED
