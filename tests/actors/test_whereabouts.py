"""In which state a place lies."""

from __future__ import annotations

import pytest

from dragoman.actors import locate
from dragoman.actors.whereabouts import place_of


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("The Kremlin, Moscow", "Moscow", "RUS"),
        ("Sochi", "Sochi", "RUS"),
        ("Bocharov Ruchei, Sochi", "Sochi", "RUS"),
        ("Washington, D.C.", "Washington, D.C.", "USA"),
        ("Santiago, Chile", "Santiago", "CHL"),
        ("Crete", "Crete", "GRC"),
        ("Norway", "Norway", "NOR"),
        ("Aktobe", "Aktobe", "KAZ"),
        ("Wuppertal", "Wuppertal", "DEU"),
        ("the office", None, None),
        ("", None, None),
    ],
)
def test_a_dateline_is_located(words: str, name: str | None, country: str | None) -> None:
    entity = locate(words)
    assert (entity.name if entity else None) == name
    assert (entity.country if entity else None) == country


def test_the_state_that_the_report_names_decides_between_namesakes() -> None:
    """Hyderabad lies in India and in Pakistan."""
    assert place_of("Hyderabad", None, stated=None, mentioned={"PAK"}, label="GPE").country == "PAK"
    assert place_of("Hyderabad", None, stated=None, mentioned={"IND"}, label="GPE").country == "IND"


def test_namesakes_of_like_size_stay_open() -> None:
    assert place_of("Valencia", None, stated=None, mentioned=(), label="GPE").country is None


def test_an_unknown_place_says_so() -> None:
    where = place_of("Nowheresville", None, stated=None, mentioned=(), label="GPE")
    assert (where.country, where.rule) == (None, "actor.place.unknown")
