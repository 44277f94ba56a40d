"""The tense of a clause, by the tree and by the words alone."""

# ruff: noqa: E501, ISC004 - a sentence stays on its line

from __future__ import annotations

import pytest

from dragoman.temporal import Tense, tense_at
from dragoman.testing import make_parsed

# One sentence each; the date is its last word before the full stop.
CASES = {
    "past": ("Lavrov/PROPN/nsubj/2 met/VERB/root/0/meet Blinken/PROPN/obj/2 Friday/PROPN/obl/2 ././punct/2", Tense.PAST),
    "perfect": (
        "Lavrov/PROPN/nsubj/3 has/AUX/aux/3/have/VBZ met/VERB/root/0/meet/VBN Blinken/PROPN/obj/3 Friday/PROPN/obl/3 ././punct/3",
        Tense.PAST,
    ),
    "will": (
        "Lavrov/PROPN/nsubj/3 will/AUX/aux/3/will/MD meet/VERB/root/0/meet/VB Blinken/PROPN/obj/3 Friday/PROPN/obl/3 ././punct/3",
        Tense.FUTURE,
    ),
    "is scheduled to": (
        "He/PRON/nsubj/3 is/AUX/aux:pass/3/be/VBZ scheduled/VERB/root/0/schedule/VBN to/PART/mark/5/to/TO "
        "arrive/VERB/xcomp/3/arrive/VB Friday/PROPN/obl/5 ././punct/3",
        Tense.FUTURE,
    ),
    "plans to": (
        "He/PRON/nsubj/2 plans/VERB/root/0/plan/VBZ to/PART/mark/4/to/TO arrive/VERB/xcomp/2/arrive/VB Friday/PROPN/obl/4 ././punct/2",
        Tense.FUTURE,
    ),
    "participle after a noun": (
        "He/PRON/nsubj/2 hails/VERB/root/0/hail/VBZ talks/NOUN/obj/2 held/VERB/acl/3/hold/VBN Friday/PROPN/obl/4 ././punct/2",
        Tense.PAST,
    ),
    "talks scheduled for": (
        "He/PRON/nsubj/2 hailed/VERB/root/0/hail talks/NOUN/obj/2 scheduled/VERB/acl/3/schedule/VBN for/ADP/case/6 Friday/PROPN/obl/4 ././punct/2",
        Tense.FUTURE,
    ),
    "ahead of": (
        "He/PRON/nsubj/2 arrived/VERB/root/0/arrive ahead/ADV/advmod/2 of/ADP/case/6 talks/NOUN/obl/2 Friday/PROPN/nmod/5 ././punct/2",
        Tense.FUTURE,
    ),
    "no verb": ("Talks/NOUN/root/0 in/ADP/case/3 Geneva/PROPN/nmod/1 Friday/PROPN/nmod/1 ././punct/1", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_tense_of_the_governing_verb(name: str) -> None:
    """Auxiliaries, infinitives and participles are read with what governs them."""
    spec, tense = CASES[name]
    parsed = make_parsed(spec)
    assert tense_at(parsed, len(parsed.tokens) - 2) is tense
