"""All statements of a report, from drafts to values."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dragoman.model import Actors, Chronology, Parsed, Reason, Statement
from dragoman.statements.draft import Draft, Piece
from dragoman.statements.labels import find_labelled, find_signed
from dragoman.statements.nouns import find_nominal
from dragoman.statements.quotation import Quotation, find_quotations
from dragoman.statements.quotes import add_quotations
from dragoman.statements.speaker import Speaker, date_statement, name_speaker
from dragoman.statements.tree import Tree
from dragoman.statements.verbs import find_verbal

_FIRST_PERSON = frozenset({"i", "we", "you", "one"})
_NEEDS_SOMEBODY = frozenset({"verb.object", "verb.infinitive", "verb.object-complement", "verb.preposition"})
_EDGE = " \t\r\n\u00a0,;:–—-…"
_TAIL = _EDGE + ".!?"
_OPENING = frozenset("“„«‘\"'‹`")
_CLOSING = frozenset("”“»’\"'›")


def find_statements(parsed: Parsed, chronology: Chronology, actors: Actors) -> tuple[Statement, ...]:
    """
    What the report attributes to somebody: source, cue and content, in order of the content.

    Verbs and nouns of saying, thinking, meaning and judging (tables in ``data/statements``), "according
    to", labels of transcripts, and quotations that a cue stands beside. One statement for each unbroken
    piece of content; a quotation split by its cue is one statement a sentence (codebook section 5).

    Declined: attribution without a source ("it was said that"), a condition ("if he says that"), the
    speaker's own "I think" inside a quotation, a quotation with no cue in reach.

    Limits: what an unquoted sentence goes on to report without a cue of its own is not found.
    """
    quotations = find_quotations(parsed.document)
    tree = Tree.of(parsed, quotations)
    drafts = _told_once(find_verbal(tree), find_nominal(tree))
    drafts = add_quotations(tree, drafts, quotations)
    drafts = [draft for draft in drafts if _may_speak(tree, actors, draft)]
    drafts = _settle(tree, drafts + find_labelled(tree) + find_signed(tree, quotations), quotations)
    dates = date_statement(tree, chronology, drafts)
    found: list[Statement] = []
    before: Speaker | None = None
    seen: set[tuple[str, int, int]] = set()
    starts = [quotation.start for quotation in quotations]
    for number, draft in enumerate(drafts):
        speaker = name_speaker(tree, actors, draft, before)
        if speaker is None:
            continue
        before = speaker
        for start, end in _cut(parsed, draft, quotations, starts):
            key = (speaker.name, start, end)
            if key not in seen:
                seen.add(key)
                found.append(
                    _statement(parsed, draft, speaker, (start, end), quotations, starts, dates.get(number))
                )
    return tuple(sorted(found, key=lambda s: (s.content.start, s.content.end)))


def _may_speak(tree: Tree, actors: Actors, draft: Draft) -> bool:
    """Whether a source is somebody where the content is no clause: "the storm claimed lives" says nothing."""
    if draft.rule not in _NEEDS_SOMEBODY or draft.head is None:
        return True
    token = tree.token(draft.head)
    return token.pos in {"PROPN", "PRON"} or actors.at(draft.head) is not None


def _told_once(verbal: list[Draft], nominal: list[Draft]) -> list[Draft]:
    """
    Verbal and nominal drafts without what both found.

    "Expressed hope that …" is the noun's (its clause is the content), "reaffirmed their commitment to …" the
    verb's (its object is).
    """
    by_verb = {draft.cue[1] - 1: draft for draft in verbal if draft.cue is not None}
    dropped: set[int] = set()
    kept: list[Draft] = []
    for draft in nominal:
        rivals = [k for k in range(*draft.cue) if k in by_verb] if draft.cue is not None else []
        rivals = [k for k in rivals if by_verb[k].rule == "verb.object"]
        if rivals and draft.kind == "plan":
            continue
        dropped.update(id(by_verb[k]) for k in rivals)
        kept.append(draft)
    return [draft for draft in verbal if id(draft) not in dropped] + kept


def _settle(tree: Tree, drafts: list[Draft], quotations: tuple[Quotation, ...]) -> list[Draft]:
    """Drafts that have content, in order of it, without the speaker's own asides inside quotations."""
    starts = [quotation.start for quotation in quotations]
    turns = sorted(piece for draft in drafts if draft.rule == "label.transcript" for piece in draft.pieces)
    turn_starts = [start for start, _ in turns]
    kept = []
    for draft in drafts:
        if not draft.pieces:
            continue
        if draft.cue is not None and draft.head is not None:
            at = tree.token(draft.cue[0]).start
            first_person = tree.token(draft.head).lower in _FIRST_PERSON
            spoken = _within(quotations, starts, at) or _in_turn(turns, turn_starts, at)
            if first_person and (spoken or draft.kind == "thought"):
                continue
        kept.append(draft)
    kept = _without_nested(tree, kept)
    return sorted(kept, key=lambda draft: draft.start)


