"""
What was computed from a dossier, kept until anything is written to it, by whomever.

Nothing here is ever out of date: each look asks the database first whether it still is what it was.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from dragoman.dossier import Dossier
from dragoman.model import Claim, Happening, Judgement, StoredReport
from dragoman.store import Filter, Reading
from dragoman.store.connect import last_change
from dragoman.store.tables import about

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_ANSWERS = 200
_THINGS = 5_000  # events, claims and reports, of each so many
_LISTS = 16  # of ids of events, one for each filter
_PAGES = 32_000_000  # bytes of finished pages
_MAKERS = 3  # pages that are made at once: more threads would only wait for each other


class Shelf(Generic[K, T]):
    """Values by key, those asked for last; what they weigh together is bounded."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._held: OrderedDict[K, tuple[T, int]] = OrderedDict()

    def __contains__(self, key: object) -> bool:
        """Whether there is a value under the key."""
        return key in self._held

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._held)

    def take(self, key: K) -> T:
        """The value under a key; KeyError where there is none."""
        self._held.move_to_end(key)
        return self._held[key][0]

    def put(self, key: K, value: T, weight: int = 1) -> list[K]:
        """Keep a value; the keys of those that had to go for it."""
        self._drop(key)
        self._held[key] = value, weight
        self._weight += weight
        gone = []
        while self._weight > self._most:
            gone.append(next(iter(self._held)))
            self._drop(gone[-1])
        return gone

    def _drop(self, key: K) -> None:
        before = self._held.pop(key, None)
        self._weight -= before[1] if before else 0

    def clear(self) -> None:
        """Let go of all."""
        self._held.clear()
        self._weight = 0


