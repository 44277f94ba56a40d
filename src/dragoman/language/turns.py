"""Transcripts: which paragraphs are somebody's own words, and whose ("Ana Moro: ...")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import BlockKind, Parsed

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
_SIGNATURES = ("FOR ", "ON BEHALF", "DONE ", "IN WITNESS")  # how treaties are signed
_END = re.compile(r"(?:END\b|\d{1,2}:\d\d [AP]\.?M\.?)", re.IGNORECASE)  # last lines of a transcript
_STAGE = re.compile(r"[(<\[*_]")


@dataclass(frozen=True, slots=True)
class Turn:
    """
    A paragraph that is spoken.

    Attributes:
        block: its number among the blocks of the document.
        start: where the speech begins, behind the label.
        speaker: bounds of the label that names who speaks; None for questions and where it is not known.
    """

    block: int
    start: int
    speaker: tuple[int, int] | None


def find_turns(parsed: Parsed) -> tuple[Turn, ...]:
    """
    The spoken paragraphs of a transcript in order, () of any other text.

    A text is a transcript where at least two paragraphs begin with a speaker's label, or one label names a
    person. Paragraphs without a label go on with the last speaker; a label that names nobody known ends that.
    Stage directions are nobody's words.
    """
    text, blocks = parsed.document.text, parsed.document.blocks
    told = sorted({sentence.block_index for sentence in parsed.sentences})
    labels: dict[int, tuple[int, int, int]] = {}  # block: start, end of the label, start of the speech
    unknown: set[int] = set()
    people = _people(parsed)
    for index in told[1:]:  # the first paragraph may be a headline that nobody marked
        block = blocks[index]
        if block.kind is BlockKind.PARAGRAPH:
            label = _label(parsed, block.start, block.end)
            if label is not None and _is_speaker(text, label, people):
                labels[index] = label
            elif label is not None and " " in text[label[0] : label[1]]:
                unknown.add(index)
    return tuple(_turns(parsed, told, labels, unknown)) if _is_transcript(text, labels) else ()


def _turns(
    parsed: Parsed, told: list[int], labels: dict[int, tuple[int, int, int]], unknown: set[int]
) -> list[Turn]:
    text, blocks = parsed.document.text, parsed.document.blocks
    found: list[Turn] = []
    speaker: tuple[int, int] | None = None
    for index in told:
        block = blocks[index]
        if block.kind is not BlockKind.PARAGRAPH or (index not in labels and _STAGE.match(text, block.start)):
            continue
        start = block.start
        if index in labels:
            label = labels[index]
            asks = text[label[0] : label[1]].casefold() in _QUESTIONERS
            speaker, start = (None if asks else label[:2]), label[2]
        elif index in unknown or _END.match(text, block.start):
            # somebody speaks whom we do not know: rather nobody than the last speaker
            speaker = None
        if found or index in labels:
            found.append(Turn(index, start, speaker))
    return found


def _label(parsed: Parsed, start: int, end: int) -> tuple[int, int, int] | None:
    """Bounds of a paragraph's label and where the speech starts."""
    text = parsed.document.text
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
    first = parsed.token_at(match.start(1))
    if len(words) > 1 and first is not None and parsed.tokens[first].pos == "VERB":
        return None  # "Continued Moro: “…”" is a cue and its source
    if small or len(words) > 12 or _NO_SPEAKER.search(match.group(1)):
        return None
    return match.start(1), match.end(1), match.end()


def _people(parsed: Parsed) -> tuple[frozenset[int], frozenset[int]]:
    """Where names of persons and offices begin and end."""
    tokens = parsed.tokens
    names = [name for name in parsed.names if name.label in {"PER", "ROLE"}]
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
