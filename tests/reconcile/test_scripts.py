"""Names of other scripts in Latin letters."""

from __future__ import annotations

import pytest

from dragoman.actors.fold import loose_key
from dragoman.reconcile.scripts import latin


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Лавров", "Lavrov"),
        ("Сергей Лавров", "Sergey Lavrov"),
        ("Юлия", "Yuliya"),
        ("Щербаков", "Shcherbakov"),
        ("Μητσοτάκης", "Mitsotakis"),
        ("Παπανδρέου", "Papandreou"),
        ("Müller", "Müller"),
        ("Smith", "Smith"),
        ("", ""),
    ],
)
def test_cyrillic_and_greek_become_latin_and_latin_stays(name: str, expected: str) -> None:
    assert latin(name) == expected


def test_a_cyrillic_name_meets_its_english_spellings_in_the_loose_key() -> None:
    assert loose_key(latin("Зеленський")) == loose_key("Zelensky") == loose_key("Zelenskyy")


def test_an_accent_written_as_a_mark_of_its_own_is_no_other_name() -> None:
    assert latin("Μητσοτα\u0301κης") == latin("Μητσοτάκης")
