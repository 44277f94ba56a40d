"""Happenings grouped into negotiations, and where each stands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Claim,
    EventType,
    Happening,
    Negotiation,
    Reconciled,
    Settled,
    Span,
    Standing,
    Status,
    StoredReport,
)
from dragoman.reconcile.contacts import forum_key, stand_alike
from dragoman.reconcile.negotiations import find_negotiations


@dataclass(frozen=True)
class Told:
    """A happening in short; its id is its number in the list, and so is its report's unless one is given."""

    parties: str
    date: str | None
    type: EventType = EventType.MEETING
    status: Status = Status.HELD
    by: str = ""
    to: str = ""
    report: str = ""
    published: str | None = None
    forum: str | None = None
    subject: str | None = None
    title: str | None = None
    mediators: str = ""
    overdue: bool = False


def proposal(by: str, to: str, day: str | None, **more: str | None) -> Told:
    return Told(f"{by} {to}", day, EventType.PROPOSAL, Status.MADE, by=by, to=to, **more)  # type: ignore[arg-type]


def refusal(by: str, to: str, day: str | None, **more: str | None) -> Told:
    parties = f"{by} {to}".strip()
    return Told(parties, day, EventType.REFUSAL, Status.MADE, by=by, to=to, **more)  # type: ignore[arg-type]


def agreement(parties: str, day: str | None, **more: str | None) -> Told:
    return Told(parties, day, EventType.AGREEMENT, Status.REACHED, **more)  # type: ignore[arg-type]


def planned(parties: str, day: str | None, **more: object) -> Told:
    return Told(parties, day, EventType.MEETING, Status.PLANNED, **more)  # type: ignore[arg-type]


def record(tolds: Sequence[Told]) -> tuple[Reconciled, dict[str, Claim], dict[str, StoredReport]]:
    """A happening, a claim and (unless shared) a report for each."""
    happenings, claims, reports = [], {}, {}
    for number, told in enumerate(tolds):
        key, source = f"h{number:02}", told.report or f"r{number:02}"
        day = told.published or (told.date if told.date and len(told.date) == 10 else None)
        known = date.fromisoformat(day) if day else None
        reports[source] = StoredReport(
            source, source, source, day, "stated", "", "", earliest=known, latest=known
        )
        claims[key] = Claim(
            key, source, key, told.type, told.status, tuple(told.parties.split()), (Span(0, 1, "x"),)
        )
        given = {
            "status": told.status.value,
            "parties": tuple(sorted(told.parties.split())),
            "mediators": tuple(told.mediators.split()),
            "by": tuple(told.by.split()),
            "to": tuple(told.to.split()),
            "forum": told.forum,
            "date": told.date,
            "subject": told.subject,
            "title": told.title,
        }
        slots = {
            name: Settled(given.get(name, () if name in MANY else None), Standing.SINGLE)
            for name in CLAIM_SLOTS
        }
        happenings.append(Happening(key, told.type, slots, (key,), 1, (), overdue=told.overdue))
    days = [report.latest for report in reports.values() if report.latest]
    return Reconciled(tuple(happenings), (), as_of=max(days, default=None)), claims, reports


def negotiations(*tolds: Told) -> tuple[Negotiation, ...]:
    return find_negotiations(*record(tolds))


def groups(*tolds: Told) -> list[list[int]]:
    """Numbers of the happenings in each negotiation."""
    return sorted(sorted(int(key[1:]) for key in found.happenings) for found in negotiations(*tolds))


def test_two_happenings_of_the_same_two_parties_are_a_negotiation_and_one_alone_is_none() -> None:
    (found,) = negotiations(
        Told("RUS USA", "2022-01-10"), Told("RUS USA", "2022-01-21"), Told("FRA USA", "2022-01-11")
    )
    assert found.happenings == ("h00", "h01")
    assert found.name == "Russia – United States, 2022"
    assert found.id == "negotiation-h00"


def test_two_years_without_contact_part_a_series() -> None:
    assert groups(
        Told("RUS SRB", "2010-01-10"),
        Told("RUS SRB", "2010-05-10"),
        Told("RUS SRB", "2012-06-01"),
        Told("RUS SRB", "2012-06-02"),
    ) == [[0, 1], [2, 3]]


