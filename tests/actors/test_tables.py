"""The tables hold what they say: codes, years, one sense a name."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest
from babel import Locale

from dragoman.actors.gazetteer import gazetteer
from dragoman.actors.tables import bodies, cities, holders, nouns, offices, pairing, places, states, word_set

TABLES = sorted(
    path.name
    for path in resources.files("dragoman").joinpath("data/actors").iterdir()
    if path.name.endswith(".tsv")
)
# Names that press English prefers to those of CLDR.
OWN_NAMES = {"MMR", "CIV", "BRN", "HKG", "MAC", "PSE", "COG", "COD", "TUR", "CZE", "VAT", "TLS", "CPV", "SWZ"}
FORMER = {"SUN", "YUG", "SCG", "CSK", "DDR", "XKX"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_where_its_facts_come_from_and_under_which_licence(name: str) -> None:
    text = resources.files("dragoman").joinpath("data/actors", name).read_text(encoding="utf-8")
    head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    assert "Origin:" in head
    assert "icence" in head or "CC BY" in head


def test_short_names_of_states_are_those_of_cldr() -> None:
    """By alpha-2 code; names where the press differs are listed."""
    names = Locale("en").territories
    rows = resources.files("dragoman").joinpath("data/actors/states.tsv").read_text(encoding="utf-8")
    alpha2 = {line.split("\t")[0]: line.split("\t")[1] for line in rows.splitlines() if line.count("\t") == 6}
    faults = []
    for code, state in states().items():
        if code in OWN_NAMES | FORMER:
            continue
        cldr = names[alpha2[code]].replace("&", "and").replace("St.", "Saint").replace("’", "'")
        known = {state.name, *state.aliases}
        if cldr not in known and cldr.replace("São Tomé and Príncipe", "Sao Tome and Principe") not in known:
            faults.append((code, state.name, cldr))
    assert faults == []


def test_terms_of_office_end_after_they_begin_and_act_for_known_parties() -> None:
    known = set(states()) | {party for body in bodies() for party in body.parties}
    known |= {"Quartet", "Chechen rebels", "National Transitional Council", "Tibetan government-in-exile"}
    terms = holders().terms
    assert len(terms) > 2500
    assert [term for term in terms if term.end is not None and term.end < term.start] == []
    assert {term.party for term in terms} - known == set()


def test_a_state_is_found_by_each_of_its_names() -> None:
    for state in states().values():
        for name in (state.name, *state.aliases):
            found = gazetteer().find(f"We saw {name} there.")
            assert [(hit[1] - hit[0], hit[3].parties) for hit in found] == [(len(name), (state.code,))], name


def test_no_state_shares_a_name_with_another() -> None:
    names = Counter(name for state in states().values() for name in (state.name, *state.aliases))
    assert [name for name, number in names.items() if number > 1] == []


def test_places_lie_in_known_states() -> None:
    assert {place.country for place in places()} - set(states()) == {None}


def test_cities_of_a_name_stand_largest_first() -> None:
    for rows in cities().values():
        assert [people for _, people in rows] == sorted((people for _, people in rows), reverse=True)
    assert cities()["birmingham"][0][0] == "GBR"


def test_word_lists_and_pairings_are_read() -> None:
    assert "in" in word_set("place-prepositions")
    assert pairing("office-class")["secretary of state"] == ("foreign minister",)
    assert nouns()["rebels"] == "armed"
    assert offices()["secretary of state"] == ("foreign minister", "state")


def test_office_holders_are_found_by_name_and_by_year() -> None:
    held = [term.office for term in holders().named("Condoleezza Rice") if term.held(2006)]
    assert held == ["secretary of state"]
    assert {term.party for term in holders().named("Volodymyr Zelenskiy")} == {"UKR"}
    assert {term.party for term in holders().surnamed("lavrov")} == {"RUS"}
    assert {term.name for term in holders().sounding("Mikhail Sakashvili")} == {"Mikheil Saakashvili"}
