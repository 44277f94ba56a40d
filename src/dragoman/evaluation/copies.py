"""Which reports of the shared corpora are taken for copies, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.dossier.copies import Body, body_of, candidates, likeness, signature_of
from dragoman.intake import Fetched, read_sources

CORPORA = ("voa", "wikinews", "kremlin", "whitehouse")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that share runs of words: what share of all, of the shorter one's, of their names."""

    left: str
    right: str
    alike: float
    within: float
    marks: float
    copies: bool


def look_for_copies(shared: Path) -> Iterator[Pair]:
    """The candidates among the English reports, the most alike first."""
    bodies = {
        found.id: body_of(found.content)
        for found in read_sources([shared / "corpora" / f"{name}.jsonl" for name in CORPORA])
        if isinstance(found, Fetched)
    }
    pairs = candidates({key: signature_of(body) for key, body in bodies.items()})
    found = [_pair(left, right, bodies[left], bodies[right]) for left, right in pairs]
    yield from sorted(found, key=lambda pair: (-pair.alike, pair.left, pair.right))


def _pair(left: str, right: str, one: Body, two: Body) -> Pair:
    shared = len(one.runs & two.runs)
    fewer = min(len(one.marks), len(two.marks))
    return Pair(
        left,
        right,
        alike=shared / max(1, len(one.runs | two.runs)),
        within=shared / max(1, min(len(one.runs), len(two.runs))),
        marks=len(one.marks & two.marks) / fewer if fewer else 1.0,
        copies=likeness(one, two) > 0,
    )
