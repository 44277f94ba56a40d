"""Classes of words that take more than one atom: numbers, ordinals, ISO dates, years after an apostrophe."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.temporal.atoms import Atoms

# Articles as a quantity.
_QTY_OF = {"a": "1", "an": "1", "some": "X", "another": "1"}

Reader = Callable[[Atoms, int], tuple[int, str] | None]


def read_number(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """A number in digits or words ("1,460", "2.5", "twenty-five", "two and a half") as TIMEX3 writes it."""
    lower, kinds, size = atoms.lower, atoms.kinds, atoms.size
    text = lower[i]
    if text[:1].isdigit():
        plain = text.replace(",", "")
        if not plain.replace(".", "", 1).isdigit() or not plain.isascii():
            return None
        return _with_half(lower, i + 1, size, plain)
    if "TENS" in kinds[i]:
        number, end = int(kinds[i]["TENS"]), i + 1
        after = end + 1 if end < size and lower[end] == "-" else end
        if after < size and "NUMWORD" in kinds[after] and int(kinds[after]["NUMWORD"]) < 10:
            number, end = number + int(kinds[after]["NUMWORD"]), after + 1
        return _with_half(lower, end, size, str(number))
    if "NUMWORD" in kinds[i]:
        number, end = int(kinds[i]["NUMWORD"]), i + 1
        if number < 100 and end < size and lower[end] == "hundred":
            number, end = number * 100, end + 1
        return _with_half(lower, end, size, str(number))
    return None


def _with_half(lower: list[str], end: int, size: int, number: str) -> tuple[int, str]:
    """The number, with an "and a half" that follows it."""
    for words in (("and", "a", "half"), ("-", "and", "-", "a", "-", "half"), ("and", "half")):
        if end + len(words) <= size and tuple(lower[end : end + len(words)]) == words:
            return end + len(words), f"{number}.5"
    return end, number


def read_quantity(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """A number, or "several", "a few", "a couple of", "a"; the value X where the words give no number."""
    lower, kinds, size = atoms.lower, atoms.kinds, atoms.size
    number = read_number(atoms, i)
    if number is not None:
        return number
    if "VAGUE" in kinds[i]:
        return i + 1, "X"
    word = lower[i]
    if word not in _QTY_OF:
        return None
    after = i + 1
    if after < size and "VAGUE" in kinds[after]:
        of = after + 1 < size and lower[after + 1] == "of"
        return after + (2 if of else 1), "X"
    if after < size and lower[after] in {"dozen", "hundred"}:
        return after + 1, kinds[after]["NUMWORD"]
    if word == "some" and after < size:
        return read_number(atoms, after)
    if word == "another" and after < size:
        return read_number(atoms, after) or (after, "1")
    return after, _QTY_OF[word]


def read_ordinal(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """An ordinal in figures or words: "21st", "twenty-first"."""
    kinds, lower, size = atoms.kinds, atoms.lower, atoms.size
    for name in ("ORDNUM", "ORDWORD"):
        if name in kinds[i]:
            return i + 1, kinds[i][name]
    if "TENS" in kinds[i] and i + 1 < size:
        after = i + 2 if lower[i + 1] == "-" else i + 1
        if after < size and "ORDWORD" in kinds[after]:
            return after + 1, str(int(kinds[i]["TENS"]) + int(kinds[after]["ORDWORD"]))
    return None


def read_iso(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """A date like 2022-01-21, in five atoms without spaces."""
    if i + 5 > atoms.size or atoms.lower[i + 1] != "-" or atoms.lower[i + 3] != "-":
        return None
    if any(atoms.end[j] != atoms.start[j + 1] for j in range(i, i + 4)):
        return None
    parts = [atoms.lower[j] for j in (i, i + 2, i + 4)]
    return (
        (i + 5, "-".join(parts))
        if [len(part) for part in parts] == [4, 2, 2] and all(map(str.isdecimal, parts))
        else None
    )


def read_short_year(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """'90 as a year of the century that fits: up to '30 of this one, else of the last."""
    return _after_apostrophe(atoms, i, 2)


def read_short_decade(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """'90s; "90s" without an apostrophe is a class of its own."""
    return _after_apostrophe(atoms, i, 3)


def _after_apostrophe(atoms: Atoms, i: int, length: int) -> tuple[int, str] | None:
    if atoms.lower[i] not in {"'", "‘"} or i + 1 >= atoms.size or atoms.end[i] != atoms.start[i + 1]:
        return None
    text = atoms.lower[i + 1]
    if len(text) != length or not text[:2].isdecimal() or (length == 3 and text[2] != "s"):
        return None
    return i + 2, text[:2]


def read_adjective(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """Any one adjective: "ten brutal months"."""
    return (i + 1, "") if atoms.tag_at(i).startswith("JJ") else None


def read_half(atoms: Atoms, i: int) -> tuple[int, str] | None:
    """The word "half" with its "of"."""
    return (i + 2, "") if atoms.word(i) == "half" and atoms.word(i + 1) == "of" else None


READERS: Mapping[str, Reader] = {
    "NUM": read_number,
    "QTY": read_quantity,
    "ORD": read_ordinal,
    "ISO": read_iso,
    "YY": read_short_year,
    "YYS": read_short_decade,
    "ADJ": read_adjective,
    "HALF": read_half,
}
