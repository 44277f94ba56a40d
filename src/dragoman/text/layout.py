"""The layout of a stored text: which lines are headline, paragraph, byline or page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.model import Block, BlockKind, DateWitness, Span, WitnessKind
from dragoman.text.dates import (
    WEEKDAY,
    FoundDate,
    date_line,
    find_dateline,
    find_dates,
    month_pattern,
    time_line,
    witnesses_in,
)
from dragoman.text.furniture import Zone, furniture, outlet_words

_LINE = re.compile(r"[^\n]+")
_FINAL = re.compile(r"[.!?…:;,。！？।؟][\"”’»')\]*_]*$")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"”’»')\]*_]*$")
_INNER_END = re.compile(r"[a-zà-ÿ0-9)\"”’»][.!?][\"”’»')\]]*\s+[\"“«(]?[A-ZÀ-Þ]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LOWER_START = re.compile(r"[\"“‘(«]?[a-zà-ÿ]")

_DATE_NEXT = re.compile(r"\s*[|(—–-]?\s*\d{4}-\d{2}-\d{2}\b")

PROSE_WORDS = 25  # a line of so many words is prose, whatever it ends in
SENTENCE_WORDS = 9  # with a final mark so few are enough
HEADLINE_WORDS = 20
LONGEST_HEAD = 40  # lines before the body that may be furniture; a longer list is a document of its own kind
MOST_WRAPPED, LEAST_WRAPPED = 110, 40  # columns of hard-wrapped text

_BYLINE = re.compile(
    r"(?i:by|written by|reported by|reporting by|author|authors|correspondent|edited by|editing by|"
    r"compiled by|analysis by|story by)\s?:?\s"
    rf"(?!(?i:{WEEKDAY}|{month_pattern()})\b)[A-ZÀ-ÞА-ЯΑ-Ω][^.!?]{{1,120}}\.?"
)
_NO_NAME = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|the|its|their|his|her|this|that|which|who)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:(?:first |originally |date )?(?:published|posted|issued|created|released|added|filed)"
    r"|(?:publication|release|publish|issue)\s(?:date|time)|date)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last\s)?(?:updated|modified|edited|revised|changed)\b|last (?:update|change)\b", re.IGNORECASE
)


def is_updated(line: str) -> bool:
    """Whether a line begins by saying when something was changed."""
    return bool(_UPDATED.match(line))


def is_published(line: str) -> bool:
    """Whether a line begins by saying when something was published."""
    return bool(_PUBLISHED.match(line))


def is_byline(line: str) -> bool:
    """Whether a line names an author: "By Ann Smith and Bo Li, 21 January 2022"."""
    if len(line) > 160 or not _BYLINE.fullmatch(line):
        return False
    dates = find_dates(line)
    who = line[: dates[0].start] if dates else line
    return not _NO_NAME.search(who) and len(who.split()) <= 14


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks in order, the headline among them, and what the lines say of the date, outlet and place."""

    blocks: tuple[Block, ...]
    headline: Span | None
    witnesses: tuple[DateWitness, ...]
    publisher: str | None = None
    place: str | None = None


@dataclass(slots=True)
class _Unit:
    """A paragraph: one line, or several that were wrapped by hand."""

    start: int
    end: int
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    words: int = field(init=False)

    def __post_init__(self) -> None:
        self.words = len(self.text.split())

    @property
    def prose(self) -> bool:
        """Whether it can only be a sentence of a report: long, or ended and of some length."""
        if self.words >= PROSE_WORDS:
            return True
        if self.words >= SENTENCE_WORDS and _SENTENCE_END.search(self.text):
            return True
        return self.words >= SENTENCE_WORDS and bool(_INNER_END.search(self.text))


def find_layout(
    text: str, *, title: str | None = None, prefixed: bool = False, publisher: str | None = None
) -> Layout:
    """
    The blocks of a stored text, and the date, outlet and place that its lines tell.

    Furniture is looked for with a table of whole-line patterns everywhere, and by position, shape
    and the words shared with the body at the head and the foot. A line that reads as a sentence is
    furniture only where the table says so.

    Args:
        text: the stored text.
        title: the headline, where it is known.
        prefixed: whether ``text`` begins with ``title`` only because we put it there.
        publisher: the outlet, where it is known; a line that is its name is furniture.

    Limit: a short headless line between masthead and body may pass for the headline.
    """
    units = _units(text)
    if not units:
        return Layout((), None, ())
    witnesses: list[DateWitness] = []
    headline = _mark_title(text, units, title)
    given = headline is not None or bool(title)
    first, last = _body_bounds(units)
    if headline is None and not given:
        headline = _mark_headline(units, first)
    if publisher:
        _mark_publisher(units, publisher)
    publishers = _mark_head(text, units, first, headline, witnesses, prefixed=prefixed, given=given)
    for unit in units[first:last]:
        if unit.kind is BlockKind.PARAGRAPH and furniture(unit.text, Zone.BODY):
            unit.kind = BlockKind.CHROME
        elif unit.kind is BlockKind.PARAGRAPH:
            _mark_byline(text, unit, witnesses, body=True)
    _mark_foot(text, units, last, publishers, witnesses)
    place, agency = _read_datelines(text, units, witnesses)
    blocks = tuple(Block(unit.start, unit.end, unit.kind) for unit in units)
    return Layout(
        blocks,
        Span.of(text, headline.start, headline.end) if headline else None,
        tuple(witnesses),
        agency or (publishers[0] if publishers else None),
        place,
    )


