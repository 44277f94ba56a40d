"""
Reports that carry one text: syndicated, cut, given another headline, lightly edited.

MinHash over runs of five words finds the candidates (A. Broder, On the resemblance and containment of
documents, 1997), the runs themselves decide. Short notices by one template ("The President spoke with ...")
share most of their runs and are no copies: they differ in the names and numbers that matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from rensa import RMinHash

from dragoman.model import Span, StoredReport

RUN = 5  # words; a run of five that two reporters write on their own is rare
# Of MinHash: 42 bands of three. A pair that shares half its runs is a candidate with 99.6 %, one that shares
# a twentieth with 0.5 %.
BANDS, ROWS = 42, 3
_HASHES = BANDS * ROWS
_SEED = 1909

# Share of the runs of both that they have in common (Jaccard), from which they are copies.
ALIKE = 0.5
# Share of the shorter one's runs that stand in the longer one: a text that was cut or added to.
WITHIN = 0.8
# Runs that the shorter one has at least; below it, a quotation or a template may be all it holds.
ENOUGH = 60
# A shorter notice must have nearly all in common.
SHORT_ALIKE = 0.9
# Share of the names and numbers of the one with fewer of them that the other one has as well.
MARKS = 0.9

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a report that count for copies: its runs of words, its names and numbers."""

    runs: frozenset[str]
    marks: frozenset[str]


def body_of(text: str, chrome: Iterable[Span] = ()) -> Body:
    """The body of a text without its page's furniture."""
    words = _WORD.findall(_without(text, chrome))
    low = [word.casefold() for word in words]
    runs = frozenset(" ".join(low[at : at + RUN]) for at in range(max(1, len(low) - RUN + 1)) if low)
    ordinary = {word for word in words if word.islower()}
    marks = frozenset(
        word.casefold()
        for word in words
        if word[0].isdigit() or (word[0].isupper() and word.lower() not in ordinary)
    )
    return Body(runs, marks)


def _without(text: str, chrome: Iterable[Span]) -> str:
    parts, at = [], 0
    for span in sorted(chrome):
        parts.append(text[at : span.start])
        at = max(at, span.end)
    return " ".join([*parts, text[at:]])


def signature_of(body: Body) -> bytes:
    """The MinHash of a body; b"" where it has no words."""
    if not body.runs:
        return b""
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update(sorted(body.runs))
    return np.asarray(minhash.digest(), dtype="<u4").tobytes()


def likeness(left: Body, right: Body) -> float:
    """Share of the shorter one's runs that the other one has; 0.0 where they are no copies."""
    shared = len(left.runs & right.runs)
    shorter = min(len(left.runs), len(right.runs))
    if not shared:
        return 0.0
    within, alike = shared / shorter, shared / (len(left.runs) + len(right.runs) - shared)
    enough = alike >= ALIKE or within >= WITHIN if shorter >= ENOUGH else alike >= SHORT_ALIKE
    return within if enough and _same_marks(left, right) else 0.0


def _same_marks(left: Body, right: Body) -> bool:
    fewer = min(len(left.marks), len(right.marks))
    return len(left.marks & right.marks) >= MARKS * fewer


def candidates(signatures: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Pairs of ids, the smaller first, whose signatures agree in at least one band."""
    found: set[tuple[str, str]] = set()
    size = 4 * ROWS
    for band in range(BANDS):
        held: dict[bytes, list[str]] = defaultdict(list)
        for key, signature in signatures.items():
            held[signature[band * size : (band + 1) * size]].append(key)
        for keys in held.values():
            found.update(combinations(sorted(keys), 2))
    return found


def find_copies(
    signatures: Mapping[str, bytes], reports: Mapping[str, StoredReport], body: Callable[[str], Body]
) -> dict[str, tuple[str, float]]:
    """
    For each report that is a copy: the id of its group, and its likeness to the most similar other.

    Args:
        signatures: by report; reports without words have none.
        reports: what is known of them; the first of a group by day of publication, then by id, names it.
        body: the body of a report, asked for candidates alone.
    """
    pairs = sorted(candidates({key: held for key, held in signatures.items() if held}))
    bodies = {key: body(key) for key in sorted({key for pair in pairs for key in pair})}
    found = {pair: share for pair in pairs if (share := likeness(bodies[pair[0]], bodies[pair[1]]))}
    nearest: dict[str, float] = defaultdict(float)
    for pair, share in found.items():
        for key in pair:
            nearest[key] = max(nearest[key], share)
    return {
        key: (group[0], nearest[key])
        for group in _groups(found, lambda key: (reports[key].earliest or date.max, key))
        for key in group
    }


def _groups(
    pairs: Iterable[tuple[str, str]], order: Callable[[str], tuple[date, str]]
) -> Iterator[Sequence[str]]:
    """Members of each group of linked ids, the first by ``order`` first."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for left, right in pairs:
        first, second = sorted((find(left), find(right)))
        leader[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for key in leader:
        groups[find(key)].append(key)
    for group in groups.values():
        yield sorted(group, key=order)
