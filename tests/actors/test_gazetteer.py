"""Known names in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.actors.fold import fold, loose_key
from dragoman.actors.gazetteer import gazetteer

FOUND = {
    "talks in Niger, not Nigeria": [("Niger", "NER"), ("Nigeria", "NGA")],
    "the U.S. and the UK": [("U.S.", "USA"), ("UK", "GBR")],
    "give it to us": [],
    "Sino-Russian ties": [("Sino", "CHN"), ("Russian", "RUS")],
    "Franco Frattini spoke": [],
    "RUSSIA AND CHINA AGREE": [("RUSSIA", "RUS"), ("CHINA", "CHN")],
    "the Democratic Republic of the Congo": [("Democratic Republic of the Congo", "COD")],
    "Côte d’Ivoire": [("Côte d’Ivoire", "CIV")],
    "a south korean envoy": [],
    "the six-party talks": [("six-party talks", "CHN JPN KOR PRK RUS USA")],
    "Six-Party Talks": [("Six-Party Talks", "CHN JPN KOR PRK RUS USA")],
    "the UN's envoy": [("UN", "UN")],
}


@pytest.mark.parametrize("text", FOUND)
def test_known_names_are_found_whole_and_in_their_case(text: str) -> None:
    found = [(text[start:end], " ".join(sense.parties)) for start, end, _, sense in gazetteer().find(text)]
    assert found == FOUND[text]


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(st.sampled_from("USRsia uk.-\n'’é"), max_size=60))
def test_hits_stand_in_order_on_word_bounds(text: str) -> None:
    last = 0
    for start, end, _, _ in gazetteer().find(text):
        assert last <= start < end <= len(text)
        assert start == 0 or not text[start - 1].isalnum()
        assert end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
        last = end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mikheil Saakashvili", "Mikhail Saakashvili"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Moammar Gadhafi", "Muammar Qadhafi"),
    ],
)
def test_transliterations_share_a_key(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


def test_other_persons_do_not() -> None:
    assert loose_key("John Kerry") != loose_key("John Kelly")
