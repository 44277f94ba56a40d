"""Where people are told to be, and the meetings that are placed by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.events.scene import Scene
from dragoman.events.whereabouts import find_presences, place_events
from dragoman.model import Event, EventType, MeetingKind, Slot, Status

MakeScene = Callable[..., Scene]
ARRIVED = "Moro/PROPN/nsubj/2 arrived/VERB/root/0/arrive in/ADP/case/4 {city}/PROPN/obl/2 ././punct/2"
WILL = (
    "Moro/PROPN/nsubj/3 will/AUX/aux/3 travel/VERB/root/0/travel/VB to/ADP/case/5 {city}/PROPN/obl/3 "
    "on/ADP/case/7 Monday/PROPN/obl/3"
)
MET = "She/PRON/nsubj/2 met/VERB/root/0/meet Salo/PROPN/obj/2 ././punct/2"


def meeting(scene: Scene, word: str = "met", **slots: object) -> Event:
    at = next(token.i for token in scene.parsed.tokens if token.text == word)
    event = Event(
        "x",
        EventType.MEETING,
        Slot(Status.HELD),
        Slot(("NOR", "FIN")),
        (scene.parsed.span(at, at + 1),),
        people=Slot(("Ana Moro", "Olli Salo")),
    )
    return replace(event, **slots)  # type: ignore[arg-type]


def test_a_presence_has_who_where_and_whether_it_is_ahead(make_scene: MakeScene) -> None:
    """ "arrived in X" is there, "will travel to X on Monday" still to come and dated."""
    (here,) = find_presences(make_scene(ARRIVED.format(city="Helsinki")))
    assert (here.people, here.where.name, here.ahead) == (frozenset({"Ana Moro"}), "Helsinki", False)
    (ahead,) = find_presences(make_scene(WILL.format(city="Helsinki"), ("Monday", "2022-01-10")))
    assert ahead.ahead
    assert ahead.when is not None
    assert ahead.when.edtf == "2022-01-10"


def test_a_meeting_is_in_the_other_sides_country_where_somebody_arrived(make_scene: MakeScene) -> None:
    """The Norwegian in Helsinki meets the Finn there, in person."""
    scene = make_scene(ARRIVED.format(city="Helsinki") + "\n" + MET)
    (event,) = place_events(scene, [meeting(scene)], [])
    assert (event.place.value, event.country.value) == ("Helsinki", "FIN")
    assert event.kind.value is MeetingKind.IN_PERSON
    assert event.place.reasons[0].rule == "place.whereabouts"


def test_a_place_that_is_told_stays_and_a_call_has_none(make_scene: MakeScene) -> None:
    """Whereabouts fill gaps only."""
    scene = make_scene(ARRIVED.format(city="Helsinki") + "\n" + MET)
    placed, call = meeting(scene, place=Slot("Oslo")), meeting(scene, kind=Slot(MeetingKind.CALL))
    found = place_events(scene, [placed, call], [])
    assert [event.place.value for event in found] == ["Oslo", None]


def test_a_visit_to_come_places_nothing_that_was_held(make_scene: MakeScene) -> None:
    """Where somebody will be says nothing of where they were."""
    scene = make_scene(WILL.format(city="Helsinki") + "\n" + MET)
    (held,) = place_events(scene, [meeting(scene)], [])
    (planned,) = place_events(scene, [meeting(scene, status=Slot(Status.PLANNED))], [])
    assert held.place.value is None
    assert planned.place.value == "Helsinki"


def test_a_planned_meeting_takes_the_date_of_its_visit(make_scene: MakeScene) -> None:
    """Unless it is dated itself."""
    scene = make_scene(WILL.format(city="Helsinki") + "\n" + MET, ("Monday", "2022-01-10"))
    planned = meeting(scene, status=Slot(Status.PLANNED))
    dated = replace(planned, date=Slot("2022-02"))
    found = place_events(scene, [planned, dated], [])
    assert [event.date.value for event in found] == ["2022-01-10", "2022-02"]


def test_somebody_known_in_two_cities_is_in_neither(make_scene: MakeScene) -> None:
    """With the other side's country in neither, the words do not decide."""
    two = ARRIVED.format(city="Oslo") + "\n" + ARRIVED.format(city="Helsinki") + "\n" + MET
    scene = make_scene(two)
    (event,) = place_events(scene, [meeting(scene, parties=Slot(("NOR", "TCD")))], [])
    assert event.place.value is None
