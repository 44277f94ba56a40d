"""What waits for a person: pairs that the table left unsure, without those that somebody decided since."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from dragoman.model import Decision, Judgement, Match, Verdict, in_force, taken_back
from dragoman.store import Reading
from dragoman.web.site import Site


def open_matches(site: Site) -> Sequence[Match]:
    """The pairs that wait, the most alike first."""
    return site.cached.get("queue", lambda: _open_matches(site))


def _open_matches(site: Site) -> Sequence[Match]:
    with site.reading() as found:
        matches = found.matches(Verdict.UNSURE)
        judgements = found.judgements()
    decided, gone = _decided(judgements)
    left = (m for m in matches if (m.left, m.right) not in decided and not {m.left, m.right} & gone)
    return sorted(left, key=lambda match: (-match.score, match.left, match.right))


def _decided(judgements: tuple[Judgement, ...]) -> tuple[set[tuple[str, str]], set[str]]:
    """Pairs that a decision in force is about, and claims that are no events."""
    pairs: set[tuple[str, str]] = set()
    gone: set[str] = set()
    for judgement in in_force(judgements):
        claims = [anchor.claim for anchor in judgement.anchors]
        if judgement.decision is Decision.NOT_EVENT:
            gone.update(claims)
        elif judgement.decision is Decision.SAME:
            pairs.update(_pair(one, other) for one in claims for other in claims if one != other)
        elif judgement.decision is Decision.DIFFERENT:
            pairs.update(_pair(claims[0], other) for other in claims[1:])
    return pairs, gone


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def counting(judgements: Sequence[Judgement]) -> frozenset[str]:
    """Ids of the judgements that count: those in force, and the undos that themselves were not undone."""
    return frozenset(judgement.id for judgement in judgements) - taken_back(judgements)


def touching(judgements: Iterable[Judgement], claims: Collection[str]) -> list[Judgement]:
    """The judgements about some claims, and what undoes them, oldest first."""
    wanted = set(claims)
    found: dict[str, Judgement] = {}
    for judgement in judgements:
        if any(anchor.claim in wanted for anchor in judgement.anchors) or judgement.undoes in found:
            found[judgement.id] = judgement
    return list(found.values())


def state_of(found: Reading, claims: Collection[str]) -> str:
    """
    What a form carries so that a decision on something that changed meanwhile is noticed.

    It changes with every decision about one of the claims.
    """
    ids = [judgement.id for judgement in touching(found.judgements(), claims)]
    return hashlib.sha256(" ".join(sorted([*claims, *ids])).encode()).hexdigest()[:16]
