"""Which claims and judgements a person means, and what was decided so far."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.dossier.answers import Answer
from dragoman.dossier.ask import Known, find
from dragoman.errors import UsageError
from dragoman.model import Claim, Decision, Judgement
from dragoman.output.judgements import JUDGEMENTS
from dragoman.output.told import Told


def judgements(known: Known) -> Answer[Judgement]:
    """All decisions, oldest first."""
    return Answer(known.judgements(), JUDGEMENTS)


def find_judgement(known: Known, prefix: str) -> Judgement:
    """The judgement whose id begins so; UsageError where none or several do."""
    found = [judgement for judgement in known.judgements() if prefix and judgement.id.startswith(prefix)]
    if not found:
        raise UsageError(f"no judgement's id begins with {prefix!r}; 'dragoman judgements' lists them")
    if len(found) > 1:
        ids = ", ".join(judgement.id for judgement in found[:5])
        raise UsageError(f"several judgements begin with {prefix!r}: {ids}; give more characters")
    return found[0]


def claims_meant(known: Known, decision: Decision, ids: Sequence[str], *, alone: bool = False) -> list[Claim]:
    """
    The claims that a decision is about.

    In "same" and "not-an-event" an event's id stands for all its claims, in "different A EVENT" for those but
    A, so that A leaves it, else for its first claim. Where the ids are of claims ``alone`` none stands for an
    event (which has the id of its first claim).
    """
    found: list[Claim] = []
    events = [find(known, prefix) for prefix in ids]
    several = len({told.id for told in events}) > 1
    for number, (prefix, told) in enumerate(zip(ids, events, strict=True)):
        whole = decision is Decision.NOT_EVENT or (decision is Decision.SAME and several)
        whole = whole or (decision is Decision.DIFFERENT and number > 0)
        whole = whole and not alone
        found += _meant(told, prefix, whole=whole)
    if decision is Decision.DIFFERENT and found:
        return [found[0], *(claim for claim in found[1:] if claim.id != found[0].id)]
    return found


def _meant(told: Told, prefix: str, *, whole: bool) -> list[Claim]:
    if told.id.startswith(prefix):
        return list(told.claims) if whole else list(told.claims[:1])
    fitting = [claim for claim in told.claims if claim.id.startswith(prefix)]
    if len(fitting) > 1:
        ids = ", ".join(claim.id for claim in fitting)
        raise UsageError(f"several claims begin with {prefix!r}: {ids}; give more characters")
    return fitting
