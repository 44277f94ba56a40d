"""What the commands ask of the tables, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.dossier import Dossier, Filter
from dragoman.store import Store
from dragoman.store.asked import events_of_reports, names_of_negotiations, versions_of_reports


def test_events_versions_and_names(store: Store, fill: Callable[[Store], None], invented: Any) -> None:
    fill(store)
    with store.writing() as tx:
        tx.note_addresses([("/reports/harbour.txt", invented.id("lake"))])
        events = events_of_reports(tx.connection)
        assert events[invented.id("gazette")] == tuple(invented.happenings[n].id for n in (0, 2, 5))
        assert set(events) == set(invented.reports)
        assert versions_of_reports(tx.connection) == {
            invented.id("harbour"): (invented.id("lake"),),
            invented.id("lake"): (invented.id("harbour"),),
        }
        assert names_of_negotiations(tx.connection) == [
            (n.id, n.name, len(n.happenings)) for n in invented.negotiations
        ]


def test_every_question_is_answered_alike(store: Store, fill: Callable[[Store], None], invented: Any) -> None:
    fill(store)
    dossier = Dossier(store)
    assert [told.happening for told in dossier.timeline()] == list(invented.happenings)
    assert len(dossier.timeline(limit=4)) == 4
    assert [told.id for told in dossier.events(Filter(text="telephone"))] == [invented.happenings[-1].id]
    assert dossier.explain(invented.happenings[0].id)[0].told.happening == invented.happenings[0]
    assert [view.negotiation for view in dossier.state()] == list(invented.negotiations)
    assert [profile.name for profile in dossier.actors("holm")] == ["Kari Holm"]
    assert len(dossier.sources()) == 6
    assert len(dossier.unsure()) == len(dossier.problems()) == len(dossier.conflicts()) == 1
    made = dossier.judge("not-an-event", invented.happenings[-1].id, who="Ada", reconcile=False)
    assert dossier.judgements().values == (made,)
