"""What the pages share: the dossier, what was computed from it as long as that holds, who keeps it fresh."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from dragoman.dossier import Dossier
from dragoman.store.tables import about, claims, judgements, problems, reports
from dragoman.web.access import Access, Session
from dragoman.web.serving import Serving
from dragoman.web.update import Updater

T = TypeVar("T")

_HELD = 200  # answers kept: bounds memory


class Site:
    """One dossier as it is served."""

    def __init__(self, dossier: Dossier, serving: Serving) -> None:
        self.dossier = dossier
        self.serving = serving
        self.access = Access(serving)
        self.cached = Cached(dossier)
        self.updater = Updater(dossier, small=serving.small)

    @property
    def name(self) -> str:
        """The dossier's name: that of its file, or of its database."""
        return self.dossier.store.where.rsplit("/", 1)[-1].removesuffix(".dossier")

    def close(self) -> None:
        """Let go of what is held open."""
        self.updater.close()
        self.cached.close()


class Cached:
    """
    Answers that are kept until anything is written to the dossier, by whomever.

    SQLite counts the writes of others (``PRAGMA data_version``), and everyone is another one for the
    connection that does nothing but ask. PostgreSQL is asked how much there is of what may grow.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._engine = dossier.store.engine
        self._sqlite = self._engine.dialect.name == "sqlite"
        self._connection: Connection | None = self._engine.connect() if self._sqlite else None
        self._asking = threading.Lock()
        self._lock = threading.Lock()
        self._version: object = None
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self.slow: list[Callable[[], object]] = []

    def version(self) -> object:
        """What changes when the dossier does."""
        if self._connection is not None:
            with self._asking:
                raw: Any = self._connection.connection.dbapi_connection
                return raw.execute("PRAGMA data_version").fetchone()[0]
        counts = [
            select(func.count()).select_from(t).scalar_subquery()
            for t in (judgements, reports, problems, claims)
        ]
        with self._engine.connect() as connection:
            known = connection.execute(select(about).order_by(about.c.name)).all()
            return tuple(map(tuple, known)), tuple(connection.execute(select(*counts)).one())

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under a key; who asks while it is made waits for it, so that it is made once."""
        version = self.version()
        with self._lock:
            changed = version != self._version
            if changed:
                self._held.clear()
                self._making.clear()
                self._version = version
            making = self._making.setdefault(key, threading.RLock())
        if changed:
            self.warm()
        with making:
            with self._lock:
                if version == self._version and key in self._held:
                    self._held.move_to_end(key)
                    found: T = self._held[key]
                    return found
            made = make()
            with self._lock:
                if version == self._version:
                    self._held[key] = made
                    while len(self._held) > _HELD:
                        self._making.pop(self._held.popitem(last=False)[0], None)
        return made

    def warm(self) -> None:
        """Begin to make what takes long, before anybody asks for it."""
        threading.Thread(target=self._warm, name="dragoman-warm", daemon=True).start()

    def _warm(self) -> None:
        for make in self.slow:
            with suppress(SQLAlchemyError):  # the dossier was closed meanwhile
                make()

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    found: Site = request.app.state.site
    return found


def session_of(request: Request) -> Session:
    """Who asks; the guard lets nobody else through."""
    found: Session = request.state.session
    return found


Here = Annotated[Site, Depends(site_of)]
Sitting = Annotated[Session, Depends(session_of)]
__all__ = ["Cached", "Here", "Site", "Sitting", "session_of", "site_of"]