def _without_nested(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """
    Drafts but those of thought, plan and judgement that lie within another's words.

    "He said that Malawi plans to …" is his statement, not Malawi's; "he said that she had
    announced …" holds two, as announcing is an act of saying that he reports.
    """
    outer = sorted((piece, k) for k, draft in enumerate(drafts) for piece in draft.pieces)
    starts = [piece[0] for piece, _ in outer]
    reach: list[tuple[int, int]] = []  # furthest end of a piece so far, and whose it is
    best = (-1, -1)
    for (_, end), k in outer:
        best = max(best, (end, k))
        reach.append(best)
    kept = []
    for k, draft in enumerate(drafts):
        if draft.kind != "speech" and draft.cue is not None:
            at = tree.token(draft.cue[0]).start
            index = bisect_right(starts, at) - 1
            if index >= 0 and reach[index][0] > at and reach[index][1] != k:
                continue
        kept.append(draft)
    return kept


def _within(quotations: tuple[Quotation, ...], starts: list[int], at: int) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < quotations[index].end


def _in_turn(turns: list[Piece], starts: list[int], at: int) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < turns[index][1]


def _cut(parsed: Parsed, draft: Draft, quotations: tuple[Quotation, ...], starts: list[int]) -> list[Piece]:
    """Pieces as the codebook has them: trimmed, and by sentences where a cue splits a quotation."""
    text = parsed.document.text
    pieces = [trim(text, start, end, quotations, starts) for start, end in _joined(text, draft.pieces)]
    kept = [piece for piece in pieces if piece is not None]
    if len(kept) < 2:
        return kept
    cut: list[Piece] = []
    for start, end in kept:
        for low, high in _by_sentence(parsed, start, end):
            piece = trim(text, low, high, quotations, starts)
            if piece is not None:
                cut.append(piece)
    return cut


def _joined(text: str, pieces: tuple[Piece, ...]) -> list[Piece]:
    """Pieces that overlap or touch, as one."""
    joined: list[Piece] = []
    for start, end in sorted(pieces):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" ,")):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _by_sentence(parsed: Parsed, start: int, end: int) -> list[Piece]:
    """A piece cut where a sentence begins."""
    tokens = parsed.tokens
    first = bisect_left(tokens, start, key=lambda token: token.start)
    cuts, sentence = [start], None
    for k in range(first, len(tokens)):
        token = tokens[k]
        if token.start >= end:
            break
        if sentence is not None and token.sentence != sentence and not _only_marks(token.text):
            cuts.append(token.start)
            sentence = token.sentence
        sentence = token.sentence if sentence is None else sentence
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _only_marks(text: str) -> bool:
    return not any(character.isalnum() for character in text)


def trim(
    text: str, start: int, end: int, quotations: tuple[Quotation, ...], starts: list[int]
) -> Piece | None:
    """
    Content from its first to its last word: no stop behind it, no marks around it.

    A closing mark stays where its quotation opens inside the content, and so does an opening mark whose
    quotation closes inside it, except where the two enclose all of it.
    """
    while True:
        while start < end and text[start] in _EDGE:
            start += 1
        while start < end and text[end - 1] in _TAIL and not _abbreviation(text, start, end):
            end -= 1
        if start >= end:
            return None
        first, last = text[start], text[end - 1]
        if first in _OPENING and _opens_outside(quotations, starts, start, end):
            start += 1
        elif last in _CLOSING and _closes_outside(quotations, starts, start, end):
            end -= 1
        elif (
            not any(character.isalnum() for character in text[start : min(end, start + 12)])
            and end - start < 12
        ):
            return None
        else:
            return start, end


def _abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a full stop at the end belongs to the word ("U.S.", "p.m.")."""
    return text[end - 1] == "." and end - start > 3 and text[end - 3] == "." and text[end - 2].isalpha()


def _opens_outside(quotations: tuple[Quotation, ...], starts: list[int], start: int, end: int) -> bool:
    """Whether the mark at ``start`` opens a quotation that reaches over the whole content, or none at all."""
    index = bisect_left(starts, start)
    if index < len(quotations) and starts[index] == start:
        return quotations[index].end >= end
    index -= 1
    return index < 0 or start >= quotations[index].end


def _closes_outside(quotations: tuple[Quotation, ...], starts: list[int], start: int, end: int) -> bool:
    """Whether the mark before ``end`` closes a quotation that opens before the content, or none."""
    index = bisect_right(starts, end - 1) - 1
    if index < 0 or end - 1 >= quotations[index].end:
        return True
    return quotations[index].start < start and quotations[index].inner_end < end


def _statement(
    parsed: Parsed,
    draft: Draft,
    speaker: Speaker,
    piece: Piece,
    quotations: tuple[Quotation, ...],
    starts: list[int],
    date: str | None,
) -> Statement:
    content = parsed.document.span(*piece)
    cue = None if draft.cue is None else parsed.span(*draft.cue)
    spans = tuple(span for span in (speaker.source, cue) if span is not None)
    return Statement(
        speaker=speaker.name,
        party=speaker.party,
        source=speaker.source,
        cue=cue,
        content=content,
        direct=_quoted(quotations, starts, *piece),
        date=date,
        reasons=(Reason(f"statement.{draft.rule}", draft.kind, spans),),
    )


def _quoted(quotations: tuple[Quotation, ...], starts: list[int], start: int, end: int) -> bool:
    """Whether any of the content stands in quotation marks."""
    index = bisect_right(starts, end - 1) - 1
    return index >= 0 and quotations[index].end > start
