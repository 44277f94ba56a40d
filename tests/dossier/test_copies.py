"""Copies: one text in several places, and what only looks like one."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.dossier.copies import Body, body_of, candidates, find_copies, likeness, signature_of
from dragoman.model import Span, StoredReport

# A report of our own, long enough to be one.
AGENCY = (
    "Delegations from Arland and Borland met in Geneva on Monday for a third round of talks on the border. "
    "The session in the Palais lasted for six hours and ended without a joint statement. "
    "Anna Keller, who led the team of Arland, said that both sides had gone through all open points one by "
    "one and that the lawyers would now look at the wording of two of them. "
    "Her counterpart Marek Dovan told reporters on the steps that his government was ready to sign this year "
    "but would not accept observers on its side of the river. "
    "A fourth round is to be held on 14 March in Vienna, according to the hosts, who thanked both teams for "
    "their patience. Trade across the border has been at a standstill for eleven months. "
    "Farmers on both banks have asked for at least one crossing to be opened before the harvest begins. "
)
SENTENCES = AGENCY.split(". ")

READOUT = (
    "The President spoke today with {name} of {country} to discuss the bilateral relationship. They reviewed "
    "progress on trade and agreed to stay in close contact. The President thanked {name} for the hospitality "
    "shown to the American delegation in {city} and underlined the importance of the partnership between our "
    "two countries. They also discussed developments in the region and agreed to meet again in {month}. "
    "The two leaders welcomed the work of their teams on energy and on the fight against climate change."
)


def alike(left: str, right: str) -> float:
    return likeness(body_of(left), body_of(right))


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY,
        "Third round ends without result\n\n" + AGENCY,
        AGENCY.replace("on Monday", "Monday").replace("the Palais", "the old Palais"),
        ". ".join(SENTENCES[:5]),
        AGENCY + "Our correspondent adds that the hotel was full. " * 3,
        ". ".join(SENTENCES[:2] + SENTENCES[3:]),
        AGENCY.upper(),
    ],
    ids=["same", "headline", "edited", "cut", "added to", "a sentence less", "capitals"],
)
def test_one_text_in_another_dress_is_a_copy(copy: str) -> None:
    assert alike(AGENCY, copy) > 0.6
    assert find({"a": AGENCY, "b": copy}).keys() == {"a", "b"}


def test_notices_by_one_template_are_no_copies() -> None:
    filled = [
        READOUT.format(name=name, country=country, city=city, month=month)
        for name, country, city, month in (
            ("Chancellor Weber", "Germany", "Berlin", "May"),
            ("Prime Minister Rossi", "Italy", "Rome", "June"),
            ("President Laurent", "France", "Paris", "October"),
        )
    ]
    for left, right in itertools.combinations(filled, 2):
        assert alike(left, right) == 0
    assert find(dict(zip("abc", filled, strict=True))) == {}


def test_one_who_quotes_a_paragraph_is_no_copy() -> None:
    own = "Nobody in the valley believes in it any more, as people in the market say in their own way. "
    assert alike(AGENCY, SENTENCES[2] + ". " + "".join(f"{number} {own}" for number in range(6))) == 0


def test_furniture_of_the_page_does_not_count() -> None:
    menu = "Home News Sport Weather Subscribe Log in About us Contact Privacy Terms " * 8
    other = "Startseite Politik Wirtschaft Kultur Anmelden Abo Kontakt Impressum Datenschutz " * 8
    plain = alike(AGENCY, AGENCY)
    left = body_of(menu + AGENCY, [Span.of(menu, 0, len(menu))])
    right = body_of(AGENCY + other, [Span.of(AGENCY + other, len(AGENCY), len(AGENCY + other))])
    assert likeness(left, right) == plain == 1.0


def find(texts: dict[str, str], days: dict[str, date] | None = None) -> dict[str, tuple[str, float]]:
    bodies = {key: body_of(text) for key, text in texts.items()}
    reports = {
        key: StoredReport(key, key, key, None, "unknown", "", "", earliest=(days or {}).get(key))
        for key in texts
    }
    signatures = {key: signature_of(body) for key, body in bodies.items()}
    return find_copies(signatures, reports, bodies.__getitem__)


def test_a_group_has_the_id_of_its_first_report() -> None:
    texts = {"a": AGENCY, "b": AGENCY + "And so on.", "c": "Headline\n" + AGENCY, "d": READOUT}
    days = {"b": date(2022, 1, 10), "c": date(2022, 1, 11)}
    assert {key: group for key, (group, _) in find(texts, days).items()} == dict.fromkeys("abc", "b")


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_groups_do_not_depend_on_the_order(order: list[str]) -> None:
    texts = {"a": AGENCY, "b": AGENCY + " x", "c": READOUT, "d": READOUT + " y", "e": "Nothing of the kind."}
    assert find({key: texts[key] for key in order}) == find(texts)


def test_a_text_without_words_is_no_copy_of_another() -> None:
    assert signature_of(body_of("...")) == b""
    assert find({"a": "...", "b": "---"}) == {}


@given(st.text(max_size=200))
def test_any_text_has_a_signature_that_is_its_own(text: str) -> None:
    body = body_of(text)
    assert signature_of(body) == signature_of(body_of(text))
    assert isinstance(body, Body)
    if body.runs:
        assert candidates({"a": signature_of(body), "b": signature_of(body)}) == {("a", "b")}
