"""What a rule proposes: source, cue and pieces of content, before quotations and speakers are settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.statements.tree import Tree

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


def piece_of(tree: Tree, start: int, end: int) -> Piece | None:
    """
    The characters of tokens ``start`` to ``end`` without "that" in front and without a stop behind.

    Closing quotation marks stay, so that a quotation can be recognised later; None where nothing is left.
    """
    tokens = tree.parsed.tokens
    while start < end and (
        tokens[start].lower in {"that", ",", ":", ";", ".", "…"} or tokens[start].text in {"–", "—", "-"}
    ):
        if tokens[start].lower == "that" and not (
            tokens[start].pos == "SCONJ" or tokens[start].dep == "mark"
        ):
            break
        start += 1
    while end > start and tokens[end - 1].text in {",", ".", ";", ":", "–", "—", "-", "...", "…"}:
        end -= 1
    if start >= end:
        return None
    return tokens[start].start, tokens[end - 1].end
