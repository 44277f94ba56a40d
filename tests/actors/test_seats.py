"""Where the table of office holders contradicts for whom somebody seems to act."""

from __future__ import annotations

import pytest

from dragoman.actors import find_actors
from dragoman.actors.seats import is_held_by_others, lacks, serves_another
from dragoman.actors.tables import holders
from dragoman.model import EntityKind
from dragoman.testing import make_chronology, make_parsed


@pytest.mark.parametrize(
    ("name", "party", "year", "another"),
    [
        ("Scott Morrison", "USA", 2021, True),
        ("Scott Morrison", "AUS", 2021, False),
        ("Scott Morrison", "USA", 1990, False),  # not in office: the table says nothing
        ("Abdel Fattah el-Sisi", "AU", 2019, False),  # a body may be chaired beside a state
        ("Vuk Draskovic", "SCG", 2005, False),  # Serbia in the table
        ("Nobody Inparticular", "USA", 2021, False),
    ],
)
def test_who_serves_a_state_serves_no_other(name: str, party: str, year: int, another: bool) -> None:
    assert serves_another(holders().named(name), [party], year) is another


@pytest.mark.parametrize(
    ("key", "office", "year", "others"),
    [
        (("lopez", "obrador"), "president", 2023, True),
        (("biden",), "president", 2023, False),
        (("somebody",), "foreign minister", 2023, False),
        (("somebody",), "president", None, False),
        (("somebody",), "monarch", 2023, False),  # not in the table, which is not whole
    ],
)
def test_a_state_has_one_head(key: tuple[str, ...], office: str, year: int | None, others: bool) -> None:
    assert is_held_by_others(key, office, "USA", year) is others


def test_the_united_states_have_no_king() -> None:
    assert lacks("monarch", "USA")
    assert lacks("prime minister", "USA")
    assert not lacks("president", "USA")
    assert not lacks("foreign minister", "USA")
    assert not lacks("monarch", "XYZ")


@pytest.mark.parametrize(("name", "party"), [("Okoro", ""), ("Biden", "USA")])
def test_a_government_does_not_lend_its_state_to_the_head_of_another(name: str, party: str) -> None:
    words = f"""
# President/PROPN/compound/2 {name}/PROPN/nsubj/3 spoke/VERB/root/0/speak/VBD
"""
    parsed = make_parsed(words, names=[("ROLE", "President"), ("PER", name)], publisher="The White House")
    actors = find_actors(parsed, make_chronology("2023-11-04"))
    (person,) = [entity for entity in actors.entities.values() if entity.kind is EntityKind.PERSON]
    assert " ".join(person.parties) == party


def test_the_president_named_with_a_nation_is_not_another_one_of_that_title() -> None:
    met = "Envoys/NOUN/nsubj/2 met/VERB/root/0/meet/VBD the/DET/det/4 President/PROPN/obj/2"
    spoke = "President/PROPN/compound/2 Christoph/PROPN/nsubj/4 Leitl/PROPN/flat/2 spoke/VERB/root/0/speak"
    words = f"{met} of/ADP/case/6 Austria/PROPN/nmod/4 ././punct/2\n{spoke} ././punct/4"
    names = [("ROLE", "President"), ("GPE", "Austria"), ("ROLE", "President"), ("PER", "Christoph Leitl")]
    actors = find_actors(make_parsed(words, names=names), make_chronology("2019-05-15"))
    (person,) = [entity for entity in actors.entities.values() if entity.kind is EntityKind.PERSON]
    assert (person.name, person.parties) == ("Christoph Leitl", ())
