"""Faults of a report that its surface shows: fused words, lost words, quotation marks that do not pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.model import BlockKind, Defect, DefectKind, Document
from dragoman.text.fused import fused_words

# --- quoting a fault ----------------------------------------------------------------------------------

_SENTENCE_BREAK = re.compile(r"[.!?…][\"”’»')\]]*\s+(?=\S)")
_SENTENCE_CLOSE = re.compile(r"[.!?…][\"”’»')\]]*(?=\s|$)")
WINDOW = 240  # characters to each side in which the words around a fault are looked for


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A headline or paragraph of the report, with its place in the text."""

    start: int
    text: str


def _words_back(text: str, position: int, count: int, *, floor: int = 0) -> int:
    """Where the ``count``-th word before ``position`` begins; not before the sentence or ``floor``."""
    low = max(floor, position - WINDOW)
    before = text[low:position]
    breaks = [match.end() for match in _SENTENCE_BREAK.finditer(before)]
    low += breaks[-1] if breaks else 0
    starts = [match.start() for match in re.finditer(r"\S+", text[low:position])]
    if (
        starts
        and position > low
        and not text[position - 1].isspace()
        and not text[position : position + 1].isspace()
    ):
        starts = starts[:-1] or starts  # the word that the fault itself stands in
    return low + starts[-count] if len(starts) >= count else low + (starts[0] if starts else 0)


def _words_on(text: str, position: int, count: int) -> int:
    """Where the ``count``-th word after ``position`` ends, or the sentence before that."""
    after = text[position : position + WINDOW]
    close = _SENTENCE_CLOSE.search(after)
    words = list(re.finditer(r"\S+", after))[:count]
    end = words[-1].end() if words else 0
    return position + (min(end, close.end()) if close else end)


