"""A dossier's database: opened, read in snapshots, written by one process at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from dragoman.errors import UsageError
from dragoman.store.connect import is_url, lock_for_writing, make_engine, mark_change
from dragoman.store.reading import Reading
from dragoman.store.schema import HEAD, check_version, migrate, version_of
from dragoman.store.writing import Writing

OnWait = Callable[[], None]


class Store:
    """
    One dossier in SQLite or PostgreSQL.

        with Store.open("geneva.dossier") as store, store.reading() as found:
            found.reports()

    Reading sees one state from beginning to end, whatever is written meanwhile. Writing is for one
    process at a time; what was written counts as a whole when the block ends, or not at all.

    Args:
        where: the file or URL, for messages.
        engine: an engine of :func:`~dragoman.store.connect.make_engine`.
    """

    def __init__(self, where: str, engine: Engine, *, readonly: bool) -> None:
        self.where = where
        self.engine = engine
        self.readonly = readonly

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        create: bool = False,
        readonly: bool = False,
        on_wait: OnWait | None = None,
    ) -> Self:
        """
        Open a dossier.

        Args:
            where: a file, or a ``postgresql://`` URL of a database that exists.
            create: make the dossier where there is none, and bring an older one up to date.
            readonly: refuse to write.
            on_wait: called once where another process writes and this one must wait.

        Raises:
            UsageError: there is none, it is no dossier, or a newer Dragoman made it.
        """
        shown = shown_place(where)
        if not is_url(where):
            _check_file(Path(where), create=create)
        store = cls(shown, make_engine(where, readonly=readonly), readonly=readonly)
        try:
            store._prepare(create=create, on_wait=on_wait)
        except OperationalError as error:
            store.close()
            raise UsageError(f"{shown}: cannot be opened: {_first_line(error)}") from error
        except DatabaseError as error:
            store.close()
            raise UsageError(f"{shown}: is no dossier, or damaged: {_first_line(error)}") from error
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, *, create: bool, on_wait: OnWait | None) -> None:
        with self.engine.connect() as connection:
            version = version_of(connection)
            file = version is None and connection.dialect.name == "sqlite"
            others = sorted(inspect(connection).get_table_names()) if file else []
        check_version(version, self.where)
        if version == HEAD:
            return
        if others:
            raise UsageError(
                f"{self.where}: is a database of something else (it has the table {others[0]!r}); "
                "name another file for the dossier"
            )
        if not create:
            raise UsageError(
                f"{self.where}: holds no dossier; make one with: dragoman build SOURCE... --into {self.where}"
                if version is None
                else f"{self.where}: made by an older Dragoman; bring it up to date with: "
                f"dragoman build SOURCE... --into {self.where}"
            )
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:  # no transaction may be open for this one
                raw = connection.connection.dbapi_connection
                assert raw is not None  # noqa: S101 - for the type checker
                raw.execute("PRAGMA journal_mode = WAL").fetchall()
        with self.writing(on_wait) as tx:
            found = version_of(tx.connection)
            if found != HEAD:  # another process may have been faster
                check_version(found, self.where)
                migrate(tx.connection)
                tx.begin_dossier()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """The store; it is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One state of the dossier."""
        with self.engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield Reading(connection)

    @contextmanager
    def writing(self, on_wait: OnWait | None = None) -> Iterator[Writing]:
        """The right to write; waits while another process has it, and calls ``on_wait`` once if so."""
        if self.readonly:
            raise UsageError(f"{self.where}: opened for reading only")
        if not is_url(self.where) and not os.access(self.where, os.W_OK):
            raise UsageError(f"{self.where}: not allowed to write it; check the file's permissions")
        with self.engine.connect() as connection:
            lock_for_writing(connection, on_wait)
            tx = Writing(connection)
            try:
                yield tx
                mark_change(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()


def shown_place(where: str | Path) -> str:
    """The file or URL as messages show it: without a password."""
    if not is_url(where):
        return str(where)
    try:
        url = make_url(str(where))
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        return f"{str(where).partition(':')[0]}://..."
    if "password" in url.query:  # libpq takes it there too
        url = url.update_query_dict({"password": "***"})
    return url.render_as_string(hide_password=True)


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file for the dossier")
    if not path.exists() and not create:
        raise UsageError(f"{path}: no such dossier; make one with: dragoman build SOURCE... --into {path}")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist; make it first")


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
