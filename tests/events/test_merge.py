"""Sightings of one happening are brought together; what differs keeps them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dragoman.events.merge import WEIGHTS, Group, conflict, features, group_sightings
from dragoman.events.scene import Participant, Scene
from dragoman.events.sighting import Sighting
from dragoman.events.when import When
from dragoman.events.where import Where
from dragoman.model import EventType, MeetingKind, Reason, Span, Status, Timex, TimexType

MakeScene = Callable[..., Scene]
TEXT = "Talks/NOUN/nsubj/2/talk/NNS ended/VERB/root/0/end ././punct/2"
SPAN = Span(0, 5, "Talks")


def side(code: str, *people: str, words: str = "Talks") -> Participant:
    return Participant((code,), people, Span(0, len(words), words), 0)


def on(edtf: str | None, value: str = "") -> When:
    timex = Timex(SPAN, 0, 1, TimexType.DATE, value or edtf or "", edtf, Reason("test"))
    return When(edtf, timex, Reason("test"))


def at(name: str, country: str) -> Where:
    return Where(name, country, "city", SPAN, Reason("test"))


BASE = Sighting(
    EventType.MEETING, 0, SPAN, Status.HELD, Reason("status.tense"), members=(side("NOR"), side("FIN"))
)


@pytest.fixture
def scene(make_scene: MakeScene) -> Scene:
    return make_scene(TEXT + "\n" + TEXT)


def told(**changes: Any) -> Sighting:
    return replace(BASE, trigger=3, **changes)


def test_the_same_parties_make_one_happening(scene: Scene) -> None:
    """Nothing speaks against it, the parties for it."""
    (group,) = group_sightings(scene, [BASE, told()])
    assert group.sightings == [BASE, told()]
    assert group.parties == {"NOR", "FIN"}


DIFFERENT = {
    "dates": ({"when": on("2022-01-10")}, {"when": on("2022-02-10")}),
    "weekdays": ({"when": on(None, "XXXX-WXX-1")}, {"when": on(None, "XXXX-WXX-2")}),
    "cities": ({"where": at("Oslo", "NOR")}, {"where": at("Bergen", "NOR")}),
    "countries": (
        {"where": at("Oslo", "NOR")},
        {"where": replace(at("Finland", "FIN"), granularity="country")},
    ),
    "kinds": ({"kind": MeetingKind.CALL}, {"kind": MeetingKind.IN_PERSON}),
    "persons": (
        {"members": (side("NOR", "Ana Moro"), side("FIN"))},
        {"members": (side("NOR", "Per Dahl"), side("FIN"))},
    ),
    "levels": (
        {"members": (side("NOR", "Ana Moro"), side("FIN"))},
        {"members": (side("NOR", words="delegations"), side("FIN"))},
    ),
    "parties": ({}, {"members": (side("NOR"), side("TCD"))}),
    "earlier": ({}, {"earlier": True}),
    "types": ({}, {"type": EventType.AGREEMENT}),
}


@pytest.mark.parametrize(("one", "two"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_what_differs_keeps_two_happenings_apart(
    scene: Scene, one: dict[str, Any], two: dict[str, Any]
) -> None:
    """Each difference alone is enough."""
    assert len(group_sightings(scene, [replace(BASE, **one), told(**two)])) == 2


def test_dates_that_can_be_one_do_not_part(scene: Scene) -> None:
    """A month and a day in it."""
    first, second = replace(BASE, when=on("2022-01")), told(when=on("2022-01-10"))
    assert conflict(scene, Group([first]), second) == ""
    assert conflict(scene, Group([first]), told(when=on("2022-02-10"))) == "dates"


def test_who_proposes_is_never_who_is_proposed_to(scene: Scene) -> None:
    """Proposals with the roles turned are two."""
    one = replace(BASE, type=EventType.PROPOSAL, members=(), by=(side("NOR"),), to=(side("FIN"),))
    two = replace(one, trigger=3, by=one.to, to=one.by)
    assert len(group_sightings(scene, [one, two])) == 2


def test_two_documents_are_two_agreements_unless_one_points_back(scene: Scene) -> None:
    """ "signed an accord and a memorandum": two; "the accord" said again: one."""
    one = replace(BASE, type=EventType.AGREEMENT, status=Status.REACHED, noun=0)
    assert len(group_sightings(scene, [one, replace(one, trigger=3, noun=3)])) == 2
    assert len(group_sightings(scene, [one, replace(one, trigger=3, noun=3, definite=True)])) == 1


def test_what_speaks_of_the_same_noun_is_one(scene: Scene) -> None:
    """The verb's and the noun's reading of "signed a treaty" join, whoever they name."""
    one = replace(BASE, type=EventType.AGREEMENT, noun=3)
    assert len(group_sightings(scene, [one, replace(one, members=(side("TCD"),))])) == 1


def test_a_weak_sighting_joins_but_never_begins(scene: Scene) -> None:
    """Alone it makes no event."""
    weak = told(weak=True)
    assert group_sightings(scene, [weak]) == []
    assert [len(g.sightings) for g in group_sightings(scene, [BASE, weak])] == [2]


def test_a_mention_without_parties_joins_only_what_it_points_back_to(scene: Scene) -> None:
    """ "the talks" adds to the meeting told before; one shared party alone does not."""
    back = told(members=(), definite=True, weak=True)
    stranger = told(members=(side("NOR"),))
    assert [len(g.sightings) for g in group_sightings(scene, [BASE, back])] == [2]
    other = replace(BASE, members=(side("NOR"), side("TCD"), side("SDN")))
    assert len(group_sightings(scene, [other, replace(stranger, status=Status.PLANNED)])) == 2


def test_every_weight_is_given_by_some_pair(make_scene: MakeScene) -> None:
    """The table and the function name the same things."""
    scene = make_scene("# " + TEXT + "\n\n" + "\n".join([TEXT] * 60))
    rich = told(
        members=(side("NOR", "Ana Moro"), side("FIN")),
        when=on("2022-01-10"),
        where=at("Oslo", "NOR"),
        word="talk",
    )
    wide = replace(rich, members=(side("NOR"), side("FIN"), side("TCD")))
    pairs: list[tuple[Sighting, dict[str, Any]]] = [
        (rich, {"definite": True}), (rich, {"members": (side("NOR"),)}), (rich, {"members": ()}),
        (rich, {"members": (side("NOR"), side("TCD"))}), (wide, {"members": (side("NOR"), side("FIN"))}),
        (rich, {"word": "summit"}), (rich, {"status": Status.CANCELLED}), (rich, {"trigger": 170}),
        (replace(rich, trigger=0), {}),
    ]  # fmt: skip
    found = {name for one, change in pairs for name in features(scene, Group([one]), replace(rich, **change))}
    assert found == set(WEIGHTS)


def test_the_headline_speaks_for_the_body(make_scene: MakeScene) -> None:
    """A sighting below the headline is drawn to what the headline tells."""
    scene = make_scene("# " + TEXT + "\n\n" + TEXT)
    assert "under the headline" in features(scene, Group([BASE]), told())
