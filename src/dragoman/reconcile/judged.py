"""What persons decided, found again among the claims of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.model import Anchor, Claim, Decision, Judgement, in_force


@dataclass(frozen=True, slots=True)
class Judged:
    """
    The judgements in force, by the claims of today.

    Attributes:
        same: pairs of claim ids that are of one happening, with the judgement's id.
        different: pairs that are of two, with the judgement's id.
        corrections: claim id and judgement, oldest first.
        dropped: claims that are no event, with the judgement's id.
    """

    same: tuple[tuple[str, str, str], ...]
    different: tuple[tuple[str, str, str], ...]
    corrections: tuple[tuple[str, Judgement], ...]
    dropped: Mapping[str, str]


def find_judged(judgements: Sequence[Judgement], claims: Sequence[Claim]) -> Judged:
    """
    What the judgements in force say of these claims.

    Where two judgements contradict each other about one pair, the later one counts. A judgement none of whose
    claims is found any more says nothing.
    """
    find = _Finder(claims)
    pairs: dict[tuple[str, str], tuple[Decision, str]] = {}
    corrections: list[tuple[str, Judgement]] = []
    dropped: dict[str, str] = {}
    for judgement in in_force(tuple(judgements)):
        found = [claim for anchor in judgement.anchors if (claim := find(anchor))]
        if judgement.decision is Decision.CORRECT:
            corrections += [(claim, judgement) for claim in found[:1]]
        elif judgement.decision is Decision.NOT_EVENT:
            dropped |= dict.fromkeys(found, judgement.id)
        elif found and (first := find(judgement.anchors[0])):
            for other in found:
                if other != first:
                    key = (first, other) if first < other else (other, first)
                    pairs[key] = judgement.decision, judgement.id
    return Judged(
        tuple(_decided(pairs, Decision.SAME)),
        tuple(_decided(pairs, Decision.DIFFERENT)),
        tuple(corrections),
        dropped,
    )


def _decided(
    pairs: Mapping[tuple[str, str], tuple[Decision, str]], decision: Decision
) -> Iterable[tuple[str, str, str]]:
    return ((*pair, by) for pair, (decided, by) in sorted(pairs.items()) if decided is decision)


class _Finder:
    """Claims by anchor: the claim itself, else the one that overlaps the anchor most."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._ids = {claim.id for claim in claims}
        self._by_report: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            self._by_report[claim.report, claim.type.value].append(claim)

    def __call__(self, anchor: Anchor) -> str | None:
        """Id of the claim that an anchor means, None where there is none any more."""
        if anchor.claim in self._ids:
            return anchor.claim
        shares = [
            (-_overlap(anchor, claim), claim.id) for claim in self._by_report[anchor.report, anchor.type]
        ]
        best = min(shares, default=(0, ""))
        return best[1] if best[0] else None


def _overlap(anchor: Anchor, claim: Claim) -> int:
    """Characters that an anchor shares with the evidence of a claim."""
    return sum(max(0, min(anchor.end, span.end) - max(anchor.start, span.start)) for span in claim.evidence)
