"""Text of a report as pieces for a page: what is marked, what is hidden, and nothing that a browser obeys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.model import Span
from dragoman.output.unseen import CONTROLS, HALVES, HIDDEN, LINE_ENDS

# Shown by their number: what turns the direction of writing, what nobody sees, what a terminal obeys.
_UNSEEN = re.compile(f"[{CONTROLS}{HALVES}{HIDDEN}{LINE_ENDS}]")


@dataclass(frozen=True, slots=True)
class Mark:
    """
    Words that stand out.

    Attributes:
        kind: class in the style sheet ("event", "statement", "mention", "date", "defect", "chrome").
        title: told where the pointer rests, and to a screen reader.
        href: where the words lead.
        number: stands after the words, raised.
    """

    start: int
    end: int
    kind: str
    title: str = ""
    href: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A stretch of text with the marks that all of it has.

    Attributes:
        text: what is written.
        kinds: the marks' kinds, for the style sheet.
        title, href: those of the narrowest mark that has one.
        numbers: of marks that end here, with their links.
        unseen: the text is the number of a character that would not be seen ("U+202E").
    """

    text: str
    kinds: tuple[str, ...] = ()
    title: str = ""
    href: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    unseen: bool = False


def pieces(text: str, marks: Sequence[Mark], *, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The text from ``start`` to ``end``, cut wherever a mark begins or ends."""
    end = len(text) if end is None else min(end, len(text))
    held = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    cuts = sorted({start, end, *(max(m.start, start) for m in held), *(min(m.end, end) for m in held)})
    opening = sorted(held, key=lambda mark: mark.start)
    active: list[Mark] = []
    at = 0
    for low, high in pairwise(cuts):
        active = [mark for mark in active if mark.end > low]
        while at < len(opening) and opening[at].start <= low:
            active.append(opening[at])
            at += 1
        yield from _stretch(text[low:high], active, high)


def _stretch(text: str, marks: Sequence[Mark], end: int) -> Iterator[Piece]:
    narrow = sorted(marks, key=lambda mark: mark.end - mark.start)
    kinds = tuple(dict.fromkeys(mark.kind for mark in narrow))
    title = "; ".join(dict.fromkeys(mark.title for mark in narrow if mark.title))
    href = next((mark.href for mark in narrow if mark.href), "")
    numbers = tuple(dict.fromkeys((m.number, m.href) for m in narrow if m.number and m.end == end))
    parts = list(_seen(text))
    for n, (part, unseen) in enumerate(parts):
        last = n == len(parts) - 1
        yield Piece(part, kinds, title, href, numbers if last else (), unseen=unseen)


def _seen(text: str) -> Iterator[tuple[str, bool]]:
    """The text with each character that would not be seen as its number."""
    at = 0
    for match in _UNSEEN.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield f"U+{ord(match.group()):04X}", True
        at = match.end()
    if at < len(text) or not text:
        yield text[at:], False


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A part of a report around some words.

    Attributes:
        pieces: the words in their surroundings.
        before, after: whether the paragraph goes on there.
        start: where the first of the words stands in the stored text.
        missing: the stored text does not hold the words at their place.
    """

    pieces: tuple[Piece, ...]
    before: bool
    after: bool
    start: int
    missing: bool = False


def passages(
    text: str | None, spans: Sequence[Span], marks: Sequence[Mark], *, around: int = 220
) -> list[Passage]:
    """The passages around some spans, those that touch as one; each ends with its paragraph or at a word."""
    found: list[Passage] = []
    if text is None:
        return [
            Passage(tuple(pieces(s.exact, [Mark(0, len(s.exact), "event")])), True, True, s.start)
            for s in spans
        ]
    wrong = [span for span in spans if text[span.start : span.end] != span.exact]
    for low, high in _joined([_around(text, span, around) for span in spans if span not in wrong]):
        first = min(span.start for span in spans if low <= span.start < high)
        shown = tuple(pieces(text, marks, start=low, end=high))
        found.append(Passage(shown, _goes_on(text[:low][-2:]), _goes_on(text[high : high + 2]), first))
    for span in wrong:
        shown = tuple(pieces(span.exact, [Mark(0, len(span.exact), "event")]))
        found.append(Passage(shown, False, False, span.start, missing=True))
    return found


def _goes_on(beside: str) -> bool:
    return bool(beside.strip("\n")) and "\n\n" not in beside


def _around(text: str, span: Span, around: int) -> tuple[int, int]:
    low, high = max(0, span.start - around), min(len(text), span.end + around)
    paragraph = text.rfind("\n\n", low, span.start)
    if paragraph >= 0:
        low = paragraph + 2
    elif low > 0:
        blank = re.search(r"\s", text[low : span.start])
        low = low + blank.end() if blank else low
    paragraph = text.find("\n\n", span.end, high)
    if paragraph >= 0:
        high = paragraph
    elif high < len(text):
        cut = max(text.rfind(" ", span.end, high), text.rfind("\n", span.end, high))
        high = cut if cut > span.end else high
    return low, high


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def line_of(text: str, start: int) -> int:
    """The line of the stored text, from 1, at which a place stands."""
    return text.count("\n", 0, start) + 1
