"""Quotations find their speaker: beside a cue, after a colon, or going on with who spoke before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dragoman.statements.draft import Draft, Piece
from dragoman.statements.quotation import Quotation
from dragoman.statements.tree import Tree

_BESIDE = 90  # characters between a cue's words and a quotation that belongs to it
_DASHES = "―—–-"
_LONG = 4  # words from which a quotation is speech and no mere mention


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A draft that can take quotations: characters of its words (source and cue), block and sentence."""

    draft: int
    start: int
    end: int
    block: int
    sentence: int


def add_quotations(tree: Tree, drafts: list[Draft], quotations: tuple[Quotation, ...]) -> list[Draft]:
    """
    The drafts with the quotations that belong to them.

    A piece of content that begins or ends within a closed quotation grows to all of it. A quotation that
    no draft covers goes to the cue beside it in its sentence, else to the one that spoke before it in its
    paragraph, else to a cue and colon at the end of the paragraph before; else nobody's.
    """
    if not quotations:
        return drafts
    starts = [quotation.start for quotation in quotations]
    grown = [_grow(tree, draft, quotations, starts) for draft in drafts]
    covered = _covered(grown, quotations, starts)
    by_block: dict[int, list[_Anchor]] = {}
    for anchor in _anchors(tree, grown):
        by_block.setdefault(anchor.block, []).append(anchor)
    text = tree.parsed.document.text
    owners: list[int | None] = []
    for number, quotation in enumerate(quotations):
        owner = covered.get(number)
        if owner is None:
            owner = _beside(grown, quotation, by_block.get(quotation.block, []), text)
        owners.append(owner)
    _carry_back(quotations, owners)
    _carry_on(tree, grown, quotations, by_block, owners)
    pieces: list[list[Piece]] = [list(draft.pieces) for draft in grown]
    for number, owner in enumerate(owners):
        if owner is not None and number not in covered:
            pieces[owner].append((quotations[number].start, quotations[number].end))
    return [
        draft.with_pieces(tuple(sorted(set(pieces[k])))) if len(pieces[k]) != len(draft.pieces) else draft
        for k, draft in enumerate(grown)
    ]


def _carry_back(quotations: tuple[Quotation, ...], owners: list[int | None]) -> None:
    """A quotation left open at the end of its paragraph belongs to whoever speaks where it goes on."""
    for number in range(len(quotations) - 2, -1, -1):
        following = quotations[number + 1]
        if owners[number] is None and not quotations[number].closed and following.continued:
            owners[number] = owners[number + 1]


def _carry_on(
    tree: Tree,
    drafts: list[Draft],
    quotations: tuple[Quotation, ...],
    by_block: dict[int, list[_Anchor]],
    owners: list[int | None],
) -> None:
    """Quotations that nobody owns yet, by who spoke before them; in order of the text."""
    text = tree.parsed.document.text
    last: dict[int, int] = {}  # who was quoted last, by block
    for number, quotation in enumerate(quotations):
        words = text[quotation.inner_start : quotation.inner_end].split()
        if owners[number] is None and len(words) >= _LONG and _stands_free(text, quotation):
            owner = owners[number - 1] if quotation.continued and number else None
            if owner is None:
                owner = last.get(quotation.block)
            if owner is None:
                owner = _after_colon(tree, quotation, by_block, text)
            owners[number] = _alone(tree, quotation, last, text) if owner is None else owner
        owner = owners[number]
        if owner is not None and drafts[owner].kind != "judgement":
            last[quotation.block] = owner


def _grow(tree: Tree, draft: Draft, quotations: tuple[Quotation, ...], starts: list[int]) -> Draft:
    """Pieces stretched over the quotations they cut, clipped to the one that the cue itself stands in."""
    home = None if draft.cue is None else _at(quotations, starts, tree.token(draft.cue[0]).start)
    pieces = []
    for start, end in draft.pieces:
        if home is not None and home.start <= start < home.end:
            pieces.append((start, min(end, home.inner_end) if home.closed else end))
            continue
        first, last = _at(quotations, starts, start), _at(quotations, starts, max(start, end - 1))
        low = first.start if first is not None and first.closed else start
        high = last.end if last is not None and last.closed else end
        low = low if not _hits_cue(tree, draft, low, start) else start
        high = high if not _hits_cue(tree, draft, end, high) else end
        if last is None:  # the closing mark may stand behind the stop
            after = _just_behind(quotations, starts, tree.parsed.document.text, end)
            high = max(high, after)
        pieces.append((low, high))
    return draft.with_pieces(tuple(pieces))


