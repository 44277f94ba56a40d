"""Time expressions in a report's tokens: a table of patterns, tried only near words that can make one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from dragoman.model.parsed import Parsed
from dragoman.temporal.meaning import Expression, Meaning
from dragoman.temporal.words import (
    ATOM,
    TRIGGER_CLASSES,
    TRIGGER_WORDS,
    Element,
    Modifier,
    Rule,
    classes,
    lexicon,
    modifiers,
    rules,
)

REACH = 7  # atoms before a trigger where a pattern may begin: "the last two and a half years"
DASHES = frozenset("-–—‑‒")


@dataclass(slots=True)
class Atoms:
    """
    The words of a report as the patterns see them, as parallel lists; most are a whole token.

    ``kinds`` holds the classes of each (None where it has none), ``hot`` whether a trigger is near.
    """

    text: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    token: list[int] = field(default_factory=list)
    kinds: list[Mapping[str, str]] = field(default_factory=list)
    hot: list[int] = field(default_factory=list)
    bound: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lower)


Capture = dict[str, str]


def find_expressions(parsed: Parsed) -> list[Expression]:
    """
    The report's time expressions in order of the text, none overlapping another.

    Extents follow TIMEX2 (determiner and shading words belong to it, prepositions do not). The longest pattern wins.
    Limit: expressions that lean on an event ("two days after the vote") give only their duration.
    """
    atoms = split_atoms(parsed)
    found: list[Expression] = []
    matcher = _Matcher(parsed, atoms)
    floor = 0
    for i in atoms.hot:
        if i < floor:
            continue
        match = matcher.longest(i)
        if match is None:
            continue
        rule, end, capture = match
        for expression, first, last in matcher.expressions(rule, i, end, capture, floor):
            found.append(expression)
            floor = max(floor, last)
            del first
    found.sort(key=lambda expression: expression.start)
    return found


def split_atoms(parsed: Parsed) -> Atoms:
    """The report's tokens as atoms; dashes are one sign, and capital letters decide on months and weekdays."""
    atoms = Atoms()
    words = lexicon()
    bounds = [sentence.end_token for sentence in parsed.sentences]
    sentence = 0
    last_hot = -1
    add_text, add_lower = atoms.text.append, atoms.lower.append
    add_start, add_end, add_token = atoms.start.append, atoms.end.append, atoms.token.append
    add_kinds, add_bound = atoms.kinds.append, atoms.bound.append
    count = 0
    for token in parsed.tokens:
        lower = token.lower
        plain = lower.isalpha() or len(lower) == 1
        while sentence < len(bounds) and token.i >= bounds[sentence]:
            sentence += 1
        pieces = (
            ((token.text, token.start, token.end),)
            if plain or lower in words
            else [(m[0], token.start + m.start(), token.start + m.end()) for m in ATOM.finditer(token.text)]
        )
        for text, start, end in pieces:
            low = "-" if text in DASHES else text.lower()
            low = "'" if low == "’" else "'s" if low == "’s" else low
            kinds = classes(low) if text[:1].isdigit() or low in words else _NONE
            if (
                kinds
                and ("MONTH" in kinds or "WEEKDAY" in kinds or "WDSHORT" in kinds)
                and not text[0].isupper()
            ):
                kinds = _NONE
            add_text(text)
            add_lower(low)
            add_start(start)
            add_end(end)
            add_token(token.i)
            add_kinds(kinds)
            add_bound(sentence)
            if (
                (kinds and not TRIGGER_CLASSES.isdisjoint(kinds))
                or low in TRIGGER_WORDS
                or _apostrophe_year(atoms, count)
            ):
                first = max(last_hot + 1, count - REACH)
                atoms.hot.extend(range(first, count + 1))
                last_hot = count
            count += 1
    return atoms


_NONE: Mapping[str, str] = {}


def _apostrophe_year(atoms: Atoms, i: int) -> bool:
    """Whether atom ``i`` is the figures of "'90" or "'90s"."""
    return (
        i > 0
        and atoms.lower[i - 1] in {"'", "‘"}
        and atoms.lower[i][:2].isdigit()
        and atoms.end[i - 1] == atoms.start[i]
    )


