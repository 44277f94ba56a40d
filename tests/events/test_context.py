"""The other side of an act, where only the context names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.events.context import with_context
from dragoman.events.participants import merged_parties
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.when import When
from dragoman.model import EventType, Reason, Span, Status

MakeScene = Callable[..., Scene]
SPAN = Span(0, 6, "Norway")
SPEC = (
    "Norway/PROPN/nsubj/2 met/VERB/root/0/meet Chad/PROPN/obj/2 ././punct/2\n"
    "Chad/PROPN/nsubj/2 rejected/VERB/root/0/reject the/DET/det/4 offer/NOUN/obj/2 ././punct/2"
)


def side(code: str, head: int = 0) -> Participant:
    return Participant((code,), (), SPAN, head)


MET = Sighting(
    EventType.MEETING, 1, SPAN, Status.HELD, Reason("test"), members=(side("NOR", 0), side("TCD", 2))
)
REJECTED = Sighting(EventType.REFUSAL, 5, SPAN, Status.MADE, Reason("test"), by=(side("TCD", 4),))


def test_the_side_last_named_opposite_completes_an_act(make_scene: MakeScene) -> None:
    """A refusal by Chad after talks of Norway and Chad is put to Norway, with a step that says why."""
    _, refusal = with_context(make_scene(SPEC), [MET, REJECTED])
    assert merged_parties(refusal.to) == ("NOR",)
    assert refusal.steps[-1].rule == "event.counterpart-from-context"


def test_what_names_both_sides_is_left_as_it_is(make_scene: MakeScene) -> None:
    """Context never overrides the sentence."""
    named = replace(REJECTED, to=(side("SDN"),))
    assert with_context(make_scene(SPEC), [MET, named]) == [MET, named]


def test_a_pair_too_far_away_completes_nothing(make_scene: MakeScene) -> None:
    """At most 160 tokens."""
    far = replace(MET, trigger=5 - 161)
    assert with_context(make_scene(SPEC), [far, REJECTED])[1].to == ()


def test_a_pair_without_the_acting_party_completes_nothing(make_scene: MakeScene) -> None:
    """Talks of others say nothing of whom Chad turned down."""
    others = replace(MET, members=(side("NOR"), side("FIN")))
    assert with_context(make_scene(SPEC), [others, REJECTED])[1].to == ()


def test_the_offer_is_of_the_party_named_last_where_no_pair_says_it(make_scene: MakeScene) -> None:
    """ "the offer" points back; an indefinite one does not."""
    scene = make_scene(SPEC)
    (pointing,) = with_context(scene, [replace(REJECTED, definite=True)])
    (loose,) = with_context(scene, [REJECTED])
    assert merged_parties(pointing.to) == ("NOR",)
    assert pointing.steps[-1].rule == "event.party-named-last"
    assert loose.to == ()


def test_a_side_named_but_unknown_is_not_replaced(make_scene: MakeScene) -> None:
    """ "talks with Council": somebody is named who acts for nobody known; the pair does not stand in."""
    scene = make_scene(
        "Norway/PROPN/nsubj/2 met/VERB/root/0/meet Chad/PROPN/obj/2 ././punct/2\n"
        "Chad/PROPN/nsubj/2 rejected/VERB/root/0/reject talks/NOUN/obj/2 with/ADP/case/5 Oslo/PROPN/nmod/3"
    )
    assert with_context(scene, [MET, REJECTED])[1].to == ()


def test_a_weak_sighting_is_not_completed(make_scene: MakeScene) -> None:
    """It only adds to what others establish."""
    assert with_context(make_scene(SPEC), [MET, replace(REJECTED, weak=True)])[1].to == ()


def test_a_standing_body_meets_the_one_party_of_all_other_meetings(make_scene: MakeScene) -> None:
    """Norway meets Chad, then Sudan, then the council of Finland at a stated time."""
    scene = make_scene(SPEC, ("met", "2022-01-10"))
    when = When("2022-01-10", scene.timex_at[1], Reason("test"))
    first, second = MET, replace(MET, members=(side("NOR"), side("SDN")))
    body = replace(MET, trigger=5, members=(), forum="Council", forum_parties=("FIN",), when=when)
    found = with_context(scene, [first, second, body])[2]
    assert merged_parties(found.members) == ("NOR",)
    assert found.steps[-1].rule == "event.regular-guest"
    undated = with_context(scene, [first, second, replace(body, when=None)])[2]
    assert undated.members == ()
