"""Words of a report in their surroundings, as quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Span
from dragoman.output.unseen import CONTROLS, HALVES, HIDDEN
from dragoman.output.words import visible

AROUND = 220  # characters of the report on either side
LONGEST = 600  # characters of marked words that are shown

_CONTROL = re.compile(f"[{CONTROLS}{HALVES}]")
_HIDDEN = re.compile(f"[{HIDDEN}]")
_BLANKS = re.compile(r"\s+")


class Plain(str):
    """Text that is safe to show as it is, blanks at its ends included; it is escaped like any other."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """
    A span with what stands around it in its paragraph.

    Attributes:
        before, words, after: one after the other they read as the report does.
        lost: the stored text does not hold the words at that place.
    """

    before: Plain
    words: Plain
    after: Plain
    lost: bool = False


def quote(text: str | None, span: Span, *, around: int = AROUND) -> Quote:
    """The words of a span in the sentence and paragraph they stand in, cut at words where that is long."""
    words = Plain(_cut(visible(span.exact[: 2 * LONGEST])))
    if text is None:
        return Quote(Plain(""), words, Plain(""))
    if text[span.start : span.end] != span.exact:
        return Quote(Plain(""), words, Plain(""), lost=True)
    before = text[max(0, span.start - around) : span.start]
    after = text[span.end : span.end + around]
    left, right = before.rfind("\n\n"), after.find("\n\n")
    head = before[left:] if left >= 0 else _from_word(before, cut=span.start > around)
    tail = after[:right] if right >= 0 else _to_word(after, cut=span.end + around < len(text))
    return Quote(Plain(_blanks(head).lstrip()), words, Plain(_blanks(tail).rstrip()))


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    half = LONGEST // 2
    return f"{words[:half]} […] {words[-half:]}"


def _from_word(text: str, *, cut: bool) -> str:
    """The end of a passage from its first whole word."""
    return f"… {text.partition(' ')[2]}" if cut else text


def _to_word(text: str, *, cut: bool) -> str:
    """The beginning of a passage up to its last whole word."""
    return f"{text.rpartition(' ')[0]} …" if cut else text


def _blanks(text: str) -> str:
    """Nothing hidden, every run of blanks one space, also at the ends."""
    return _BLANKS.sub(" ", _CONTROL.sub("�", _HIDDEN.sub("", text)))
