"""Quotation marks pair up within a paragraph, and a broken one costs no more than its paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.statements.quotation import find_quotations
from dragoman.testing import make_document


def quoted(text: str) -> list[str]:
    document = make_document(text)
    return [text[q.inner_start : q.inner_end] for q in find_quotations(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will go,” he said. “But not today.”", ["We will go,", "But not today."]),
        ('"We will go," he said. "But not today."', ["We will go,", "But not today."]),
        ("«We will go», he said.", ["We will go"]),
        ("„We will go”, he said.", ["We will go"]),
        ("``We will go,'' he said.", ["We will go,"]),
        ("He said ‘we will go’ and left.", ["we will go"]),
        ("The ministers’ talks aren't over; the envoys’ are.", []),
        ("“He told me ‘never’ twice,” she said.", ["He told me ‘never’ twice,"]),
        ("“He called it “a farce” again,” she said.", ["He called it “a farce” again,"]),
        ("He said the pact “isn't dead.", ["isn't dead."]),
        ("A stray” mark and “a true one”.", ["a true one"]),
        (
            "It “has no seat at the table.” Trans-Alpine”.",
            ["has no seat at the table.” Trans-Alpine"],
        ),
        ('“We will go," he said. "But not today.”', ["We will go,", "But not today."]),
        ("It is “done.” Much later somebody else lost a closing mark here”.", ["done."]),
    ],
)
def test_marks_pair_up(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_lost_mark_ends_with_its_paragraph() -> None:
    assert quoted("He said “we go.\n\nShe stayed. “I stay,” she said.") == ["we go.", "I stay,"]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    document = make_document("He said: “We go.\n\n“We come back.” So he said.")
    first, second = find_quotations(document)
    assert (first.closed, first.continued) == (False, False)
    assert (second.closed, second.continued) == (True, True)


def test_furniture_holds_no_quotations() -> None:
    document = make_document("Share “this”\n\nHe said “yes”.", chrome=["Share “this”"])
    assert [q.block for q in find_quotations(document)] == [1]


@given(st.text(alphabet="ab .,\n“”‘’\"'«»`", max_size=200))
def test_quotations_stand_in_order_within_their_blocks(text: str) -> None:
    document = make_document(text)
    last = 0
    for quotation in find_quotations(document):
        block = document.blocks[quotation.block]
        assert last <= quotation.start <= quotation.inner_start <= quotation.inner_end <= quotation.end
        assert block.start <= quotation.start
        assert quotation.end <= block.end
        last = quotation.end
