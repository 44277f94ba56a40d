"""Time expressions and the report's own date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.model.document import DateWitness
from dragoman.model.reason import Reason
from dragoman.model.span import Span


class TimexType(StrEnum):
    """TIMEX3 types (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Timex:
    """
    A time expression.

    Attributes:
        span: its words, without preposition.
        start_token, end_token: the same in tokens (end exclusive).
        type: TIMEX3 type.
        value: TIMEX3 value ("2022-01-10", "XXXX-WXX-5", "2022-W03", "P3D", "PRESENT_REF").
        mod: TIMEX3 mod ("APPROX", "START", "END", "BEFORE", ...), else "".
        edtf: the value as a date of the codebook (EDTF), as fine as the words allow and no finer;
            None where the text does not decide or where it is no date. A preposition that bounds
            the date counts: "until Friday" gives "../2022-01-21", "since 10 January" "2022-01-10/..".
        anchor: what a relative expression was resolved against: "dct", "previous" (the time the
            narrative had reached), "text" (a year from the text's chronology), "" where absolute.
        reason: why this value.
    """

    span: Span
    start_token: int
    end_token: int
    type: TimexType
    value: str
    edtf: str | None
    reason: Reason
    mod: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """
    The report's own date: EDTF or None, ``basis`` as the codebook ("stated", "inferred", "unknown").

    ``edtf`` is what the record shows as the date of publication. ``dct_low`` and ``dct_high`` (ISO
    days or None) bound it where only bounds are known; relative dates resolve against them only
    where both ends give the same answer.
    """

    edtf: str | None
    basis: str
    reasons: tuple[Reason, ...] = ()
    witnesses: tuple[DateWitness, ...] = ()
    dct_low: str | None = None
    dct_high: str | None = None


@dataclass(frozen=True, slots=True)
class Chronology:
    """All that the temporal stage found: time expressions in order and the report's own date."""

    timexes: tuple[Timex, ...]
    published: Published
