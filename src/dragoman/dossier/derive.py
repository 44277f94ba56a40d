"""What follows from all that came in and was decided: copies, events, negotiations, profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from dragoman.dossier.copies import Body, body_of, find_copies
from dragoman.model import Claim, Entity, Judgement, Negotiation, Profile, Reconciled, Span, StoredReport
from dragoman.reconcile import find_negotiations, find_profiles, reconcile
from dragoman.store import Reading, Store, Writing
from dragoman.store.asked import what_came_in

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
    return _compute(found.claims(), found.reports(current=True), found.judgements(), found.entities())


def _compute(
    claims: Sequence[Claim],
    reports: Mapping[str, StoredReport],
    judgements: Sequence[Judgement],
    entities: Mapping[str, Sequence[Entity]],
) -> tuple[Reconciled, Sequence[Negotiation], Sequence[Profile]]:
    reconciled = reconcile(claims, reports, judgements)
    negotiations = find_negotiations(reconciled, {claim.id: claim for claim in claims}, reports)
    return reconciled, negotiations, find_profiles(entities, reports)


def group_copies(tx: Writing) -> None:
    """Find the groups of copies among the current reports and keep them."""
    reports = tx.reports(current=True)
    tx.replace_copies(find_copies(tx.signatures(), reports, lambda report: stored_body(tx, report)))


def stored_body(found: Reading, report: str) -> Body:
    """The words of a stored report that count for copies."""
    row = found.row(report) or {}
    chrome = [Span(span["start"], span["end"], span["exact"]) for span in row.get("chrome_spans", ())]
    return body_of(found.text(report) or "", chrome)


def derive_aside(store: Store) -> None:
    """
    Replace what follows without keeping others from writing while it is computed.

    It is computed from one state of the dossier; where something came in or was decided meanwhile, once
    more from the newer one.
    """
    while True:
        with store.reading() as found:
            if found.is_fresh():
                return
            before = what_came_in(found.connection)
            reports = found.reports(current=True)
            copies = find_copies(found.signatures(), reports, partial(stored_body, found))
            claims = found.claims()
            judgements = found.judgements()
            entities = found.entities()
        reports = {
            key: replace(report, copies=copies[key][0] if key in copies else key)
            for key, report in reports.items()
        }
        follows = _compute(claims, reports, judgements, entities)
        with store.writing() as tx:
            if what_came_in(tx.connection) != before:
                continue
            tx.replace_copies(copies)
            tx.replace_derived(*follows)
            return
