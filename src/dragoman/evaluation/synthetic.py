"""Claims made up by rule, as many as wanted, to measure how the cost of reconciling grows."""

from __future__ import annotations

import hashlib
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.model import Claim, EventType, MeetingKind, Span, Status, StoredReport, claim_id
from dragoman.reconcile import reconcile

FIRST, DAYS = date(2003, 1, 1), 20 * 365
STATES = (
    "USA RUS CHN FRA DEU GBR TUR UKR IRN IND JPN ISR EGY SAU KOR PRK KAZ BLR AZE ARM GEO ITA ESP POL ROU "
    "BGR SRB GRC CYP SYR IRQ JOR QAT ARE OMN YEM SDN SSD ETH ERI KEN UGA RWA COD NGA ZAF MAR DZA TUN LBY "
    "VEN COL CUB MEX BRA ARG CHL PER VNM THA PHL IDN MYS PAK AFG UZB TJK KGZ TKM MNG NPL LKA BGD MMR "
).split()
CITIES = "Geneva Vienna Istanbul Doha Brussels Oslo Astana Minsk Paris Cairo Nairobi Singapore".split()
FORUMS = (None, None, None, None, "contact group", "border commission", "water council", "security dialogue")
TITLES = (
    "a memorandum on the transit of grain", "a treaty on the border river", "a protocol on prisoners of war",
    "an agreement on gas supplies", "a plan for the withdrawal of troops", "a joint statement", "documents",
)  # fmt: skip
_MEETING = (Status.HELD, Status.HELD, Status.HELD, Status.PLANNED, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Cost:
    """What reconciling so many claims took; seconds of processor time, whoever else is on the machine."""

    claims: int
    happenings: int
    unsure: int
    seconds: float
    peak_megabytes: float


def measure_reconciling(count: int) -> Cost:
    """Reconcile ``count`` made-up claims on one core."""
    claims, reports = make_claims(count)
    started = time.process_time()
    record = reconcile(claims, reports)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(len(claims), len(record.happenings), len(record.unsure), seconds, peak)


def make_claims(count: int, *, seed: int = 0) -> tuple[list[Claim], dict[str, StoredReport]]:
    """
    ``count`` claims of about a third as many happenings between 72 states over 20 years.

    A few pairs of states meet very often, most hardly ever; each happening is told by one to six reports,
    half of them with a date that does not decide. More claims mean more on each day, not more days.
    """
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    claims: list[Claim] = []
    reports: dict[str, StoredReport] = {}
    weights = [1 / (rank + 1) for rank in range(len(STATES))]
    while len(claims) < count:
        for claim, published in _told(chance, weights):
            report = _report(f"r{len(claims)}", published)
            reports[report.id] = report
            claims.append(replace(claim, id=claim_id(report.id, claim.id), report=report.id))
    return claims[:count], reports


def _told(chance: random.Random, weights: list[float]) -> Iterator[tuple[Claim, date]]:
    """One happening as several reports tell it, with their days of publication."""
    one, other = chance.choices(STATES, weights, k=2)
    if one == other:
        other = "UN"
    day = FIRST + timedelta(chance.randrange(DAYS))
    kind = chance.choices((EventType.MEETING, EventType.AGREEMENT, EventType.PROPOSAL), (7, 2, 1))[0]
    people = (f"Anna {one.title()}ova", f"Pierre {other.title()}eau")
    place, forum, title = chance.choice(CITIES), chance.choice(FORUMS), chance.choice(TITLES)
    for number in range(chance.choice((1, 1, 2, 3, 6))):
        published = day + timedelta(chance.choice((-20, -2, 0, 0, 1, 1, 40)) if number else 0)
        held = published >= day
        yield (
            Claim(
                id=f"e{number}",
                report="",
                event=f"e{number}",
                type=kind,
                status=_status(chance, kind, held=held),
                parties=(one, other),
                evidence=(Span(0, 5, "talks"),),
                kind=MeetingKind.IN_PERSON if kind is EventType.MEETING else None,
                people=chance.choice((people, people[:1], ())),
                by=(one,) if kind is EventType.PROPOSAL else (),
                to=(other,) if kind is EventType.PROPOSAL else (),
                forum=forum,
                place=chance.choice((place, place, None)),
                date=_date(chance, day, published),
                title=None if kind is EventType.MEETING else title,
            ),
            published,
        )


def _status(chance: random.Random, kind: EventType, *, held: bool) -> Status:
    if kind is EventType.MEETING:
        return chance.choice(_MEETING[:3] if held else _MEETING[3:])
    if not held:
        return Status.EXPECTED
    return Status.REACHED if kind is EventType.AGREEMENT else Status.MADE


def _date(chance: random.Random, day: date, published: date) -> str | None:
    known = day.isoformat()
    bound = f"../{published}" if published >= day else f"{published}/.."
    return chance.choice((known, known, known, known[:7], bound, None))


def _report(name: str, published: date) -> StoredReport:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return StoredReport(
        id=digest[:16],
        name=name,
        address=name,
        published=published.isoformat(),
        basis="stated",
        original_sha256=digest,
        text_sha256=digest,
        earliest=published,
        latest=published,
    )