# --- matching ---------------------------------------------------------------------------------------------------


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
_QTY_OF = {"a": "1", "an": "1", "some": "X", "another": "1"}


class _Matcher:
    """Patterns against the atoms of one report."""

    def __init__(self, parsed: Parsed, atoms: Atoms) -> None:
        self.parsed = parsed
        self.atoms = atoms
        self.by_word, self.by_class = _dispatch()
        self.size = len(atoms)

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
            if not rule.guard or GUARDS[rule.guard](self, i, end, capture):
                best = (rule, end, capture)
        return best

    def match(self, elements: tuple[Element, ...], k: int, i: int, bound: int) -> tuple[int, Capture] | None:
        """End and captures of ``elements[k:]`` from atom ``i``, within sentence ``bound``; greedy, longest first."""
        if k == len(elements):
            return i, {}
        element = elements[k]
        if i < self.size and self.atoms.bound[i] == bound:
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
                found = reader(self, i)
                if found is not None:
                    return found[0], name, found[1]
        return None

    # --- from a match to expressions ---------------------------------------------------------------------------

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
        if i >= self.size or atoms.bound[i - 1] != atoms.bound[min(i, self.size - 1)]:
            return None
        word, j = atoms.lower[i], i + 1
        link = "range" if word in RANGE_WORDS else "list" if word in LIST_WORDS else ""
        if not link:
            return None
        if word == "," and j < self.size and atoms.lower[j] == "and":
            j += 1
        if j < self.size and atoms.lower[j] == "the":
            j += 1
        if j >= self.size or "DAY" not in atoms.kinds[j] or atoms.bound[j] != atoms.bound[i]:
            return None
        after = atoms.kinds[j + 1] if j + 1 < self.size else _NONE
        lower = atoms.lower[j + 1] if j + 1 < self.size else ""
        noun = j + 1 < self.size and self.is_noun(j + 1)
        month_next = "MONTH" in after or (
            lower == "of" and j + 2 < self.size and "MONTH" in atoms.kinds[j + 2]
        )
        if month_next or "UNITS" in after or lower in {"%", "percent", ":"} or (noun and "YEAR" not in after):
            return None
        if word == "," and not (lower in {"and", ","} or atoms.lower[i + 1] == "and"):
            return None
        return j, int(atoms.kinds[j]["DAY"]), link

    def year_follows(self, i: int) -> bool:
        """Whether ", 2022" or "2022" stands at atom ``i``."""
        atoms = self.atoms
        j = i + 1 if i < self.size and atoms.lower[i] == "," else i
        return j < self.size and "YEAR" in atoms.kinds[j] and atoms.bound[j] == atoms.bound[i - 1]

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
        before = atoms.kinds[day_at - 1] if day_at else _NONE
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
        if not (text.isdigit() and text.isascii() and len(text) <= 4) or atoms.bound[at] != atoms.bound[i]:
            return []
        return (
            [(self.expression(at, at + 1, Meaning("date", year=-int(text), bc=True), rule), at, at + 1)]
            if int(text)
            else []
        )

    def years_after(self, end: int, meaning: Meaning, rule: str) -> list[tuple[Expression, int, int]]:
        """The short second year of "1939-45" and "2007/08"."""
        atoms = self.atoms
        if meaning.year is None or meaning.year < 1000 or end + 1 >= self.size:
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
            or not text.isdigit()
            or atoms.lower[min(end + 2, self.size - 1)] == "-"
        ):
            return []
        year = meaning.year // 100 * 100 + int(text)
        if year <= meaning.year:
            return []
        return [
            (self.expression(end + 1, end + 2, Meaning("date", year=year), rule, "range"), end + 1, end + 2)
        ]

    # --- what guards ask ---------------------------------------------------------------------------------------

    def tag(self, i: int) -> str:
        """Penn tag of the token of atom ``i``, "" outside."""
        return self.parsed.tokens[self.atoms.token[i]].tag if 0 <= i < self.size else ""

    def is_noun(self, i: int) -> bool:
        """Whether atom ``i`` is tagged a noun, within the same sentence."""
        return self.tag(i).startswith("NN")

    def lower(self, i: int) -> str:
        """Lower-case atom, "" outside."""
        return self.atoms.lower[i] if 0 <= i < self.size else ""

    def next_in_sentence(self, i: int) -> str:
        """Lower-case atom ``i`` where it stands in the sentence of the one before, else ""."""
        return self.atoms.lower[i] if i < self.size and self.atoms.bound[i] == self.atoms.bound[i - 1] else ""


