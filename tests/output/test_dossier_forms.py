"""Everything that a dossier answers, in every form: complete, readable at any width, obeyed by nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dragoman.model import Answered, Decision, EventType, Judgement, Reason, Slot, Span, Status, Turn
from dragoman.model.event import Event
from dragoman.output.account import CONFLICTS, EXPLAINED
from dragoman.output.context import in_context
from dragoman.output.form import Form, cell, csv_text
from dragoman.output.happenings import EVENTS, TIMELINE, day_bounds, history_in_words
from dragoman.output.judgements import JUDGEMENTS
from dragoman.output.pairs import PAIRS, differing
from dragoman.output.profiles import PROFILES
from dragoman.output.rows import dumps
from dragoman.output.sources import PROBLEMS, SOURCES
from dragoman.output.state import STATE
from dragoman.output.told import Conflicting, Explained, Paired, Sourced, Standpoint, Told, Unread

ROOT = Path(__file__).resolve().parents[2]
KINDS = (
    "timeline", "events", "explained", "conflicts", "state", "sources", "problems", "actors", "pairs",
    "judgements",
)  # fmt: skip


def told_of(invented: Any, happening: Any) -> Told:
    claims = tuple(invented.claims[claim] for claim in happening.claims)
    return Told(happening, claims, invented.reports)


@pytest.fixture(scope="module")
def answers(invented: Any) -> Mapping[str, tuple[Form[Any], Sequence[Any]]]:
    """One answer of each kind."""
    told = [told_of(invented, happening) for happening in invented.happenings]
    met = told[0]
    span = met.claims[0].evidence[0]
    read = Event(
        "e1",
        EventType.MEETING,
        Slot(Status.PLANNED, (), (Reason("status.future", "“will” plans \x1b[8m", (span,)),)),
        Slot(("CHL", "NOR")),
        (span,),
        steps=(Reason("event.trigger", "“meet” names it", (span,)),),
    )
    decided = Judgement(
        "ab" * 8, Decision.CORRECT, (), "Ada\x1b[8m", datetime(2024, 5, 3, 10, tzinfo=UTC), "=x", "date",
        '"2024-03-05"',
    )  # fmt: skip
    by_id = {t.id: t for t in told}
    courier, mirror = (invented.reports[invented.id(name)] for name in ("courier", "mirror"))
    unsure = invented.matches[-1]
    return {
        "timeline": (TIMELINE, told),
        "events": (EVENTS, told),
        "explained": (
            EXPLAINED,
            [Explained(met, invented.texts, invented.matches, (decided,), {met.claims[0].id: read})],
        ),
        "conflicts": (CONFLICTS, [Conflicting(met, "date")]),
        "state": (STATE, [Standpoint(n, by_id) for n in invented.negotiations]),
        "sources": (
            SOURCES,
            [Sourced(courier, (met.id,), (mirror,)), Sourced(mirror, (), (), (courier,))],
        ),
        "problems": (PROBLEMS, [Unread("a\x1b[2J.txt", "text", "=holds no words")]),
        "actors": (PROFILES, list(invented.profiles)),
        "pairs": (
            PAIRS,
            [
                Paired(
                    unsure,
                    invented.claims[unsure.left],
                    invented.claims[unsure.right],
                    invented.reports,
                    invented.texts,
                )
            ],
        ),
        "judgements": (JUDGEMENTS, [decided]),
    }


def drawn(form: Form[Any], values: Sequence[Any], *, width: int = 100, colour: bool = False) -> str:
    file = StringIO()
    console = Console(
        file=file, width=width, force_terminal=colour, markup=False, emoji=False, highlight=False
    )
    form.draw(console, values)
    return file.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(answers: Any, kind: str, width: int) -> None:
    for line in drawn(*answers[kind], width=width).splitlines():
        assert len(line) <= width


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_holds_what_a_terminal_obeys(answers: Any, kind: str) -> None:
    form, values = answers[kind]
    forms = [drawn(form, values), form.html(values), "".join(csv_text(form.columns, form.rows(values)))]
    forms += [dumps(form.row(value)) for value in values]
    for text in forms:
        assert text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert not re.search(r"\x1b\[(31ma|2J|5m|8m)", drawn(form, values, colour=True))


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_a_formula(answers: Any, kind: str) -> None:
    form, values = answers[kind]
    rows = list(csv.reader(StringIO("".join(csv_text(form.columns, form.rows(values))))))
    assert rows[0] == list(form.columns)
    for row in rows[1:]:
        assert len(row) == len(form.columns)
        for name, value in zip(form.columns, row, strict=True):
            if not re.fullmatch(r"-?\d+(\.\d+)?", value):  # numbers of our own
                assert not value.startswith(("=", "+", "-", "@")), name


@pytest.mark.parametrize("kind", KINDS)
def test_markup_of_a_report_is_shown_on_a_page_not_obeyed(answers: Any, kind: str) -> None:
    form, values = answers[kind]
    page = form.html(values)
    assert "<b>at last" not in page
    assert "<script" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_comes_back_from_its_json(answers: Any, kind: str) -> None:
    form, values = answers[kind]
    for value in values:
        row = form.row(value)
        assert json.loads(dumps(row)) == row


@pytest.mark.parametrize("kind", KINDS)
def test_flat_rows_have_plain_values_and_every_column(answers: Any, kind: str) -> None:
    form, values = answers[kind]
    rows = list(form.rows(values))
    assert rows
    for row in rows:
        assert tuple(row) == form.columns
        assert all(value is None or isinstance(value, str | int | float | bool) for value in row.values())


@given(st.text(st.characters(codec=None)))
def test_any_text_makes_a_cell_that_is_text(text: str) -> None:
    shown = str(cell(text))
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not re.search("[\x00-\x1f\x7f-\x9f]", shown)


def test_the_timeline_shows_date_marks_sources_and_the_words_of_what_it_shows(answers: Any) -> None:
    text = drawn(*answers["timeline"])
    for words in (
        "March 2024 ───",
        "Meeting, held · Lisbon, Portugal",
        "Chile and Norway",
        "! reports differ on date: 5 March 2024 (2 sources) or 6 March 2024 (1",
        "1 March 2024: planned → 6 March 2024: held",
        "“Norway and Chile met in Lisbon on Tuesday”",
        "Coast Courier, 6 March 2024: Norway and Chile met",
        "3 sources in 4 reports: Harbour Post, Coast Courier and 2 more",
        "! overdue: its day has passed and no report tells of it",
        "No date ───",
    ):
        assert words in text


def test_a_history_tells_what_changes_and_for_which_day_a_plan_moved() -> None:
    def turn(status: Status, day: str | None, published: str | None) -> Turn:
        return Turn(status, day, "c", "r", published)

    planned = turn(Status.PLANNED, "2024-03-05", "2024-03-01")
    later = turn(Status.PLANNED, "2024-03-09", "2024-03-04")
    held = turn(Status.HELD, "2024-03-09", None)
    assert history_in_words([planned, planned]) == ""
    assert history_in_words([planned, held, held]) == "1 March 2024: planned → undated: held"
    assert history_in_words([planned, later, held]) == (
        "1 March 2024: planned for 5 March 2024 → 4 March 2024: planned for 9 March 2024 → undated: held"
    )


def test_the_table_of_events_has_ids_marks_and_sources(answers: Any) -> None:
    text = drawn(*answers["events"])
    lines = text.splitlines()
    assert lines[0].split() == ["Id", "Date", "Event", "Who,", "where", "Sources"]
    assert re.search(r"5 Mar 2024 +Meeting, held +Chile and Norway · Lisbon, Portugal +3", text)
    assert "! conflict: date" in text
    assert "! overdue" in text


def test_the_state_of_play_says_what_there_is_and_what_there_is_not(answers: Any) -> None:
    text = drawn(*answers["state"])
    order = ["Last meeting", "Next meeting", "On the table", "answered by", "Refused", "Overdue"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "none is planned" in text
    assert "Norway to Chile: �[31ma quota" in text


def test_a_proposal_without_answer_says_so(answers: Any, invented: Any) -> None:
    _, (view, _) = answers["state"]
    open_ = Answered(view.negotiation.state.proposals[0].proposal)
    n = replace(view.negotiation, state=replace(view.negotiation.state, proposals=(open_,)))
    assert "no answer is reported" in drawn(STATE, [Standpoint(n, view.events)])
    assert invented


def test_answers_that_answer_the_proposal_before_it_too_are_not_repeated(answers: Any) -> None:
    _, (view, _) = answers["state"]
    first = view.negotiation.state.proposals[0]
    more = Answered(view.negotiation.happenings[0], (*first.answers, view.negotiation.happenings[3]))
    state = replace(view.negotiation.state, proposals=(first, first, more, Answered(first.proposal)))
    text = drawn(STATE, [Standpoint(replace(view.negotiation, state=state), view.events)])
    table = text[text.index("On the table") : text.index("Agreed")]
    assert [line.strip() for line in table.splitlines() if "answer" in line] == [
        "answered by",
        "answered by the same",
        "answered by the same and",
        "no answer is reported",
    ]
    assert table.count("Refusal, made") == 1


def test_an_explanation_has_for_and_against_with_the_words_in_their_surroundings(answers: Any) -> None:
    text = " ".join(drawn(*answers["explained"], width=200).split())
    for words in (
        "date: 2024-03-05 (5 March 2024) — the sources differ",
        "for: 5 March 2024, 2 sources",
        "against: 6 March 2024, 1 source",
        "will meet in Lisbon on [5 March].” line 3",
        "1 March 2024: planned, 5 March 2024 (Harbour Post)",
        "1 and 2: same, score 6.50",
        "parties +2.00 CHL; NOR CHL; NOR",
        "date of",
        "status.future “will” plans",
        "Not decided",
        "Ada",
    ):
        assert words in text, words


def test_what_cannot_hold_with_the_shown_value_is_against_it(answers: Any) -> None:
    form, (explained,) = answers["explained"]
    row = form.row(explained)
    assert [(s["value"], s["against"]) for s in row["support"]["date"]] == [
        ("2024-03-05", False),
        ("2024-03-06", True),
    ]
    assert not any(s["against"] for s in row["support"]["status"])
    assert row["support"]["date"][1]["claims"][0]["words"][0]["exact"] == "6 March"


def test_a_pair_marks_what_differs_with_a_word(answers: Any) -> None:
    form, (pair,) = answers["pairs"]
    assert set(differing(pair)) == set()
    text = drawn(form, [pair])
    assert "no date on one side" in text
    assert "differs" not in text
    other = replace(pair, left=replace(pair.left, date="2024-03-01", status=Status.PLANNED))
    assert set(differing(other)) >= {"status"}
    assert "differs" in drawn(form, [other])
    assert "differs" in drawn(form, [other], width=60)


@pytest.mark.parametrize(
    ("edtf", "bounds"),
    [
        ("2024-03", ("2024-03-01", "2024-03-31")),
        ("../2024-03-08", (None, "2024-03-08")),
        ("2024-03-08/..", ("2024-03-08", None)),
        ("XXXX-03-08", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_dates_bounds_stand_in_columns(edtf: str | None, bounds: tuple[str | None, str | None]) -> None:
    assert day_bounds(edtf) == bounds


def test_context_ends_at_the_paragraph_and_says_where_the_text_was_changed() -> None:
    text = "Head\n\nOne two three four.\n\nLast"
    at = text.index("two")
    assert in_context(text, Span.of(text, at, at + 3)).plain == "“One [two] three four.” line 3"
    assert "is not what the stored text holds there" in in_context(text, Span(0, 4, "Tail")).plain


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_told(answers: Any, kind: str) -> None:
    told = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "dossier-rows.md").read_text(encoding="utf-8")))
    form, values = answers[kind]
    named: set[str] = set(form.columns)
    for value in values:
        named |= fields(form.row(value))
    assert named - told == set()


# Under these stand fields named by data (an id, a slot), not by the form.
_BY_DATA = {"events", "standing", "notes", "support", "spans", "rules", "why"}


def fields(value: Any, *, by_data: bool = False) -> set[str]:
    if isinstance(value, list):
        return set().union(*(fields(item) for item in value))
    if not isinstance(value, dict):
        return set()
    own = set() if by_data else set(value)
    return own.union(
        *(fields(item, by_data=name in _BY_DATA and not by_data) for name, item in value.items())
    )