def test_talks_in_several_places_with_a_proposal_to_both_are_one_negotiation() -> None:
    (found,) = negotiations(
        Told(
            "RUS NATO USA", "2021-12-17", EventType.PROPOSAL, Status.MADE, by="RUS", to="USA NATO", report="a"
        ),
        Told("RUS USA", "2022-01-10", report="b"),
        Told("NATO RUS", "2022-01-12", forum="NATO-Russia Council", report="c"),
        proposal("RUS", "NATO", "2021-12-17", report="a"),
        Told("RUS USA", "2021-12-17", report="a"),
        Told("OSCE RUS", "2022-01-13", forum="OSCE Permanent Council", report="b"),
    )
    assert len(found.happenings) == 6
    assert "a body and its member" in found.why


def test_a_party_in_all_does_not_glue_its_talks_together() -> None:
    """Twelve partners, each met four times a year by one hub, in reports that tell of two of them."""
    partners = "DEU FRA ITA JPN CHN IND TUR KAZ BLR ARM AZE UZB".split()
    tolds = [
        Told(
            f"RUS {partner}",
            f"{2015 + year}-{1 + 3 * quarter:02}-{1 + i:02}",
            report=f"{year}{quarter}{i // 2}",
        )
        for year in range(3)
        for quarter in range(4)
        for i, partner in enumerate(partners)
    ]
    found = negotiations(*tolds)
    assert len(found) == len(partners)
    assert all(len(negotiation.parties) == 2 for negotiation in found)


def test_a_run_with_a_proposal_stands_alone_in_a_long_relation() -> None:
    quiet = [Told("RUS USA", f"{year}-06-01") for year in (2015, 2016, 2017, 2018)]
    run = [
        proposal("RUS", "USA", "2016-12-17"),
        Told("RUS USA", "2017-01-10"),
        refusal("USA", "RUS", "2017-01-26"),
    ]
    assert groups(*quiet, *run) == [[0, 1, 2, 3], [4, 5, 6]]


def test_one_forum_is_one_negotiation_whoever_is_absent() -> None:
    (found,) = negotiations(
        Told("DEU FRA RUS UKR", "2015-02-11", forum="Normandy format summit"),
        Told("DEU FRA UKR", "2015-05-11", forum="Normandy Four talks"),
        Told("DEU FRA RUS UKR", "2016-05-11"),
    )
    assert found.happenings == ("h00", "h01", "h02")


def test_names_of_one_forum_share_a_key_and_a_bare_summit_has_none() -> None:
    assert forum_key("Normandy Four summit") == forum_key("Normandy format")
    assert forum_key("14th Blue Lake Dialogue") == forum_key("Blue Lake Dialogue meeting")
    assert forum_key("summit") is None
    assert forum_key("Trilateral Leaders’ Summit") is None
    assert forum_key(None) is None


def test_a_mediator_is_no_side() -> None:
    found = groups(
        Told("QAT Hamas ISR", "2024-01-10", mediators="QAT"),
        Told("Hamas ISR", "2024-01-20"),
        Told("QAT ISR", "2024-01-21"),
    )
    assert found == [[0, 1]]


def test_a_refusal_of_one_party_alone_goes_with_the_talks_that_its_report_tells_of() -> None:
    found = groups(
        Told("RUS USA", "2022-01-10"),
        Told("RUS USA", "2022-01-21", report="r"),
        refusal("NATO", "", "2022-01-20", report="r"),
        refusal("NATO", "", "2022-01-20", report="other"),
    )
    assert found == [[0, 1, 2]]


def test_the_state_of_play_tells_last_and_next_meetings_and_what_is_overdue() -> None:
    tolds = [
        Told("RUS USA", "2022-01-10"),
        Told("RUS USA", "2022-01-21"),
        planned("RUS USA", "2022-03", published="2022-01-26"),
        planned("RUS USA", "2022-02-02", published="2022-01-26"),
        planned("RUS USA", "2022-01-24", published="2022-01-20", overdue=True),
        Told("RUS USA", "2022-01-28", EventType.MEETING, Status.CANCELLED),
    ]
    (found,) = negotiations(*tolds)
    assert (found.state.last_meeting, found.state.next_meeting) == ("h01", "h03")
    assert found.state.overdue == ("h04",)


def test_a_plan_without_a_day_is_next_unless_a_meeting_came_after_it() -> None:
    plan = planned("RUS USA", None, published="2022-01-15")
    (open_,) = negotiations(Told("RUS USA", "2022-01-10"), plan)
    assert open_.state.next_meeting == "h01"
    (done,) = negotiations(Told("RUS USA", "2022-01-21"), plan)
    assert done.state.next_meeting is None


def test_a_plan_for_a_month_in_which_they_met_is_not_overdue() -> None:
    plan = planned("RUS USA", "2022-01", published="2021-12-15", overdue=True)
    (met,) = negotiations(Told("RUS USA", "2022-01-10"), plan)
    assert met.state.overdue == ()
    (missed,) = negotiations(Told("RUS USA", "2022-02-10"), plan)
    assert missed.state.overdue == ("h01",)


