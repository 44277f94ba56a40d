"""Spans of a report's stored text: where the words stand that justify a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """
    A run of characters of one text, with the characters themselves.

    Offsets are Unicode code points into the stored text, zero-based, end exclusive;
    ``text[start:end] == exact`` always holds (W3C Web Annotation: a TextPositionSelector and a
    TextQuoteSelector kept together).
    """

    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``; ValueError where that is no span of it."""
        if not 0 <= start < end <= len(text):
            message = f"no span {start}:{end} in a text of {len(text)} characters"
            raise ValueError(message)
        return cls(start, end, text[start:end])

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end
