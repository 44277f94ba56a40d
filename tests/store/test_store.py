"""Opening, versions, locks, and what no code path may do."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from dragoman.errors import UsageError
from dragoman.model import Anchor, Decision, Judgement
from dragoman.store import Store
from dragoman.store.connect import ONE_TRY
from dragoman.store.schema import HEAD, MIGRATIONS, REVISIONS
from dragoman.store.store import shown_place
from dragoman.store.tables import METADATA, judgement_anchors, judgements

JUDGEMENT = Judgement(
    "a" * 16,
    Decision.SAME,
    (Anchor("b" * 16, "c" * 16, "meeting", 1, 2), Anchor("d" * 16, "e" * 16, "meeting", 3, 4)),
    "a careful reader",
    datetime(2022, 1, 21, tzinfo=UTC),
)


def test_a_new_dossier_is_empty_and_fresh(store: Store) -> None:
    with store.reading() as found:
        assert found.reports() == {}
        assert found.is_fresh()
        assert found.about()["made_by"]


def test_a_dossier_opens_again(store: Store, where: str) -> None:
    del store
    for options in ({}, {"create": True}, {"readonly": True}):
        with Store.open(where, **options) as again, again.reading() as found:
            assert found.reports() == {}


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, METADATA) == []


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or not (name or "").startswith("reports_index")


def test_every_migration_is_known() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [HEAD]
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def test_there_must_be_a_dossier_unless_one_is_to_be_made(where: str) -> None:
    with pytest.raises(UsageError, match="dragoman build"):
        Store.open(where)


def test_a_dossier_of_a_newer_dragoman_is_left_alone(store: Store, where: str) -> None:
    with store.writing() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for create in (False, True):
        with pytest.raises(UsageError, match="newer Dragoman"):
            Store.open(where, create=create)


def test_what_is_no_dossier_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, but longer than the head of one would be\n" * 20)
    with pytest.raises(UsageError, match="is no dossier"):
        Store.open(tmp_path / "text", create=True)
    with pytest.raises(UsageError, match="is a folder"):
        Store.open(tmp_path, create=True)
    with pytest.raises(UsageError, match="does not exist"):
        Store.open(tmp_path / "no" / "dossier", create=True)


def test_a_dossier_in_a_sealed_folder_is_read(tmp_path: Path) -> None:
    """Also where nothing may be written beside it, as on a disc."""
    folder = tmp_path / "sealed #1"
    folder.mkdir()
    Store.open(folder / "d", create=True).close()
    for path in (folder / "d", folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with Store.open(folder / "d", readonly=True) as store, store.reading() as found:
            assert found.reports() == {}
    finally:
        folder.chmod(0o755)


def test_reading_only_means_that(store: Store, where: str) -> None:
    del store
    with (
        Store.open(where, readonly=True) as store,
        pytest.raises(UsageError, match="reading only"),
        store.writing(),
    ):
        pass


def test_a_password_is_not_shown() -> None:
    assert "secret" not in shown_place("postgresql://me:secret@host/name")
    assert "secret" not in shown_place("postgresql://me@host/name?password=secret")


@pytest.mark.parametrize(
    "where", ["postgresql://me:secret@host:port/name", "postgresql://me:secret@host:70 000/x"]
)
def test_what_is_no_address_is_told_without_its_password(where: str) -> None:
    with pytest.raises(UsageError, match="no address of a database") as told:
        Store.open(where)
    assert "secret" not in str(told.value)


def test_what_an_error_interrupts_is_not_written(store: Store) -> None:
    def fail() -> None:
        with store.writing() as tx:
            tx.add_judgement(JUDGEMENT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.reading() as found:
        assert found.judgements() == ()
        assert found.is_fresh()


def test_judgements_are_only_ever_added_to(store: Store) -> None:
    with store.writing() as tx:
        tx.add_judgement(JUDGEMENT)
    for change in (
        update(judgements).values(why="because"),
        delete(judgements),
        update(judgement_anchors).values(start=0),
        delete(judgement_anchors),
    ):
        with pytest.raises(DBAPIError, match="only ever added to"), store.writing() as tx:
            tx.connection.execute(change)
    with store.reading() as found:
        assert found.judgements() == (JUDGEMENT,)


def test_a_reader_sees_one_state_while_another_process_writes(store: Store, where: str) -> None:
    with store.reading() as found:
        assert found.judgements() == ()
        with Store.open(where) as other, other.writing() as tx:
            tx.add_judgement(JUDGEMENT)
        assert found.judgements() == ()
    with store.reading() as found:
        assert found.judgements() == (JUDGEMENT,)


def test_a_second_writer_waits_and_says_so_once(store: Store, where: str) -> None:
    told: list[float] = []
    go, done = threading.Event(), threading.Event()

    def write() -> None:
        with Store.open(where) as other:
            go.wait()
            with other.writing(lambda: told.append(1)) as tx:
                tx.add_judgement(JUDGEMENT)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    with store.writing() as tx:
        tx.say("as_of", "2022-01-21")
        go.set()
        assert not done.wait(3.5 * ONE_TRY)
    assert done.wait(10)
    thread.join()
    assert told == [1]
    with store.reading() as found:
        assert found.judgements() == (JUDGEMENT,)
        assert found.about()["as_of"] == "2022-01-21"
