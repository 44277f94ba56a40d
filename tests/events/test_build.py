"""From sightings to an event: every slot, its words and its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.events.build import build_event
from dragoman.events.merge import Group
from dragoman.events.scene import Participant, Scene
from dragoman.events.select import is_record
from dragoman.events.sighting import Sighting
from dragoman.events.when import When
from dragoman.events.where import Where
from dragoman.model import Event, EventType, MeetingKind, Reason, Span, Status, Timex, TimexType

MakeScene = Callable[..., Scene]
SPAN = Span(0, 5, "Talks")
SPEC = "Talks/NOUN/nsubj/2/talk/NNS ended/VERB/root/0/end ././punct/2"


def side(code: str, *people: str) -> Participant:
    return Participant((code,), people, SPAN, 0)


def on(edtf: str | None) -> When:
    timex = Timex(SPAN, 0, 1, TimexType.DATE, edtf or "XXXX-WXX-1", edtf, Reason("test.timex"))
    return When(edtf, timex, Reason("test.when"))


def at(name: str, size: str, country: str | None = "NOR") -> Where:
    return Where(name, country, size, SPAN, Reason("test.where"))


MEETING = Sighting(
    EventType.MEETING, 0, SPAN, Status.HELD, Reason("status.tense"), members=(side("NOR"), side("FIN"))
)
PROPOSAL = Sighting(
    EventType.PROPOSAL, 0, SPAN, Status.MADE, Reason("status.tense"), by=(side("NOR"),), to=(side("FIN"),)
)


def build(make_scene: MakeScene, *sightings: Sighting, published: str | None = None) -> Event:
    return build_event(make_scene(SPEC, published=published), Group(list(sightings)))


def test_the_id_depends_on_text_place_and_type_alone(make_scene: MakeScene) -> None:
    """The same at every reading, another for another trigger, type or text."""
    event = build(make_scene, MEETING)
    assert event.id == build(make_scene, replace(MEETING, members=())).id
    assert len(event.id) == 10
    assert event.id != build(make_scene, replace(MEETING, trigger=1)).id
    assert event.id != build(make_scene, PROPOSAL).id
    assert event.id != build_event(make_scene(SPEC + " ././punct/2"), Group([MEETING])).id


def test_roles_are_kept_apart_and_parties_are_their_union(make_scene: MakeScene) -> None:
    """By, to and mediators each have their slot; who acts is never acted on."""
    event = build(
        make_scene, replace(PROPOSAL, mediators=(side("TCD"),)), replace(PROPOSAL, to=(side("NOR"),))
    )
    assert (event.by.value, event.to.value, event.mediators.value) == (("NOR",), ("FIN",), ("TCD",))
    assert set(event.parties.value) == {"NOR", "FIN", "TCD"}


STATUS = {
    "held and dated after the report is planned": ("held", "status.tense", "2022-03-01", "planned"),
    "under way and dated after the report is planned": ("under-way", "status.tense", "2022-03", "planned"),
    "loosely to come but over by the report was held": ("planned", "status.ahead-of", "2022-01-05", "held"),
    "said to be planned stays planned": ("planned", "status.participle", "2022-01-05", "planned"),
    "loosely to come on the day of the report stays planned": (
        "planned",
        "status.ahead-of",
        "2022-01-20",
        "planned",
    ),
    "held before the report stays held": ("held", "status.tense", "2022-01-05", "held"),
    "on the report's own day stays held": ("held", "status.tense", "2022-01-20", "held"),
    "a month that has begun stays held": ("held", "status.tense", "2022-01", "held"),
    "an open interval decides nothing": ("held", "status.tense", "2022-03-01/..", "held"),
    "an unknown year decides nothing": ("held", "status.tense", "XXXX-03-01", "held"),
}


@pytest.mark.parametrize(("said", "rule", "edtf", "status"), STATUS.values(), ids=STATUS.keys())
def test_the_status_holds_against_the_reports_own_day(
    make_scene: MakeScene, said: str, rule: str, edtf: str, status: str
) -> None:
    """The report is of 20 January 2022."""
    sighting = replace(MEETING, status=Status(said), status_reason=Reason(rule), when=on(edtf))
    assert build(make_scene, sighting, published="2022-01-20").status.value == status
    assert build(make_scene, sighting).status.value == said


def test_a_cancelled_meeting_is_cancelled_whatever_else_is_said(make_scene: MakeScene) -> None:
    """Cancelled, postponed and denied are final; weak mentions do not decide."""
    planned, cancelled = replace(MEETING, status=Status.PLANNED), replace(MEETING, status=Status.CANCELLED)
    assert build(make_scene, planned, cancelled).status.value is Status.CANCELLED
    assert build(make_scene, planned, replace(cancelled, weak=True)).status.value is Status.PLANNED


def test_travelled_for_talks_then_told_is_held(make_scene: MakeScene) -> None:
    """A guess that they were still to come gives way."""
    ahead = replace(MEETING, status=Status.PLANNED, status_reason=Reason("status.ahead-of"))
    assert build(make_scene, ahead, MEETING).status.value is Status.HELD
    assert build(make_scene, ahead).status.value is Status.PLANNED


def test_the_finest_date_and_place_stand(make_scene: MakeScene) -> None:
    """A day before its month, a city before its country."""
    event = build(
        make_scene,
        replace(MEETING, when=on("2022-01"), where=at("Norway", "country")),
        replace(MEETING, when=on("2022-01-10"), where=at("Oslo", "city")),
    )
    assert (event.date.value, event.place.value, event.country.value) == ("2022-01-10", "Oslo", "NOR")
    assert [r.rule for r in event.date.reasons] == ["test.when", "test.timex"]


def test_a_closed_date_stands_before_an_open_one(make_scene: MakeScene) -> None:
    """ "not after" says less than a month."""
    event = build(
        make_scene, replace(MEETING, when=on("../2022-01-13")), replace(MEETING, when=on("2022-01"))
    )
    assert event.date.value == "2022-01"


def test_words_that_do_not_decide_the_day_are_kept(make_scene: MakeScene) -> None:
    """A bare weekday in an undated report: no value, but its words and why."""
    event = build(make_scene, replace(MEETING, when=on(None)))
    assert (event.date.value, event.date.spans) == (None, (SPAN,))
    assert event.date.reasons[0].rule == "date.undecided"


def test_a_country_alone_is_marked_as_wide(make_scene: MakeScene) -> None:
    """So that the report's own place may stand instead."""
    wide = build(make_scene, replace(MEETING, where=at("Norway", "country")))
    fine = build(make_scene, replace(MEETING, where=at("Oslo", "city")))
    assert "place.wide" in {r.rule for r in wide.place.reasons}
    assert "place.wide" not in {r.rule for r in fine.place.reasons}


