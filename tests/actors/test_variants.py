"""Well-known names in a form of their own."""

from __future__ import annotations

import pytest

from dragoman.actors import standard_name


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("Anthony Blinken", "Antony Blinken"),
        ("Antony Blinken", None),
        ("Condoleeza Rice", "Condoleezza Rice"),
        ("Angela Merkl", "Angela Merkel"),
        ("Volodymyr Zelensky", None),
        ("Volodymyr Zelenskyi", None),  # transliteration
        ("Blinken", None),  # a surname alone
        ("John Kelly", None),  # not John Kerry
        ("Jane Doe", None),
    ],
)
def test_a_slip_in_a_known_name_has_its_standard(name: str, standard: str | None) -> None:
    assert standard_name(name) == standard
