"""What is kept between requests: never out of date, bounded, the same as what the database gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import fakes
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.exc import SQLAlchemyError

from dragoman.dossier import Dossier, ask
from dragoman.store import Filter, Reading
from dragoman.store.tables import judgements
from dragoman.web.held import Cached, Remembering, Shelf

FILTERS = (
    None,
    Filter(),
    Filter(conflict=True),
    Filter(parties=("RUS",)),
    Filter(text="Geneva"),
    Filter(text="no such words"),
)


@pytest.fixture
def cached(example: Dossier) -> Iterator[Cached]:
    found = Cached(example)
    yield found
    found.close()


def other(dossier: Dossier) -> Dossier:
    """The same dossier, opened by somebody else."""
    return Dossier.open(dossier.store.where)


@given(st.integers(1, 20), st.lists(st.tuples(st.integers(0, 9), st.integers(1, 25))))
def test_a_shelf_holds_the_last_values_up_to_its_weight(most: int, puts: list[tuple[int, int]]) -> None:
    shelf: Shelf[int, int] = Shelf(most)
    weights: dict[int, int] = {}
    for n, (key, weight) in enumerate(puts):
        gone = shelf.put(key, n, weight)
        weights[key] = weight
        for one in gone:
            del weights[one]
            assert one not in shelf
        assert sum(weights.values()) <= most
        assert len(shelf) == len(weights)
        if weight <= most:
            assert shelf.take(key) == n


def test_what_was_asked_for_last_stays() -> None:
    shelf: Shelf[str, int] = Shelf(2)
    shelf.put("old", 1)
    shelf.put("new", 2)
    shelf.take("old")
    assert shelf.put("newest", 3) == ["new"]


def test_an_answer_is_made_once_until_somebody_writes(cached: Cached, example: Dossier) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return len(made)

    assert [cached.get("key", make), cached.get("key", make)] == [1, 1]
    with other(example) as another:
        another.judge("not-an-event", example.happenings()[0].id, who="ben", reconcile=False)
    assert [cached.get("key", make), cached.get("key", make)] == [2, 2]


def test_what_is_made_while_somebody_writes_is_not_kept(cached: Cached, example: Dossier) -> None:
    def make() -> int:
        found = len(example.judgements())
        with other(example) as another:
            another.judge("not-an-event", example.happenings()[0].id, who="ben", reconcile=False)
        cached.get("another key", lambda: None)  # by now somebody knows that it changed
        return found

    assert cached.get("key", make) == 0
    assert cached.get("key", lambda: len(example.judgements())) == 1


def test_an_error_is_not_kept(cached: Cached) -> None:
    def broken() -> int:
        raise KeyError("key")

    with pytest.raises(KeyError):
        cached.get("key", broken)
    assert not cached._making
    assert cached.get("key", lambda: 3) == 3


def test_a_remembered_state_is_the_database_s(cached: Cached, example: Dossier) -> None:
    for _ in range(2):
        with cached.reading() as held, example.store.reading() as plain:
            assert isinstance(held, Remembering)
            for wanted in FILTERS:
                assert held.count(wanted) == plain.count(wanted)
                assert held.happenings(wanted) == plain.happenings(wanted)
                for limit, offset in ((2, 0), (2, 1), (0, 0), (5, 1000), (None, 3)):
                    assert held.happenings(wanted, limit=limit, offset=offset) == plain.happenings(
                        wanted, limit=limit, offset=offset
                    )
            happenings = plain.happenings()
            ids = [claim for happening in happenings for claim in happening.claims]
            by_id = {claim.id: claim for claim in plain.claims(ids)}
            assert held.claims([*ids[::-1], "none"]) == [by_id[key] for key in ids[::-1]]
            assert sorted(held.claims(), key=str) == sorted(plain.claims(), key=str)
            assert held.reports() == plain.reports()
            assert held.reports([*plain.reports(), "none"]) == plain.reports()
            assert held.judgements() == plain.judgements()
            assert held.happening(ids[0]) == plain.happening(ids[0])
            assert held.happening("none") is None


def test_what_is_remembered_is_not_asked_for_again(cached: Cached, example: Dossier) -> None:
    asked: list[str] = []
    event.listen(example.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def timeline() -> int:
        with cached.reading() as found:
            return len(ask.timeline(found, Filter(), ask.Page(5)))

    assert timeline() == 5
    assert any("event_slots" in text for text in asked)
    del asked[:]
    assert timeline() == 5
    assert not [text for text in asked if "event" in text or "claims" in text]


def test_a_decision_of_somebody_else_is_seen_at_once(cached: Cached, example: Dossier) -> None:
    with cached.reading() as found:
        before = found.happenings()
    with other(example) as another:
        another.judge("correct", before[0].id, who="ben", slot="place", value="Bern")
    with cached.reading() as found:
        (after,) = (one for one in found.happenings() if one.id == before[0].id)
        assert after.text("place") == "Bern"
        assert len(found.judgements()) == 1


def test_a_reading_is_one_state_while_others_write(cached: Cached, example: Dossier) -> None:
    """What is remembered and what the reading's own transaction holds are of the same moment."""
    key = example.happenings()[0].id
    ended = threading.Event()
    wrong: list[tuple[int, int]] = []
    remembered: list[bool] = []

    def count(found: Reading) -> int:
        return found.connection.scalar(select(func.count()).select_from(judgements)) or 0

    def read() -> None:
        while not ended.is_set():
            with cached.reading() as found:
                remembered.append(isinstance(found, Remembering))
                pair = len(found.judgements()), count(found)
            if pair[0] != pair[1]:
                wrong.append(pair)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    with other(example) as another:
        for n in range(40):
            another.judge("not-an-event", key, who=f"ben {n}", reconcile=False)
    ended.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert any(remembered)
    with cached.reading() as found:
        assert len(found.judgements()) == 40


