"""Where the table of office holders contradicts for whom somebody seems to act."""

from __future__ import annotations

import pytest

from dragoman.actors import find_actors
from dragoman.actors.fold import words
from dragoman.actors.seats import cannot_head, serves_another
from dragoman.actors.tables import holders
from dragoman.model import Entity, EntityKind
from dragoman.testing import make_chronology, make_parsed


def persons(spec: str, *names: tuple[str, str], published: str, publisher: str | None = None) -> list[Entity]:
    """The persons of a report."""
    parsed = make_parsed(spec, names=names, publisher=publisher)
    actors = find_actors(parsed, make_chronology(published))
    return [entity for entity in actors.entities.values() if entity.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("name", "office", "party", "year", "another"),
    [
        ("Scott Morrison", "prime minister", "USA", 2021, True),
        ("Scott Morrison", "president", "USA", 2021, True),  # heads of state and of government are one rank
        ("Scott Morrison", "prime minister", "AUS", 2021, False),
        ("Scott Morrison", "prime minister", "USA", 1990, False),  # not in office: the table says nothing
        ("Abdel Fattah el-Sisi", "president", "AU", 2019, False),  # a body may be chaired beside a state
        ("John Howard", "envoy", "USA", 2005, False),  # a namesake
        ("Gordon Brown", "ambassador", "ISR", 2008, False),
        ("Kim Yong Nam", "defence minister", "KOR", 2012, False),
        ("Mikheil Saakashvili", "adviser", "UKR", 2013, False),
        ("Scott Morrison", "", "USA", 2021, False),
        ("Slobodan Milosevic", "president", "SRB", 1999, False),  # under Yugoslavia in the table
        ("Mikhail Gorbachev", "leader", "RUS", 1991, False),
        ("Vuk Draskovic", "foreign minister", "SCG", 2005, False),
        ("Nobody Inparticular", "president", "USA", 2021, False),
    ],
)
def test_who_heads_a_state_serves_no_other(
    name: str, office: str, party: str, year: int, another: bool
) -> None:
    terms = holders().keyed(words(name))
    assert bool(terms) is (name != "Nobody Inparticular")
    assert serves_another(terms, office, [party], year) is another


@pytest.mark.parametrize(
    ("name", "office", "party", "year", "cannot"),
    [
        ("López Obrador", "president", "USA", 2023, True),
        ("Biden", "president", "USA", 2023, False),
        ("Joseph R. Biden, Jr.", "president", "USA", 2023, False),
        ("Xi", "president", "CHN", 2023, False),
        ("Okoro", "prime minister", "USA", 2023, True),  # by their constitution
        ("Okoro", "monarch", "USA", 2023, True),  # they have a president
        ("Naruhito", "monarch", "JPN", 2023, False),  # the table is not whole
        ("Paudel", "president", "NPL", 2024, False),
        ("Okoro", "foreign minister", "USA", 2023, False),
        ("Okoro", "president", "USA", None, False),
    ],
)
def test_a_state_has_one_head(name: str, office: str, party: str, year: int | None, cannot: bool) -> None:
    assert cannot_head(words(name), office, party, year) is cannot


@pytest.mark.parametrize(
    ("title", "name", "party"),
    [
        ("President", "Okoro", ""),
        ("President", "Biden", "USA"),
        ("King", "Okoro", ""),
        ("Secretary", "Okoro", "USA"),
    ],
)
def test_a_government_does_not_lend_its_state_to_the_head_of_another(
    title: str, name: str, party: str
) -> None:
    spec = f"# {title}/PROPN/compound/2 {name}/PROPN/nsubj/3 spoke/VERB/root/0/speak/VBD"
    found = persons(spec, ("ROLE", title), ("PER", name), published="2023-11-04", publisher="The White House")
    assert [" ".join(one.parties) for one in found] == [party]


def test_a_nation_beside_a_name_is_not_that_of_a_president_of_another() -> None:
    spec = """
    President/PROPN/nsubj/3 Putin/PROPN/flat/1 visits/VERB/root/0/visit/VBZ ././punct/3
    Greece/PROPN/nmod/3 Vladimir/PROPN/compound/3 Putin/PROPN/nsubj/4 spoke/VERB/root/0/speak/VBD ././punct/4
    """
    names = [("ROLE", "President"), ("PER", "Putin"), ("GPE", "Greece"), ("PER", "Vladimir Putin")]
    (found,) = persons(spec, *names, published="2001-12-05")
    assert (found.name, found.parties) == ("Vladimir Putin", ("RUS",))


def test_the_president_named_with_a_nation_is_not_another_one_of_that_title() -> None:
    met = "Envoys/NOUN/nsubj/2 met/VERB/root/0/meet/VBD the/DET/det/4 President/PROPN/obj/2"
    spoke = "President/PROPN/compound/2 Christoph/PROPN/nsubj/4 Leitl/PROPN/flat/2 spoke/VERB/root/0/speak"
    spec = f"{met} of/ADP/case/6 Austria/PROPN/nmod/4 ././punct/2\n{spoke} ././punct/4"
    names = [("ROLE", "President"), ("GPE", "Austria"), ("ROLE", "President"), ("PER", "Christoph Leitl")]
    (found,) = persons(spec, *names, published="2019-05-15")
    assert (found.name, found.parties) == ("Christoph Leitl", ())


def test_a_nearest_state_that_has_another_president_is_not_passed_over_for_one_farther_off() -> None:
    first = "Samoa/PROPN/nsubj/4 and/CCONJ/cc/4 Austria/PROPN/conj/1 agreed/VERB/root/0/agree/VBD ././punct/4"
    then = "President/PROPN/compound/2 Okoro/PROPN/nsubj/3 spoke/VERB/root/0/speak/VBD ././punct/3"
    names = [("GPE", "Samoa"), ("GPE", "Austria"), ("ROLE", "President"), ("PER", "Okoro")]
    (found,) = persons(f"{first}\n{then}", *names, published="2019-05-15")
    assert found.parties == ()