def test_refusals_counter_proposals_and_agreements_answer_a_proposal() -> None:
    (found,) = negotiations(
        proposal("RUS", "USA", "2021-12-17", title="treaty on security guarantees"),
        refusal("USA", "RUS", "2022-01-10"),
        proposal("USA", "RUS", "2022-01-26", subject="arms control"),
        agreement("RUS USA", "2022-02-10"),
    )
    by_proposal = {answered.proposal: answered.answers for answered in found.state.proposals}
    assert by_proposal == {"h00": ("h01", "h02", "h03"), "h02": ("h03",)}
    assert [answered.proposal for answered in found.state.proposals] == ["h02", "h00"]
    assert found.state.unanswered == ()
    assert (found.state.refusals, found.state.agreements) == (("h01",), ("h03",))


def test_what_came_before_what_the_proposer_does_and_what_others_refuse_is_no_answer() -> None:
    (found,) = negotiations(
        refusal("USA", "RUS", "2021-12-01"),
        proposal("RUS", "USA", "2021-12-17"),
        refusal("RUS", "USA", "2022-01-10"),
        agreement("RUS USA", "2022-08-30"),
    )
    assert found.state.unanswered == ("h01",)


def test_a_refusal_without_addressee_answers_where_the_words_are_the_same() -> None:
    (found,) = negotiations(
        proposal("RUS", "USA", "2021-12-17", subject="the withdrawal of troops"),
        Told(
            "RUS USA",
            "2022-06-10",
            EventType.REFUSAL,
            Status.MADE,
            by="USA",
            subject="withdrawal of its troops",
        ),
    )
    assert found.state.unanswered == ()


def test_a_member_stands_beside_its_body() -> None:
    assert stand_alike("USA", "NATO")
    assert stand_alike("NATO", "USA")
    assert not stand_alike("RUS", "NATO")


_PARTIES = ["RUS", "USA", "NATO", "OSCE", "DEU", "FRA", "UKR", "IRN", "six powers"]
_TOLDS = st.lists(
    st.builds(
        lambda parties, day, kind, report, forum, subject: Told(
            " ".join(sorted(parties)),
            (date(2021, 1, 1) + timedelta(days=day)).isoformat() if day is not None else None,
            kind,
            {EventType.MEETING: Status.HELD, EventType.AGREEMENT: Status.REACHED}.get(kind, Status.MADE),
            by=min(parties) if kind in {EventType.PROPOSAL, EventType.REFUSAL} else "",
            to=max(parties) if kind in {EventType.PROPOSAL, EventType.REFUSAL} and len(parties) > 1 else "",
            report=f"s{report}",
            published="2022-01-01",
            forum=forum,
            subject=subject,
        ),
        st.sets(st.sampled_from(_PARTIES), min_size=1, max_size=4),
        st.one_of(st.none(), st.integers(0, 1500)),
        st.sampled_from(list(EventType)),
        st.integers(0, 5),
        st.sampled_from([None, "NATO-Russia Council", "Normandy format", "summit"]),
        st.sampled_from([None, "security guarantees", "grain exports"]),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(_TOLDS, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_negotiations(tolds: list[Told], shuffle: random.Random) -> None:
    reconciled, claims, reports = record(tolds)
    mixed = list(reconciled.happenings)
    shuffle.shuffle(mixed)
    turned = Reconciled(tuple(mixed), (), as_of=reconciled.as_of)
    backwards = dict(reversed(list(claims.items()))), dict(reversed(list(reports.items())))
    assert find_negotiations(turned, *backwards) == find_negotiations(reconciled, claims, reports)


@settings(deadline=None)
@given(_TOLDS)
def test_a_happening_is_in_one_negotiation_at_most_and_each_has_two(tolds: list[Told]) -> None:
    found = negotiations(*tolds)
    told = [key for negotiation in found for key in negotiation.happenings]
    assert len(told) == len(set(told))
    assert all(len(negotiation.happenings) > 1 for negotiation in found)
    assert len({negotiation.id for negotiation in found}) == len(found)
    for negotiation in found:
        state = negotiation.state
        named = {
            *state.agreements, *state.refusals, *state.unanswered, *state.overdue,
            *(key for answered in state.proposals for key in (answered.proposal, *answered.answers)),
        }  # fmt: skip
        assert named <= set(negotiation.happenings)
        assert all(one.proposal != other.proposal for one, other in pairwise(state.proposals))
