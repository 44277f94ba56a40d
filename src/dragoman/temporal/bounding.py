"""Prepositions and ranges around dates, worked into their EDTF."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf, approximate
from dragoman.model.parsed import Parsed
from dragoman.model.reason import Reason
from dragoman.model.span import Span
from dragoman.model.timex import Timex
from dragoman.temporal.meaning import Expression
from dragoman.temporal.reading import Answer, qualifies

# What a preposition right before a date makes of it; "from" alone opens only where nothing ends it.
BOUNDING = {
    "until": "end", "till": "end", "by": "end", "before": "end", "through": "end",
    "since": "start", "after": "start", "following": "start", "from": "start",
}  # fmt: skip


def to_timexes(
    parsed: Parsed, resolved: list[tuple[Expression, Answer]], published: tuple[Span, ...] = ()
) -> list[Timex]:
    """
    Timexes with the ranges and the prepositions around them worked into their EDTF.

    ``published`` are the words that date the report; what is counted from its date relies on them too.
    """
    edtfs = [answer.edtf for _, answer in resolved]
    notes: list[tuple[str, tuple[Span, ...]]] = [("", ())] * len(resolved)
    ranged: set[int] = set()
    for index in range(len(resolved) - 1):
        joint = _range(parsed, resolved, index)
        if joint is None:
            continue
        interval = _interval(edtfs[index], edtfs[index + 1])
        if interval is None:
            continue
        words = parsed.document.span(resolved[index][0].start, resolved[index + 1][0].end)
        edtfs[index] = edtfs[index + 1] = interval
        notes[index] = notes[index + 1] = ("; the text gives both ends of a span", (words,))
        ranged |= {index, index + 1}
    timexes = []
    for index, (expression, answer) in enumerate(resolved):
        edtf, (note, spans) = edtfs[index], notes[index]
        if index not in ranged and edtf is not None:
            edtf, note, spans = _bounded(parsed, expression, edtf)
        if edtf is not None and expression.meaning.mod == "APPROX":
            edtf, note = approximate(edtf), f"{note}; the words say about"
        dated = published if answer.anchor == "dct" else ()
        reason = Reason(answer.rule, answer.note + note, (*answer.spans, *spans, *dated))
        span = parsed.document.span(expression.start, expression.end)
        timexes.append(
            Timex(
                span, expression.start_token, expression.end_token, expression.type,
                answer.value, edtf, reason,
                expression.meaning.mod, answer.anchor,
            )
        )  # fmt: skip
    return timexes


def _range(parsed: Parsed, resolved: list[tuple[Expression, Answer]], index: int) -> str | None:
    """
    How two neighbouring dates are the ends of a span: "-", "to", "and" after "between"; None where
    they are not.
    """
    first, second = resolved[index][0], resolved[index + 1][0]
    if first.meaning.kind != "date" or second.meaning.kind != "date":
        return None
    if second.start - first.end > 12:
        return None
    gap = parsed.document.text[first.end : second.start].lower()
    if gap == " — ":
        return None  # an apposition: "on Monday — January 10 —"
    gap = gap.strip()
    gap = gap.removesuffix(" the").strip()
    if gap in {"-", "–", "—", "‑", "through", "thru", "until", "till"}:
        return gap
    before = parsed.tokens[first.start_token - 1].lower if first.start_token else ""
    if gap == "to" and (
        before in {"from", "between"} or first.meaning.day is not None or first.meaning.month is not None
    ):
        return gap
    return gap if gap == "and" and before == "between" else None


def _interval(first: str | None, second: str | None) -> str | None:
    """
    The interval from one date to the other; the second may lack what the first gives (and the other
    way round).
    """
    one, two = Edtf.parse(first), Edtf.parse(second)
    if one is None or two is None or one.interval or two.interval or one.start is None or two.start is None:
        return None
    if one.start.year is None and two.start.year is not None:
        one = replace(one, start=replace(one.start, year=two.start.year))
    start, end = one.start, two.start
    if start is None or (start.year is None) != (end.year is None):
        return None
    text = f"{start}/{end}"
    if start == end:
        return None
    return text if Edtf.parse(text) is not None else None


def _bounded(parsed: Parsed, expression: Expression, edtf: str) -> tuple[str, str, tuple[Span, ...]]:
    """
    The date as the preposition before it bounds it, unless it only qualifies a noun ("after Tuesday's
    meeting").
    """
    at = expression.start_token - 1
    sentence = parsed.tokens[expression.start_token].sentence
    if at < 0 or parsed.tokens[at].sentence != sentence:
        return edtf, "", ()
    word = parsed.tokens[at]
    side = BOUNDING.get(word.lower, "")
    if not side or qualifies(parsed, expression):
        return edtf, "", ()
    value = Edtf.parse(edtf)
    limits = value.bounds if value else None
    if value is None or (value.interval and (value.start is None or value.end is None)):
        return edtf, "", ()
    if limits is not None and (limits[0] == FAR_PAST or limits[1] == FAR_FUTURE):
        return edtf, "", ()
    ends = (value.start, value.end)
    opened = f"../{ends[1]}" if side == "end" else f"{ends[0]}/.."
    words = parsed.document.span(word.start, expression.end)
    return opened, f"; “{word.text}” leaves one end open", (words,)
