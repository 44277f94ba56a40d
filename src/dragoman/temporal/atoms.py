"""The words of a report as the rules for time expressions see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.model.parsed import Parsed
from dragoman.temporal.words import ATOM, TRIGGER_CLASSES, TRIGGER_WORDS, classes, lexicon

REACH = 7  # atoms before a trigger where a pattern may begin: "the last two and a half years"


DASHES = frozenset("-–—‑‒")


Capture = dict[str, str]


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
    sentence: list[int] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.lower)

    def tag_at(self, i: int) -> str:
        """Penn tag of the token of atom ``i``, "" outside."""
        return self.tag[i] if 0 <= i < len(self.tag) else ""

    def is_noun(self, i: int) -> bool:
        """Whether atom ``i`` is tagged a noun."""
        return self.tag_at(i).startswith("NN")

    def word(self, i: int) -> str:
        """Lower-case atom ``i``, "" outside."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def next_word(self, i: int) -> str:
        """Lower-case atom ``i`` where it stands in the sentence of the one before, else ""."""
        return self.lower[i] if i < len(self.lower) and self.sentence[i] == self.sentence[i - 1] else ""


_NONE: Mapping[str, str] = {}


def split_atoms(parsed: Parsed) -> Atoms:
    """
    The report's tokens as atoms; dashes are one sign, and capital letters decide on months and
    weekdays.
    """
    atoms = Atoms()
    words = lexicon()
    bounds = [sentence.end_token for sentence in parsed.sentences]
    blocks = [sentence.block_index for sentence in parsed.sentences]
    add_sentence = atoms.sentence.append
    sentence = 0
    last_hot = -1
    add_text, add_lower = atoms.text.append, atoms.lower.append
    add_start, add_end, add_token = atoms.start.append, atoms.end.append, atoms.token.append
    add_kinds, add_bound, add_tag = atoms.kinds.append, atoms.bound.append, atoms.tag.append
    count = 0
    for token in parsed.tokens:
        lower = token.lower
        plain = lower.isalpha() or len(lower) == 1 or lower in {"'s", "’s"}
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
            add_bound(blocks[sentence])
            add_sentence(sentence)
            add_tag(token.tag)
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


def _apostrophe_year(atoms: Atoms, i: int) -> bool:
    """Whether atom ``i`` is the figures of "'90" or "'90s"."""
    return (
        i > 0
        and atoms.lower[i - 1] in {"'", "‘"}
        and atoms.lower[i][:2].isdecimal()
        and atoms.end[i - 1] == atoms.start[i]
    )
