"""Speech with its speaker set in front: transcripts ("Ana Moro: ...") and headlines ("Moro: no deal")."""

from __future__ import annotations

import re

from dragoman.model import BlockKind
from dragoman.statements.draft import Draft, piece_of
from dragoman.statements.quotation import Quotation
from dragoman.statements.tables import cue_forms
from dragoman.statements.tree import Tree

_LABEL = re.compile(r"[\"“*]{0,2}([A-Z][\w.’'\u00ad -]{1,70}?)( ?\([^()\n]{1,40}\))? ?:\**(?=\s|$)")
_SHORT_LABEL = re.compile(r"(Q|A|M) (?=[A-Z“\"(])")
_QUESTIONERS = frozenset({
    "question", "q", "reporter", "journalist", "remark", "remarks", "answer", "a", "m", "moderator",
    "operator", "aide", "correspondent", "interpreter", "press", "reply", "response", "questioner", "host",
    "anchor", "presenter",
})  # fmt: skip
# Labels of matter, not of speakers, that begin paragraphs of press releases.
_NO_SPEAKER = re.compile(
    r"(?i)\b(statement|fact sheet|readout|note|update|source|photo|video|contact|subject|date|time|place|"
    r"location|agenda|terms|tariffs?|participants?|members?|related|background|summary|announcement|"
    r"read more|watch|listen|see also|end|copyright|advertisement|topic|category|tags?|press release|embargo|"
    r"the following|as follows|goals?|commitments?|areas?|details?|part|section|chapter|article|annex|point|"
    r"step|phase|pillar|number|table|figure|poll|live|breaking|analysis|opinion|editorial|interview|"
    r"exclusive|list|meeting|visit|conversation|remarks|address|speech|trip|call|schedule|opening|beginning|"
    r"excerpts?|transcript|talks|deal|crisis|war|peace)\b"
)
_SIGNED = re.compile(r"\s*([―—–]|--?)\s*([A-Z]\S+)")
_SIGNATURES = ("FOR ", "ON BEHALF", "DONE ", "IN WITNESS")  # how treaties are signed
_END = re.compile(r"(?:END\b|\d{1,2}:\d\d [AP]\.?M\.?)", re.IGNORECASE)  # last lines of a transcript
_STAGE = re.compile(r"[(<\[*_]")


def find_labelled(tree: Tree) -> list[Draft]:
    """
    Turns of a transcript, one draft a paragraph, and the speaker of a headline.

    A text is a transcript where at least two paragraphs begin with a speaker's label, or one label names a
    person. Paragraphs without a label go on with the last speaker; a stage direction or a questioner's
    label ends that. Questions are nobody's statement and make no draft.
    """
    parsed = tree.parsed
    text, blocks = parsed.document.text, parsed.document.blocks
    sentences_of: dict[int, list[int]] = {}
    for sentence in parsed.sentences:
        sentences_of.setdefault(sentence.block_index, []).append(sentence.i)
    labels: dict[int, tuple[int, int, int]] = {}  # block: start, end of the label, start of the speech
    unknown: set[int] = set()
    people = _people(tree)
    for index in list(sentences_of)[1:]:  # the first paragraph may be a headline that nobody marked
        block = blocks[index]
        if block.kind is BlockKind.PARAGRAPH:
            label = _label(text, block.start, block.end)
            if label is not None and _is_speaker(text, label, people):
                labels[index] = label
            elif label is not None and " " in text[label[0] : label[1]]:
                unknown.add(index)
    if not _is_transcript(text, labels):
        return _headline(tree, sentences_of)
    drafts = _headline(tree, sentences_of)
    speaker: tuple[int, int] | None = None
    for index in sorted(sentences_of):
        block = blocks[index]
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        start = block.start
        if index in labels:
            label = labels[index]
            asks = text[label[0] : label[1]].casefold() in _QUESTIONERS
            speaker, start = (None if asks else label[:2]), label[2]
        elif _STAGE.match(text, block.start):
            continue
        elif index in unknown or _END.match(text, block.start):
            # somebody speaks whom we do not know: rather nobody than the last speaker
            speaker = None
        if speaker is not None:
            draft = _turn(tree, sentences_of[index], start, speaker)
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


def _label(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Bounds of a paragraph's label and where the speech starts."""
    short = _SHORT_LABEL.match(text, start, end)
    if short:
        return short.start(1), short.end(1), short.end()
    match = _LABEL.match(text, start, min(end, start + 130))
    if match is None:
        return None
    words = match.group(1).split()
    small = sum(
        not word[0].isupper() and word not in {"of", "the", "and", "for", "de", "von", "der", "al"}
        for word in words
    )
    if len(words) > 1 and words[0].lower() in cue_forms():  # "Continued Moro: “…”" is a cue and its source
        return None
    if small or len(words) > 12 or _NO_SPEAKER.search(match.group(1)):
        return None
    return match.start(1), match.end(1), match.end()


def _people(tree: Tree) -> tuple[frozenset[int], frozenset[int]]:
    """Where names of persons and offices begin and end."""
    tokens = tree.parsed.tokens
    names = [name for name in tree.parsed.names if name.label in {"PER", "ROLE"}]
    starts = frozenset(tokens[name.start_token].start for name in names)
    return starts, frozenset(tokens[name.end_token - 1].end for name in names)


def _is_speaker(
    text: str, label: tuple[int, int, int], people: tuple[frozenset[int], frozenset[int]]
) -> bool:
    """Whether a label names somebody: a person or office, a role in capitals, or the one who asks."""
    words = text[label[0] : label[1]]
    starts, ends = people
    speech = bool(text[label[2] : label[2] + 20].strip(" \t").partition("\n")[0])
    capitals = words.isupper() and len(words) > 3 and speech and not words.startswith(_SIGNATURES)
    return label[0] in starts or label[1] in ends or capitals or words.casefold() in _QUESTIONERS


def _is_transcript(text: str, labels: dict[int, tuple[int, int, int]]) -> bool:
    """Two labels, one of them of a person; or one person's with name and office or first name."""
    names = [text[start:end] for start, end, _ in labels.values()]
    persons = [name for name in names if name.casefold() not in _QUESTIONERS]
    return bool(persons) and (len(names) >= 2 or " " in persons[0])


def _turn(tree: Tree, sentences: list[int], start: int, speaker: tuple[int, int]) -> Draft | None:
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
