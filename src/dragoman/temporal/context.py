"""What the resolver knows while it reads: the report's own date, and the time the text has reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.model.span import Span


@dataclass(frozen=True, slots=True)
class Dct:
    """
    The report's own day (document creation time), or the days between which it lies.

    Both None: nothing is known. Equal: the day is known.
    """

    low: date | None = None
    high: date | None = None

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def ends(self) -> tuple[date, ...]:
        """Both ends, () where one is open: a relative date holds only where both ends give it."""
        if self.low is None or self.high is None:
            return ()
        return (self.low,) if self.low == self.high else (self.low, self.high)


UNKNOWN = Dct()


@dataclass(frozen=True, slots=True)
class FullDate:
    """
    A day with its year that the text itself gives, with its place and whether its clause is past.

    ``given`` is false where the year came from the chronology of the others; ``direct`` is true where
    the date hangs on the verb itself ("met on 5 May 2021"), so that its tense is the date's;
    ``qualifies`` where it only names a thing ("the September 11, 2001 attacks") and tells nothing of
    the report's own time.
    """

    day: date
    start: int
    sentence: int
    past: bool
    future: bool
    span: Span
    given: bool = True
    direct: bool = False
    qualifies: bool = False
