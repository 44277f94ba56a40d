"""What follows from all that came in and was decided: copies, events, negotiations, profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.dossier.copies import Body, body_of, find_copies
from dragoman.model import Negotiation, Profile, Reconciled, Span
from dragoman.reconcile import find_negotiations, find_profiles, reconcile
from dragoman.store import Reading, Writing

Derive = Callable[[Writing], None]


def derive(tx: Writing) -> None:
    """
    Replace what follows, from all current reports and all judgements.

    It is computed anew as a whole: what comes out does not depend on the order in which reports came in.
    """
    group_copies(tx)
    tx.replace_derived(*what_follows(tx))


def what_follows(found: Reading) -> tuple[Reconciled, Sequence[Negotiation], Sequence[Profile]]:
    """Events, negotiations, and persons and bodies, computed from what a dossier holds; writes nothing."""
    reports = found.reports(current=True)
    claims = found.claims()
    reconciled = reconcile(claims, reports, found.judgements())
    negotiations = find_negotiations(reconciled, {claim.id: claim for claim in claims}, reports)
    return reconciled, negotiations, find_profiles(found.entities(), reports)


def group_copies(tx: Writing) -> None:
    """Find the groups of copies among the current reports and keep them."""
    reports = tx.reports(current=True)
    tx.replace_copies(find_copies(tx.signatures(), reports, lambda report: stored_body(tx, report)))


def stored_body(found: Reading, report: str) -> Body:
    """The words of a stored report that count for copies."""
    row = found.row(report) or {}
    chrome = [Span(span["start"], span["end"], span["exact"]) for span in row.get("chrome_spans", ())]
    return body_of(found.text(report) or "", chrome)
