"""The questions of :class:`~dragoman.dossier.Dossier`, and what a person decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.dossier import ask, decided, judge
from dragoman.dossier.answers import Answer
from dragoman.dossier.ask import PAGE, Known, Page
from dragoman.model import Decision, Judgement, Match, Profile
from dragoman.output.told import Conflicting, Explained, Paired, Sourced, Standpoint, Told, Unread
from dragoman.store import Filter, Reading, Store

if TYPE_CHECKING:
    from dragoman.export.contents import Contents
    from dragoman.export.plots import Plot

if TYPE_CHECKING:
    from dragoman.export.contents import Contents
    from dragoman.export.plots import Plot

_ALL = Filter()
Guard = Callable[[Reading], None]


class Asking:
    """
    What a dossier answers, each as an :class:`~dragoman.dossier.answers.Answer`.

    ``as_of`` gives the record as the reports published by that day allow it; all claims are reconciled
    for it, which takes the longer the more there are.
    """

    store: Store

    @contextmanager
    def _known(self, as_of: date | None) -> Iterator[Known]:
        with self.store.reading() as reading:
            if as_of is None:
                yield reading
            else:
                from dragoman.dossier.then import Then  # noqa: PLC0415 - loads the reconciler

                yield Then.of(reading, as_of)

    def timeline(
        self,
        wanted: Filter = _ALL,
        *,
        limit: int | None = PAGE,
        page: int = 1,
        as_of: date | None = None,
    ) -> Answer[Told]:
        """Events in order of date: the latest ``limit`` that have a date, all where that is None."""
        with self._known(as_of) as known:
            return ask.timeline(known, wanted, Page(limit, page))

    def events(
        self, wanted: Filter = _ALL, *, limit: int | None = None, as_of: date | None = None
    ) -> Answer[Told]:
        """Events in order of date, those that ``wanted`` describes."""
        with self._known(as_of) as known:
            return ask.events(known, wanted, limit)

    def event(self, prefix: str, *, as_of: date | None = None) -> Told:
        """The event whose id, or one of whose claims' ids, begins so; UsageError where none or several do."""
        with self._known(as_of) as known:
            return ask.find(known, prefix)

    def explain(
        self, prefix: str, *, rules: Sequence[str] = (), as_of: date | None = None
    ) -> Answer[Explained]:
        """An event with all that made it; ``rules`` names claims whose reading is wanted too ("" for all)."""
        with self._known(as_of) as known:
            return ask.explain(known, prefix, rules=rules)

    def conflicts(self, wanted: Filter = _ALL, *, as_of: date | None = None) -> Answer[Conflicting]:
        """Every slot of an event that reports differ on."""
        with self._known(as_of) as known:
            return ask.conflicts(known, wanted)

    def state(
        self, negotiation: str | None = None, *, limit: int | None = None, as_of: date | None = None
    ) -> Answer[Standpoint]:
        """
        Where negotiations stand: all, or those whose id begins so or whose name holds these words.

        With ``limit`` only the largest.
        """
        with self._known(as_of) as known:
            return ask.state(known, negotiation, limit=limit)

    def unsure(self) -> Answer[Paired]:
        """The pairs that wait for a person, the most alike first."""
        with self._known(None) as known:
            return ask.unsure(known)

    def pair(self, match: Match) -> Paired | None:
        """A match with its claims, their reports and texts; None where a claim is gone."""
        with self._known(None) as known:
            return next(ask.pairs(known, [match], texts=True), None)

    def sources(self) -> Answer[Sourced]:
        """All versions of all reports with their events, copies and versions."""
        with self.store.reading() as reading:
            return ask.sources(reading)

    def problems(self) -> Answer[Unread]:
        """What could not be read, or not in full."""
        with self.store.reading() as reading:
            return ask.problems(reading)

    def actors(self, name: str | None = None) -> Answer[Profile]:
        """People and bodies over all reports; with ``name`` those that some report spells so."""
        with self.store.reading() as reading:
            return ask.actors(reading, name)

    # --- other forms ---

    @contextmanager
    def contents(self, wanted: Filter = _ALL, *, as_of: date | None = None) -> Iterator[Contents]:
        """What an export is made of, as long as the block lasts; with a filter what belongs to its events."""
        from dragoman.dossier.contents import contents  # noqa: PLC0415 - asking needs no forms of export

        with self.store.reading() as reading:
            if as_of is None:
                yield contents(reading, reading, wanted)
            else:
                from dragoman.dossier.then import Then  # noqa: PLC0415 - loads the reconciler

                yield contents(reading, Then.of(reading, as_of), wanted, as_of)

    def export(
        self, to: str, into: str | Path | IO[bytes], *, wanted: Filter = _ALL, as_of: date | None = None
    ) -> list[str]:
        """
        Write it in the form of another tool.

        Args:
            to: name of the form, a key of :data:`dragoman.export.FORMATS`.
            into: file, folder (forms of several files), or a stream of bytes.
            wanted: which events, with all that they rest on.
            as_of: the record as the reports published by that day allow it.

        Returns:
            What has no place in that form, for a reader; most forms leave nothing out.
        """
        from dragoman.export import find_format, write_file, write_stream  # noqa: PLC0415 - as above

        notes: list[str] = []
        form = find_format(to)
        with self.contents(wanted, as_of=as_of) as contents:
            if isinstance(into, str | Path):
                write_file(contents, form, Path(into), notes)
            else:
                write_stream(contents, form, into, notes)
        return notes

    def plot(self, kind: str, wanted: Filter = _ALL, *, as_of: date | None = None, width: int = 960) -> Plot:
        """
        A drawing: "timeline", "months", "matrix", "network" or "map"; a notebook shows it.

        Args:
            kind: which.
            wanted: which events.
            as_of: the record as the reports published by that day allow it; the timeline marks that day.
            width: in pixels.
        """
        from dragoman.export.drawing import Look  # noqa: PLC0415 - as above
        from dragoman.export.plots import plot  # noqa: PLC0415 - as above

        with self._known(as_of) as known:
            return plot(kind, known.happenings(wanted), look=Look(width=width), today=as_of)

    def is_fresh(self) -> bool:
        """Whether the events follow from all that came in and was decided."""
        with self.store.reading() as reading:
            return reading.is_fresh()

    # --- decisions ---

    def judgements(self) -> Answer[Judgement]:
        """All decisions, oldest first, also those that no longer count."""
        with self.store.reading() as reading:
            return decided.judgements(reading)

    def judge(
        self,
        decision: Decision | str,
        *claims: str,
        who: str,
        why: str = "",
        slot: str | None = None,
        value: str | Sequence[str] | None = None,
        at: datetime | None = None,
        alone: bool = False,
        reconcile: bool = True,
        guard: Guard | None = None,
    ) -> Judgement:
        """
        Decide something; it is kept at once and for good.

        Args:
            decision: "same", "different", "correct" or "not-an-event".
            claims: beginnings of ids of events or claims.
            who: who decides.
            why: for those who read it later.
            slot: for "correct": the slot's name.
            value: for "correct": its value; None or () where nothing is known.
            at: when; now where it is None.
            alone: the ids are of claims; none stands for an event with all its claims.
            reconcile: bring the record up to date now.
            guard: called with the dossier as it is under the lock for writing; what it raises goes to the
                caller, and nothing is kept.

        Raises:
            UsageError: an id that is none, too few of them, a value that the slot cannot hold.
        """
        with self.store.reading() as reading:
            made = judge.decide(
                Decision(decision),
                decided.claims_meant(reading, Decision(decision), claims, alone=alone),
                who=who,
                at=at or datetime.now(UTC),
                why=why,
                slot=slot,
                value=value,
            )
        self.add_judgements([made], reconcile=reconcile, guard=guard)
        return made

    def undo(
        self,
        judgement: str,
        *,
        who: str,
        why: str = "",
        at: datetime | None = None,
        reconcile: bool = True,
        guard: Guard | None = None,
    ) -> Judgement:
        """Take back the judgement whose id begins so; that too is a judgement, and can be undone."""
        with self.store.reading() as reading:
            found = decided.find_judgement(reading, judgement)
        made = judge.undo(found, who=who, at=at or datetime.now(UTC), why=why)
        self.add_judgements([made], reconcile=reconcile, guard=guard)
        return made

    def add_judgements(
        self, found: Iterable[Judgement], *, reconcile: bool = True, guard: Guard | None = None
    ) -> int:
        """Keep judgements, of this dossier or another; how many were not known yet."""
        with self.store.writing() as tx:
            if guard:
                guard(tx)
            new = sum(tx.add_judgement(judgement) for judgement in found)
        if reconcile and new:
            self.reconcile()
        return new

    def reconcile(self) -> None:
        """Bring the events up to date with all that came in and was decided."""
        from dragoman.dossier.derive import derive  # noqa: PLC0415 - loads the reconciler

        with self.store.writing() as tx:
            if not tx.is_fresh():
                derive(tx)

    def reconcile_aside(self) -> None:
        """The same without keeping others from writing meanwhile: the lock is held for the result alone."""
        from dragoman.dossier.derive import derive_aside  # noqa: PLC0415 - loads the reconciler

        derive_aside(self.store)
