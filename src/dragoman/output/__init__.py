"""How a record leaves Dragoman: JSON lines for programs, a timeline for people, a page for notebooks."""

from dragoman.output.explain import explain_event
from dragoman.output.page import reading_page
from dragoman.output.rows import dumps, outcome_row, to_json
from dragoman.output.terminal import print_record, print_timeline
from dragoman.output.words import date_in_words, party_in_words, visible

__all__ = [
    "date_in_words",
    "dumps",
    "explain_event",
    "outcome_row",
    "party_in_words",
    "print_record",
    "print_timeline",
    "reading_page",
    "to_json",
    "visible",
]
