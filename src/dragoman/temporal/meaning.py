"""What the words of a time expression say, before the report tells when that is."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.timex import TimexType


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    The parts that the words give; None and "" where they give nothing.

    Attributes:
        kind: "date" (calendar parts), "unit" (this or next or last week), "shift" (two days later),
            "deictic" (today), "holiday", "clock", "part" (night), "duration", "set", "ref" (now).
        year, month, day: calendar numbers; years before our era are negative: 264 BC is -264.
        weekday: 1 Monday to 7 Sunday.
        season, part, clock: TIMEX3 letters ("SP"; "MO"; "T15:30").
        decade, century, half, quarter: "196", "19" (first digits of the years), "H1", "1".
        relative: how a date without a year is tied: "last", "this", "next", "that", "year", ...
        anchor: "dct" or "previous" (the time that the narrative has reached), for units and shifts.
        offset: how many units away, for "unit"; the sign, for "shift".
        count, unit: quantity ("3", "X" for "several") and its TIMEX3 unit ("D", "TH" for hours).
        value: fixed TIMEX3 value for "ref" and "set", month and day or "EASTER" for "holiday".
        mod: TIMEX3 mod.
        bc: whether it lies before our era (decades and centuries).
    """

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str = ""
    part: str = ""
    clock: str = ""
    decade: str = ""
    century: str = ""
    half: str = ""
    quarter: str = ""
    relative: str = ""
    anchor: str = ""
    offset: int = 0
    count: str = ""
    unit: str = ""
    value: str = ""
    mod: str = ""
    bc: bool = False

    @property
    def full(self) -> bool:
        """Whether the words give a year, a month and a day."""
        return self.year is not None and self.month is not None and self.day is not None


@dataclass(frozen=True, slots=True)
class Expression:
    """
    A time expression found in the text, not yet resolved.

    ``start`` and ``end`` are code points of the text, ``start_token`` and ``end_token`` the tokens
    they touch.
    ``rule`` names the rule that found it; ``link`` says how it continues the expression before it:
    "range" ("January 10" - "13"), "list" ("May 4" and "5") or "".
    """

    start: int
    end: int
    start_token: int
    end_token: int
    meaning: Meaning
    rule: str
    link: str = ""

    @property
    def type(self) -> TimexType:
        """The TIMEX3 type."""
        meaning = self.meaning
        if meaning.kind == "duration":
            return TimexType.DURATION
        if meaning.kind == "set":
            return TimexType.SET
        fine = meaning.kind in {"clock", "part"} or meaning.part or meaning.clock
        return TimexType.TIME if fine else TimexType.DATE