# --- lines to paragraphs ------------------------------------------------------------------------------


def _units(text: str) -> list[_Unit]:
    """Paragraphs of the text: its lines, or runs of lines where the text was wrapped by hand."""
    groups = _line_groups(text)
    width = _wrap_width(text, groups)
    units: list[_Unit] = []
    for group in groups:
        start, end = group[0]
        for left, right in pairwise(group):
            early = len(units) < LONGEST_HEAD // 4
            if (width and _breaks_for_width(text, left, right, width)) or (
                early and _runs_on(text, left, right)
            ):
                end = right[1]
                continue
            units.append(_Unit(start, end, text[start:end]))
            start, end = right
        units.append(_Unit(start, end, text[start:end]))
    return units


def _line_groups(text: str) -> list[list[tuple[int, int]]]:
    """Stripped lines, grouped between blank lines."""
    groups: list[list[tuple[int, int]]] = []
    previous_end = -2
    for match in _LINE.finditer(text):
        line = match[0]
        content = line.strip()
        if not content:
            continue
        start = match.start() + (len(line) - len(line.lstrip()))
        if groups and match.start() == previous_end + 1:
            groups[-1].append((start, start + len(content)))
        else:
            groups.append([(start, start + len(content))])
        previous_end = match.end()
    return groups


def _wrap_width(text: str, groups: list[list[tuple[int, int]]]) -> int | None:
    """
    The column at which the text was wrapped, or None where each line is a paragraph.

    Wrapped text breaks its lines where the next word would pass the margin, mostly in mid sentence;
    lines that are paragraphs break after a full stop and at any length.
    """
    pairs = [pair for group in groups for pair in pairwise(group)]
    if not pairs:
        return None
    lengths = sorted(left[1] - left[0] for left, _ in pairs)
    width = max(end - start for group in groups if len(group) > 1 for start, end in group)
    if width > MOST_WRAPPED:
        # One overlong line (an address) does not undo the rest.
        width = lengths[int(0.95 * (len(lengths) - 1))]
    if not LEAST_WRAPPED <= width <= MOST_WRAPPED:
        return None
    full = [pair for pair in pairs if _breaks_for_width(text, *pair, width)]
    middle = sum(
        1 for left, right in full if not _SENTENCE_END.search(text[max(left[0], left[1] - 6) : left[1]])
    )
    lower = sum(1 for _, right in full if _LOWER_START.match(text, right[0]))
    enough = len(full) >= 0.5 * len(pairs) and middle >= 0.6 * len(full) and lower >= 0.3 * len(full)
    return width if full and enough else None


def _breaks_for_width(text: str, left: tuple[int, int], right: tuple[int, int], width: int) -> bool:
    """Whether the next line's first word would not have fitted, give or take a ragged margin."""
    blank = text.find(" ", right[0], right[1])
    word = (blank if blank > 0 else right[1]) - right[0]
    return left[1] - left[0] + 1 + word > width - 8


