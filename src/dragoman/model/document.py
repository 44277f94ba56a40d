"""What was read: one report with its stored text, its layout and what was said about its date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.model.span import Span


class BlockKind(StrEnum):
    """What a block of the stored text is."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    BYLINE = "byline"
    CHROME = "chrome"


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of the stored text; blocks never overlap and stand in order."""

    start: int
    end: int
    kind: BlockKind


class WitnessKind(StrEnum):
    """Where a claim about the date of publication comes from, strongest first."""

    STATED = "stated"  # metadata given with the report (JSON lines `published`, HTML article meta)
    DATELINE = "dateline"  # "GENEVA, January 21, 2022 (AP) -"
    BYLINE = "byline"  # "By A. Reporter, 21 January 2022"
    URL = "url"  # /2022/01/21/ in the address
    PAGE = "page"  # a date in the page's header, footer or rendering line: weak


@dataclass(frozen=True, slots=True)
class DateWitness:
    """One witness of the date of publication: an EDTF string and, where it is in the text, its span."""

    kind: WitnessKind
    edtf: str
    span: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """
    One report.

    Attributes:
        id: the given ``id``, else the file's name.
        text: the stored text, headline first; every offset in a record points into it.
        blocks: the layout of ``text``: headline, paragraphs, bylines, page furniture (chrome).
        title: the headline as given or found, also where it is not in ``text``.
        origin: file (and line) the report came from, for messages.
        url: address as given; never fetched.
        publisher: outlet as given or found on the page.
        place: place of writing as given.
        language: BCP 47 language as given or identified.
        witnesses: what metadata, page and layout say of the date of publication; the temporal
            stage weighs them against the text.
        chrome: page furniture, also as blocks of kind ``chrome`` where it stands in ``text``.
    """

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    origin: str = ""
    url: str | None = None
    publisher: str | None = None
    place: str | None = None
    language: str | None = None
    witnesses: tuple[DateWitness, ...] = ()
    chrome: tuple[Span, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span of the stored text from ``start`` to ``end``."""
        return Span.of(self.text, start, end)


class DefectKind(StrEnum):
    """Faults of a report, codebook section 4."""

    FUSED_WORDS = "fused-words"
    LOST_WORDS = "lost-words"
    BROKEN_QUOTATION = "broken-quotation"
    HEADLINE_UNSUPPORTED = "headline-unsupported"
    NAME_VARIANT = "name-variant"
    DUPLICATE_PASSAGE = "duplicate-passage"
    UNATTRIBUTED_OPINION = "unattributed-opinion"
    DATE_CONFLICT = "date-conflict"


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault of the report with its words, and a note that says what is wrong with them."""

    kind: DefectKind
    span: Span
    note: str = ""
