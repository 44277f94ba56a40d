"""Speech with its speaker set in front: transcripts ("Ana Moro: ...") and headlines ("Moro: no deal")."""

from __future__ import annotations

import re

from dragoman.language.turns import find_turns
from dragoman.model import BlockKind
from dragoman.statements.draft import Draft, piece_of
from dragoman.statements.quotation import Quotation
from dragoman.statements.tree import Tree

_SIGNED = re.compile(r"\s*([―—–]|--?)\s*([A-Z]\S+)")


def find_labelled(tree: Tree) -> list[Draft]:
    """
    Turns of a transcript, one draft a paragraph, and the speaker of a headline.

    Questions, and what somebody says whom the labels do not name, are nobody's statement and make no draft.
    """
    sentences_of: dict[int, list[int]] = {}
    for sentence in tree.parsed.sentences:
        sentences_of.setdefault(sentence.block_index, []).append(sentence.i)
    drafts = _headline(tree, sentences_of)
    for turn in find_turns(tree.parsed):
        draft = (
            None if turn.speaker is None else _said(tree, sentences_of[turn.block], turn.start, turn.speaker)
        )
        if draft is not None:
            drafts.append(draft)
    return drafts


def find_signed(tree: Tree, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """ "“…” ― A. Speaker": a paragraph that is one quotation with a dash and a name behind it."""
    parsed = tree.parsed
    text, drafts = parsed.document.text, []
    for quotation in quotations:
        block = parsed.document.blocks[quotation.block]
        if not quotation.closed or text[block.start : quotation.start].strip():
            continue
        match = _SIGNED.match(text, quotation.end, block.end)
        if match is None or block.end - match.start(1) > 160:
            continue
        dash, first = parsed.token_at(match.start(1)), parsed.token_at(match.start(2))
        if dash is None or first is None or dash >= first:
            continue
        last = first
        while last < len(parsed.tokens) and parsed.tokens[last].start < block.end:
            last += 1
        end = next((k for k in range(first, last) if parsed.tokens[k].text == ","), last)
        drafts.append(
            Draft(
                first,
                (first, end),
                (dash, dash + 1),
                ((quotation.start, quotation.end),),
                "speech",
                "label.signed",
            )
        )
    return drafts


def _said(tree: Tree, sentences: list[int], start: int, speaker: tuple[int, int]) -> Draft | None:
    parsed = tree.parsed
    first = parsed.sentences[sentences[0]].start_token
    last = parsed.sentences[sentences[-1]].end_token
    while first < last and parsed.tokens[first].start < start:
        first += 1
    piece = piece_of(tree, first, last, whole=True)
    if piece is None:
        return None
    return Draft(None, None, None, (piece,), "speech", "label.transcript", named=speaker)


def _headline(tree: Tree, sentences_of: dict[int, list[int]]) -> list[Draft]:
    """ "Lavrov: no deal in sight": a name and a colon at the head of a headline."""
    parsed, drafts = tree.parsed, []
    for rows in sentences_of.values():
        sentence = parsed.sentences[rows[0]]
        if sentence.block is not BlockKind.HEADLINE:
            continue
        for name in parsed.names:
            if name.start_token > sentence.start_token + 6:
                break
            colon = name.end_token
            if name.start_token < sentence.start_token or name.label not in {"PER", "ORG", "GPE", "ROLE"}:
                continue
            end = parsed.sentences[rows[-1]].end_token
            if colon < end - 1 and parsed.tokens[colon].text == ":":
                piece = piece_of(tree, colon + 1, end)
                between = all(
                    parsed.tokens[k].pos in {"PROPN", "ADJ", "NOUN"}
                    for k in range(sentence.start_token, colon)
                )
                if piece is not None and between:
                    head = tree.token(name.end_token - 1).i
                    source = (sentence.start_token, colon)
                    drafts.append(
                        Draft(head, source, (colon, colon + 1), (piece,), "speech", "label.headline")
                    )
                break
    return drafts
