# ruff: noqa: E501 - pages and sentences stay on their lines
"""The language of a report."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dragoman.text.document import normal_language
from dragoman.text.language import identify_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The foreign ministers of Norway and Chile met in Bergen and agreed to go on with the talks.", "en"),
        (
            "Министры иностранных дел Норвегии и Чили встретились в Бергене и договорились о переговорах.",
            "ru",
        ),
        ("Οι υπουργοί Εξωτερικών της Νορβηγίας και της Χιλής συναντήθηκαν στο Μπέργκεν.", "el"),
        (
            "Les ministres des affaires étrangères de la Norvège et du Chili se sont rencontrés à Bergen.",
            "fr",
        ),
        (
            "De ministers van Noorwegen en Chili hebben elkaar in Bergen ontmoet en willen verder praten.",
            "nl",
        ),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert identify_language(text) == code


def test_a_few_letters_decide_nothing() -> None:
    assert identify_language("1 2 3 ok") is None


@pytest.mark.parametrize(
    ("given", "tag"),
    [("en", "en"), ("en_GB", "en-GB"), ("English", "en"), (" ru ", "ru"), ("?", None), (None, None)],
)
def test_given_languages(given: str | None, tag: str | None) -> None:
    assert normal_language(given) == tag


def test_an_english_text_loads_neither_language_model_nor_page_readers() -> None:
    code = (
        "import sys; from dragoman.intake import *; from dragoman.text import to_document;"
        "to_document(Fetched('a', 'a', Media.TEXT, 'The ministers of the two states have met and will meet again.'));"
        "heavy = {'py3langid', 'trafilatura', 'htmldate', 'lxml', 'ftfy', 'numpy', 'resiliparse'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
