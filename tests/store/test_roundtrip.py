"""What is written comes back equal, from SQLite and from PostgreSQL."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace

import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import Judgement, Negotiation, Profile, Reconciled
from dragoman.store import NewReport, Store
from dragoman.store.plain import join, split

# One database for all examples of a test: each works on what it wrote itself.
MANY_IN_ONE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(st.lists(strategies.TEXT).map(tuple))
def test_a_list_written_as_text_comes_back(values: tuple[str, ...]) -> None:
    assert split(join(values)) == values


@MANY_IN_ONE
@given(new=strategies.new_reports())
def test_a_report_comes_back_with_all_that_was_read_in_it(store: Store, new: NewReport) -> None:
    with store.writing() as tx:
        tx.add_report(new, source="here", reread=True)
    key = new.stored.id
    with store.reading() as found:
        (report,) = found.reports([key]).values()
        assert replace(report, current=True, address=new.stored.address) == new.stored
        assert found.text(key) == new.text
        assert found.original(key) == zlib.decompress(new.original.data)
        assert found.row(key) == json.loads(new.row.unpacked())
        assert sorted(found.claims(report=key), key=str) == sorted(new.claims, key=str)
        assert found.statements(key) == tuple(new.statements)
        assert found.defects(key) == tuple(new.defects)
        if report.current:
            assert found.entities().get(key, ()) == tuple(new.entities)


@MANY_IN_ONE
@given(judgement=strategies.JUDGEMENTS)
def test_a_judgement_comes_back(store: Store, judgement: Judgement) -> None:
    with store.writing() as tx:
        added = tx.add_judgement(judgement)
        assert not tx.add_judgement(judgement)
    with store.reading() as found:
        assert added == (judgement in found.judgements())


@MANY_IN_ONE
@given(
    reconciled=strategies.reconciled(),
    negotiations=strategies.NEGOTIATIONS,
    profiles=strategies.PROFILES,
)
def test_what_follows_comes_back(
    store: Store, reconciled: Reconciled, negotiations: Sequence[Negotiation], profiles: Sequence[Profile]
) -> None:
    with store.writing() as tx:
        tx.replace_derived(reconciled, negotiations, profiles)
    with store.reading() as found:
        assert found.reconciled() == reconciled
        assert found.negotiations() == negotiations
        assert found.profiles() == profiles
        for happening in reconciled.happenings:
            assert found.happening(happening.id) == happening
