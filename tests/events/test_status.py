"""How real a happening is, by tense, modality, negation and what governs the verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.events.scene import Scene
from dragoman.events.status import Mood, reality_of

MakeScene = Callable[..., Scene]
TAIL = "Chad/PROPN/obj/{verb} ././punct/{verb}"

CASES = {
    "past tense is past": (1, "Norway/PROPN/nsubj/2 met/VERB/root/0/meet/VBD", Mood.PAST),
    "perfect is past": (2, "Norway/PROPN/nsubj/3 has/AUX/aux/3 met/VERB/root/0/meet/VBN", Mood.PAST),
    "simple present": (1, "Norway/PROPN/nsubj/2 meets/VERB/root/0/meet/VBZ", Mood.PRESENT),
    "is meeting": (2, "Norway/PROPN/nsubj/3 is/AUX/aux/3 meeting/VERB/root/0/meet/VBG", Mood.ONGOING),
    "will": (2, "Norway/PROPN/nsubj/3 will/AUX/aux/3 meet/VERB/root/0/meet/VB", Mood.FUTURE),
    "may": (2, "Norway/PROPN/nsubj/3 may/AUX/aux/3 meet/VERB/root/0/meet/VB", Mood.POSSIBLE),
    "did not": (
        3,
        "Norway/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 met/VERB/root/0/meet/VB",
        Mood.NEGATED,
    ),
    "is to": (
        3,
        "Norway/PROPN/nsubj/4 is/AUX/aux/4 to/PART/mark/4/to/TO meet/VERB/root/0/meet/VB",
        Mood.FUTURE,
    ),
    "plans to": (
        3,
        "Norway/PROPN/nsubj/2 plans/VERB/root/0/plan/VBZ to/PART/mark/4/to/TO meet/VERB/xcomp/2/meet/VB",
        Mood.FUTURE,
    ),
    "hopes to": (
        3,
        "Norway/PROPN/nsubj/2 hopes/VERB/root/0/hope/VBZ to/PART/mark/4/to/TO meet/VERB/xcomp/2/meet/VB",
        Mood.WISH,
    ),
    "refused to": (
        3,
        "Norway/PROPN/nsubj/2 refused/VERB/root/0/refuse to/PART/mark/4/to/TO meet/VERB/xcomp/2/meet/VB",
        Mood.NEGATED,
    ),
    "does not plan to": (
        5,
        (
            "Norway/PROPN/nsubj/4 does/AUX/aux/4 not/PART/advmod/4 plan/VERB/root/0/plan/VB "
            "to/PART/mark/6/to/TO meet/VERB/xcomp/4/meet/VB"
        ),
        Mood.NEGATED,
    ),
    "if": (
        3,
        "Sudan/PROPN/root/0 if/SCONJ/mark/4 Norway/PROPN/nsubj/4 meets/VERB/advcl/1/meet/VBZ",
        Mood.CONDITIONAL,
    ),
    "after meeting": (
        2,
        "Norway/PROPN/root/0 after/SCONJ/mark/3 meeting/VERB/advcl/1/meet/VBG",
        Mood.PAST,
    ),
    "when they meet": (
        3,
        "Sudan/PROPN/root/0 when/ADV/advmod/4//WRB Norway/PROPN/nsubj/4 meets/VERB/advcl/1/meet/VBZ",
        Mood.FUTURE,
    ),
    "left to meet": (
        3,
        "Norway/PROPN/nsubj/2 waited/VERB/root/0/wait to/PART/mark/4/to/TO meet/VERB/advcl/2/meet/VB",
        Mood.WISH,
    ),
}


@pytest.mark.parametrize(("verb", "spec", "mood"), CASES.values(), ids=CASES.keys())
def test_the_words_over_and_around_a_verb_say_how_real_it_is(
    make_scene: MakeScene, verb: int, spec: str, mood: Mood
) -> None:
    """One construction a case; the reason's words stand in the text."""
    scene = make_scene(f"{spec} {TAIL.format(verb=verb + 1)}")
    reality = reality_of(scene, verb)
    assert reality.mood is mood
    assert reality.reason.spans
    assert all(scene.document.text[s.start : s.end] == s.exact for s in reality.reason.spans)
