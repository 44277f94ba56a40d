"""How far the reading of a report has come: what the rules that resolve its time expressions ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dragoman.model.document import BlockKind
from dragoman.model.parsed import Parsed
from dragoman.model.span import Span
from dragoman.temporal.context import Dct, FullDate
from dragoman.temporal.meaning import Expression
from dragoman.temporal.tense import Tense, governing
from dragoman.temporal.values import Point

ASIDE_YEARS = 0  # a jump of more years than this may be an aside


STORY_YEARS = 4  # dates with years from which an undated text reads as a narrative


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of an expression."""

    value: str
    edtf: str | None
    rule: str
    note: str
    anchor: str = ""
    spans: tuple[Span, ...] = ()
    point: Point | None = None


def is_narrative(expressions: list[Expression], dct: Dct) -> bool:
    """Whether an undated text tells a history: many years, few weekdays and "yesterdays"."""
    if dct.day is not None:
        return False
    years = sum(1 for expression in expressions if expression.meaning.year is not None)
    fresh = sum(
        1
        for expression in expressions
        if expression.meaning.kind == "deictic"
        or (expression.meaning.kind == "unit" and expression.meaning.anchor == "dct")
        or (expression.meaning.weekday is not None and not expression.meaning.full)
    )
    return years >= STORY_YEARS and fresh * 4 <= years


class Reading:
    """The expressions of one report and how far their reading has come; the rules ask it for context."""

    def __init__(
        self, parsed: Parsed, expressions: list[Expression], dct: Dct, fulls: tuple[FullDate, ...]
    ) -> None:
        self.parsed = parsed
        self.expressions = expressions
        self.dct = dct
        self.fulls = fulls
        self.narrative = is_narrative(expressions, dct)
        self.previous: Point | None = None
        self.previous_at: Expression | None = None
        self.chronology: dict[tuple[int | None, ...], tuple[int, Span] | None] = {}
        self.years_of_days: dict[tuple[int, int], tuple[int, Span]] = {}
        self.days_reached: list[tuple[Point, Expression]] = []

    def aside(self, index: int, expression: Expression, answer: Answer) -> bool:
        """
        Whether a year only looks elsewhere ("a study published in 2005") and the narrative goes
        on where it was.

        So where the next year that the text gives lies nearer to the time reached than to this one.
        """
        point = answer.point
        if (
            not self.narrative
            or self.previous is None
            or point is None
            or point.year is None
            or self.previous.year is None
        ):
            return False
        if expression.meaning.year is None or abs(point.year - self.previous.year) <= ASIDE_YEARS:
            return False
        for later in self.expressions[index + 1 : index + 40]:
            year = later.meaning.year
            if year is not None and later.meaning.kind == "date":
                return abs(year - self.previous.year) < abs(year - point.year)
        return True

    def advance(self, expression: Expression, answer: Answer) -> None:
        """Move the time that the text has reached to this expression's."""
        point = answer.point
        if point is None or point.year is None:
            return
        self.previous = point
        self.previous_at = expression
        if point.month is not None and point.day is not None:
            if not qualifies(self.parsed, expression):
                self.days_reached.append((point, expression))
            self.years_of_days.setdefault((point.month, point.day), (point.year, self.span(expression)))

    # --- small questions ---------------------------------------------------------------------------

    def span(self, expression: Expression) -> Span:
        """The words of an expression."""
        return self.parsed.document.span(expression.start, expression.end)

    def sentence(self, expression: Expression) -> int:
        """Index of its sentence."""
        return self.parsed.tokens[expression.start_token].sentence

    def tense(self, expression: Expression) -> Tense | None:
        """Tense of its clause."""
        return governing(self.parsed, expression.start_token)[0]

    def verb(self, expression: Expression) -> tuple[Span, ...]:
        """The word that shows the tense of its clause."""
        at = governing(self.parsed, expression.start_token)[1]
        return () if at is None else (self.parsed.span(at, at + 1),)

    def headline(self, expression: Expression) -> bool:
        """Whether it stands in a headline, where the present tells the past."""
        return self.parsed.sentences[self.sentence(expression)].block is BlockKind.HEADLINE

    def story_point(self, expression: Expression, *, sentences: int) -> Point | None:
        """
        The time reached, where it was reached within ``sentences`` sentences (any distance in a
        narrative).
        """
        if self.previous is None or self.previous_at is None:
            return None
        if self.narrative:
            return self.previous
        return (
            self.previous
            if self.sentence(expression) - self.sentence(self.previous_at) <= sentences
            else None
        )

    def story_day(self, expression: Expression) -> tuple[Point, Expression] | None:
        """
        The day reached in the last three sentences, for "the next day"; past words do not count
        from a day to come.

        In a narrative only the time reached last counts.
        """
        if self.narrative:
            point, at = self.previous, self.previous_at
            return (point, at) if point is not None and at is not None else None
        past = self.tense(expression) is Tense.PAST
        for point, at in reversed(self.days_reached[-5:]):
            if self.sentence(expression) - self.sentence(at) > 3:
                return None
            if not (
                past and self.dct.day is not None and point.date is not None and point.date > self.dct.day
            ):
                return point, at
        return None

    def agreed(self, compute: Callable[[date], str | None]) -> str | None:
        """What the report's own date gives, where both its ends give the same."""
        answers = {compute(end) for end in self.dct.ends}
        return answers.pop() if len(answers) == 1 else None

    def words(self, expression: Expression | None) -> tuple[Span, ...]:
        """The span of another expression that a rule relied on."""
        return () if expression is None else (self.span(expression),)


def qualifies(parsed: Parsed, expression: Expression) -> bool:
    """Whether a noun follows that the date only qualifies."""
    after = expression.end_token
    if (
        after >= len(parsed.tokens)
        or parsed.tokens[after].sentence != parsed.tokens[expression.start_token].sentence
    ):
        return False
    token = parsed.tokens[after]
    following = parsed.tokens[after + 1].lower if after + 1 < len(parsed.tokens) else ""
    if token.lower == "," and following in {"when", "where"}:
        return True  # "by November, when the summit meets": the summit is in November
    return token.lower in {"'s", "’s", "'", "’"} or token.tag.startswith(("NN", "JJ"))