def test_the_kind_is_said_or_follows_from_place_or_persons(make_scene: MakeScene) -> None:
    """A call has no place; a place or two persons make it in person; else nothing is said."""
    place = at("Oslo", "city")
    call = build(make_scene, replace(MEETING, kind=MeetingKind.CALL, where=place))
    assert (call.kind.value, call.place.value, call.country.value) == (MeetingKind.CALL, None, None)
    assert build(make_scene, replace(MEETING, where=place)).kind.value is MeetingKind.IN_PERSON
    persons = replace(MEETING, members=(side("NOR", "Ana Moro"), side("FIN", "Olli Salo")))
    assert build(make_scene, persons).kind.value is MeetingKind.IN_PERSON
    assert build(make_scene, MEETING).kind.value is None
    assert build(make_scene, replace(PROPOSAL, where=place)).kind.value is None


def test_a_forum_gives_its_members_and_its_name(make_scene: MakeScene) -> None:
    """Unless the name only says who meets."""
    council = replace(MEETING, members=(), forum="Northern Council", forum_parties=("NOR", "FIN"))
    event = build(make_scene, council)
    assert (event.forum.value, event.parties.value) == ("Northern Council", ("NOR", "FIN"))
    assert build(make_scene, replace(council, forum="Norway-Finland talks")).forum.value is None


def test_a_body_at_whose_summit_two_others_meet_is_no_party(make_scene: MakeScene) -> None:
    """One fixed member adds to fewer than two parties only."""
    assert build(make_scene, replace(MEETING, forum_parties=("EU",))).parties.value == ("NOR", "FIN")
    alone = replace(MEETING, members=(side("NOR"),), forum_parties=("EU",))
    assert build(make_scene, alone).parties.value == ("NOR", "EU")


def test_a_subject_that_says_nothing_is_left_out(make_scene: MakeScene) -> None:
    """ "these issues" is no subject, the next mention's words are."""
    vague, clear = Span(0, 12, "these issues"), Span(0, 7, "fishing")
    event = build(make_scene, replace(MEETING, subject=vague), replace(MEETING, subject=clear))
    assert event.subject.value == "fishing"
    assert build(make_scene, replace(MEETING, subject=vague)).subject.value is None


def test_only_proposals_and_agreements_have_a_title(make_scene: MakeScene) -> None:
    """A meeting's noun is no document."""
    assert build(make_scene, replace(PROPOSAL, title=SPAN)).title.value == "Talks"
    assert build(make_scene, replace(MEETING, title=SPAN)).title.value is None


def test_a_weak_mention_of_nobody_shows_no_evidence(make_scene: MakeScene) -> None:
    """Its snippet would justify nothing; one that points back by its noun does."""
    other = Span(6, 11, "ended")
    weak = replace(MEETING, members=(), weak=True, evidence=other)
    assert build(make_scene, MEETING, weak).evidence == (SPAN,)
    assert build(make_scene, MEETING, replace(weak, definite=True, word="talk")).evidence == (SPAN, other)


RECORD = {
    "a meeting of two": (replace(MEETING), True),
    "a meeting of one": (replace(MEETING, members=(side("NOR"),)), False),
    "an agreement of one": (replace(MEETING, type=EventType.AGREEMENT, members=(side("NOR"),)), False),
    "a proposal to somebody": (PROPOSAL, True),
    "a proposal to nobody": (replace(PROPOSAL, to=()), False),
    "a proposal by nobody": (replace(PROPOSAL, by=(), members=(side("NOR"),)), False),
    "a refusal to nobody": (replace(PROPOSAL, type=EventType.REFUSAL, to=()), True),
    "a refusal by nobody": (replace(PROPOSAL, type=EventType.REFUSAL, by=()), False),
}


@pytest.mark.parametrize(("sighting", "kept"), RECORD.values(), ids=RECORD.keys())
def test_an_event_names_the_parties_that_its_type_needs(
    make_scene: MakeScene, sighting: Sighting, *, kept: bool
) -> None:
    """Codebook sections 2 and 3, ruling 3."""
    assert is_record(build(make_scene, sighting)) is kept
