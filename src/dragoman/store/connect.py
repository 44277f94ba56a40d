"""Engines for SQLite and PostgreSQL, and the one lock under which anything is written."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dragoman.errors import UsageError

POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")
ONE_TRY = 1.0  # seconds that a writer waits before it says that it waits
_READERS_WAIT = 30_000  # milliseconds; a reader waits only while SQLite tidies up its log
_LOCK = 0x6472_6167_6F6D_616E  # "dragoman", the key of the advisory lock on PostgreSQL


def is_url(where: str | Path) -> bool:
    """Whether ``where`` names a PostgreSQL database and not a file."""
    return str(where).startswith(POSTGRES)


def make_engine(where: str | Path, *, readonly: bool) -> Engine:
    """An engine for a file or a ``postgresql://`` URL; nothing is opened yet."""
    return _postgres(str(where)) if is_url(where) else _sqlite(Path(where), readonly=readonly)


def lock_for_writing(connection: Connection, on_wait: Callable[[], None] | None) -> None:
    """
    Begin the one transaction that may write; wait while another process has it.

    ``on_wait`` is called once, after a second of waiting.
    """
    told = False
    while not _try_lock(connection):
        if not told and on_wait:
            on_wait()
        told = True


def _try_lock(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return _begin_immediate(connection)
    ends = time.monotonic() + ONE_TRY
    while not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK}):
        connection.rollback()  # so that each look is a transaction of its own and holds nothing back
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


def _begin_immediate(connection: Connection) -> bool:
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA busy_timeout = {int(ONE_TRY * 1000)}")
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    finally:
        raw.execute(f"PRAGMA busy_timeout = {_READERS_WAIT}")
    connection.begin()  # SQLAlchemy's side of the transaction that is already open
    return True


def mark_change(connection: Connection) -> None:
    """
    Let :func:`last_change` give another answer when the transaction ends.

    SQLite counts changes itself (``PRAGMA data_version``). On PostgreSQL a row is written again as it is: its
    ``xmin`` then is the number of this transaction.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text("UPDATE about SET value = value WHERE name = 'made_by'"))


def last_change(connection: Connection) -> object:
    """Which transaction of :meth:`Store.writing` was the last, on PostgreSQL."""
    return connection.scalar(text("SELECT xmin::text FROM about WHERE name = 'made_by'"))


def _sqlite(path: Path, *, readonly: bool) -> Engine:
    sealed = readonly and not os.access(path.parent, os.W_OK)  # SQLite keeps its log beside the file
    url = URL.create("sqlite", database=f"file:{_quoted(path)}?mode=ro&immutable=1" if sealed else str(path))
    query = {"uri": True} if sealed else {}
    engine = create_engine(url, connect_args={"timeout": _READERS_WAIT / 1000, **query})

    @event.listens_for(engine, "connect")
    def connect(raw: Any, _: object) -> None:
        raw.isolation_level = None  # transactions begin where we say, not where the driver guesses
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")  # a report that is told to be stored outlasts a power cut
        if readonly:
            raw.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        if not raw.in_transaction:
            raw.execute("BEGIN")

    return engine


def _quoted(path: Path) -> str:
    return path.absolute().as_uri().removeprefix("file://")


def _postgres(where: str) -> Engine:
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise UsageError("PostgreSQL needs psycopg; install dragoman[postgres]") from None
    try:
        url = make_url(where).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):  # from None, for their messages repeat the password
        raise UsageError("no address of a database; write postgresql://USER@HOST/NAME") from None
    return create_engine(url, pool_pre_ping=True)