def _runs_on(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether a short line near the head goes on in the next, as a headline on two lines does."""
    if max(left[1] - left[0], right[1] - right[0]) > 90 or not text[right[0]].islower():
        return False
    if furniture(text[left[0] : left[1]], Zone.HEAD):
        return False
    return text[left[0]].isupper() and not _FINAL.search(text[max(left[0], left[1] - 6) : left[1]])


# --- headline -----------------------------------------------------------------------------------------


def _mark_title(text: str, units: list[_Unit], title: str | None) -> _Unit | None:
    """The unit that is the known title; a paragraph that begins with it is cut in two."""
    wanted = title.strip() if title else ""
    if not wanted:
        return None
    for i, unit in enumerate(units[:LONGEST_HEAD]):
        if unit.text == wanted:
            unit.kind = BlockKind.HEADLINE
            return unit
        if "\n" in wanted and wanted.startswith(unit.text) and text.startswith(wanted, unit.start):
            whole = _Unit(unit.start, unit.start + len(wanted), wanted, BlockKind.HEADLINE)
            end = next((j for j in range(i, len(units)) if units[j].end >= whole.end), len(units) - 1)
            units[i : end + 1] = [whole]
            return whole
        if (
            i < 3
            and unit.text.startswith(wanted)
            and unit.words <= PROSE_WORDS
            and not _FINAL.search(unit.text)
        ):
            unit.kind = BlockKind.HEADLINE  # the text's own headline says more than the title
            return unit
        if (
            i < 3
            and len(wanted) >= 15
            and unit.text.startswith(wanted)
            and _ends_title(unit.text, len(wanted))
        ):
            cut = unit.start + len(wanted)
            rest = text[cut : unit.end]
            start = cut + len(rest) - len(rest.lstrip())
            head = _Unit(unit.start, cut, wanted, BlockKind.HEADLINE)
            units[i : i + 1] = [head, _Unit(start, unit.end, text[start : unit.end])]
            return head
    return None


def _ends_title(line: str, end: int) -> bool:
    """Whether a title that begins a paragraph is over at ``end``: a sentence ends or a date stands there."""
    rest = line[end:]
    ended = bool(_SENTENCE_END.search(line[max(0, end - 4) : end])) and rest[:1].isspace()
    return ended or bool(_DATE_NEXT.match(rest))


def _body_bounds(units: list[_Unit]) -> tuple[int, int]:
    """Indices of the first paragraph that is prose and, exclusive, of the last; all where none is."""
    prose = [
        i
        for i, unit in enumerate(units)
        if unit.kind is BlockKind.PARAGRAPH and unit.prose and not furniture(unit.text, Zone.FOOT)
    ]
    return (prose[0], prose[-1] + 1) if prose else (0, len(units))


def _stems(text: str) -> set[str]:
    """Beginnings of the longer words: what a headline shares with its story."""
    return {word[:6].lower() for word in _WORD.findall(text) if len(word) >= 4}


def _body_stems(units: list[_Unit], first: int) -> set[str]:
    """The longer words of the body's first paragraphs."""
    return _stems(" ".join(unit.text for unit in units[first : first + 8] if unit.prose)[:3000])


def _mark_headline(units: list[_Unit], first: int) -> _Unit | None:
    """
    The headline of a text that names none: the short line above the body that shares most words with it.

    Declines where no line has three words without a final mark, and where nothing longer follows.
    """
    if first == 0 or first > LONGEST_HEAD or first >= len(units) or not units[first].prose:
        return None
    body = _body_stems(units, first)
    best, best_key = None, (0, 0, 0)
    for i, unit in enumerate(units[:first]):
        if not 3 <= unit.words <= HEADLINE_WORDS or _not_headline(unit.text):
            continue
        shared = len(_stems(unit.text) & body)
        if not shared and (unit.words < 4 or _names_outlet(unit.text)):
            continue
        key = (shared, unit.words, i)
        if key > best_key:
            best, best_key = unit, key
    if best is not None:
        best.kind = BlockKind.HEADLINE
    return best


def _not_headline(line: str) -> bool:
    ended = bool(_FINAL.search(line)) and line.rstrip("\"”’»')")[-1] not in "?!…"
    return (
        ended
        or is_byline(line)
        or bool(date_line(line))
        or time_line(line)
        or bool(furniture(line, Zone.HEAD))
    )


def _names_outlet(line: str) -> bool:
    return any(word.lower() in outlet_words() for word in _WORD.findall(line))


# --- head and foot ------------------------------------------------------------------------------------


def _mark_head(
    text: str, units: list[_Unit], first: int, headline: _Unit | None, witnesses: list[DateWitness],
    *, prefixed: bool, given: bool,
) -> list[str]:  # fmt: skip
    """Sort the lines before the body; names of the outlet that stood there come back."""
    publishers: list[str] = []
    if first > LONGEST_HEAD:
        return publishers
    body = _body_stems(units, first)
    at = next((i for i, unit in enumerate(units) if unit is headline), -1)
    for i, unit in enumerate(units[:first]):
        if unit.kind is not BlockKind.PARAGRAPH:
            continue
        # A headline that we put there says nothing of what stood above and below it on the page.
        above = i < at or at < 0 or prefixed
        if dates := date_line(unit.text):
            _mark_date_line(text, unit, dates, witnesses, above=above)
        elif furniture(unit.text, Zone.HEAD):
            unit.kind = BlockKind.CHROME
        elif _mark_byline(text, unit, witnesses, body=False):
            continue
        elif (not given or (i < at and not prefixed)) and _is_masthead(
            unit, body, before_headline=i < at, alone=at < 0
        ):
            unit.kind = BlockKind.CHROME
            if _names_outlet(unit.text) and unit.words <= 4 and not furniture(unit.text, Zone.HEAD):
                publishers.append(unit.text)
    return publishers


def _mark_publisher(units: list[_Unit], publisher: str) -> None:
    """Lines that are the outlet's name alone."""
    name = publisher.strip().casefold()
    for unit in units:
        if unit.kind is BlockKind.PARAGRAPH and len(unit.text) == len(name) and unit.text.casefold() == name:
            unit.kind = BlockKind.CHROME


def _mark_date_line(
    text: str, unit: _Unit, dates: Sequence[FoundDate], witnesses: list[DateWitness], *, above: bool
) -> None:
    """A date that stands alone: above the headline it is the page's, below it the report's byline."""
    updated = is_updated(unit.text)
    stated = is_published(unit.text)
    unit.kind = BlockKind.CHROME if above and not (updated or stated) else BlockKind.BYLINE
    if updated:
        kind, note = WitnessKind.PAGE, "says when the page was updated"
    elif stated or not above:
        kind, note = (
            WitnessKind.BYLINE,
            "a line of its own under the headline" if not stated else "says when it was published",
        )
    else:
        kind, note = WitnessKind.PAGE, "a line of its own at the head of the page"
    witnesses += witnesses_in(text, unit.start, dates[:1] if updated or stated else dates, kind, note)


def _mark_byline(text: str, unit: _Unit, witnesses: list[DateWitness], *, body: bool) -> bool:
    """Whether the line says who wrote the report or when it was published; then it is marked so."""
    line = unit.text
    if unit.words > 25 or "\n" in line:
        return False
    updated, published = is_updated(line), is_published(line)
    dates = find_dates(line)
    if updated or published:
        if not date_line(line):
            return False
        unit.kind = BlockKind.BYLINE
        kind = WitnessKind.PAGE if updated else WitnessKind.BYLINE
        note = "says when the page was updated" if updated else "says when it was published"
        witnesses += witnesses_in(text, unit.start, dates[:1], kind, note)
        return True
    if not is_byline(line) or (body and _SENTENCE_END.search(line)):
        return False
    unit.kind = BlockKind.BYLINE
    witnesses += witnesses_in(text, unit.start, dates[:1], WitnessKind.BYLINE, "stands in the byline")
    return True


def _is_masthead(unit: _Unit, body: set[str], *, before_headline: bool, alone: bool) -> bool:
    """
    Whether a line above the headline is the page's: the outlet's name, its tagline, a section.

    Such a line is short, has no final mark and shares no word with the story, or names an outlet in
    four words at most.
    """
    if unit.words > 8 or _FINAL.search(unit.text) or "\n" in unit.text:
        return False
    if _names_outlet(unit.text) and unit.words <= 4 and unit.text[0].isupper():
        return before_headline or alone
    return before_headline and not _stems(unit.text) & body


_SECTION = frozenset({"related", "read more", "comments", "tags"})


def _mark_foot(
    text: str, units: list[_Unit], last: int, publishers: list[str], witnesses: list[DateWitness]
) -> None:
    """Sort the lines after the body; under "Related articles" and its like all short lines are the page's."""
    listing = False
    for unit in units[last:]:
        if unit.kind is not BlockKind.PARAGRAPH:
            continue
        category = furniture(unit.text, Zone.FOOT)
        if category or unit.text in publishers:
            unit.kind = BlockKind.CHROME
            listing = listing or category in _SECTION
        elif listing and unit.words <= HEADLINE_WORDS and not _SENTENCE_END.search(unit.text):
            unit.kind = BlockKind.CHROME
        elif not unit.text.endswith(".") and (dates := date_line(unit.text)):
            # Under the story a date is the page's unless it says that the report was published then.
            stated = is_published(unit.text)
            unit.kind = BlockKind.BYLINE if stated or is_updated(unit.text) else BlockKind.CHROME
            kind = WitnessKind.BYLINE if stated else WitnessKind.PAGE
            witnesses += witnesses_in(
                text, unit.start, dates[:1], kind, "a line of its own at the foot of the page"
            )
        else:
            _mark_byline(text, unit, witnesses, body=False)


def _read_datelines(
    text: str, units: list[_Unit], witnesses: list[DateWitness]
) -> tuple[str | None, str | None]:
    """Place and agency of the dateline at the start of the first two paragraphs; its day is a witness."""
    paragraphs = [unit for unit in units if unit.kind is BlockKind.PARAGRAPH and unit.prose][:2]
    for unit in paragraphs:
        if dateline := find_dateline(unit.text):
            if dateline.date:
                witnesses += witnesses_in(
                    text, unit.start, [dateline.date], WitnessKind.DATELINE, "stands in the dateline"
                )
            return dateline.place, dateline.agency
    return None, None
