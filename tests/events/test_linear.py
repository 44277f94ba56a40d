"""Participants read by word order, where a parse may err."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.events import linear
from dragoman.events.participants import merged_parties, merged_people
from dragoman.events.scene import Scene

MakeScene = Callable[..., Scene]


def test_a_list_after_with_goes_on_over_commas_and_and(make_scene: MakeScene) -> None:
    """ "talks with Norway, Chad and Sudan": all three, though the parse hangs them anyhow."""
    scene = make_scene(
        "Talks/NOUN/root/0/talk/NNS with/ADP/case/3 Norway/PROPN/nmod/1 ,/punct/3 Chad/PROPN/dep/1 "
        "and/CCONJ/cc/7 Sudan/PROPN/dep/1 ././punct/1"
    )
    assert merged_parties(linear.opposite(scene, 0)) == ("NOR", "TCD", "SDN")


def test_a_list_ends_at_the_subject_of_the_next_clause(make_scene: MakeScene) -> None:
    """ "after talks with Norway, Chad left": Chad is not at the table."""
    scene = make_scene(
        "After/ADP/case/2 talks/NOUN/obl/8/talk/NNS with/ADP/case/4 Norway/PROPN/nmod/2 ,/punct/2 "
        "Chad/PROPN/nsubj/8 also/ADV/advmod/8 left/VERB/root/0/leave ././punct/8"
    )
    assert merged_parties(linear.opposite(scene, 1)) == ("NOR",)


def test_a_verb_between_the_trigger_and_with_cuts_them_apart(make_scene: MakeScene) -> None:
    """ "talks failed with Norway absent" names no counterpart of the talks by word order."""
    scene = make_scene(
        "Talks/NOUN/nsubj/2/talk/NNS failed/VERB/root/0/fail with/ADP/case/4 Norway/PROPN/obl/2 ././punct/2"
    )
    assert linear.opposite(scene, 0) == ()


def test_dates_and_places_between_the_trigger_and_with_are_walked_over(make_scene: MakeScene) -> None:
    """ "talks in Oslo with Chad"."""
    scene = make_scene(
        "Talks/NOUN/root/0/talk/NNS in/ADP/case/3 Oslo/PROPN/nmod/1 with/ADP/case/5 Chad/PROPN/nmod/1"
    )
    assert merged_parties(linear.opposite(scene, 0)) == ("TCD",)


def test_a_name_right_after_its_party_completes_it(make_scene: MakeScene) -> None:
    """ "with Norway's minister Moro" style lists give one participant with a person."""
    scene = make_scene(
        "Talks/NOUN/root/0/talk/NNS with/ADP/case/4 Norway/PROPN/compound/4 Moro/PROPN/nmod/1 ././punct/1"
    )
    (member,) = linear.opposite(scene, 0)
    assert (member.parties, member.people) == (("NOR",), ("Ana Moro",))


def test_persons_joined_by_and_stay_two(make_scene: MakeScene) -> None:
    """ "with Salo and Virta": both people."""
    scene = make_scene(
        "Talks/NOUN/root/0/talk/NNS with/ADP/case/3 Salo/PROPN/nmod/1 and/CCONJ/cc/5 Virta/PROPN/conj/3"
    )
    assert merged_people(linear.opposite(scene, 0)) == ("Olli Salo", "Eeva Virta")


def test_nations_before_the_noun_own_it_up_to_the_verb(make_scene: MakeScene) -> None:
    """ "Sudan welcomed the Norway-Chad talks": Norway and Chad own the talks, Sudan does not."""
    scene = make_scene(
        "Sudan/PROPN/nsubj/2 welcomed/VERB/root/0/welcome the/DET/det/7 Norway/PROPN/compound/7 "
        "-/PUNCT/punct/7 Chad/PROPN/compound/7 talks/NOUN/obj/2/talk/NNS ././punct/2"
    )
    assert merged_parties(linear.owners_before(scene, 6)) == ("NOR", "TCD")


def test_the_list_before_the_verb_wins_where_it_names_more_than_the_parse(make_scene: MakeScene) -> None:
    """A lost conjunct of the subject is found again by word order."""
    scene = make_scene(
        "Norway/PROPN/nsubj/4 and/CCONJ/cc/3 Chad/PROPN/dep/4 agreed/VERB/root/0/agree ././punct/4"
    )
    assert merged_parties(linear.subjects(scene, 3)) == ("NOR", "TCD")


def test_who_stands_right_before_a_finite_verb_without_a_subject_does_it(make_scene: MakeScene) -> None:
    """Unless a preposition claims them."""
    told = "Chad/PROPN/dep/2 refused/VERB/root/0/refuse ././punct/2"
    claimed = "In/ADP/case/2 Chad/PROPN/dep/3 refused/VERB/root/0/refuse ././punct/3"
    assert merged_parties(linear.subjects(make_scene(told), 1)) == ("TCD",)
    assert linear.subjects(make_scene(claimed), 2) == ()


def test_a_pronoun_inside_what_somebody_says_is_who_says_it(make_scene: MakeScene) -> None:
    """ "Chad says it is ready": Chad is ready."""
    scene = make_scene(
        "Chad/PROPN/nsubj/2 says/VERB/root/0/say/VBZ it/PRON/nsubj/5 is/AUX/cop/5/be/VBZ ready/ADJ/ccomp/2 "
        "././punct/2"
    )
    assert merged_parties(linear.subjects(scene, 4)) == ("TCD",)


def test_the_reports_own_state_is_the_one_named_most_and_at_least_twice(make_scene: MakeScene) -> None:
    """ "the government" of a report on Chad is Chad's; one mention, or a tie, says nothing."""
    once = "Chad/PROPN/nsubj/2 waited/VERB/root/0/wait ././punct/2"
    twice = once + "\n" + once
    assert make_scene(once).home == ()
    assert make_scene(twice).home == ("TCD",)
    assert make_scene(twice + "\n" + twice.replace("Chad", "Norway")).home == ()
