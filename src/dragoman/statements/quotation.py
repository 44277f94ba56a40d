"""
Quotations of a report: which marks pair up, and what stands between them.

Typographic, straight and angle marks are read by shape and by what stands beside them. A quotation
never leaves its paragraph, so that a lost mark cannot swallow the rest of the report; a paragraph that
opens with a mark while the one before was left open goes on with the same quotation, as printers do it.
One pass over the text, linear in its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import BlockKind, Document

_OPENERS = {"“": "”", "„": "”", "«": "»", "‘": "’", "‹": "›"}
_CLOSERS = {"”": "“", "»": "«", "’": "‘", "›": "‹"}
_MARK = re.compile(r"[“”„«»‘’‹›\"]|''|``|(?<!\w)'|'(?!\w)")
_OUTER = frozenset('“”„«»"') | {"''", "``"}
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0([{—–-/:…") | _OUTER
_AFTER_CLOSING = frozenset(" \t\n\r\u00a0)]}—–-/.,;:!?…") | _OUTER


@dataclass(frozen=True, slots=True)
class Quotation:
    """
    A quotation, offsets into the stored text.

    Attributes:
        start, end: with its marks; at a side without a mark, the edge of the words.
        inner_start, inner_end: without them.
        closed: whether its closing mark stands where it should.
        continued: whether it goes on with the quotation of the paragraph before, which was left open.
        block: index of its block in the document.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continued: bool
    block: int


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """
    The outermost quotations of the body, in order; single marks count where no double ones are open.

    An apostrophe is no mark: a single mark opens only before a word and after a space, and is kept
    only where its partner stands in the same paragraph. A closing mark with nothing open is
    skipped, a mark that opens within an open quotation of the same shape closes nothing. A
    closing mark that follows a quotation closed too early, with no opening between ("… to act.”
    Trans-Alpine”."), moves the end of that quotation.
    """
    found: list[Quotation] = []
    left_open = False
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.CHROME:
            continue
        inside = _in_block(document.text, block.start, block.end, index, left_open)
        found += inside
        left_open = bool(inside) and not inside[-1].closed
    return tuple(found)


def _in_block(text: str, start: int, end: int, index: int, left_open: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, int, str] | None = None  # start, inner start, closing mark
    depth = 0
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        at, after = match.span()
        if opened is None:
            if _opens(text, mark, at, after, start, end) and _has_partner(text, mark, after, end):
                opened, depth = (at, after, _closing(mark)), 0
            elif found and _closes(text, mark, at, after, start, end) and _reaches(text, found[-1], at):
                found[-1] = _longer(found[-1], at, after)
            continue
        if _mixed(mark, opened[2]) and _ends_here(text, at, after, end):
            found.append(_quotation(opened, at, after, index, closed=True))
            opened = None
        elif mark == opened[2] and opened[2] in {'"', "''"}:
            if _closes(text, mark, at, after, start, end):
                found.append(_quotation(opened, at, after, index, closed=True))
                opened = None
        elif _OPENERS.get(mark) == opened[2]:
            depth += 1
        elif mark == opened[2] and _closes(text, mark, at, after, start, end):
            if depth and _more_closers(text, mark, after, end):
                depth -= 1
                continue
            found.append(_quotation(opened, at, after, index, closed=True))
            opened = None
    if opened is not None and opened[2] not in {"’", "'"}:
        stop = end
        while stop > opened[1] and text[stop - 1].isspace():
            stop -= 1
        if stop > opened[1]:
            found.append(_quotation(opened, stop, stop, index, closed=False))
    if left_open and found and not text[start : found[0].start].strip():
        first = found[0]
        found[0] = Quotation(
            first.start, first.end, first.inner_start, first.inner_end, first.closed, True, index
        )
    return found


def _quotation(opened: tuple[int, int, str], at: int, after: int, index: int, *, closed: bool) -> Quotation:
    return Quotation(opened[0], after, opened[1], at, closed, False, index)


def _longer(quotation: Quotation, at: int, after: int) -> Quotation:
    return Quotation(
        quotation.start, after, quotation.inner_start, at, True, quotation.continued, quotation.block
    )


def _reaches(text: str, quotation: Quotation, at: int) -> bool:
    """Whether a lone closing mark at ``at`` belongs to the quotation closed just before it."""
    if at - quotation.end > 80:
        return False
    between = text[quotation.end : at]
    return "\n" not in between and len(between.split()) <= 4


def _closing(mark: str) -> str:
    if mark == "``":
        return "''"
    return _OPENERS.get(mark, mark)


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    """Whether a mark can open: by its shape, else by a space before and a word after it."""
    if mark in _CLOSERS:
        return False
    follows = after < end and not text[after].isspace()
    if mark in {"‘", "'"}:
        stands = at == start or text[at - 1] in _BEFORE_OPENING
        return stands and follows and text[after].isalnum()
    if mark in _OPENERS or mark == "``":
        return after < end
    # Tokenised text sets a straight mark off on both sides: then it opens, as nothing is open.
    return at == start or text[at - 1] in _BEFORE_OPENING or follows


def _closes(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    if mark in {"’", "'"}:
        stands = after >= end or text[after] in _AFTER_CLOSING
        return stands and at > start and not text[at - 1].isspace()
    if mark in {'"', "''"}:
        opening = (at == start or text[at - 1].isspace()) and after < end and not text[after].isspace()
        return not opening
    return mark in _CLOSERS


def _mixed(mark: str, closing: str) -> bool:
    """Whether a straight mark stands where a typographic one is due, or the other way round."""
    return {mark, closing} == {'"', "”"}


def _ends_here(text: str, at: int, after: int, end: int) -> bool:
    """Whether a mark hugs the word before it and nothing behind it."""
    return not text[at - 1].isspace() and (after >= end or text[after] in _AFTER_CLOSING)


def _has_partner(text: str, mark: str, after: int, end: int) -> bool:
    """Whether a single mark is a quotation mark at all: its partner must follow within the paragraph."""
    if mark not in {"‘", "'"}:
        return True
    partner = _closing(mark)
    at = text.find(partner, after, min(end, after + 400))
    while at >= 0:
        if at + 1 >= end or text[at + 1] in _AFTER_CLOSING:
            return True
        at = text.find(partner, at + 1, min(end, after + 400))
    return False


def _more_closers(text: str, mark: str, after: int, end: int) -> bool:
    """Whether another closing mark comes before the next opening one: then this one closes an inner pair."""
    match = re.compile(f"[{mark}{_CLOSERS.get(mark, mark)}]").search(text, after, end)
    return match is not None and match.group() == mark
