"""Words of the pages: headings, spans, decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.dossier import Dossier
from dragoman.output.told import Told
from dragoman.publish.telling import decided, heading_of, span_in_words


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
        (("../2022-01-10",), "by 10 January 2022"),
        (("../2022-01-10", "2022-03-01"), "1 March 2022"),
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
