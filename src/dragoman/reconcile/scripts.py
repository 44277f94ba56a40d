"""Names of other scripts in Latin letters, so that one person's spellings meet."""

from __future__ import annotations

import unicodedata
from functools import cache

# Cyrillic and Greek letters as English-language papers write them: the romanisation of the BGN/PCGN tables
# (Russian 1947, Ukrainian 1965, Greek 1996), simplified. Rows: letters, then what each becomes.
_LETTERS = (
    (
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
    ),
    ("іїєґўјљњћђџѓќѕ", "i yi ye g u j lj nj c dj dz gj kj dz"),
    ("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
)
# Pairs of letters that are read as one sound, before single letters.
_PAIRS = {
    "ου": "ou", "μπ": "b", "ντ": "nt", "γγ": "ng", "γκ": "gk",
    "αυ": "av", "ευ": "ev", "ει": "ei", "οι": "oi", "αι": "ai",
}  # fmt: skip


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for letters, sounds in _LETTERS:
        for letter, sound in zip(letters, sounds.split(), strict=True):
            plain = "" if sound == "-" else sound
            table[ord(letter)] = plain
            table[ord(letter.upper())] = plain.capitalize()
    return table


def latin(name: str) -> str:
    """
    ``name`` in Latin letters: "Лавров" is "Lavrov", "Μητσοτάκης" is "Mitsotakis"; Latin names stay.

    Limit: a key for comparison, not a transliteration by any one standard; other scripts stay as they
    are, and so do endings of case ("Лаврова" is "Lavrova").
    """
    if name.isascii():
        return name
    table = _table()
    composed = unicodedata.normalize("NFC", name)
    if not any(
        ord(char) in table or "\u0370" <= char <= "\u03ff" or "\u1f00" <= char <= "\u1fff"
        for char in composed
    ):
        return name
    plain = "".join(char if ord(char) in table else _unmarked(char) for char in composed)
    for pair, sound in _PAIRS.items():
        plain = plain.replace(pair, sound).replace(pair.capitalize(), sound.capitalize())
    return plain.translate(table)


def _unmarked(char: str) -> str:
    """A letter without its accent, where it is a Greek one."""
    return unicodedata.normalize("NFD", char)[0]
