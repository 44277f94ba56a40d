"""Which names may be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile.names import best_form, may_be_one, read_name


def one(left: str, right: str, *, loose: bool = True) -> bool:
    first, second = read_name(left), read_name(right)
    assert first is not None
    assert second is not None
    return may_be_one(first, second, loose=loose)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Antony Blinken", "Anthony Blinken"),
        ("Antony Blinken", "Antony J. Blinken"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Sergei Lavrov", "Сергей Лавров"),
        ("Kishida Fumio", "Fumio Kishida"),
        ("Recep Tayyip Erdoğan", "Recep Erdogan"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("J. Kerry", "John Kerry"),
        ("Bill Burns", "William Burns"),
    ],
)
def test_spellings_of_one_person_may_be_one(left: str, right: str) -> None:
    assert one(left, right)
    assert one(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("John Kerry", "John Kelly"),
        ("Kim Jong-il", "Kim Jong-un"),
        ("Heidar Aliyev", "Ilham Aliyev"),
        ("Igor Ivanov", "Sergei Ivanov"),
        ("Joe Sullivan", "John J. Sullivan"),
        ("Hiba Nasr", "Ihab Ahmed Nasr"),
        ("Abdullah bin Zayed", "Mohammed bin Zayed"),
        ("Mohammed bin Salman", "Salman bin Abdulaziz"),
    ],
)
def test_names_of_different_persons_never_are(left: str, right: str) -> None:
    assert not one(left, right)
    assert not one(right, left)


def test_latin_names_do_not_vary_as_transliterations_do() -> None:
    assert one("Anna Yellen", "Anna Ellen")
    assert not one("Anna Yellen", "Anna Ellen", loose=False)
    assert not one("Michael Martina", "Micheál Martin", loose=False)


@pytest.mark.parametrize("text", ["Your Highness", "Mr.", "His Majesty", "…"])
def test_a_title_alone_is_no_name(text: str) -> None:
    assert read_name(text) is None


def test_titles_articles_and_numbers_are_set_apart() -> None:
    name = read_name("King Abdullah II")
    assert name is not None
    assert (name.words, name.suffix, name.full) == (("abdullah",), "ii", False)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_names_are_held_against_each_other_alike_from_both_sides(left: str, right: str) -> None:
    first, second = read_name(left), read_name(right)
    if first and second:
        assert may_be_one(first, second) == may_be_one(second, first)
        assert may_be_one(first, first)


def test_the_form_shown_is_latin_and_full_before_frequent() -> None:
    assert (
        best_form([("Lavrov", 9), ("Сергей Лавров", 5), ("Sergei Lavrov", 2), ("Sergey Lavrov", 1)])
        == "Sergei Lavrov"
    )
