"""
A small invented dossier: two negotiations, a conflict, a copy, a meeting planned and then held, one
cancelled, one overdue, and a pair that nobody has decided. What a report says is as hostile as reports get.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Answered,
    Claim,
    EventType,
    Feature,
    Happening,
    Match,
    MeetingKind,
    Negotiation,
    Profile,
    Reconciled,
    Settled,
    Span,
    Standing,
    StateOfPlay,
    Status,
    StoredReport,
    Support,
    Tenure,
    Turn,
    Verdict,
    claim_id,
)
from dragoman.pipeline import Problem
from dragoman.store import NewReport, Packed, Store

TEXTS = {
    "harbour": "Talks on cod\n\nOSLO, 1 March 2024 - Norway and Chile will meet in Lisbon on 5 March.",
    "courier": "Norway and Chile met\n\nLISBON, 6 March 2024 - Norway and Chile met in Lisbon on Tuesday,"
    " Kari Holm said. Norway proposed \x1b[31ma quota\x1b[0m for cod.",
    "mirror": "Norway and Chile met\n\nLISBON, 6 March 2024 - Norway and Chile met in Lisbon on Tuesday, Kari"
    " Holm said.",
    "gazette": "=HYPERLINK(1) cod\n\n8 March 2024. Norway met Chile in Lisbon on 6 March <b>at last</b>."
    " Chile rejected the quota. They will meet again on 20 March.",
    "lake": "The lake\n\n9 March 2024. Kenya and Uganda were to meet in Kisumu on 10 March; the talk was"
    " called off. Uganda and Kenya spoke by telephone.",
    "lakeside": "Ministers\n\n12 March 2024. Kenya and Uganda met on Monday in [b]Arusha[/b].",
}
_REPORTS = {
    "harbour": ("Harbour Post", "2024-03-01", "stated"),
    "courier": ("Coast Courier", "2024-03-06", "stated"),
    "mirror": ("Mirror \x1b[2JDaily", "2024-03-06", "stated"),
    "gazette": ("@Gazette", "2024-03-08", "inferred"),
    "lake": ("Lake Times", "2024-03-09", "stated"),
    "lakeside": (None, "2024-03-12", "stated"),
}

# What the reading of a report keeps of an event, as far as an explanation needs it.
_READ = {
    "id": "e1", "type": "meeting", "kind": None, "status": "planned", "parties": ["CHL", "NOR"], "people": [],
    "mediators": [], "by": [], "to": [], "forum": None, "place": None, "country": None, "date": None,
    "subject": None, "title": None, "evidence": [], "evidence_spans": [], "spans": {},
    "why": {"status": [{"rule": "status.future", "note": "will plans", "spans": []}]},
    "steps": [{"rule": "event.trigger", "note": "meet names it", "spans": []}],
}  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """All that the invented dossier holds."""

    texts: Mapping[str, str]
    reports: Mapping[str, StoredReport]
    claims: Mapping[str, Claim]
    happenings: tuple[Happening, ...]
    matches: tuple[Match, ...]
    negotiations: tuple[Negotiation, ...]
    profiles: tuple[Profile, ...]

    def id(self, name: str) -> str:
        """The id of a report by the name that the texts above give it."""
        return report_id(name)

    def claim(self, report: str, event: str) -> Claim:
        """The claim of a report by name."""
        return self.claims[claim_id(report_id(report), event)]

    def happening(self, report: str, event: str) -> Happening:
        """The happening that a claim belongs to."""
        wanted = claim_id(report_id(report), event)
        return next(h for h in self.happenings if wanted in h.claims)


def report_id(name: str) -> str:
    return f"{name:0<16}".encode().hex()[:16]


def _digest(name: str) -> str:
    return hashlib.sha256(TEXTS[name].encode()).hexdigest()


def _report(name: str) -> StoredReport:
    publisher, day, basis = _REPORTS[name]
    return StoredReport(
        id=report_id(name),
        name=f"{name}.txt",
        address=f"/reports/{name}.txt",
        published=day,
        basis=basis,
        original_sha256=_digest(name),
        text_sha256=_digest(name),
        title=TEXTS[name].partition("\n")[0],
        publisher=publisher,
        earliest=date.fromisoformat(day),
        latest=date.fromisoformat(day),
        copies=report_id("courier" if name == "mirror" else name),
    )


def _claim(
    report: str,
    event: str,
    event_type: EventType,
    status: Status,
    parties: tuple[str, ...],
    evidence: str,
    *,
    carried: Mapping[str, str] | None = None,
    **slots: Any,
) -> Claim:
    text = TEXTS[report]

    def span(words: str) -> Span:
        at = text.index(words)
        return Span.of(text, at, at + len(words))

    return Claim(
        id=claim_id(report_id(report), event),
        report=report_id(report),
        event=event,
        type=event_type,
        status=status,
        parties=parties,
        evidence=(span(evidence),),
        words=tuple((slot, (span(words),)) for slot, words in (carried or {}).items()),
        **slots,
    )


_COD, _LAKE = ("CHL", "NOR"), ("KEN", "UGA")
_MEETING = EventType.MEETING
CLAIMS = (
    _claim(
        "harbour", "e1", _MEETING, Status.PLANNED, _COD, "Norway and Chile will meet in Lisbon on 5 March",
        carried={"date": "5 March", "place": "Lisbon"}, date="2024-03-05", place="Lisbon", country="PRT",
        kind=MeetingKind.IN_PERSON,
    ),
    _claim(
        "courier", "e1", _MEETING, Status.HELD, _COD, "Norway and Chile met in Lisbon on Tuesday",
        carried={"date": "Tuesday", "place": "Lisbon", "people": "Kari Holm"}, date="2024-03-05",
        place="Lisbon", country="PRT", people=("Kari Holm",), kind=MeetingKind.IN_PERSON,
    ),
    _claim(
        "courier", "e2", EventType.PROPOSAL, Status.MADE, _COD, "Norway proposed \x1b[31ma quota",
        by=("NOR",), to=("CHL",), date="../2024-03-06", subject="\x1b[31ma quota",
    ),
    _claim(
        "mirror", "e1", _MEETING, Status.HELD, _COD, "Norway and Chile met in Lisbon on Tuesday",
        carried={"date": "Tuesday"}, date="2024-03-05", place="Lisbon", country="PRT",
        people=("Kari Holm",), kind=MeetingKind.IN_PERSON,
    ),
    _claim(
        "gazette", "e1", _MEETING, Status.HELD, _COD, "Norway met Chile in Lisbon on 6 March <b>at last</b>",
        carried={"date": "6 March"}, date="2024-03-06", place="Lisbon", country="PRT",
        kind=MeetingKind.IN_PERSON,
    ),
    _claim(
        "gazette", "e2", EventType.REFUSAL, Status.MADE, _COD, "Chile rejected the quota",
        by=("CHL",), to=("NOR",), date="../2024-03-08", subject="=the quota",
    ),
    _claim(
        "gazette", "e3", _MEETING, Status.PLANNED, _COD, "They will meet again on 20 March",
        carried={"date": "20 March"}, date="2024-03-20",
    ),
    _claim(
        "lake", "e1", _MEETING, Status.CANCELLED, _LAKE, "Uganda were to meet in Kisumu on 10 March",
        carried={"date": "10 March"}, date="2024-03-10", place="Kisumu", country="KEN",
    ),
    _claim(
        "lake", "e2", _MEETING, Status.HELD, _LAKE, "Uganda and Kenya spoke by telephone",
        kind=MeetingKind.CALL,
    ),
    _claim(
        "lakeside", "e1", _MEETING, Status.HELD, _LAKE, "Kenya and Uganda met on Monday in [b]Arusha[/b]",
        carried={"date": "Monday", "place": "Arusha"}, date="2024-03-11", place="Arusha", country="TZA",
    ),
)  # fmt: skip


def _settled(slot: str, claims: list[Claim], reports: Mapping[str, StoredReport]) -> Settled:
    """Each value with its claims, the best supported first; two values of a slot differ."""
    values: dict[Any, list[Claim]] = {}
    for claim in claims:
        if value := getattr(claim, slot):
            values.setdefault(str(value) if slot not in MANY else value, []).append(claim)
    if not values:
        return Settled(() if slot in MANY else None, Standing.EMPTY)
    support = tuple(
        Support(value, tuple(c.id for c in found), len({reports[c.report].source for c in found}))
        for value, found in values.items()
    )
    support = tuple(sorted(support, key=lambda s: -s.sources))
    alone = len({reports[c.report].source for found in values.values() for c in found}) == 1
    standing = Standing.SINGLE if alone else Standing.AGREED
    if len(values) > 1 and slot == "date":
        standing = Standing.CONFLICT
    value = values and (list(values)[-1] if slot == "status" else support[0].value)
    return Settled(value, standing, support, "settled by hand" if standing is Standing.CONFLICT else "")


def _happening(*places: tuple[str, str], overdue: bool = False) -> Happening:
    reports = {report_id(name): _report(name) for name in TEXTS}
    wanted = [claim_id(report_id(report), event) for report, event in places]
    claims = [claim for claim in CLAIMS if claim.id in wanted]
    turns = tuple(Turn(c.status, c.date, c.id, c.report, reports[c.report].published) for c in claims)
    return Happening(
        id=claims[0].id,
        type=claims[0].type,
        slots={slot: _settled(slot, claims, reports) for slot in CLAIM_SLOTS},
        claims=tuple(claim.id for claim in claims),
        sources=len({reports[claim.report].source for claim in claims}),
        history=turns,
        overdue=overdue,
    )


def _match(left: tuple[str, str], right: tuple[str, str], verdict: Verdict, score: float, why: str) -> Match:
    one, two = sorted(claim_id(report_id(report), event) for report, event in (left, right))
    features = (
        Feature("parties", 2.0, "CHL; NOR", "CHL; NOR"),
        Feature("place", -0.5, "=Lisbon", "\x1b[8mX"),
    )
    return Match(one, two, verdict, score, features, why=why)


@pytest.fixture(scope="session")
def invented() -> Invented:
    """The invented dossier as hand-made values."""
    met = _happening(("harbour", "e1"), ("courier", "e1"), ("mirror", "e1"), ("gazette", "e1"))
    offered, refused = _happening(("courier", "e2")), _happening(("gazette", "e2"))
    again = _happening(("gazette", "e3"), overdue=True)
    off, spoke = _happening(("lake", "e1")), _happening(("lake", "e2"))
    ministers = _happening(("lakeside", "e1"))
    cod = Negotiation(
        id=met.id,
        name="Chile and Norway: a quota",
        parties=("CHL", "NOR"),
        forum=None,
        subject="a quota",
        happenings=(met.id, offered.id, refused.id, again.id),
        state=StateOfPlay(
            last_meeting=met.id,
            proposals=(Answered(offered.id, (refused.id,)),),
            refusals=(refused.id,),
            overdue=(again.id,),
        ),
        why="the same parties",
    )
    lake = Negotiation(
        id=off.id,
        name="Kenya and Uganda",
        parties=("KEN", "UGA"),
        forum=None,
        subject=None,
        happenings=(off.id, ministers.id, spoke.id),
        state=StateOfPlay(last_meeting=ministers.id),
    )
    holm = Profile(
        id="person:kari-holm",
        kind="person",
        name="Kari Holm",
        spellings=(("Kari Holm", 2), ("K. Holm\x1b[5m", 1)),
        parties=("NOR",),
        tenures=(
            Tenure(
                "fisheries minister",
                "NOR",
                "2024-03-01",
                "2024-03-06",
                (report_id("courier"),),
                in_table=True,
            ),
        ),
        reports=(report_id("courier"), report_id("mirror")),
    )
    nobody = Profile("group:cod", "group", "Cod Front", (("Cod Front", 1),), (), (), (report_id("gazette"),))
    return Invented(
        texts={report_id(name): text for name, text in TEXTS.items()},
        reports={report_id(name): _report(name) for name in TEXTS},
        claims={claim.id: claim for claim in CLAIMS},
        happenings=(met, offered, refused, off, ministers, again, spoke),
        matches=(
            _match(("harbour", "e1"), ("courier", "e1"), Verdict.SAME, 6.5, ""),
            _match(("courier", "e1"), ("gazette", "e1"), Verdict.SAME, 5.25, ""),
            _match(("lake", "e2"), ("lakeside", "e1"), Verdict.UNSURE, 2.0, "no date on one side"),
        ),
        negotiations=(cod, lake),
        profiles=(holm, nobody),
    )


def fill_store(store: Store, invented: Invented) -> None:
    """Write the invented dossier into a new store."""
    with store.writing() as tx:
        for report in invented.reports.values():
            text = invented.texts[report.id]
            failed = [Problem("lake.txt", "language", "=not \x1b[2Jall was read")]
            new = NewReport(
                stored=report,
                text=text,
                original=Packed.of(text.encode()),
                row=Packed.of_row({"events": [_READ]}),
                claims=[claim for claim in CLAIMS if claim.report == report.id],
                problems=failed if report.name == "lake.txt" else [],
            )
            tx.add_report(new, source="reports")
        courier, mirror = report_id("courier"), report_id("mirror")
        tx.replace_copies({courier: (courier, 1.0), mirror: (courier, 0.9)})
        reconciled = Reconciled(invented.happenings, invented.matches, (), date(2024, 3, 12))
        tx.replace_derived(reconciled, invented.negotiations, invented.profiles)


@pytest.fixture
def fill(invented: Invented) -> Callable[[Store], None]:
    """Writes the invented dossier into a new store."""
    return lambda store: fill_store(store, invented)


@pytest.fixture(scope="session")
def invented_file(invented: Invented, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented dossier in a file that no test may change."""
    path = tmp_path_factory.mktemp("invented") / "invented.dossier"
    with Store.open(path, create=True) as store:
        fill_store(store, invented)
    return path


@pytest.fixture
def dossier_file(invented_file: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copy(invented_file, tmp_path / "invented.dossier"))
