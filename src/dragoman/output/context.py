"""Words of a report in their surroundings."""

from __future__ import annotations

from rich.text import Text

from dragoman.model import Span
from dragoman.output.words import visible

_AROUND = 60  # characters shown on either side


def in_context(text: str | None, span: Span, *, around: int = _AROUND) -> Text:
    """
    The words of a span, marked by brackets and colour, with what stands around them and their line.

    The surroundings end at the paragraph and are cut at a word. Without the text the words stand alone,
    and where the text does not hold them at that place this is said: it is not what was read.
    """
    words = (f"[{visible(span.exact)}]", "yellow")
    if text is None:
        return Text.assemble("“", words, "”")
    if text[span.start : span.end] != span.exact:
        return Text.assemble("“", words, "”", (" is not what the stored text holds there", "bold red"))
    before, after = (
        _before(text[max(0, span.start - around) : span.start], cut=span.start > around),
        _after(text[span.end : span.end + around], cut=span.end + around < len(text)),
    )
    return Text.assemble("“", before, words, after, "”", (f" line {line_at(text, span)}", "dim"))


def line_at(text: str, span: Span) -> int:
    """The line of the stored text, from 1, on which a span starts."""
    return text.count("\n", 0, span.start) + 1


def _before(text: str, *, cut: bool) -> str:
    start = text.rfind("\n\n")
    if start >= 0:
        text = text[start:]
    elif cut:
        text = "… " + text.partition(" ")[2]
    shown = visible(text)
    return f"{shown} " if shown and text[-1:].isspace() else shown


def _after(text: str, *, cut: bool) -> str:
    end = text.find("\n\n")
    if end >= 0:
        text = text[:end]
    elif cut:
        text = text.rpartition(" ")[0] + " …"
    shown = visible(text)
    return f" {shown}" if shown and text[:1].isspace() else shown
