"""A dossier as people and programs use it: open, build, ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from dragoman.dossier.asking import Asking
from dragoman.dossier.compare import Comparison, compare
from dragoman.dossier.ledger import LedgerRow, merge_same, read_ledger
from dragoman.model import Happening, Match, Negotiation, Profile, StoredReport, Verdict
from dragoman.settings import Settings
from dragoman.store import Filter, Store
from dragoman.store.store import OnWait

if TYPE_CHECKING:  # loaded when something is built: it brings the language model's libraries
    from dragoman.dossier.build import Built
    from dragoman.dossier.verify import Verified


class Dossier(Asking):
    """
    Many reports, one record.

        with Dossier.open("geneva.dossier", create=True) as dossier:
            dossier.build(["reports/"])
            dossier.happenings(Filter(parties=("RUS", "USA")))
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        create: bool = False,
        readonly: bool = False,
        on_wait: OnWait | None = None,
    ) -> Self:
        """The dossier in a file or at a ``postgresql://`` URL; UsageError where there is none."""
        return cls(Store.open(where, create=create, readonly=readonly, on_wait=on_wait))

    def close(self) -> None:
        """Let go of it."""
        self.store.close()

    def __enter__(self) -> Self:
        """The dossier; it is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def build(self, sources: Sequence[str | Path], settings: Settings | None = None, **options: Any) -> Built:
        """Read sources into it; options as of :func:`dragoman.dossier.build.build`."""
        from dragoman.dossier.build import build  # noqa: PLC0415 - see the imports above

        return build(self.store, sources, settings, **options)

    def verify(self) -> Verified:
        """Everything in it that is not as it was written."""
        from dragoman.dossier.verify import verify  # noqa: PLC0415 - see the imports above

        return verify(self.store)

    def compare(self, ledger: str | Path | Sequence[LedgerRow]) -> Comparison:
        """It held against a ledger of official meetings, a file of JSON lines or its rows."""
        rows = read_ledger(Path(ledger)) if isinstance(ledger, str | Path) else merge_same(ledger)
        with self.store.reading() as found:
            return compare(found.happenings(), found.reports(current=True), rows)

    def happenings(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Happening]:
        """Happenings in order of date: all, those of a kind, or a page of them."""
        with self.store.reading() as found:
            return found.happenings(wanted, limit=limit, offset=offset)

    def happening(self, prefix: str) -> Happening | None:
        """The happening whose id, or one of whose claims' ids, begins so; UsageError where several do."""
        with self.store.reading() as found:
            return found.happening(prefix)

    def matches(self, verdict: Verdict | None = None) -> list[Match]:
        """Pairs of claims that tell of one event, or might."""
        with self.store.reading() as found:
            return found.matches(verdict)

    def negotiations(self) -> list[Negotiation]:
        """Negotiations with their state of play."""
        with self.store.reading() as found:
            return found.negotiations()

    def profiles(self) -> list[Profile]:
        """Persons and bodies over all reports."""
        with self.store.reading() as found:
            return found.profiles()

    def reports(self) -> dict[str, StoredReport]:
        """All versions of all reports by id."""
        with self.store.reading() as found:
            return found.reports()
