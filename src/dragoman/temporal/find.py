"""Time expressions in a report's tokens: a table of patterns, tried only near words that can make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from dragoman.model.parsed import Parsed
from dragoman.temporal.atoms import Atoms, Capture, split_atoms
from dragoman.temporal.build import build_meaning
from dragoman.temporal.guards import GUARDS
from dragoman.temporal.meaning import Expression, Meaning
from dragoman.temporal.readers import READERS
from dragoman.temporal.words import Element, Modifier, Rule, modifiers, rules

RANGE_WORDS = frozenset({"-", "to", "through", "until", "till", "thru"})
LIST_WORDS = frozenset({"and", "or", "&", ",", "/"})
_NO_KINDS: Mapping[str, str] = {}


def find_expressions(parsed: Parsed) -> list[Expression]:
    """
    The report's time expressions in order of the text, none overlapping another.

    Extents follow TIMEX2 (determiner and shading words belong to it, prepositions do not). The
    longest pattern wins.
    Limit: expressions that lean on an event ("two days after the vote") give only their duration.
    """
    atoms = split_atoms(parsed)
    found: list[Expression] = []
    matcher = _Matcher(atoms)
    floor = 0
    for i in atoms.hot:
        if i < floor:
            continue
        match = matcher.longest(i)
        if match is None:
            continue
        rule, end, capture = match
        for expression, _, last in matcher.expressions(rule, i, end, capture, floor):
            found.append(expression)
            floor = max(floor, last)
    found.sort(key=lambda expression: expression.start)
    return found


# Classes that are read by a function, and the classes of the atom that they may begin with.
_BASIC: Mapping[str, tuple[str, ...]] = {
    "NUM": ("DIGITS", "NUMWORD", "TENS", "NUMBER"),
    "QTY": ("DIGITS", "NUMWORD", "TENS", "NUMBER", "VAGUE", "QTYWORD"),
    "ORD": ("ORDNUM", "ORDWORD", "TENS"),
    "ISO": ("YEAR",),
    "YY": ("APOSTROPHE",),
    "YYS": ("YYS", "APOSTROPHE"),
    "ERA": ("ERA",),
}


_QTY_WORDS = ("a", "an", "some", "another")


@cache
def _dispatch() -> tuple[dict[str, tuple[Rule, ...]], dict[str, tuple[Rule, ...]]]:
    """Rules by a word and by a class that they can begin with."""
    by_word: dict[str, list[Rule]] = {}
    by_class: dict[str, list[Rule]] = {}
    for rule in rules():
        for element in rule.elements:
            for word in element.words:
                by_word.setdefault(word, []).append(rule)
            for name in element.classes:
                for basic in _BASIC.get(name, (name,)):
                    by_class.setdefault(basic, []).append(rule)
            if not element.optional:
                break
    for word in _QTY_WORDS:
        by_word.setdefault(word, []).extend(rule for rule in by_class.get("QTYWORD", ()))
    return (
        {key: tuple(dict.fromkeys(value)) for key, value in by_word.items()},
        {key: tuple(dict.fromkeys(value)) for key, value in by_class.items()},
    )


@cache
def _modifiers_ending() -> dict[str, tuple[Modifier, ...]]:
    """Modifiers by a word that they can end with."""
    table: dict[str, list[Modifier]] = {}
    for modifier in modifiers():
        for element in reversed(modifier.elements):
            for word in element.words:
                table.setdefault(word, []).append(modifier)
            if not element.optional:
                break
    return {word: tuple(found) for word, found in table.items()}


class _Matcher:
    """Patterns against the atoms of one report."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self.by_word, self.by_class = _dispatch()

    def longest(self, i: int) -> tuple[Rule, int, Capture] | None:
        """The longest rule that matches from atom ``i``, with its end and what it caught."""
        atoms = self.atoms
        candidates = list(self.by_word.get(atoms.lower[i], ()))
        for name in atoms.kinds[i]:
            candidates.extend(self.by_class.get(name, ()))
        if atoms.lower[i][:1].isdigit():
            candidates.extend(self.by_class.get("NUMBER", ()))
        elif atoms.lower[i] in {"'", "‘"}:
            candidates.extend(self.by_class.get("APOSTROPHE", ()))
        best: tuple[Rule, int, Capture] | None = None
        for rule in candidates:
            match = self.match(rule.elements, 0, i, atoms.bound[i])
            if match is None:
                continue
            end, capture = match
            if best is not None and (end, -rule.order) <= (best[1], -best[0].order):
                continue
            if not rule.guard or GUARDS[rule.guard](self.atoms, i, end, capture):
                best = (rule, end, capture)
        return best

    def match(self, elements: tuple[Element, ...], k: int, i: int, bound: int) -> tuple[int, Capture] | None:
        """
        End and captures of ``elements[k:]`` from atom ``i``, within sentence ``bound``; greedy,
        longest first.
        """
        if k == len(elements):
            return i, {}
        element = elements[k]
        if i < self.atoms.size and self.atoms.bound[i] == bound:
            step = self.step(element, i)
            if step is not None:
                rest = self.match(elements, k + 1, step[0], bound)
                if rest is not None:
                    if step[1]:
                        rest[1].setdefault(step[1], step[2])
                    return rest
        return self.match(elements, k + 1, i, bound) if element.optional else None

    def step(self, element: Element, i: int) -> tuple[int, str, str] | None:
        """One place of a pattern at atom ``i``: the atom after it, the class and its value."""
        if self.atoms.lower[i] in element.words:
            return i + 1, "", ""
        kinds = self.atoms.kinds[i]
        for name in element.classes:
            if name in kinds:
                return i + 1, name, kinds[name]
            reader = READERS.get(name)
            if reader is not None:
                found = reader(self.atoms, i)
                if found is not None:
                    return found[0], name, found[1]
        return None

    # --- from a match to expressions ---------------------------------------------------------------

    def expressions(
        self, rule: Rule, i: int, end: int, capture: Capture, floor: int
    ) -> list[tuple[Expression, int, int]]:
        """The expression of a match, with its modifiers, and those that hang on it ("May 4 and 5")."""
        meaning = build_meaning(rule, capture)
        if meaning is None:
            return []
        first, meaning = self.modified(i, meaning, floor)
        found = [(self.expression(first, end, meaning, rule.name), first, end)]
        if meaning.kind == "date" and meaning.day is not None and meaning.month is not None:
            found = [*self.days_before(first, meaning, floor, rule.name), *found]
            if len(found) > 1:
                found[-1] = (replace(found[-1][0], link=found[0][0].link or "list"), first, end)
                found[0] = (replace(found[0][0], link=""), *found[0][1:])
            found.extend(self.days_after(end, meaning, rule.name))
        elif (
            meaning.kind == "date"
            and meaning.year is not None
            and meaning.month is None
            and not meaning.season
        ):
            found = [*self.years_before(first, meaning, floor, rule.name), *found]
            found.extend(self.years_after(end, meaning, rule.name))
        return found

    def expression(self, first: int, end: int, meaning: Meaning, rule: str, link: str = "") -> Expression:
        """An expression from atom ``first`` up to ``end``."""
        atoms = self.atoms
        return Expression(
            atoms.start[first],
            atoms.end[end - 1],
            atoms.token[first],
            atoms.token[end - 1] + 1,
            meaning,
            f"timex.{rule}",
            link,
        )

    def modified(self, i: int, meaning: Meaning, floor: int) -> tuple[int, Meaning]:
        """The first atom with the modifiers that stand before atom ``i``, and the meaning they shade."""
        target = "duration" if meaning.kind in {"duration", "shift"} else "date"
        if meaning.kind in {"ref", "set", "clock", "part", "deictic"}:
            return i, meaning
        for modifier, first in self.modifiers_before(i, target, floor):
            if modifier.mod == "PART":
                words = self.atoms.kinds[first] or self.atoms.kinds[first + 1]
                return self.article(first, modifier, floor), replace(meaning, part=words.get("PART", ""))
            mod = "" if modifier.mod == "PLAIN" else modifier.mod
            return self.article(first, modifier, floor), replace(meaning, mod=mod)
        return i, meaning

    def modifiers_before(self, i: int, target: str, floor: int) -> list[tuple[Modifier, int]]:
        """Modifiers that end right before atom ``i`` with their first atom, longest first."""
        found = []
        bound = self.atoms.bound[i]
        for modifier in _modifiers_ending().get(self.atoms.lower[i - 1] if i else "", ()):
            if modifier.target != target:
                continue
            if modifier.target == "duration" and self.atoms.lower[i] == "the":
                continue
            for first in range(max(floor, i - 4), i):
                match = (
                    self.match(modifier.elements, 0, first, bound)
                    if self.atoms.bound[first] == bound
                    else None
                )
                if match is not None and match[0] == i:
                    found.append((modifier, first))
                    break
        return sorted(found, key=lambda pair: pair[1])

    def article(self, first: int, modifier: Modifier, floor: int) -> int:
        """``first``, or the "the" before it where the modifier takes one."""
        if modifier.article and first > floor and self.atoms.lower[first - 1] == "the":
            return first - 1
        return first

    def days_after(self, end: int, meaning: Meaning, rule: str) -> list[tuple[Expression, int, int]]:
        """Days that share the month: "January 10" and then "-13", "and 13"; ", 12 and 13"."""
        found = []
        while (step := self.joined_day(end)) is not None:
            at, day, link = step
            shared = replace(meaning, day=day, weekday=None, mod="", part="")
            found.append((self.expression(at, at + 1, shared, rule, link), at, at + 1))
            end = at + 1
            if self.year_follows(end):
                year = int(self.atoms.kinds[end + (self.atoms.lower[end] == ",")]["YEAR"])
                end += 1 + (self.atoms.lower[end] == ",")
                with_year = self.expression(at, end, replace(shared, year=year), rule, link)
                found[-1] = (with_year, at, end)
                break
        return found

    def joined_day(self, i: int) -> tuple[int, int, str] | None:
        """A bare day after a joint at atom ``i``: its atom, its number and the joint's kind."""
        atoms = self.atoms
        if i >= self.atoms.size or atoms.bound[i - 1] != atoms.bound[min(i, self.atoms.size - 1)]:
            return None
        word, j = atoms.lower[i], i + 1
        link = "range" if word in RANGE_WORDS else "list" if word in LIST_WORDS else ""
        if not link:
            return None
        if word == "," and j < self.atoms.size and atoms.lower[j] == "and":
            j += 1
        if j < self.atoms.size and atoms.lower[j] == "the":
            j += 1
        if j >= self.atoms.size or "DAY" not in atoms.kinds[j] or atoms.bound[j] != atoms.bound[i]:
            return None
        after = atoms.kinds[j + 1] if j + 1 < self.atoms.size else _NO_KINDS
        lower = atoms.lower[j + 1] if j + 1 < self.atoms.size else ""
        noun = j + 1 < self.atoms.size and self.atoms.is_noun(j + 1)
        month_next = "MONTH" in after or (
            lower == "of" and j + 2 < self.atoms.size and "MONTH" in atoms.kinds[j + 2]
        )
        if month_next or "UNITS" in after or lower in {"%", "percent", ":"} or (noun and "YEAR" not in after):
            return None
        if word == "," and not (lower in {"and", ","} or atoms.lower[i + 1] == "and"):
            return None
        return j, int(atoms.kinds[j]["DAY"]), link

    def year_follows(self, i: int) -> bool:
        """Whether ", 2022" or "2022" stands at atom ``i``."""
        atoms = self.atoms
        j = i + 1 if i < self.atoms.size and atoms.lower[i] == "," else i
        return j < self.atoms.size and "YEAR" in atoms.kinds[j] and atoms.bound[j] == atoms.bound[i - 1]

    def days_before(
        self, i: int, meaning: Meaning, floor: int, rule: str
    ) -> list[tuple[Expression, int, int]]:
        """Days that share the month that follows: "10" - "13 January", "10" and "13 January"."""
        atoms = self.atoms
        if "DAY" not in atoms.kinds[i] and not (atoms.lower[i] == "the" and "DAY" in atoms.kinds[i + 1]):
            return []
        joint = i - 1
        day_at = joint - 1
        if day_at < floor or "DAY" not in atoms.kinds[day_at] or atoms.bound[day_at] != atoms.bound[i]:
            return []
        word = atoms.lower[joint]
        link = "range" if word in RANGE_WORDS else "list" if word in {"and", "or", "&", "/"} else ""
        before = atoms.kinds[day_at - 1] if day_at else _NO_KINDS
        if not link or "MONTH" in before or int(atoms.kinds[day_at]["DAY"]) >= (meaning.day or 0):
            return []
        first = day_at - 1 if day_at > floor and atoms.lower[day_at - 1] == "the" else day_at
        shared = replace(meaning, day=int(atoms.kinds[day_at]["DAY"]), weekday=None, mod="", part="")
        return [(self.expression(first, day_at + 1, shared, rule, link), first, day_at + 1)]

    def years_before(
        self, i: int, meaning: Meaning, floor: int, rule: str
    ) -> list[tuple[Expression, int, int]]:
        """The first year of "264-241 BC", "499 to 449 BC"."""
        atoms = self.atoms
        at = i - 2
        if (meaning.year or 0) >= 0 or at < floor or atoms.lower[i - 1] not in RANGE_WORDS | {"and", "or"}:
            return []
        text = atoms.lower[at]
        if not (text.isdecimal() and text.isascii() and len(text) <= 4) or atoms.bound[at] != atoms.bound[i]:
            return []
        return (
            [(self.expression(at, at + 1, Meaning("date", year=-int(text), bc=True), rule), at, at + 1)]
            if int(text)
            else []
        )

    def years_after(self, end: int, meaning: Meaning, rule: str) -> list[tuple[Expression, int, int]]:
        """The short second year of "1939-45" and "2007/08"."""
        atoms = self.atoms
        if meaning.year is None or meaning.year < 1000 or end + 1 >= self.atoms.size:
            return []
        text = atoms.lower[end + 1]
        joined = (
            atoms.lower[end] in {"-", "/"}
            and atoms.end[end - 1] == atoms.start[end]
            and atoms.end[end] == atoms.start[end + 1]
        )
        if (
            not joined
            or len(text) != 2
            or not text.isdecimal()
            or atoms.lower[min(end + 2, self.atoms.size - 1)] == "-"
        ):
            return []
        year = meaning.year // 100 * 100 + int(text)
        if year <= meaning.year:
            return []
        return [
            (self.expression(end + 1, end + 2, Meaning("date", year=year), rule, "range"), end + 1, end + 2)
        ]
