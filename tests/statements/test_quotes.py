"""Quotations without a cue of their own find who speaks, or nobody."""

from __future__ import annotations

from dragoman.statements import find_statements
from dragoman.testing import make_actors, make_chronology, make_parsed

SAID = (
    "“/``/punct/3 We/PRON/nsubj/3 wait/VERB/ccomp/6 ,/punct/3 ”/punct/3 said/VERB/root/0/say "
    "Moro/PROPN/nsubj/6 ././punct/6"
)
LATE = (
    "It/PRON/nsubj/4 is/AUX/cop/4 too/ADV/advmod/4 late/ADJ/root/0 for/ADP/case/6 that/PRON/obl/4 ././punct/4"
)


def speakers(spec: str) -> list[tuple[str, str]]:
    parsed = make_parsed(spec)
    found = find_statements(parsed, make_chronology(), make_actors(parsed))
    return [(statement.speaker, statement.content.exact) for statement in found]


def test_a_quotation_goes_on_with_who_spoke_in_its_paragraph() -> None:
    free = f"“/``/punct/4 {LATE} ”/punct/4".replace("/4 ", "/5 ").replace("/6 ", "/7 ")
    assert speakers(f"{SAID}\n{free}") == [("Moro", "We wait"), ("Moro", "It is too late for that")]


def test_a_paragraph_of_nothing_but_a_quotation_goes_on_with_the_paragraph_before() -> None:
    assert ("Moro", "It is too late for that") in speakers(f"{SAID}\n\n“/``/root/0 {LATE} ”/punct/1")


def test_a_quotation_after_a_cue_and_a_colon_is_the_cues() -> None:
    cue = "Moro/PROPN/nsubj/2 added/VERB/root/0/add :/punct/2"
    assert speakers(f"{cue}\n\n“/``/root/0 {LATE} ”/punct/1") == [("Moro", "It is too late for that")]


def test_a_quotation_left_open_belongs_to_who_speaks_where_it_goes_on() -> None:
    assert ("Moro", "It is too late for that") in speakers(f"“/``/root/0 {LATE}\n\n{SAID}")


def test_a_dash_and_a_name_sign_a_quotation() -> None:
    signed = f"“/``/root/0 {LATE} ”/punct/1 ―/punct/1 Moro/PROPN/dep/1"
    assert speakers(signed) == [("Moro", "It is too late for that")]


def test_a_quotation_with_no_cue_in_reach_is_nobodys() -> None:
    assert (
        speakers(f"Snow/NOUN/nsubj/2 fell/VERB/root/0/fall ././punct/2\n\n“/``/root/0 {LATE} ”/punct/1") == []
    )
