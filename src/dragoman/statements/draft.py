"""What a rule proposes: source, cue and pieces of content, before quotations and speakers are settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.model import Token
from dragoman.statements.tree import Tree

_STOPS = frozenset({",", ":", ";", ".", "…", "..."})
_DASHES = frozenset({"–", "—", "-"})
# Words that show a "that" run together with them for what it is ("thatthe").
_AFTER_THAT = frozenset("the he she it they we a an this there his her its their our all no in on".split())

Piece = tuple[int, int]  # characters of the stored text


@dataclass(frozen=True, slots=True)
class Draft:
    """
    One attribution in the making.

    Attributes:
        head: head token of the source, None where only the context names it.
        source: tokens of the source (end exclusive), or None.
        cue: tokens of the cue (end exclusive), or None.
        pieces: characters of the content, in order, one or more once the draft is done.
        kind: class of the cue (speech, thought, plan, judgement).
        rule: name of the rule.
        quotable: whether a quotation may still be added to it.
        named: words of the source where no token names it (a transcript's label), as characters.
    """

    head: int | None
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    pieces: tuple[Piece, ...]
    kind: str
    rule: str
    quotable: bool = False
    named: Piece | None = None

    def with_pieces(self, pieces: tuple[Piece, ...]) -> Draft:
        """The same with other content."""
        return replace(self, pieces=pieces)

    @property
    def start(self) -> int:
        """Where its content begins, to order drafts."""
        return self.pieces[0][0] if self.pieces else -1


def piece_of(
    tree: Tree, start: int, end: int, head: int | None = None, *, whole: bool = False
) -> Piece | None:
    """
    The characters of tokens ``start`` to ``end`` without "that" in front and without a stop behind.

    Closing quotation marks stay, so that a quotation can be recognised later; None where nothing is left.
    Outside quotations a piece stays within one printed sentence, that of ``head`` or its first: a
    parser that ran two sentences together does not make one statement of them, except where ``whole`` is
    asked for. A "that" run together with the next word is cut off.
    """
    tokens = tree.parsed.tokens
    if not whole:
        start, end = _within_sentence(tree, start, end, start if head is None else head)
    while start < end and (
        tokens[start].lower in _STOPS or tokens[start].text in _DASHES or _is_that(tokens[start])
    ):
        start += 1
    while end > start and (tokens[end - 1].text in _STOPS or tokens[end - 1].text in _DASHES):
        end -= 1
    if start >= end:
        return None
    first = tokens[start]
    fused = first.lower.startswith("that") and first.lower[4:] in _AFTER_THAT
    return first.start + (4 if fused else 0), tokens[end - 1].end


def _is_that(token: Token) -> bool:
    return token.lower == "that" and (token.pos == "SCONJ" or token.dep == "mark")


def _within_sentence(tree: Tree, start: int, end: int, head: int) -> tuple[int, int]:
    """The part of a run of tokens that stands in the printed sentence of ``head``."""
    tokens = tree.parsed.tokens
    low, high = start, end
    for k in range(start, end - 1):
        if tokens[k].text in {".", "?", "!"} and not tree.quoted[k] and tokens[k + 1].text[0].isupper():
            if k < head:
                low = k + 1
            else:
                high = k + 1
                break
    return low, high
