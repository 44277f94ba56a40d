"""Which date and place belong to a trigger: by the parse, and by word order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.events.attach import anchor_before, steps_to
from dragoman.events.scene import Scene
from dragoman.events.when import date_tokens, find_when
from dragoman.events.where import Where, find_where, place_of

MakeScene = Callable[..., Scene]

HELD = (
    "Norway/PROPN/nsubj/2 held/VERB/root/0/hold talks/NOUN/obj/2/talk/NNS in/ADP/case/5 Oslo/PROPN/obl/2 "
    "on/ADP/case/7 Monday/PROPN/obl/2 ././punct/2"
)
TWO_CLAUSES = (
    "Norway/PROPN/nsubj/2 held/VERB/root/0/hold talks/NOUN/obj/2/talk/NNS on/ADP/case/5 Monday/PROPN/obl/2 "
    "and/CCONJ/cc/7 left/VERB/conj/2/leave on/ADP/case/9 Friday/PROPN/obl/7 ././punct/2"
)


def place(where: Where | None) -> str | None:
    return None if where is None else where.name


def test_date_and_place_hang_on_the_verb_over_the_noun(make_scene: MakeScene) -> None:
    """ "held talks in Oslo on Monday": both are the talks'."""
    scene = make_scene(HELD, ("Monday", "2022-01-10"))
    when = find_when(scene, [2, 1])
    assert when is not None
    assert when.edtf == "2022-01-10"
    assert date_tokens(when) == [6, 6]
    assert place(find_where(scene, [2, 1])) == "Oslo"


def test_the_date_of_another_clause_is_not_taken(make_scene: MakeScene) -> None:
    """Monday is the talks', Friday the leaving's."""
    scene = make_scene(TWO_CLAUSES, ("Monday", "2022-01-10"), ("Friday", "2022-01-14"))
    talks, leaving = find_when(scene, [2, 1]), find_when(scene, [6])
    assert talks is not None
    assert leaving is not None
    assert (talks.edtf, leaving.edtf) == ("2022-01-10", "2022-01-14")


def test_a_date_right_before_the_noun_is_its_own(make_scene: MakeScene) -> None:
    """ "Tuesday's talks" are on Tuesday, whatever the verb's day."""
    scene = make_scene(
        "Chad/PROPN/nsubj/2 recalled/VERB/root/0/recall Tuesday/PROPN/nmod:poss/5 's/PART/case/3 "
        "talks/NOUN/obj/2/talk/NNS on/ADP/case/7 Friday/PROPN/obl/2 ././punct/2",
        ("Tuesday", "2022-01-11"),
        ("Friday", "2022-01-14"),
    )
    when = find_when(scene, [4, 1])
    assert when is not None
    assert when.edtf == "2022-01-11"


@pytest.mark.parametrize(
    ("edtf", "value"),
    [("2022-01-10", "PRESENT_REF"), ("2008/..", "2008")],
    ids=["now says too little", "since bounds a state"],
)
def test_some_expressions_date_no_happening(make_scene: MakeScene, edtf: str, value: str) -> None:
    """They leave the talks undated."""
    assert find_when(make_scene(HELD, ("Monday", edtf, value)), [2, 1]) is None


def test_until_bounds_a_state_and_dates_nothing(make_scene: MakeScene) -> None:
    """ "held talks until Monday" does not say that they were on Monday."""
    scene = make_scene(HELD.replace("on/ADP", "until/ADP"), ("Monday", "2022-01-10"))
    assert find_when(scene, [2, 1]) is None


def test_a_place_that_follows_another_noun_is_that_nouns(make_scene: MakeScene) -> None:
    """ "talks on the situation in Chad" are not held in Chad."""
    scene = make_scene(
        "Norway/PROPN/nsubj/2 held/VERB/root/0/hold talks/NOUN/obj/2/talk/NNS on/ADP/case/6 the/DET/det/6 "
        "situation/NOUN/nmod/3 in/ADP/case/8 Chad/PROPN/nmod/6 ././punct/2"
    )
    assert find_where(scene, [2, 1]) is None


def test_a_place_is_found_by_word_order_where_the_parse_hangs_it_elsewhere(make_scene: MakeScene) -> None:
    """ "talks with Chad in Oslo", Oslo hung on Chad."""
    scene = make_scene(
        "Norway/PROPN/nsubj/2 held/VERB/root/0/hold talks/NOUN/obj/2/talk/NNS with/ADP/case/5 "
        "Chad/PROPN/nmod/3 in/ADP/case/7 Oslo/PROPN/nmod/5 ././punct/2"
    )
    assert place(find_where(scene, [2, 1])) == "Oslo"


def test_where_somebody_goes_counts_only_for_a_destination(make_scene: MakeScene) -> None:
    """ "travelled to Oslo": asked for with ``destination`` alone."""
    scene = make_scene("Moro/PROPN/nsubj/2 travelled/VERB/root/0/travel to/ADP/case/4 Oslo/PROPN/obl/2")
    assert find_where(scene, [1]) is None
    assert place(find_where(scene, [1], destination=True)) == "Oslo"


def test_the_city_wins_over_the_country(make_scene: MakeScene) -> None:
    """ "held talks in Norway, in Oslo"."""
    scene = make_scene(
        "Moro/PROPN/nsubj/2 held/VERB/root/0/hold talks/NOUN/obj/2/talk/NNS in/ADP/case/5 Oslo/PROPN/obl/2 "
        "in/ADP/case/7 Norway/PROPN/obl/2 ././punct/2"
    )
    where = find_where(scene, [2, 1])
    assert where is not None
    assert (where.name, where.granularity, where.country) == ("Oslo", "city", "NOR")


def test_a_person_is_no_place(make_scene: MakeScene) -> None:
    """Only what names somewhere can be where talks are held."""
    scene = make_scene(HELD.replace("Oslo", "Moro"))
    mention = scene.actors.at(4)
    assert mention is not None
    assert place_of(scene, mention) is None


def test_steps_end_at_another_happening(make_scene: MakeScene) -> None:
    """A date under "visit" is the visit's and does not reach the talks."""
    scene = make_scene(
        "Talks/NOUN/nsubj/4/talk/NNS after/ADP/case/3 visit/NOUN/nmod/1 failed/VERB/root/0/fail "
        "on/ADP/case/6 Monday/PROPN/nmod/3",
        ("Monday", "2022-01-10"),
    )
    assert steps_to(scene, 5, [0]) is None
    assert steps_to(scene, 0, [0]) == (0, 0)


def test_names_and_dates_are_walked_over_to_what_a_phrase_follows(make_scene: MakeScene) -> None:
    """In "held talks with Chad in Oslo on Monday" the day follows "talks"."""
    scene = make_scene(
        "Norway/PROPN/nsubj/2 held/VERB/root/0/hold talks/NOUN/obj/2/talk/NNS with/ADP/case/5 "
        "Chad/PROPN/nmod/3 in/ADP/case/7 Oslo/PROPN/nmod/5 on/ADP/case/9 Monday/PROPN/nmod/5",
        ("Monday", "2022-01-10"),
    )
    assert anchor_before(scene, 8) == 2
    assert anchor_before(scene, 0) is None
