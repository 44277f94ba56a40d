"""Made-up claims: the same each time, and as many as asked for."""

from __future__ import annotations

from dragoman.evaluation.synthetic import make_claims, measure_reconciling


def test_the_claims_are_the_same_each_time() -> None:
    assert make_claims(200) == make_claims(200)
    assert make_claims(200) != make_claims(200, seed=1)


def test_each_claim_has_its_report_and_an_id_of_its_own() -> None:
    claims, reports = make_claims(300)
    assert len({claim.id for claim in claims}) == len(claims) == 300
    assert all(claim.report in reports for claim in claims)


def test_happenings_are_found_again() -> None:
    cost = measure_reconciling(400)
    assert cost.claims == 400
    assert 100 < cost.happenings < 300
    assert cost.seconds > 0