def _just_behind(quotations: tuple[Quotation, ...], starts: list[int], text: str, end: int) -> int:
    index = bisect_right(starts, end) - 1
    if index < 0:
        return end
    quotation = quotations[index]
    if quotation.closed and quotation.end > end and not text[end : quotation.inner_end].strip(" .,;:!?…"):
        return quotation.end
    return end


def _hits_cue(tree: Tree, draft: Draft, low: int, high: int) -> bool:
    return draft.cue is not None and low <= tree.token(draft.cue[0]).start < high


def _at(quotations: tuple[Quotation, ...], starts: list[int], offset: int) -> Quotation | None:
    index = bisect_right(starts, offset) - 1
    return quotations[index] if index >= 0 and offset < quotations[index].end else None


def _anchors(tree: Tree, drafts: list[Draft]) -> list[_Anchor]:
    parsed = tree.parsed
    found = []
    for number, draft in enumerate(drafts):
        if draft.cue is None or not (draft.quotable or draft.rule == "verb.clause"):
            continue
        first, last = draft.cue
        if draft.source is not None:
            first, last = min(first, draft.source[0]), max(last, draft.source[1])
        sentence = parsed.sentences[parsed.tokens[draft.cue[0]].sentence]
        found.append(
            _Anchor(
                number,
                parsed.tokens[first].start,
                parsed.tokens[last - 1].end,
                sentence.block_index,
                sentence.i,
            )
        )
    return sorted(found, key=lambda anchor: anchor.start)


def _covered(drafts: list[Draft], quotations: tuple[Quotation, ...], starts: list[int]) -> dict[int, int]:
    """Which draft's content holds a quotation already; the widest one speaks."""
    owner: dict[int, int] = {}
    widest: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        for start, end in draft.pieces:
            for index in range(bisect_left(starts, start), bisect_left(starts, end)):
                if quotations[index].end <= end + 2 and widest.get(index, 0) < end - start:
                    owner[index], widest[index] = number, end - start
    return owner


def _beside(drafts: list[Draft], quotation: Quotation, anchors: list[_Anchor], text: str) -> int | None:
    """The nearest cue whose words end right before the quotation or start right behind it."""
    best: tuple[int, int] | None = None
    first = bisect_left(anchors, quotation.start, key=lambda anchor: anchor.start)
    behind = bisect_left(anchors, quotation.end, key=lambda anchor: anchor.start)
    for anchor in anchors[max(0, first - 2) : first] + anchors[behind : behind + 2]:
        draft = drafts[anchor.draft]
        if anchor.start >= quotation.end:
            gap = text[quotation.end : anchor.start] if anchor.start - quotation.end <= _BESIDE else None
            fits = gap is not None and not gap.strip(" ,\t—–-") and not _ends(text, quotation)
        elif anchor.end <= quotation.start:
            gap = text[anchor.end : quotation.start] if quotation.start - anchor.end <= _BESIDE else None
            fits = (
                gap is not None
                and not any(mark in gap for mark in '.!?\n”"')
                and (not draft.pieces or ":" in gap)
            )
        else:
            continue
        if fits and gap is not None and (best is None or len(gap) < best[0]):
            best = (len(gap), anchor.draft)
    return None if best is None else best[1]


def _ends(text: str, quotation: Quotation) -> bool:
    """Whether a quotation ends its sentence, so that what follows is a new one."""
    return quotation.inner_end > 0 and text[quotation.inner_end - 1] == "."


def _stands_free(text: str, quotation: Quotation) -> bool:
    """Whether a quotation begins a sentence by itself."""
    before = text[max(0, quotation.start - 3) : quotation.start].rstrip(" ")
    return not before or before[-1] in '.!?”"’\n:,…' or before.endswith("''")


def _alone(tree: Tree, quotation: Quotation, block_last: dict[int, int], text: str) -> int | None:
    """A paragraph of nothing but a quotation: whoever was quoted last in the paragraph before goes on."""
    block = tree.parsed.document.blocks[quotation.block]
    if text[block.start : quotation.start].strip() or text[quotation.end : block.end].strip(" .\n"):
        return None
    return block_last.get(quotation.block - 1)


def _after_colon(
    tree: Tree, quotation: Quotation, by_block: dict[int, list[_Anchor]], text: str
) -> int | None:
    """ "He went on:" at the end of the paragraph before."""
    blocks = tree.parsed.document.blocks
    block = blocks[quotation.block]
    if text[block.start : quotation.start].strip():
        return None
    for index in range(quotation.block - 1, max(-1, quotation.block - 3), -1):
        before = text[blocks[index].start : blocks[index].end].rstrip()
        if before:
            anchors = by_block.get(index, [])
            return anchors[-1].draft if before.endswith(":") and anchors else None
    return None