class Cached:
    """
    Answers and what they are made of, as long as the dossier stays as it is.

    SQLite counts the writes of others (``PRAGMA data_version``), and everyone is another one for the
    connection that does nothing but ask. On PostgreSQL each transaction that writes leaves a mark of its own.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._store = dossier.store
        self._engine = dossier.store.engine
        self._sqlite = self._engine.dialect.name == "sqlite"
        self._connection: Connection | None = self._engine.connect() if self._sqlite else None
        self._asking = threading.Lock()
        self._lock = threading.Lock()
        self._makers = threading.BoundedSemaphore(_MAKERS)
        self._version: object = None
        self._answers: Shelf[Hashable, Any] = Shelf(_ANSWERS)
        self._pages: Shelf[Hashable, bytes] = Shelf(_PAGES)
        self._things: dict[str, Shelf[Any, Any]] = {
            "events": Shelf(_THINGS), "claims": Shelf(_THINGS), "reports": Shelf(_THINGS),
            "lists": Shelf(_LISTS), "judgements": Shelf(1),
        }  # fmt: skip
        self._making: dict[Hashable, threading.RLock] = {}
        self.slow: list[Callable[[], object]] = []
        self._warming: threading.Thread | None = None
        self._again = False
        self._closed = False

    def version(self) -> object:
        """What changes when the dossier does."""
        if self._connection is not None:
            with self._asking:
                raw: Any = self._connection.connection.dbapi_connection
                return raw.execute("PRAGMA data_version").fetchone()[0]
        with self._engine.connect() as connection:
            return last_change(connection)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under a key; who asks while it is made waits for it, so that it is made once."""
        found: T = self._get(self._answers, self.version(), key, make, lambda _: 1)
        return found

    def finished(self, version: object, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The same for a finished page, with the version that the caller has asked for just now."""

        def made() -> bytes:
            with self._makers:
                return make()

        return self._get(self._pages, version, key, made, len)

    def _get(
        self,
        shelf: Shelf[Hashable, T],
        version: object,
        key: Hashable,
        make: Callable[[], T],
        weigh: Callable[[T], int],
    ) -> T:
        own = id(shelf), key
        with self._lock:
            changed = self._as_of(version)
            making = self._making.setdefault(own, threading.RLock())
        if changed:
            self.warm()
        with making:
            with self._lock:
                if version == self._version and key in shelf:
                    return shelf.take(key)
            try:
                made = make()
            except BaseException:
                with self._lock:
                    self._making.pop(own, None)
                raise
            with self._lock:
                if version == self._version:
                    for gone in shelf.put(key, made, weigh(made)):
                        self._making.pop((id(shelf), gone), None)
        return made

    def _as_of(self, version: object) -> bool:
        """Let go of everything where the dossier changed; called under the lock."""
        if version == self._version:
            return False
        for shelf in (self._answers, self._pages, *self._things.values()):
            shelf.clear()
        self._making.clear()
        self._version = version
        return True

    # --- what a reading of the database finds ---

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """
        One state of the dossier; events, claims and reports that were read in it before are remembered.

        Where somebody writes at this very moment, nothing is: what is remembered must be of the same state
        as what is read now.
        """
        before = self.version() if self._sqlite else None
        with self._store.reading() as found:
            if self._sqlite:
                found.connection.execute(select(about.c.value).limit(1)).all()  # from here on one state
                after = self.version()
            else:
                before = after = last_change(found.connection)
            if before != after:
                yield found
                return
            with self._lock:
                changed = self._as_of(after)
            if changed:
                self.warm()
            yield Remembering(found.connection, self, after)

    def many(
        self, what: str, version: object, keys: Sequence[K], make: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> dict[K, T]:
        """Things by key, in the order of the keys; those that are not known are made together."""
        shelf = self._things[what]
        known: dict[K, T] = {}
        with self._lock:
            if version == self._version:
                known = {key: shelf.take(key) for key in keys if key in shelf}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            made = make(missing)
            known |= made
            with self._lock:
                if version == self._version:
                    for key, value in made.items():
                        shelf.put(key, value)
        return {key: known[key] for key in keys if key in known}

    # --- ahead of time ---

    def warm(self) -> None:
        """Begin to make what takes long, before anybody asks for it; once more where that is under way."""
        if threading.current_thread() is self._warming:
            return
        with self._lock:
            self._again = True
            if self._closed or (self._warming and self._warming.is_alive()):
                return
            self._warming = threading.Thread(target=self._warm, name="dragoman-warm", daemon=True)
            self._warming.start()

    def _warm(self) -> None:
        while self._more():
            for make in self.slow:
                with suppress(SQLAlchemyError):  # the dossier was closed meanwhile
                    make()

    def _more(self) -> bool:
        with self._lock:
            again, self._again = self._again and not self._closed, False
            if not again:
                self._warming = None  # who asks from now on begins anew
            return again

    def close(self) -> None:
        """Let go of the connection, once nobody asks it."""
        with self._lock:
            self._closed = True
        with self._asking:
            if self._connection is not None:
                self._connection.close()


class Remembering(Reading):
    """A reading that asks the database only for what no reading of the same state asked for before."""

    def __init__(self, connection: Connection, cached: Cached, version: object) -> None:
        super().__init__(connection)
        self._cached = cached
        self._version = version

    def _many(self, what: str, keys: Iterable[K], make: Callable[[Sequence[K]], Mapping[K, T]]) -> dict[K, T]:
        return self._cached.many(what, self._version, list(keys), make)

    def happenings(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Happening]:
        """Happenings in order of date: all, those of a kind, or a page of them."""
        ids = self._list(wanted)
        return self.happenings_of(ids[offset:] if limit is None else ids[offset : offset + limit])

    def count(self, wanted: Filter | None = None) -> int:
        """How many happenings there are of that kind."""
        return len(self._list(wanted))

    def _list(self, wanted: Filter | None) -> Sequence[str]:
        made = super().happening_ids
        found: dict[Filter, Sequence[str]] = self._many(
            "lists", [wanted or Filter()], lambda keys: {key: made(key) for key in keys}
        )
        return next(iter(found.values()))

    def happenings_of(self, ids: Sequence[str]) -> list[Happening]:
        """The happenings with these ids, in this order."""
        made = super().happenings_of
        return list(self._many("events", ids, lambda keys: {one.id: one for one in made(keys)}).values())

    def claims(self, ids: Sequence[str] | None = None, *, report: str | None = None) -> list[Claim]:
        """Claims of current reports, those of some ids, or those of one report of whatever version."""
        made = super().claims
        if ids is None:
            return made(report=report)
        return list(self._many("claims", ids, lambda keys: {one.id: one for one in made(keys)}).values())

    def reports(self, ids: Sequence[str] | None = None, *, current: bool = False) -> dict[str, StoredReport]:
        """Reports by id: all versions, the current ones, or those of some ids."""
        made = super().reports
        if ids is None or current:
            return made(ids, current=current)
        return self._many("reports", ids, made)

    def judgements(self) -> tuple[Judgement, ...]:
        """All decisions, oldest first, also those that no longer count."""
        made = super().judgements
        return self._many("judgements", ["all"], lambda keys: {key: made() for key in keys})["all"]
