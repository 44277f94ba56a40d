"""Spellings made comparable: case, marks, typographic signs, and letters that transliteration varies."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SIGNS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "\u00a0": " ",
    "\n": " ",
    "\t": " ",
}
_STROKED = {
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "ı": "i",
    "İ": "i",
    "æ": "a",
    "Æ": "a",
    "ð": "d",
}
# What transliteration from other scripts varies, in this order; the result is a key, not a spelling.
_LOOSE = (
    (re.compile(r"sch|sh|tsch"), "s"),
    (re.compile(r"kh|gh|q|ch|g|c"), "k"),
    (re.compile(r"dh|th"), "t"),
    (re.compile(r"zh|dzh|dj|j"), "z"),
    (re.compile(r"ou|oo|o|w"), "u"),
    (re.compile(r"[eiy]+"), "i"),
    (re.compile(r"[a'h]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@cache
def _table() -> dict[int, str]:
    table = {ord(sign): plain for sign, plain in (_SIGNS | _STROKED).items()}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if code not in table and len(base) == 1:
            table[code] = base
    return table


def fold(text: str) -> str:
    """``text`` in lower case, without marks, quotes and dashes plain; as long as it was, so offsets hold."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " ").replace("`", "'")
    return text.translate(_table())


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, hyphens parting them: "Ban Ki-moon" is ("ban", "ki", "moon")."""
    return tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)?", fold(name)))


SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "xvi", "xiv"})


def surname_of(key: tuple[str, ...]) -> str:
    """The last word of a name that is no suffix ("Jr.")."""
    for word in reversed(key):
        if word not in SUFFIXES:
            return word
    return key[-1] if key else ""


def loose_key(name: str) -> str:
    """
    A key that spellings of one name share when it comes from another script.

    "Mikheil" and "Mikhail", "Zelensky" and "Zelenskiy", "Gaddafi" and "Qaddafi" fall together; unrelated
    short names may too, so a match by this key needs something else that agrees.
    """
    key = "".join(words(name))
    for pattern, plain in _LOOSE:
        key = pattern.sub(plain, key)
    return key


def slug(name: str) -> str:
    """A name as part of an identifier."""
    return "-".join(words(name)) or "unnamed"
