"""What holds of every report, whatever its words."""

from __future__ import annotations

import string
import time
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import TimexType
from dragoman.model.edtf import Edtf
from dragoman.temporal import date_report
from dragoman.temporal.words import lexicon, modifiers, rules

WORDS = sorted(lexicon()) + [word for rule in rules() for element in rule.elements for word in element.words]
SIGNS = [
    "-", "–", ",", ".", "'", "’", "/", "10", "31", "2022", "1995", "'90", "90s", "10/01/2022", "10.01.2022",
    "2022-01-21", "12:30", "0530", "the", "of", "in", "met", "will", "BC", "3rd", "99", "\n\n",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(WORDS + SIGNS + [word.title() for word in WORDS])
    | st.text(string.printable, max_size=6)
    | st.text(max_size=3),
    max_size=40,
).map(" ".join)
DAYS = st.none() | st.dates().map(date.isoformat)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TEXTS, published=DAYS)
def test_every_time_expression_keeps_the_contract(text: str, published: str | None, read_report: Any) -> None:
    """Spans fit the text, stand in order, never overlap; EDTF parses; every value has a rule and a note."""
    if not text.strip():
        return
    parsed = read_report(text, published=published)
    end = 0
    for timex in date_report(parsed).timexes:
        assert text[timex.span.start : timex.span.end] == timex.span.exact
        assert end <= timex.span.start
        end = timex.span.end
        covered = parsed.tokens[timex.start_token : timex.end_token]
        assert covered[0].start <= timex.span.start
        assert covered[-1].end >= timex.span.end
        assert timex.edtf is None or Edtf.parse(timex.edtf) is not None
        assert timex.reason.rule.startswith("timex.")
        assert timex.reason.note
        assert all(text[span.start : span.end] == span.exact for span in timex.reason.spans)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TEXTS, published=DAYS)
def test_a_date_is_never_finer_than_its_value(text: str, published: str | None, read_report: Any) -> None:
    """A value that names a month or a year has no day; lengths and habits have no date."""
    if not text.strip():
        return
    for timex in date_report(read_report(text, published=published)).timexes:
        if timex.type in {TimexType.DURATION, TimexType.SET}:
            assert timex.edtf is None
        value = Edtf.parse(timex.edtf)
        named = Edtf.parse(timex.value)
        if value is None or named is None or value.days is None or named.days is None:
            continue
        assert value.days >= named.days


def test_the_words_are_found_in_linear_time(read_report: Any) -> None:
    """Twice the text takes about twice as long, also where nearly every word could begin a date."""
    piece = "the last two and a half years of the early 1990s and January 10, 11, 12, 13 and 14 of that year "
    took = []
    for times in (40, 160):
        parsed = read_report(piece * times)
        runs = []
        for _ in range(3):  # the best of three: a busy machine is no fault of the text
            started = time.process_time()
            date_report(parsed)
            runs.append(time.process_time() - started)
        took.append(min(runs))
    assert took[1] < 12 * took[0] + 0.2


def test_tables_name_only_guards_that_exist() -> None:
    """A rule's guard is one of the guards; names of rules and modifiers are unique."""
    from dragoman.temporal.build import BUILDERS  # noqa: PLC0415 - internals, only for this test
    from dragoman.temporal.guards import GUARDS  # noqa: PLC0415

    names = [rule.name for rule in rules()] + [modifier.name for modifier in modifiers()]
    assert {rule.guard for rule in rules()} - {""} <= set(GUARDS)
    assert {rule.kind for rule in rules()} <= set(BUILDERS)
    assert [name for name in names if names.count(name) > 1] == []
