"""The record as it stood on a day: what the reports published by then say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.errors import UsageError
from dragoman.model import (
    PARTY_SLOTS,
    Claim,
    Happening,
    Judgement,
    Match,
    Negotiation,
    Reconciled,
    StoredReport,
    Verdict,
)
from dragoman.model.edtf import FAR_FUTURE, FAR_PAST, Edtf
from dragoman.store import Filter, Reading


class Then:
    """
    Answers the questions of :class:`~dragoman.dossier.ask.Known` for the record of a day.

    All claims are reconciled anew, for what a later report says must not be known; what people decided
    later counts. Cost: that of reconciling.

    Args:
        reading: the dossier.
        reconciled: its claims, reconciled as of the day.
        negotiations: those of that record.
        claims: all claims of the dossier by id.
    """

    def __init__(
        self,
        reading: Reading,
        reconciled: Reconciled,
        negotiations: Sequence[Negotiation],
        claims: Mapping[str, Claim],
    ) -> None:
        self._reading = reading
        self._reconciled = reconciled
        self._negotiations = list(negotiations)
        self._claims = claims

    @classmethod
    def of(cls, reading: Reading, day: date) -> Then:
        """The record of ``day``."""
        from dragoman.reconcile import find_negotiations, reconcile  # noqa: PLC0415 - only here

        reports = reading.reports(current=True)
        claims = {claim.id: claim for claim in reading.claims()}
        reconciled = reconcile(list(claims.values()), reports, reading.judgements(), as_of=day)
        return cls(reading, reconciled, find_negotiations(reconciled, claims, reports), claims)

    def _chosen(self, wanted: Filter | None) -> list[Happening]:
        if wanted is None or wanted == Filter():
            return list(self._reconciled.happenings)
        members = None
        if wanted.negotiation is not None:
            members = {
                event for n in self._negotiations if n.id == wanted.negotiation for event in n.happenings
            }
        return [
            happening
            for happening in self._reconciled.happenings
            if fits(happening, wanted, self._claims, members=members)
        ]

    def count(self, wanted: Filter | None = None) -> int:
        """How many happenings there are of that kind."""
        return len(self._chosen(wanted))

    def happenings(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Happening]:
        """Happenings in order of date."""
        found = self._chosen(wanted)
        return found[offset : None if limit is None else offset + limit]

    def happening(self, prefix: str) -> Happening | None:
        """The happening whose id, or one of whose claims' ids, begins so; UsageError where several do."""
        found = [h for h in self._reconciled.happenings if h.id == prefix]
        found = found or [
            h for h in self._reconciled.happenings if any(claim.startswith(prefix) for claim in h.claims)
        ]
        return _only("events", prefix, found)

    def happenings_of(self, ids: Sequence[str]) -> list[Happening]:
        """The happenings with these ids, in this order."""
        found = {happening.id: happening for happening in self._reconciled.happenings}
        return [found[key] for key in ids if key in found]

    def claims(self, ids: Sequence[str] | None = None) -> list[Claim]:
        """The claims with these ids."""
        return [self._claims[key] for key in ids or self._claims if key in self._claims]

    def reports(self, ids: Sequence[str] | None = None) -> dict[str, StoredReport]:
        """The reports with these ids."""
        return self._reading.reports(ids)

    def text(self, report: str) -> str | None:
        """The stored text of a report."""
        return self._reading.text(report)

    def row(self, report: str) -> dict[str, Any] | None:
        """All that was read in a report."""
        return self._reading.row(report)

    def matches(self, verdict: Verdict | None = None, *, claims: Sequence[str] | None = None) -> list[Match]:
        """Pairs of claims."""
        ids = set(claims or ())
        return [
            match
            for match in self._reconciled.matches
            if (verdict is None or match.verdict is verdict)
            and (claims is None or match.left in ids or match.right in ids)
        ]

    def judgements(self) -> tuple[Judgement, ...]:
        """All decisions, oldest first."""
        return self._reading.judgements()

    def negotiations(self, ids: Sequence[str] | None = None) -> list[Negotiation]:
        """Negotiations of that day: all, or those of some ids."""
        return [n for n in self._negotiations if ids is None or n.id in ids]

    def negotiation_names(self) -> list[tuple[str, str, int]]:
        """Id, name and number of events of every negotiation."""
        return [(n.id, n.name, len(n.happenings)) for n in self._negotiations]


def _only(what: str, prefix: str, found: Sequence[Happening]) -> Happening | None:
    if len(found) > 1:
        ids = ", ".join(one.id for one in found[:5])
        raise UsageError(f"several {what} begin with {prefix!r}: {ids}; give more characters")
    return found[0] if found else None


def fits(
    happening: Happening,
    wanted: Filter,
    claims: Mapping[str, Claim],
    *,
    members: Iterable[str] | None = None,
) -> bool:
    """Whether a happening is one of those that a filter wants; what the store decides in SQL."""
    parties = {party for name in PARTY_SLOTS for party in happening.many(name)}
    found = [claims[claim] for claim in happening.claims if claim in claims]
    return (
        (not wanted.types or happening.type.value in wanted.types)
        and (not wanted.statuses or happening.text("status") in wanted.statuses)
        and set(wanted.parties) <= parties
        and all(any(_holds(name, part) for name in happening.many("people")) for part in wanted.people)
        and (wanted.place is None or _is_there(happening, wanted.place))
        and (wanted.forum is None or _holds(happening.text("forum"), wanted.forum))
        and _is_between(happening.text("date"), wanted.since, wanted.until)
        and (wanted.text is None or all(_tells(happening, found, word) for word in wanted.text.split()))
        and (members is None or happening.id in members)
        and (wanted.report is None or any(claim.report == wanted.report for claim in found))
        and (wanted.conflict is None or bool(happening.conflicts) == wanted.conflict)
        and (wanted.overdue is None or happening.overdue == wanted.overdue)
    )


def _holds(text: str | None, part: str) -> bool:
    return part.casefold() in (text or "").casefold()


def _is_there(happening: Happening, place: str) -> bool:
    country = happening.text("country") or ""
    return _holds(happening.text("place"), place) or country.upper() == place.upper()


def _is_between(edtf: str | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    value = Edtf.parse(edtf)
    bounds = value.bounds if value and value.year_known else None
    if bounds is None or bounds == (FAR_PAST, FAR_FUTURE):
        return False
    return (since is None or bounds[1] >= since) and (until is None or bounds[0] <= until)


def _tells(happening: Happening, claims: Iterable[Claim], word: str) -> bool:
    told = [happening.text(slot) for slot in ("subject", "title", "place", "forum")]
    if any(_holds(text, word) for text in (*told, *happening.many("people"))):
        return True
    return any(_holds(span.exact, word) for claim in claims for span in claim.evidence)
