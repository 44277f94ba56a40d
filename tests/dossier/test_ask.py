"""What a dossier answers: pages of its timeline, filters, explanations, the record of a day, decisions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.dossier import Dossier, ask
from dragoman.dossier.derive import derive
from dragoman.dossier.then import fits
from dragoman.errors import UsageError
from dragoman.model import CLAIM_SLOTS, Decision, EventType, Status
from dragoman.output.reread import event_of
from dragoman.output.rows import to_json
from dragoman.store import Filter
from dragoman.store.asked import events_told_by


@pytest.fixture
def dossier(dossier_file: Path) -> Iterator[Dossier]:
    with Dossier.open(dossier_file) as found:
        yield found


def test_a_timeline_that_fits_a_page_is_whole(dossier: Dossier, invented: Any) -> None:
    answer = dossier.timeline()
    assert [told.id for told in answer] == [happening.id for happening in invented.happenings]
    assert (answer.total, answer.undated) == (7, 0)
    met = answer[0]
    assert met.happening == invented.happenings[0]
    assert [claim.report for claim in met.claims] == [report.id for report in met.told_by]


def test_a_longer_timeline_comes_in_pages_from_its_end_without_the_undated(dossier: Dossier) -> None:
    whole = [told.id for told in dossier.timeline(limit=None)]
    dated = whole[:-1]
    pages = [dossier.timeline(limit=4, page=page) for page in (2, 1)]
    assert [told.id for page in pages for told in page] == dated
    assert [len(page) for page in pages] == [2, 4]
    assert (pages[0].total, pages[0].undated) == (7, 1)
    assert len(dossier.timeline(limit=4, page=3)) == 0
    with pytest.raises(UsageError, match="count from 1"):
        dossier.timeline(page=0)


@pytest.mark.parametrize("number", [1, 3, 6, 7, 20])
def test_the_latest_come_first_and_the_undated_after_all_others(dossier: Dossier, number: int) -> None:
    whole = [told.id for told in dossier.timeline(limit=None)]
    dated, undated = whole[:-1], whole[-1:]
    with dossier.store.reading() as found:
        assert [one.id for one in ask.latest(found, Filter(), number)] == [*dated[::-1], *undated][:number]
        reports = list(found.reports())
        assert list(events_told_by(found.connection, reports)) == [*dated[::-1], *undated]


def test_an_event_is_explained_with_all_that_made_it(dossier: Dossier, invented: Any) -> None:
    met = invented.happening("courier", "e1")
    (explained,) = dossier.explain(invented.claim("courier", "e1").id[:9])
    assert explained.told.happening == met
    assert set(explained.texts) == {claim.report for claim in explained.told.claims}
    assert [match.score for match in explained.joined] == [6.5, 5.25]
    assert explained.readings == {}


def test_the_rules_of_a_claim_come_from_its_stored_reading(dossier: Dossier, invented: Any) -> None:
    claim = invented.claim("harbour", "e1")
    (explained,) = dossier.explain(claim.id, rules=[claim.id[:6]])
    assert [reason.rule for reason in explained.readings[claim.id].steps] == ["event.trigger"]
    (every,) = dossier.explain(claim.id, rules=[""])
    assert len(every.readings) == 4
    with pytest.raises(UsageError, match="its claims are"):
        dossier.explain(claim.id, rules=["0000"])


def test_an_id_that_is_none_is_told(dossier: Dossier) -> None:
    for prefix in ("zz", "0000000", ""):
        with pytest.raises(UsageError, match="no event's id begins"):
            dossier.explain(prefix)


def test_a_state_names_its_events_and_is_found_by_id_and_by_name(dossier: Dossier, invented: Any) -> None:
    cod, lake = dossier.state()
    assert set(cod.events) == {h.id for h in invented.happenings[:3]} | {invented.happenings[5].id}
    assert [view.negotiation.id for view in dossier.state("kenya")] == [lake.negotiation.id]
    assert [view.negotiation.id for view in dossier.state(cod.negotiation.id[:5])] == [cod.negotiation.id]
    with pytest.raises(UsageError, match="no negotiation is named"):
        dossier.state("atlantis")


def test_a_negotiation_is_a_filter_by_the_beginning_of_its_id_or_its_name(dossier: Dossier) -> None:
    (lake,) = dossier.state("kenya uganda")
    by_name = dossier.events(Filter(negotiation="kenya"))
    assert {told.id for told in by_name} == set(lake.negotiation.happenings)
    with pytest.raises(UsageError, match="say which"):
        dossier.events(Filter(negotiation="and"))


def test_conflicts_are_told_slot_by_slot(dossier: Dossier, invented: Any) -> None:
    (conflict,) = dossier.conflicts()
    assert (conflict.told.id, conflict.slot) == (invented.happenings[0].id, "date")


def test_sources_have_events_copies_and_come_by_date(dossier: Dossier, invented: Any) -> None:
    sources = {source.report.name: source for source in dossier.sources()}
    assert next(iter(sources)) == "harbour.txt"
    assert [copy.name for copy in sources["courier.txt"].copies] == ["mirror.txt"]
    assert sources["gazette.txt"].events == tuple(invented.happenings[n].id for n in (0, 2, 5))
    assert sources["harbour.txt"].copies == sources["harbour.txt"].versions == ()


def test_a_changed_report_names_its_versions(dossier: Dossier, invented: Any) -> None:
    harbour, lake = invented.id("harbour"), invented.id("lake")
    with dossier.store.writing() as tx:
        tx.note_addresses([("/reports/harbour.txt", lake)])
    sources = {source.report.id: source for source in dossier.sources()}
    assert [version.id for version in sources[harbour].versions] == [lake]
    assert not sources[harbour].report.current


def test_problems_and_actors(dossier: Dossier) -> None:
    (problem,) = dossier.problems()
    assert (problem.where, problem.stage) == ("lake.txt", "language")
    assert [profile.name for profile in dossier.actors()] == ["Kari Holm", "Cod Front"]
    assert [profile.name for profile in dossier.actors("k. holm")] == ["Kari Holm"]


def test_a_pair_brings_the_texts_of_its_reports(dossier: Dossier, invented: Any) -> None:
    (pair,) = dossier.unsure()
    assert pair.texts == {}
    whole = dossier.pair(pair.match)
    assert whole is not None
    assert set(whole.texts.values()) == {invented.texts[invented.id(name)] for name in ("lake", "lakeside")}


# --- as of a day ---


def test_the_record_of_a_day_knows_nothing_later(dossier: Dossier, invented: Any) -> None:
    then = dossier.events(as_of=date(2024, 3, 5))
    assert [told.happening.claims for told in then] == [(invented.claim("harbour", "e1").id,)]
    assert then[0].happening.text("status") == "planned"
    assert len(dossier.timeline(as_of=date(2024, 2, 1))) == 0
    assert dossier.explain(then[0].id, as_of=date(2024, 3, 5))[0].told.happening.sources == 1
    with pytest.raises(UsageError, match="no event's id"):
        dossier.explain(invented.claim("lakeside", "e1").id, as_of=date(2024, 3, 5))


days = st.dates(date(2024, 2, 20), date(2024, 3, 30))
filters = st.builds(
    Filter,
    types=st.lists(st.sampled_from([*map(str, EventType)]), max_size=2).map(tuple),
    statuses=st.lists(st.sampled_from([*map(str, Status)]), max_size=3).map(tuple),
    parties=st.lists(st.sampled_from(["NOR", "CHL", "KEN", "X"]), max_size=1).map(tuple),
    people=st.lists(st.sampled_from(["holm", "KARI", "x"]), max_size=1).map(tuple),
    place=st.none() | st.sampled_from(["lis", "prt", "ARUSHA", "%", "p"]),
    forum=st.none() | st.just("x"),
    since=st.none() | days,
    until=st.none() | days,
    text=st.none() | st.sampled_from(["quota", "norway met", "telephone", "quota cod", "_", "At Last"]),
    report=st.none(),
    conflict=st.none() | st.booleans(),
    overdue=st.none() | st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(wanted=filters)
def test_a_filter_means_the_same_in_the_store_and_for_the_record_of_a_day(
    invented: Any, invented_file: Path, wanted: Filter
) -> None:
    with Dossier.open(invented_file, readonly=True) as dossier, dossier.store.reading() as reading:
        stored = {happening.id for happening in reading.happenings(wanted)}
    assert stored == {h.id for h in invented.happenings if fits(h, wanted, invented.claims)}


# --- decisions ---


def test_a_decision_is_kept_joins_and_is_undone(dossier: Dossier, invented: Any) -> None:
    spoke, ministers = invented.claim("lake", "e2").id, invented.claim("lakeside", "e1").id
    with dossier.store.writing() as tx:
        derive(tx)  # the invented record was written by hand
    apart = {told.id for told in dossier.events()}
    made = dossier.judge("same", spoke[:8], ministers[:8], who="Ada", why="one call")
    assert dossier.is_fresh()
    assert dossier.event(spoke).id == dossier.event(ministers).id
    assert dossier.explain(spoke)[0].judgements == (made,)
    dossier.undo(made.id[:6], who="Ada")
    assert dossier.event(spoke).id != dossier.event(ministers).id
    assert [j.decision for j in dossier.judgements()] == [Decision.SAME, Decision.UNDO]
    assert {told.id for told in dossier.events()} == apart


def test_a_decision_can_wait_for_the_record(dossier: Dossier, invented: Any) -> None:
    dossier.judge("not-an-event", invented.claim("lake", "e2").id, who="Ada", reconcile=False)
    assert not dossier.is_fresh()
    assert dossier.event(invented.claim("lake", "e2").id)
    dossier.reconcile()
    with pytest.raises(UsageError, match="no event's id"):
        dossier.event(invented.claim("lake", "e2").id)


def test_different_takes_a_claim_out_of_an_event(dossier: Dossier, invented: Any) -> None:
    met = invented.happenings[0]
    odd = invented.claim("gazette", "e1").id
    made = dossier.judge("different", odd, met.id, who="Ada", reconcile=False)
    assert [anchor.claim for anchor in made.anchors] == [odd, *(c for c in met.claims if c != odd)]


def test_two_events_that_are_one_are_so_with_all_their_claims(dossier: Dossier, invented: Any) -> None:
    """Else claims that the table keeps from the other event would stay behind as an event of their own."""
    met, spoke = invented.happenings[0], invented.claim("lake", "e2")
    assert len(met.claims) > 1
    made = dossier.judge("same", met.id, spoke.id, who="Ada", reconcile=False)
    assert {anchor.claim for anchor in made.anchors} == {*met.claims, spoke.id}
    pair = dossier.judge("same", met.claims[0], spoke.id, who="Ada", alone=True, reconcile=False)
    assert [anchor.claim for anchor in pair.anchors] == [met.claims[0], spoke.id]


def test_an_event_that_is_none_is_dropped_with_all_its_claims(dossier: Dossier, invented: Any) -> None:
    met = invented.happenings[0]
    made = dossier.judge("not-an-event", met.id, who="Ada", reconcile=False)
    assert tuple(anchor.claim for anchor in made.anchors) == met.claims


def test_judgements_brought_in_twice_are_there_once(
    dossier: Dossier, invented_file: Path, tmp_path: Path, invented: Any
) -> None:
    made = dossier.judge("correct", invented.happenings[0].id, who="Ada", slot="place", value="Porto")
    assert dossier.event(invented.happenings[0].id).happening.text("place") == "Porto"
    other = tmp_path / "other.dossier"
    other.write_bytes(invented_file.read_bytes())
    with Dossier.open(other) as elsewhere:
        assert elsewhere.add_judgements([made, made]) == 1
        assert elsewhere.add_judgements(dossier.judgements()) == 0
        assert elsewhere.judgements().values == (made,)
        assert elsewhere.event(made.anchors[0].claim).happening.text("place") == "Porto"


def test_a_judgement_that_is_none_is_told(dossier: Dossier) -> None:
    with pytest.raises(UsageError, match="no judgement's id begins"):
        dossier.undo("ab", who="Ada")
    with pytest.raises(UsageError, match="no judgement's id begins"):
        dossier.undo("", who="Ada")


# --- rows and frames ---


def test_rows_turn_into_frames_of_each_library(dossier: Dossier) -> None:
    answer = dossier.events()
    rows = answer.rows()
    assert rows[0]["parties"] == "CHL; NOR"
    pandas, polars, arrow = answer.to_pandas(), answer.to_polars(), answer.to_arrow()
    assert list(pandas.columns) == polars.columns == arrow.column_names == list(answer.form.columns)
    assert pandas["id"].tolist() == polars["id"].to_list() == arrow["id"].to_pylist()
    assert polars["sources"].to_list() == [row["sources"] for row in rows]
    empty = dossier.events(Filter(parties=("XXX",)))
    assert len(empty.to_pandas()) == len(empty.to_polars()) == len(empty.to_arrow()) == 0


@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow"])
def test_a_missing_library_is_named_with_what_to_install(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    method = {"pandas": "to_pandas", "polars": "to_polars", "pyarrow": "to_arrow"}[name]
    with pytest.raises(UsageError, match=f"pip install {name}"):
        getattr(dossier.events(), method)()


def test_an_answer_shows_itself_as_text_and_as_a_page(dossier: Dossier) -> None:
    answer = dossier.timeline()
    assert "Meeting, held · Lisbon, Portugal" in str(answer)
    assert "<b>at last" not in answer._repr_html_()
    assert "Last meeting" in dossier.state()._repr_html_()
    assert answer[1:3] == tuple(answer)[1:3]
    assert answer.to_csv().count("\n") == 8
    assert len(list(answer.json_lines())) == len(answer.to_json()) == 7


def test_an_event_comes_back_from_the_row_of_its_report() -> None:
    report = dragoman.read(Path(__file__).parents[2] / "examples" / "january-2022")[0]
    rows = to_json(report.record)["events"]
    assert rows
    for row, event in zip(rows, report.events, strict=True):
        assert event_of(row) == event
    assert set(CLAIM_SLOTS) <= set(rows[0])
