"""Words of the pages: headings, spans, decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.dossier import Dossier
from dragoman.model import Negotiation, Standing, StateOfPlay
from dragoman.model.negotiation import Answered
from dragoman.output.told import Told
from dragoman.publish.telling import (
    decided,
    heading_of,
    held_together,
    slot_rows,
    span_in_words,
    state_counts,
)


@pytest.mark.parametrize(
    ("edtf", "heading"),
    [
        ("2016-09-03", "September 2016"),
        ("2016-09", "September 2016"),
        ("2016", "2016"),
        ("2016-09/2016-11", "2016"),
        ("2016/2018", "2016–2018"),
        ("2021-11-29/2021-12-05", "November 2021"),
        ("../2013-10-16", "October 2013"),
        ("2022-01-13/..", "January 2022"),
        ("XXXX-11-09", "Year unknown"),
        (None, "No date"),
    ],
)
def test_a_heading_is_never_finer_than_the_date(edtf: str | None, heading: str) -> None:
    assert heading_of(edtf) == heading


def dated(told: Told, edtf: str | None) -> Told:
    slots = dict(told.happening.slots)
    slots["date"] = replace(slots["date"], value=edtf)
    return replace(told, happening=replace(told.happening, slots=slots))


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("2021-12", "2022-02-24"), "December 2021 to 24 February 2022"),
        (("2013", "2017/2020", "2015-01-01"), "2013 to 2020"),
        (("2022-01-10",), "10 January 2022"),
        (("2022-01-10", "2022-02-22"), "10 January to 22 February 2022"),
        (("../2022-01-10",), "by 10 January 2022"),
        (("../2022-01-10", "2022-03-01"), "1 March 2022"),
        (("../2022-01-10", "../2022-03-01"), "by 1 March 2022"),
        (("2021-04-26", "2025-02-13", "../2026-02-06"), "26 April 2021 to 6 February 2026 at the latest"),
        (("2026-01-02", "../2026-02-06"), "2 January to 6 February 2026 at the latest"),
        (("2026-01-02", "2026-02/.."), "2 January 2026 or later"),
        ((None,), ""),
    ],
)
def test_a_span_is_as_precise_as_its_ends(
    invented_dossier: Dossier, dates: tuple[str | None, ...], words: str
) -> None:
    one = invented_dossier.events()[0]
    assert span_in_words([dated(one, edtf) for edtf in dates]) == words


def test_a_decision_is_told_without_the_name(invented_dossier: Dossier) -> None:
    event = invented_dossier.events()[0]
    judgement = invented_dossier.judge(
        "correct", event.id, who="Ada", why="seen", slot="place", value="Porto", reconcile=False
    )
    words = decided(judgement)
    assert words.startswith("A value was put right (place), ")
    assert words.endswith(": seen")
    assert "Ada" not in words


def state(*answers: tuple[str, ...]) -> Negotiation:
    proposals = tuple(Answered(str(n), given) for n, given in enumerate(answers))
    unanswered = tuple(one.proposal for one in proposals if not one.answers)
    play = StateOfPlay(proposals=proposals, unanswered=unanswered)
    return Negotiation("n", "A – B", ("A", "B"), None, None, (), play, "")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (((),), "1 proposal (without an answer)."),
        (((), ()), "2 proposals (both without an answer)."),
        (((), (), ()), "3 proposals (all without an answer)."),
        (((), ("x",)), "2 proposals (1 without an answer)."),
        ((("x",),), "1 proposal."),
        ((), "The record has no proposal, agreement or refusal."),
    ],
)
def test_proposals_are_counted_with_those_that_nobody_answered(
    answers: tuple[tuple[str, ...], ...], words: str
) -> None:
    assert state_counts(state(*answers)) == words


def test_what_holds_a_negotiation_together_is_told_in_sentences(invented_dossier: Dossier) -> None:
    one = invented_dossier.events()[0]
    slots = {**one.happening.slots, "forum": replace(one.happening.slots["forum"], value="Quad Summit")}
    told = [replace(one, happening=replace(one.happening, slots=slots))]
    why = (
        "3 happenings, never more than 15 days apart; forum quad summit (2); Chile – Norway (1); "
        "joined by: close in time ×2, same subject ×1; a run with a proposal or refusal in a longer relation"
    )
    assert held_together(why, told) == [
        "3 events; from one dated event to the next it is never more than 15 days.",
        "By those who take part: within Quad Summit (2 events), Chile – Norway (1 event).",
        "What joined them: close in time (2 times), same subject.",
        "A run with a proposal or refusal in a longer relation.",
    ]
    assert held_together("2 happenings, never more than 0 days apart", told) == ["2 events."]
    assert held_together("", told) == []


@pytest.mark.parametrize(
    ("note", "standing", "words"),
    [
        ("2022-01-12 (4) against 2022-01-13 (1)", Standing.CONFLICT, ""),
        ("reports differ on who acts: RUS, USA", Standing.CONFLICT,
         "reports differ on who acts: Russia and United States"),
        ("../2022-01-12 and 2022-01 together", Standing.AGREED,
         "by 12 January 2022 and January 2022, taken together"),
        ("names of one forum", Standing.AGREED, ""),
    ],
)  # fmt: skip
def test_a_note_says_what_the_values_beside_it_do_not(
    invented_dossier: Dossier, note: str, standing: Standing, words: str
) -> None:
    one = invented_dossier.events()[0]
    slots = {**one.happening.slots}
    slots["date"] = replace(slots["date"], note=note, standing=standing)
    told = replace(one, happening=replace(one.happening, slots=slots))
    assert slot_rows(told)[0].note == words
