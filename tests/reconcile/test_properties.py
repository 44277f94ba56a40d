"""What holds of every record, whatever the reports say."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reconcile.making import dossiers, judgement

from dragoman.model import Claim, StoredReport
from dragoman.model.edtf import bounds, compatible
from dragoman.reconcile import reconcile

Dossier = tuple[list[Claim], dict[str, StoredReport]]

thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(dossiers(), st.randoms(use_true_random=False))
def test_the_order_of_intake_does_not_matter(dossier: Dossier, chance: random.Random) -> None:
    claims, reports = dossier
    shuffled, names = list(claims), list(reports)
    chance.shuffle(shuffled)
    chance.shuffle(names)
    assert reconcile(shuffled, {name: reports[name] for name in names}) == reconcile(claims, reports)


@thorough
@given(dossiers())
def test_every_claim_stands_in_one_happening(dossier: Dossier) -> None:
    claims, reports = dossier
    told = [name for happening in reconcile(claims, reports).happenings for name in happening.claims]
    assert sorted(told) == sorted(claim.id for claim in claims)


@thorough
@given(dossiers(), st.data())
def test_a_report_more_takes_no_evidence_away(dossier: Dossier, data: st.DataObject) -> None:
    claims, reports = dossier
    last = data.draw(st.sampled_from(sorted(reports)))
    fewer = reconcile(
        [c for c in claims if c.report != last], {k: r for k, r in reports.items() if k != last}
    )
    more = reconcile(claims, reports)
    before = {name for happening in fewer.happenings for name in happening.claims}
    assert before <= {name for happening in more.happenings for name in happening.claims}


@thorough
@given(dossiers())
def test_one_report_tells_a_happening_once(dossier: Dossier) -> None:
    claims, reports = dossier
    of = {claim.id: claim.report for claim in claims}
    for happening in reconcile(claims, reports).happenings:
        assert len({of[name] for name in happening.claims}) == len(happening.claims)


@thorough
@given(dossiers())
def test_a_date_is_never_finer_than_its_words(dossier: Dossier) -> None:
    claims, reports = dossier
    dates = {claim.id: claim.date for claim in claims}
    for happening in reconcile(claims, reports).happenings:
        given = [text for name in happening.claims if (text := dates[name])]
        value = happening.text("date")
        assert (value is None) == (not given)
        settled = bounds(value)
        if settled is None or "XXXX" in "".join(given):
            continue
        spans = [span for text in given if compatible(text, value) and (span := bounds(text))]
        assert settled[0] <= max(span[0] for span in spans)
        assert settled[1] >= min(span[1] for span in spans)


@thorough
@given(dossiers())
def test_copies_are_one_source(dossier: Dossier) -> None:
    claims, reports = dossier
    of = {claim.id: reports[claim.report].source for claim in claims}
    for happening in reconcile(claims, reports).happenings:
        assert happening.sources == len({of[name] for name in happening.claims})
        for slot in happening.slots.values():
            for support in slot.support:
                assert support.sources == len({of[name] for name in support.claims})


@thorough
@given(dossiers(), st.data())
def test_an_undone_judgement_leaves_no_trace(dossier: Dossier, data: st.DataObject) -> None:
    claims, reports = dossier
    if len(claims) < 2:
        return
    left, right = data.draw(st.permutations(claims))[:2]
    decision = data.draw(st.sampled_from(("same", "different", "not-an-event")))
    decided = judgement(decision, left, right, number=1)
    undone = judgement("undo", number=2, undoes="j1")
    assert reconcile(claims, reports, (decided, undone)) == reconcile(claims, reports)


@thorough
@given(dossiers(), st.data())
def test_what_a_person_decided_holds(dossier: Dossier, data: st.DataObject) -> None:
    claims, reports = dossier
    if len(claims) < 2:
        return
    left, right = data.draw(st.permutations(claims))[:2]
    decision = data.draw(st.sampled_from(("same", "different")))
    record = reconcile(claims, reports, (judgement(decision, left, right),))
    together = any({left.id, right.id} <= set(happening.claims) for happening in record.happenings)
    assert together == (decision == "same")