RANGE_WORDS = frozenset({"-", "to", "through", "until", "till", "thru"})
LIST_WORDS = frozenset({"and", "or", "&", ",", "/"})


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


# --- classes that take more than one atom -------------------------------------------------------------------------

Reader = Callable[[_Matcher, int], tuple[int, str] | None]


def read_number(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """A number in digits or words ("1,460", "2.5", "twenty-five", "two and a half") as TIMEX3 writes it."""
    lower, kinds, size = matcher.atoms.lower, matcher.atoms.kinds, matcher.size
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


def read_quantity(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """A number, or "several", "a few", "a couple of", "a"; the value X where the words give no number."""
    lower, kinds, size = matcher.atoms.lower, matcher.atoms.kinds, matcher.size
    number = read_number(matcher, i)
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
        return read_number(matcher, after)
    if word == "another" and after < size:
        return read_number(matcher, after) or (after, "1")
    return after, _QTY_OF[word]


def read_ordinal(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """An ordinal in figures or words: "21st", "twenty-first"."""
    kinds, lower, size = matcher.atoms.kinds, matcher.atoms.lower, matcher.size
    for name in ("ORDNUM", "ORDWORD"):
        if name in kinds[i]:
            return i + 1, kinds[i][name]
    if "TENS" in kinds[i] and i + 1 < size:
        after = i + 2 if lower[i + 1] == "-" else i + 1
        if after < size and "ORDWORD" in kinds[after]:
            return after + 1, str(int(kinds[i]["TENS"]) + int(kinds[after]["ORDWORD"]))
    return None


def read_iso(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """A date like 2022-01-21, in five atoms without spaces."""
    atoms = matcher.atoms
    if i + 5 > matcher.size or atoms.lower[i + 1] != "-" or atoms.lower[i + 3] != "-":
        return None
    if any(atoms.end[j] != atoms.start[j + 1] for j in range(i, i + 4)):
        return None
    parts = [atoms.lower[j] for j in (i, i + 2, i + 4)]
    return (
        (i + 5, "-".join(parts))
        if [len(part) for part in parts] == [4, 2, 2] and all(map(str.isdigit, parts))
        else None
    )


def read_short_year(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """'90 as a year of the century that fits: up to '30 of this one, else of the last."""
    return _after_apostrophe(matcher, i, 2)


def read_short_decade(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """'90s; "90s" without an apostrophe is a class of its own."""
    return _after_apostrophe(matcher, i, 3)


def _after_apostrophe(matcher: _Matcher, i: int, length: int) -> tuple[int, str] | None:
    atoms = matcher.atoms
    if atoms.lower[i] not in {"'", "‘"} or i + 1 >= matcher.size or atoms.end[i] != atoms.start[i + 1]:
        return None
    text = atoms.lower[i + 1]
    if len(text) != length or not text[:2].isdigit() or (length == 3 and text[2] != "s"):
        return None
    return i + 2, text[:2]


def read_adjective(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """Any one adjective: "ten brutal months"."""
    return (i + 1, "") if matcher.tag(i).startswith("JJ") else None


def read_half(matcher: _Matcher, i: int) -> tuple[int, str] | None:
    """The word "half" with its "of"."""
    return (i + 2, "") if matcher.lower(i) == "half" and matcher.lower(i + 1) == "of" else None


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

# --- guards ---------------------------------------------------------------------------------------------------------

Guard = Callable[[_Matcher, int, int, Capture], bool]

YEAR_BEFORE = frozenset(
    "in since of by until till from to before after during early late circa ca. c. about around ( the year , - and between for "
    "through that ; than post pre mid [ : beginning end start throughout as & / or".split()
)
NOT_YEAR_BEFORE = frozenset(
    "resolution resolutions unscr article articles no no. number nos. room flight decree highway protocol directive "
    "regulation section page pages chapter figure table law act order $ € £ # some approximately nearly over than least "
    "almost only unit division paragraph paragraphs agenda item usd eur hill point".split()
)
NOT_YEAR_AFTER = frozenset(
    "people troops soldiers men women children km miles dollars percent % mw tons tonnes meters metres feet euros "
    "civilians prisoners casualties dead killed wounded members kilometers kilometres hours days weeks months years "
    "times aircraft tanks ships guns others delegates participants refugees families homes police personnel hectares "
    "acres votes seats million billion thousand jobs workers companies".split()
)
MONTH_BEFORE = frozenset(
    "in of by since until till last next this early late mid and to from through during - before after for or , between "
    "on the later earlier mid- that each every ending ( than".split()
)
ENDS = frozenset(
    ", . ; : ) ! ? \" ” ’ ' - and but when as he she they it we i on in at by with which who that was were is had has".split()
)


def _month_name(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """A lone month: "may" and "march" must not be verbs, "august" no adjective."""
    k = next(j for j in range(i, end) if "MONTH" in matcher.atoms.kinds[j])
    word = matcher.lower(k)
    if word in {"may", "march", "august", "april", "june"} or len(word) < 5:
        tag = matcher.tag(k)
        before = matcher.lower(k - 1) if k and matcher.atoms.bound[k - 1] == matcher.atoms.bound[k] else ""
        if "DAY" in capture:
            return True
        if tag == "MD" or tag.startswith("VB"):
            return False
        if (
            word in {"april", "june", "august"}
            and tag == "NNP"
            and matcher.tag(k + 1) == "NNP"
            and not before
        ):
            return False
        if word in {"may", "march", "mar.", "sep", "dec", "oct", "nov", "jan", "apr", "aug", "feb"}:
            return before in MONTH_BEFORE or (tag.startswith("NN") and before != "" and word not in {"may"})
    return True


def _lone_ordinal(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "the 15th" as a day of the month: nothing that it could count may follow."""
    if not 1 <= int(capture["ORDNUM"]) <= 31:
        return False
    word, tag = matcher.next_in_sentence(end), matcher.tag(end)
    before = matcher.lower(i - 1)
    if word in {"century", "-"} or word[:1].isdigit():
        return False
    if before not in {"on", "of", "by", "until", "till", "since", "from", "before", "after", "to"}:
        return False
    return (
        word == ""
        or not word[:1].isalpha()
        or (bool(tag) and not tag.startswith(("NN", "JJ", "CD", "VBG", "VBN")))
        or word in ENDS
    )


def _lone_year(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """A bare number from 1000 to 2199 that the words around it let be a year."""
    year = int(capture["YEAR"])
    before = matcher.lower(i - 1) if i and matcher.atoms.bound[i - 1] == matcher.atoms.bound[i] else ""
    after = matcher.next_in_sentence(end)
    if before in NOT_YEAR_BEFORE or after in NOT_YEAR_AFTER or before in {".", "'"}:
        return False
    if before == "and" and matcher.lower(i - 3) in NOT_YEAR_BEFORE:
        return False
    if (
        after in {",", "."}
        and matcher.lower(end + 1)[:3].isdigit()
        and matcher.atoms.end[end] == matcher.atoms.start[end + 1]
    ):
        return False
    plural = matcher.tag(end) == "NNS" or (after.endswith("s") and not matcher.tag(end))
    if (
        after
        and plural
        and (year % 100 == 0 or year < 1900)
        and before not in {"in", "since", "of", "by", "the"}
    ):
        return False
    if year > 2060 or (year < 1700 and before not in YEAR_BEFORE):
        return False
    return (
        before in YEAR_BEFORE
        or before == ""
        or not before[:1].isalpha()
        or 1900 <= year <= 2060
        or matcher.is_noun(end)
    )


def _not_amount(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """The day is not the beginning of an amount ("May 10 percent", "March 3.5")."""
    after = matcher.next_in_sentence(end)
    return after not in {"%", "percent", "million", "billion", ":"}


def _season_noun(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """A season, not the verb "spring", a "Spring" of history or the name of a company."""
    k = end - 1
    word = matcher.atoms.text[k]
    if matcher.tag(k).startswith("VB"):
        return False
    before = matcher.atoms.text[k - 1] if k else ""
    named = word[0].isupper() and (
        before[:1].isupper() and before.lower() not in {"the", "in", "last", "this", "next"}
    )
    olympics = matcher.next_in_sentence(end) in {"olympics", "olympic", "palace", "games"}
    return not named and not olympics


def _fall_season(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "fall" as autumn: after a word that dates it, and nothing that falls."""
    k = end - 1
    before = matcher.lower(k - 1)
    after = matcher.next_in_sentence(end)
    dated = before in {"this", "last", "next", "that", "each", "every", "early", "late"}
    return dated or (
        before in {"the", "in", "by"}
        and after not in {"of", "in", "back", "to", "into"}
        and not matcher.tag(k).startswith("VB")
    )


def _weekday_name(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """A weekday that is no part of a name ("Bloody Sunday", "Good Friday Agreement", "Black Friday")."""
    before, after = matcher.lower(i - 1), matcher.next_in_sentence(end)
    return before not in {"bloody", "black", "good", "holy", "ruby", "ash", "palm"} and after not in {
        "agreement",
        "accords",
    }


def _not_agreement(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """Good Friday the day, not the agreement."""
    return matcher.next_in_sentence(end) not in {"agreement", "accord", "accords", "peace"}


def _weekend(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "the weekend" only; "the week" says nothing."""
    return capture.get("UNIT") == "WE"


END_OF = frozenset(
    "end start beginning middle close rest late early later earlier most half part remainder much".split()
)


def _end_of(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "the year" after "the end of", "late in" and their like."""
    if capture.get("UNIT") not in {"Y", "M", "W"}:
        return False
    return matcher.lower(i - 1) in {"of", "in", "for"} and matcher.lower(i - 2) in END_OF and matcher.next_in_sentence(end) not in {
        "of", "before", "after", "that", "when", "ahead", "2000"
    }  # fmt: skip


def _sentence_final(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """Nothing follows that the words could lean on: "two days before." but not "two days before the vote"."""
    word = matcher.next_in_sentence(end)
    return word == "" or not word[:1].isalnum() or word in ENDS or matcher.tag(end).startswith(("VBD", "MD"))


def _a_unit(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "a day" as a length: not a rate ("twice a day") and not the beginning of "a year-long"."""
    after = matcher.next_in_sentence(end)
    if capture.get("UNIT") in {"Q", "WE", "H"}:
        return False
    if (
        capture.get("UNIT") in {"CE", "DE", "D"}
        and matcher.lower(i) in {"a", "an"}
        and after in {"when", "that", "of"}
    ):
        return False
    if matcher.is_noun(end) or matcher.tag(end).startswith("JJ"):
        return False
    return after not in {"-", "long"}


def _plural_unit(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "90 day" before a noun; "one day" has its own rule, "the 10th day" is none."""
    return capture["UNIT"] not in {"Q", "H", "CE"} and capture["NUM"] not in {"1"}


def _set_word(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "daily", not the Daily Telegraph."""
    capital = matcher.atoms.text[i][0].isupper()
    return not (capital and (matcher.atoms.text[end : end + 1] or [""])[0][:1].isupper())


def _ref_word(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "now" and "former" in running words, no parts of names."""
    text = matcher.atoms.text[i]
    if matcher.lower(end) == "-" and matcher.atoms.end[i] == matcher.atoms.start[min(end, matcher.size - 1)]:
        return False
    if matcher.lower(i) == "current" and not matcher.tag(i).startswith(("JJ", "")):
        return False
    return text[0].islower() or i == 0 or matcher.atoms.bound[i - 1] != matcher.atoms.bound[i]


def _times(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """Once, twice or "three times" a day."""
    return matcher.lower(i) in {"once", "twice"}


def _not_score(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """A time of day, not a ratio or verse."""
    return True


def _bare_part(matcher: _Matcher, i: int, end: int, capture: Capture) -> bool:
    """ "night" alone, no part of a compound."""
    if matcher.atoms.text[i][0].isupper() and i and matcher.atoms.bound[i - 1] == matcher.atoms.bound[i]:
        return False
    greeting = matcher.lower(i - 1) in {"good", "opening", "closing"}
    return not greeting and matcher.next_in_sentence(end) not in {"-", "of"}


GUARDS: Mapping[str, Guard] = {
    "month-name": _month_name,
    "lone-ordinal": _lone_ordinal,
    "lone-year": _lone_year,
    "not-amount": _not_amount,
    "season-noun": _season_noun,
    "fall-season": _fall_season,
    "weekday-name": _weekday_name,
    "not-agreement": _not_agreement,
    "weekend": _weekend,
    "end-of": _end_of,
    "sentence-final": _sentence_final,
    "a-unit": _a_unit,
    "plural-unit": _plural_unit,
    "set-word": _set_word,
    "ref-word": _ref_word,
    "times": _times,
    "not-score": _not_score,
    "bare-part": _bare_part,
}

# --- what the words say -------------------------------------------------------------------------------------------


def build_meaning(rule: Rule, capture: Capture) -> Meaning | None:
    """What a match says; None where its numbers are no date ("31.31.2020")."""
    builder = BUILDERS[rule.kind]
    return builder({**rule.given}, capture)


def _build_date(given: dict[str, str], capture: Capture) -> Meaning | None:
    bc = capture.get("ERA") == "BC"
    year: int | None = None
    if "YEAR" in capture:
        year = int(capture["YEAR"])
    elif "YY" in capture:
        year = _full_year(int(capture["YY"]))
    elif "NUM" in capture:
        if not capture["NUM"].isdigit() or not 1 <= int(capture["NUM"]) <= 9999:
            return None
        year = -int(capture["NUM"]) if bc else int(capture["NUM"])
    day_name = given.get("day", "DAY")
    day = next((int(capture[name]) for name in (day_name, "ORDWORD") if name in capture), None)
    month = capture.get("MONTH") or capture.get("MONTHSHORT")
    weekday = capture.get("WEEKDAY") or capture.get("WDSHORT")
    if day is not None and not 1 <= day <= 31:
        return None
    century = ""
    if "ORD" in capture and "quarter" not in given:
        number = int(capture["ORD"])
        if not 1 <= number <= 22:
            return None
        century = f"{number - 1:02}"
    decade = capture.get("DECADE", "")[:3]
    if "YYS" in capture:
        decade = str(_full_year(int(capture["YYS"])))[:3]
    if "DECADEWORD" in capture:
        decade = f"19{capture['DECADEWORD'][0]}"
    if month and day and day > (30 if int(month) in {4, 6, 9, 11} else 29 if int(month) == 2 else 31):
        return None
    return Meaning(
        "date",
        year=year,
        month=int(month) if month else None,
        day=day,
        weekday=int(weekday) if weekday else None,
        season=capture.get("SEASON", "") or capture.get("FALL", ""),
        part=capture.get("PART", ""),
        decade=decade,
        century=century,
        half=given.get("half", ""),
        quarter=capture.get("ORD", "") if "quarter" in given else "",
        relative=given.get("rel", ""),
        bc=bc,
    )


def _full_year(short: int) -> int:
    return 2000 + short if short <= 30 else 1900 + short


def _build_iso(given: dict[str, str], capture: Capture) -> Meaning | None:
    year, month, day = map(int, capture["ISO"].split("-"))
    return _valid_day(year, month, day)


def _build_dotted(given: dict[str, str], capture: Capture) -> Meaning | None:
    day, month, year = map(int, capture["DOTTED"].split(" "))
    return _valid_day(year, month, day)


def _build_slashed(given: dict[str, str], capture: Capture) -> Meaning | None:
    """Day and month where one of them can only be the day; else the words leave it open: the year."""
    first, second, year = map(int, capture["SLASHED"].split(" "))
    if first > 12:
        return _valid_day(year, second, first)
    if second > 12 or first == second:
        return _valid_day(year, first, second)
    return Meaning("date", year=year) if first and second else None


def _valid_day(year: int, month: int, day: int) -> Meaning | None:
    ok = 1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 2199
    return Meaning("date", year=year, month=month, day=day) if ok else None


def _unit(given: dict[str, str], capture: Capture) -> str:
    return given.get("unit") or capture.get("UNIT") or capture.get("UNITS") or ""


def _build_unit(given: dict[str, str], capture: Capture) -> Meaning | None:
    offset = int(given.get("offset", "0"))
    return Meaning(
        "unit",
        unit=_unit(given, capture),
        anchor=given["anchor"],
        offset=offset,
        part=given.get("part", capture.get("PART", "")),
    )


def _build_shift(given: dict[str, str], capture: Capture) -> Meaning | None:
    count = given.get("count") or capture.get("QTY") or capture.get("NUM") or "X"
    return Meaning(
        "shift", unit=_unit(given, capture), anchor=given["anchor"], offset=int(given["sign"]), count=count
    )


def _build_deictic(given: dict[str, str], capture: Capture) -> Meaning | None:
    value = capture.get("DEICTIC", "0")
    part = "NI" if value.endswith("N") else capture.get("PART", "")
    return Meaning("deictic", offset=int(value.rstrip("N")), part=part, anchor="dct")


def _build_duration(given: dict[str, str], capture: Capture) -> Meaning | None:
    count = given.get("count") or capture.get("QTY") or capture.get("NUM") or "X"
    return Meaning("duration", count=count, unit=_unit(given, capture))


def _build_set(given: dict[str, str], capture: Capture) -> Meaning | None:
    if "SETWORD" in capture:
        return Meaning("set", value=capture["SETWORD"])
    if "WEEKDAYS" in capture or "WEEKDAY" in capture:
        return Meaning("set", value=f"XXXX-WXX-{capture.get('WEEKDAYS') or capture['WEEKDAY']}")
    if "SEASON" in capture:
        return Meaning("set", value=f"XXXX-{capture['SEASON']}")
    if "PART" in capture:
        return Meaning("set", value=f"XXXX-XX-XXT{capture['PART']}")
    count = given.get("count") or capture.get("NUM") or ""
    return Meaning("set", count=count, unit=_unit(given, capture))


def _build_ref(given: dict[str, str], capture: Capture) -> Meaning | None:
    return Meaning("ref", value=given.get("value") or capture["REFWORD"])


def _build_clock(given: dict[str, str], capture: Capture) -> Meaning | None:
    if "NOON" in capture:
        return Meaning("clock", clock=capture["NOON"])
    text = capture.get("CLOCK") or capture.get("MILITARY") or ""
    if "NUM" in capture:
        if not capture["NUM"].isdigit() or not 0 < int(capture["NUM"]) <= 12:
            return None
        text = f"T{int(capture['NUM']):02}:00"
    hour = int(text[1:3])
    if capture.get("AMPM") == "PM" and hour < 12:
        hour += 12
    if capture.get("AMPM") == "AM" and hour == 12:
        hour = 0
    return Meaning("clock", clock=f"T{hour:02}{text[3:]}")


def _build_part(given: dict[str, str], capture: Capture) -> Meaning | None:
    return Meaning("part", part=capture.get("PART", ""))


def _build_holiday(given: dict[str, str], capture: Capture) -> Meaning | None:
    year = int(capture["YEAR"]) if "YEAR" in capture else None
    return Meaning("holiday", year=year, value=given.get("name") or capture["HOLIDAY"])


BUILDERS: Mapping[str, Callable[[dict[str, str], Capture], Meaning | None]] = {
    "date": _build_date,
    "iso": _build_iso,
    "dotted": _build_dotted,
    "slashed": _build_slashed,
    "unit": _build_unit,
    "shift": _build_shift,
    "deictic": _build_deictic,
    "duration": _build_duration,
    "set": _build_set,
    "ref": _build_ref,
    "clock": _build_clock,
    "part": _build_part,
    "holiday": _build_holiday,
}
