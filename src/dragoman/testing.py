"""
Reports built by hand for tests: a Document from its text, a Parsed from words with their tags.

No model is loaded. What these helpers build keeps the contract of :mod:`dragoman.model`: offsets fit
the text, sentences cover all tokens, names are in order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.model import (
    Actors,
    Block,
    BlockKind,
    Chronology,
    DateWitness,
    Document,
    Entity,
    Mention,
    Name,
    Parsed,
    Published,
    Reason,
    Sentence,
    Span,
    Timex,
    Token,
    Use,
    WitnessKind,
)

# Penn tags for UPOS where a test gives none; a sixth field overrides.
_TAGS = {
    "ADJ": "JJ", "ADP": "IN", "ADV": "RB", "AUX": "VBD", "CCONJ": "CC", "DET": "DT", "INTJ": "UH",
    "NOUN": "NN", "NUM": "CD", "PART": "RP", "PRON": "PRP", "PROPN": "NNP", "PUNCT": ".", "SCONJ": "IN",
    "SYM": "SYM", "VERB": "VBD", "X": "FW",
}  # fmt: skip
_NO_SPACE_BEFORE = frozenset(",.;:!?)]}%”’…") | {"'s", "’s", "n't", "n’t"}
_NO_SPACE_AFTER = frozenset("([{“‘$€£")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def make_document(
    text: str,
    *,
    id: str = "test",  # noqa: A002
    headline: bool = False,
    published: str | None = None,
    chrome: Sequence[str] = (),
    **fields: Any,
) -> Document:
    """
    A document whose blocks are the paragraphs of ``text`` (parted by blank lines).

    Args:
        text: the stored text.
        id: the document's id.
        headline: whether the first paragraph is the headline; it becomes the title.
        published: EDTF date that the metadata states; None for none.
        chrome: paragraphs, by their words, that are page furniture.
        fields: further fields of :class:`Document` (``url``, ``place``, ``publisher``, ``language``).
    """
    blocks: list[Block] = []
    for match in _PARAGRAPH.finditer(text):
        kind = BlockKind.PARAGRAPH
        if match.group().strip() in chrome:
            kind = BlockKind.CHROME
        elif headline and not any(block.kind is BlockKind.HEADLINE for block in blocks):
            kind = BlockKind.HEADLINE
        blocks.append(Block(match.start(), match.end(), kind))
    title = next((text[b.start : b.end] for b in blocks if b.kind is BlockKind.HEADLINE), None)
    witnesses = (DateWitness(WitnessKind.STATED, published),) if published else ()
    return Document(
        id=id,
        text=text,
        blocks=tuple(blocks),
        title=fields.pop("title", title),
        witnesses=witnesses,
        chrome=tuple(Span.of(text, b.start, b.end) for b in blocks if b.kind is BlockKind.CHROME),
        **fields,
    )


def make_parsed(
    spec: str,
    *,
    names: Sequence[tuple[str, str]] = (),
    published: str | None = None,
    **fields: Any,
) -> Parsed:
    """
    A parsed report written out word by word.

    One sentence a line, one word ``word/POS/relation/head`` with the head's place in the sentence
    from 1 (0 at the root); a fifth field is the lemma, a sixth the Penn tag. A blank line starts a
    paragraph; a line that starts with ``#`` is the headline. Spaces stand as in print.

        make_parsed("Lavrov/PROPN/nsubj/2 left/VERB/root/0/leave ././punct/2", names=[("PER", "Lavrov")])

    Args:
        spec: the words. ``PUNCT`` may be left out: ``./punct/2`` reads as ``./PUNCT/punct/2``.
        names: label and words of each name, in order of the text; searched from left to right.
        published: EDTF date that the metadata states.
        fields: further fields of the document.
    """
    text = ""
    rows: list[tuple[int, BlockKind, list[tuple[int, int, list[str]]]]] = []
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", spec.strip()):
        if text:
            text += "\n\n"
        start_of_block = len(text)
        kind = BlockKind.PARAGRAPH
        for raw in paragraph.strip().splitlines():
            line = raw.strip()
            if line.startswith("# "):
                kind, line = BlockKind.HEADLINE, line[2:]
            words = []
            for field_text in line.split():
                parts = _fields(field_text)
                word = parts[0]
                opening = len(text) == start_of_block
                joined = opening or word in _NO_SPACE_BEFORE or text[-1] in _NO_SPACE_AFTER
                text += word if joined else " " + word
                words.append((len(text) - len(word), len(text), parts))
            rows.append((len(blocks), kind, words))
        blocks.append(Block(start_of_block, len(text), kind))
    headline = next((b for b in blocks if b.kind is BlockKind.HEADLINE), None)
    document = Document(
        id="test",
        text=text,
        blocks=tuple(blocks),
        title=text[headline.start : headline.end] if headline else None,
        witnesses=(DateWitness(WitnessKind.STATED, published),) if published else (),
        **fields,
    )
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, (block, block_kind, words) in enumerate(rows):
        first = len(tokens)
        for start, end, parts in words:
            tokens.append(_token(len(tokens), first, number, start, end, parts))
        sentences.append(Sentence(number, first, len(tokens), block_kind, block))
    return Parsed(document, tuple(tokens), tuple(sentences), _names(tokens, names))


def make_chronology(
    published: str | None = None, *, timexes: Sequence[Timex] = (), basis: str = "stated"
) -> Chronology:
    """A chronology with a given date of publication (EDTF) and time expressions."""
    return Chronology(
        tuple(timexes),
        Published(published, basis if published else "unknown", dct_low=published, dct_high=published),
    )


def make_actors(parsed: Parsed, entities: Mapping[str, Entity] | None = None) -> Actors:
    """
    Actors by the words that name them.

    Args:
        parsed: the report.
        entities: what words refer to: ``{"Lavrov": Entity(...), "he": the same}``. Every occurrence
            of the words (as whole tokens, case kept) becomes a mention of that entity, longest first.
    """
    wanted = [(key.split(), entity) for key, entity in (entities or {}).items()]
    wanted.sort(key=lambda pair: -len(pair[0]))
    words = [token.text for token in parsed.tokens]
    mentions, at = [], 0
    while at < len(words):
        for key, entity in wanted:
            if words[at : at + len(key)] == key:
                mentions.append(_mention(parsed, at, at + len(key), entity))
                at += len(key) - 1
                break
        at += 1
    return Actors(tuple(mentions), {entity.id: entity for entity in (entities or {}).values()})


def _fields(text: str) -> list[str]:
    """Word, tag, relation, head, lemma, Penn tag of one written-out word."""
    parts = text.split("/")
    if len(parts) == 3:  # punctuation without its tag
        parts.insert(1, "PUNCT")
    if len(parts) < 4 or not parts[3].isdigit():
        raise ValueError(f"{text!r} is no word/POS/relation/head")
    return parts


def _token(i: int, first: int, sentence: int, start: int, end: int, parts: list[str]) -> Token:
    word, pos, dep, head = parts[:4]
    pos = "PUNCT" if pos in {word, ""} else pos
    lemma = parts[4] if len(parts) > 4 and parts[4] else (word if pos == "PROPN" else word.lower())
    tag = parts[5] if len(parts) > 5 else _TAGS.get(pos, "XX")
    head_index = first + int(head) - 1 if int(head) else i
    return Token(i, start, end, word, word.lower(), lemma, pos, tag, dep.lower(), head_index, sentence)


def _names(tokens: list[Token], names: Sequence[tuple[str, str]]) -> tuple[Name, ...]:
    words = [token.text for token in tokens]
    found, at = [], 0
    for label, name in names:
        key = name.split()
        while words[at : at + len(key)] != key:
            at += 1
            if at > len(words):
                raise ValueError(f"no words {name!r} left in the text")
        found.append(Name(label, at, at + len(key)))
        at += len(key)
    return tuple(found)


def _mention(parsed: Parsed, start: int, end: int, entity: Entity) -> Mention:
    inside = range(start, end)
    head = next((i for i in inside if parsed.tokens[i].head not in inside), end - 1)
    kind = entity.kind.value
    return Mention(
        span=parsed.span(start, end),
        start_token=start,
        end_token=end,
        head_token=head,
        label={"person": "PER", "state": "GPE", "organisation": "ORG", "forum": "FORUM"}.get(kind, "LOC"),
        entities=(entity.id,),
        parties=entity.parties,
        use=Use.PARTY if kind in {"person", "state", "organisation", "group"} else Use.OTHER,
        reason=Reason("test.mention", "named by the test"),
    )
