"""What the report as a whole decides: the readout's own day and place, not after publication, not before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.events.defaults import apply_defaults
from dragoman.events.scene import Scene
from dragoman.model import Event, EventType, MeetingKind, Reason, Slot, Span, Status

MakeScene = Callable[..., Scene]
HEAD = "# Meeting/NOUN/root/0 with/ADP/case/3 Norway/PROPN/nmod/1"
BODY = "Chad/PROPN/nsubj/2 met/VERB/root/0/meet Norway/PROPN/obj/2 ././punct/2"
LATER = "Chad/PROPN/nsubj/2 left/VERB/root/0/leave ././punct/2"
REPORT = f"{HEAD}\n\n{BODY}\n\n{LATER}"
DAY = "2022-01-20"


def told(scene: Scene, token: int, **slots: object) -> Event:
    span = scene.parsed.span(token, token + 1)
    event = Event("x", EventType.MEETING, Slot(Status.HELD), Slot(("NOR", "TCD")), (span,))
    return replace(event, **slots)  # type: ignore[arg-type]


def fill(scene: Scene, event: Event) -> Event:
    return apply_defaults(scene, [event])[0]


def test_what_the_headline_tells_happened_on_the_reports_day(make_scene: MakeScene) -> None:
    """Ruling 8; the first sentence below a headline that names a meeting tells the same."""
    scene = make_scene(REPORT, published=DAY)
    for token in (0, 4):
        event = fill(scene, told(scene, token))
        assert event.date.value == DAY
        assert event.date.reasons[-1].rule == "date.readout"


def test_what_stands_further_down_is_not_after_publication(make_scene: MakeScene) -> None:
    """Ruling 14: past and undated."""
    scene = make_scene(REPORT, published=DAY)
    assert fill(scene, told(scene, 8)).date.value == f"../{DAY}"


def test_plans_and_what_is_under_way_get_no_date(make_scene: MakeScene) -> None:
    """Only what happened is bounded by the report's day."""
    scene = make_scene(REPORT, published=DAY)
    for status in (Status.PLANNED, Status.UNDER_WAY):
        assert fill(scene, told(scene, 8, status=Slot(status))).date.value is None


def test_a_date_that_is_told_stands_but_for_the_readouts_own_year_or_month(make_scene: MakeScene) -> None:
    """ "this month" in a readout is its day; another month stays."""
    scene = make_scene(REPORT, published=DAY)
    assert fill(scene, told(scene, 4, date=Slot("2022-01"))).date.value == DAY
    assert fill(scene, told(scene, 4, date=Slot("2021-12"))).date.value == "2021-12"
    assert fill(scene, told(scene, 8, date=Slot("2022-01"))).date.value == "2022-01"


def test_words_that_do_not_decide_are_not_overruled(make_scene: MakeScene) -> None:
    """A date with words but without a value stays open."""
    scene = make_scene(REPORT, published=DAY)
    assert fill(scene, told(scene, 8, date=Slot(None, (Span(0, 7, "Meeting"),)))).date.value is None


def test_an_agreement_of_the_same_parties_goes_with_the_readout(make_scene: MakeScene) -> None:
    """Reached on that occasion; one of others is not."""
    scene = make_scene(REPORT, published=DAY)
    main = told(scene, 0)
    deal = told(scene, 8, type=EventType.AGREEMENT, status=Slot(Status.REACHED))
    other = replace(deal, parties=Slot(("NOR", "SDN")))
    found = apply_defaults(scene, [main, deal, other])
    assert [e.date.value for e in found] == [DAY, DAY, f"../{DAY}"]


def test_a_report_without_a_date_is_not_older_than_what_it_tells(make_scene: MakeScene) -> None:
    """Only for the headline's matter, and only where a bound is known."""
    scene = make_scene(REPORT)
    bounded = replace(scene.chronology, published=replace(scene.chronology.published, dct_low="2022-01-10"))
    known = Scene(scene.parsed, bounded, scene.actors)
    assert fill(known, told(scene, 0)).date.value == "2022-01-10/.."
    assert fill(known, told(scene, 8)).date.value is None
    assert fill(scene, told(scene, 0)).date.value is None


def test_the_readouts_place_stands_where_the_mention_gives_none(make_scene: MakeScene) -> None:
    """ "The Kremlin, Moscow": the city; a city that is told stays, a country gives way, a call has none."""
    scene = make_scene(REPORT, published=DAY, place="The Palace, Oslo")
    wide = Slot("Chad", (), (Reason("place.wide"),))
    assert fill(scene, told(scene, 0)).place.value == "Oslo"
    assert fill(scene, told(scene, 0, place=wide)).place.value == "Oslo"
    assert fill(scene, told(scene, 0, place=Slot("Helsinki"))).place.value == "Helsinki"
    assert fill(scene, told(scene, 0, kind=Slot(MeetingKind.CALL))).place.value is None
    assert fill(scene, told(scene, 8)).place.value is None
