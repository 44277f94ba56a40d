"""Who said what: an attributed assertion with its source, cue and content."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.reason import Reason
from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """
    An act of saying (codebook section 5).

    Attributes:
        speaker: person or actor, fullest form in the report.
        party: party the speaker speaks for (``for`` in the record), or None.
        source: the words that name the speaker here, None where only the context does.
        cue: the words of saying; None for free direct speech.
        content: the words said, from first to last, without a leading "that".
        direct: whether any of it stands in quotation marks.
        date: EDTF or None.
        reasons: rules that made it.
    """

    speaker: str
    party: str | None
    source: Span | None
    cue: Span | None
    content: Span
    direct: bool
    date: str | None = None
    reasons: tuple[Reason, ...] = ()