def test_memory_is_bounded(cached: Cached, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached._pages, "_most", 100)
    for n in range(50):
        cached.finished(cached.version(), n, lambda: b"x" * 30)
    assert len(cached._pages) == 3
    assert len(cached._making) == 3


def test_some_reports_as_sources_are_those_of_all(example_file: Path) -> None:
    with Dossier.open(example_file, readonly=True) as dossier, dossier.store.reading() as found:
        every = list(ask.sources(found))
        for some in (every, every[::2], every[3:4], []):
            assert list(ask.sourced(found, [one.report.id for one in some])) == some
        assert ask.sourced(found, ["none"]) == ()


def test_every_write_of_somebody_else_is_noticed(where: str, tmp_path: Path) -> None:
    """On either database, down to another address of a known report."""
    (tmp_path / "one.txt").write_text("A headline\n\npublished 2022-02-05. There were talks on 2022-01-10.")
    with Dossier.open(where, create=True) as dossier, Dossier.open(where) as another:
        dossier.build([tmp_path / "one.txt"], workers=0, make_reader=fakes.quick_reader)
        (key,) = dossier.reports()
        told = dossier.happenings()[0].id

        def address() -> None:
            with another.store.writing() as tx:
                tx.note_addresses([("/another/place", key)])

        kept = Cached(dossier)
        for change in (
            address,
            lambda: another.judge("correct", told, who="ben", slot="place", value="Bern", reconcile=False),
            another.reconcile,
            lambda: another.undo(another.judgements()[-1].id, who="ben", reconcile=False),
            another.reconcile,
        ):
            before = kept.version()
            assert kept.version() == before
            with kept.reading() as found:
                found.happenings()
            change()
            assert kept.version() != before
            with kept.reading() as held, dossier.store.reading() as plain:
                assert held.happenings() == plain.happenings()
                assert held.judgements() == plain.judgements()
        kept.close()


def test_who_asks_while_it_closes_is_told_so(example: Dossier) -> None:
    """The driver must not be asked over a connection that is being closed: that ends the process."""
    for _ in range(30):
        cached, ended = Cached(example), []

        def ask(cached: Cached = cached, ended: list[str] = ended) -> None:
            try:
                while True:
                    cached.get("x", lambda: 1)
            except SQLAlchemyError:
                ended.append("told")

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        cached.close()
        for thread in threads:
            thread.join(10)
        assert ended == ["told"] * 3


def test_what_takes_long_is_made_by_one_thread_however_often_the_dossier_changes(example: Dossier) -> None:
    cached, begun, let_go = Cached(example), threading.Semaphore(0), threading.Event()
    made: list[str] = []

    def make() -> None:
        made.append(threading.current_thread().name)
        begun.release()
        let_go.wait(20)

    cached.slow.append(make)
    cached.warm()
    assert begun.acquire(timeout=20)
    for _ in range(20):
        cached.warm()
    assert [t.name for t in threading.enumerate()].count("dragoman-warm") == 1
    let_go.set()
    assert begun.acquire(timeout=20), "once more for what changed meanwhile"
    for thread in threading.enumerate():
        if thread.name == "dragoman-warm":
            thread.join(20)
    assert made == ["dragoman-warm"] * 2
    cached.close()