def find_surface_defects(document: Document) -> tuple[Defect, ...]:
    """
    Fused words, lost words and broken quotations, in the order of the text.

    Each comes with the clause around it. Lost words are told by what English cannot end or go on
    with ("attacked back in .", "of the and"); words are looked for in English reports alone. Bylines
    and page furniture are not searched.

    Limit: a lost word that leaves a sound sentence behind shows only to a reader who knows the facts.
    """
    paragraphs = [
        _Paragraph(block.start, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind in {BlockKind.HEADLINE, BlockKind.PARAGRAPH}
    ]
    faults = list(_broken_quotations(paragraphs))
    if document.language is None or document.language.startswith("en"):
        tokenised = _is_tokenised(document.text)
        for paragraph in paragraphs:
            faults += _fused(paragraph)
            faults += _lost(paragraph, tokenised=tokenised)
    defects = (
        Defect(kind, document.span(start, end), note) for kind, start, end, note in faults if start < end
    )
    return tuple(sorted(defects, key=lambda defect: (defect.span.start, defect.span.end, defect.kind)))


_Fault = tuple[DefectKind, int, int, str]

# --- fused words --------------------------------------------------------------------------------------

_LOWER_WORD = re.compile(r"(?<![\w'’./@&#-])[a-z]{7,}(?![\w'’/@-]|\.\w)")
# "talks.The": a sentence's end and the next one's beginning without a blank. Addresses and initials are not.
_FUSED_SENTENCES = re.compile(r"(?<![\w./@:-])([a-z]{3,})([.?!,;])([A-Z][a-z]+)(?=[\s,;:]|[.?!](?:\s|$)|$)")
_DOMAINS = frozenset("com org net gov edu int info html".split())


def _fused(paragraph: _Paragraph) -> Iterator[_Fault]:
    text = paragraph.text
    for match in _LOWER_WORD.finditer(text):
        if pair := fused_words(match[0]):
            start = _words_back(text, match.start(), 2)
            note = f"{match[0]!r} seems to be {pair[0]!r} and {pair[1]!r}"
            yield DefectKind.FUSED_WORDS, paragraph.start + start, paragraph.start + match.end(), note
    for match in _FUSED_SENTENCES.finditer(text):
        if match[3].lower() not in _DOMAINS:
            start = _words_back(text, match.start(), 2)
            note = f"no blank after {match[2]!r}"
            yield DefectKind.FUSED_WORDS, paragraph.start + start, paragraph.start + match.end(), note


# --- lost words ---------------------------------------------------------------------------------------

_PREPOSITIONS = (
    "in|of|at|to|with|for|from|by|on|into|between|among|against|during|towards?|about|through|since|until|under|upon|"
    "within|without|via|per|amid"
)
_DETERMINERS = "the|a|an|its|their|my|our|your|every"
# A function word, blanks, a full stop or comma: something stood between. A bare "the." needs no blank.
_GAP = re.compile(
    rf"(?<![\w'’-])(?:{_PREPOSITIONS}|{_DETERMINERS}|and|or|that|his|her)\s+[.,;:?!](?![.\w]|\s\.)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w'’.-])(?:the|an|its|their|my|our|your|every)\.(?=\s+[A-Z\"“]|\s*$)")
# An article and a word that cannot begin a noun phrase.
_CLASH = re.compile(
    r"(?<![\w'’-])(?:the|an?)\s(?P<next>of|and|was|were|is|are|has|had|would|from|with|at|during|which)\s(?=[a-z])"
)
_TOKENISED_SHARE = 0.05


def _is_tokenised(text: str) -> bool:
    """Whether the text sets blanks before its punctuation as a habit (tokenised text, French style)."""
    spaced = len(re.findall(r"\w\s+[.,](?:\s|$)", text))
    closed = len(re.findall(r"\w[.,](?:\s|$)", text))
    return spaced > 2 and spaced > _TOKENISED_SHARE * (spaced + closed)


def _lost(paragraph: _Paragraph, *, tokenised: bool) -> Iterator[_Fault]:
    text = paragraph.text
    last = -1
    patterns = [
        (_BARE, "the sentence ends after a word that needs another"),
        (_CLASH, "words that cannot follow one another"),
    ]
    if not tokenised:
        patterns.insert(0, (_GAP, "a word is missing before the punctuation"))
    found = sorted(
        (match.start(), match.end(), note)
        for pattern, note in patterns
        for match in pattern.finditer(text)
        if pattern is not _CLASH or not text.endswith(f"{match['next']} ", 0, match.start())
    )
    for start, end, note in found:
        if start <= last:
            continue
        last = end
        begin = _words_back(text, start, 3)
        stop = end if text[end - 1] in ".,;:?!" else _words_on(text, end, 3)
        yield DefectKind.LOST_WORDS, paragraph.start + begin, paragraph.start + stop, note


# --- quotation marks ----------------------------------------------------------------------------------

_MARK = re.compile(r"[“”„«»\"‟]|``|''")
_BEFORE_OPENING = re.compile(r"[\s(\[{<=—–/‘'-]")
_AFTER_CLOSING = re.compile(r"[\s)\]}>—–/.,;:!?’'…-]")
_OPENERS = frozenset({"“", "„", "«", "‟", "``"})


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark: where it stands, whether it opens (True), closes (False) or does either (None)."""

    start: int
    end: int
    opens: bool | None


def _marks(text: str, *, low_high: bool, only_high: bool) -> list[_Mark]:
    """The quotation marks of a paragraph with what they do there."""
    marks: list[_Mark] = []
    for match in _MARK.finditer(text):
        sign, start, end = match[0], match.start(), match.end()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if sign == '"' and before.isdigit() and not (marks and marks[-1].opens) and not after.isalpha():
            continue  # inches, seconds of arc
        left, right = bool(_BEFORE_OPENING.match(before)), bool(_AFTER_CLOSING.match(after))
        by_place = None if left == right else left
        if sign in {'"', "''"} or (only_high and sign == "”"):
            opens = by_place
        elif sign == "“" and low_high:
            opens = by_place if by_place is not True else None
        else:
            # A mark turned the wrong way round (”so“) still pairs; what it does is open then.
            opens = sign in _OPENERS if by_place in {None, sign in _OPENERS} else None
        marks.append(_Mark(start, end, opens))
    return marks


def _broken_quotations(paragraphs: list[_Paragraph]) -> Iterator[_Fault]:
    """Marks without a partner; a quotation may run over paragraphs, with or without new opening marks."""
    whole = "".join(paragraph.text for paragraph in paragraphs)
    low_high = "„" in whole
    only_high = "”" in whole and "“" not in whole and "„" not in whole
    rows = [_marks(paragraph.text, low_high=low_high, only_high=only_high) for paragraph in paragraphs]
    carried = False
    for i, (paragraph, marks) in enumerate(zip(paragraphs, rows, strict=True)):
        following = next((row for row in rows[i + 1 : i + 4] if row), [])
        unopened, unclosed, carried = _pair(paragraph.text, marks, carried=carried)
        if unclosed and _goes_on(paragraphs, rows, i, following):
            unclosed, carried = unclosed[:-1], True
        else:
            carried = False
        for mark in unopened:
            yield _quotation_fault(paragraph, marks, mark, "a closing mark without its opening one")
        for mark in unclosed:
            yield _quotation_fault(paragraph, marks, mark, "an opening mark without its closing one")


def _pair(text: str, marks: list[_Mark], *, carried: bool) -> tuple[list[_Mark], list[_Mark], bool]:
    """Closing and opening marks without a partner, and whether a carried quotation is still open."""
    opened: list[_Mark] = []
    unopened: list[_Mark] = []
    for mark in marks:
        opens = (not opened and not carried) if mark.opens is None else mark.opens
        if opens:
            if carried and not opened and not text[: mark.start].strip(" \"'“‘«—–-…[("):
                carried = False  # the convention: each further paragraph of a quotation opens anew
            opened.append(mark)
        elif opened:
            opened.pop()
        elif carried:
            carried = False
        else:
            unopened.append(mark)
    return unopened, opened, carried


def _goes_on(paragraphs: list[_Paragraph], rows: list[list[_Mark]], i: int, following: list[_Mark]) -> bool:
    """Whether a quotation open at the end of paragraph ``i`` runs on: the next opens anew or closes it."""
    if i + 1 >= len(paragraphs):
        return False
    after = paragraphs[i + 1].text.lstrip(" ‘'—–-…[(")
    if rows[i + 1] and after[:1] in '“„«"”' and after[:1]:
        return True
    return bool(following) and following[0].opens is not True


def _quotation_fault(paragraph: _Paragraph, marks: list[_Mark], mark: _Mark, note: str) -> _Fault:
    """The clause around a lone mark; a mark close before it belongs to the fault."""
    text = paragraph.text
    if mark.opens and note.startswith("an opening"):
        start, end = mark.start, _words_on(text, mark.end, 10)
        if end < mark.end + 10:
            start = _words_back(text, mark.start, 4)
    else:
        at = marks.index(mark)
        anchor = mark.start
        if at and mark.start - marks[at - 1].end < 40:
            anchor = marks[at - 1].start
        start, end = _words_back(text, anchor, 6), _words_on(text, mark.end, 3)
        end = max(end, mark.end)
    return DefectKind.BROKEN_QUOTATION, paragraph.start + start, paragraph.start + end, note
