"""
A reader that needs no language model, for builds in tests.

It works as the real one does but that it finds one meeting for each "talks on DAY" in the text and the
day of publication in a line "published DAY". Worker processes import it by name.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from dragoman.dossier.derive import group_copies
from dragoman.dossier.read import Reader
from dragoman.errors import ModelError
from dragoman.intake import Fetched
from dragoman.model import (
    CLAIM_SLOTS,
    MANY,
    Actors,
    Claim,
    Document,
    Entity,
    EntityKind,
    Event,
    EventType,
    Happening,
    Published,
    Reconciled,
    Record,
    Settled,
    Slot,
    Span,
    Standing,
    Status,
    Support,
    Turn,
)
from dragoman.pipeline import Outcome, Problem
from dragoman.settings import Settings
from dragoman.store import Writing
from dragoman.text import to_document

_TALKS = re.compile(r"talks on (\d{4}-\d\d-\d\d)")
_PUBLISHED = re.compile(r"published (\d{4}-\d\d-\d\d)")


def quick_reader(settings: Settings) -> Reader:
    """A reader that takes no time."""
    del settings
    return read


def slow_reader(settings: Settings) -> Reader:
    """One that takes a tenth of a second a report."""
    del settings

    def reader(fetched: Fetched) -> Outcome:
        time.sleep(0.1)
        return read(fetched)

    return reader


def deadly_reader(settings: Settings) -> Reader:
    """One whose process is killed by a report that says so, as the system does when memory is short."""
    del settings

    def reader(fetched: Fetched) -> Outcome:
        if "KILL" in fetched.content:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(fetched)

    return reader


def no_reader(settings: Settings) -> Reader:
    """One whose language model is missing."""
    raise ModelError(f"no such pipeline: {settings.pipeline!r}")


def broken_reader(settings: Settings) -> Reader:
    """One whose process ends before it can begin."""
    raise SystemExit(3 if settings else 4)


def read(fetched: Fetched) -> Outcome:
    """What comes of a report."""
    if "UNREADABLE" in fetched.content:
        return Outcome(fetched.id, None, (Problem(fetched.origin, "text", "cannot be read; write another"),))
    document = to_document(fetched)
    published = _PUBLISHED.search(document.text)
    day = published[1] if published else None
    record = Record(
        document,
        Published(day, "stated" if day else "unknown", dct_low=day, dct_high=day),
        (),
        Actors((), {"state:RUS": Entity("state:RUS", EntityKind.STATE, "Russia", ("RUS",))}),
        tuple(_events(document)),
        (),
        (),
    )
    partly = "PARTLY" in document.text
    problems = (Problem(fetched.origin, "events", "not read in full"),) if partly else ()
    return Outcome(document.id, record, problems)


def _events(document: Document) -> Sequence[Event]:
    return [
        Event(
            id=f"{number:010x}",
            type=EventType.MEETING,
            status=Slot(Status.HELD),
            parties=Slot(("RUS", "USA")),
            evidence=(document.span(match.start(), match.end()),),
            people=Slot(("Sergei Ryabkov",)),
            place=Slot("Geneva"),
            date=Slot(match[1], (document.span(match.start(1), match.end(1)),)),
        )
        for number, match in enumerate(_TALKS.finditer(document.text))
    ]


def derive_alone(tx: Writing) -> None:
    """Each claim its own happening: a stand-in for what tests of the build are not about."""
    group_copies(tx)
    reports = tx.reports(current=True)
    claims = sorted(tx.claims(), key=lambda claim: (claim.date or "", claim.id))
    published = {key: report.published for key, report in reports.items()}
    happenings = tuple(alone(claim, published[claim.report]) for claim in claims)
    tx.replace_derived(Reconciled(happenings, ()), (), ())


def alone(claim: Claim, published: str | None = None) -> Happening:
    """The happening that one claim tells."""
    slots = {}
    for slot in CLAIM_SLOTS:
        value = getattr(claim, slot)
        value = getattr(value, "value", value)
        slots[slot] = (
            Settled(value, Standing.SINGLE, (Support(value, (claim.id,), 1),))
            if value
            else Settled(() if slot in MANY else None, Standing.EMPTY)
        )
    turn = Turn(claim.status, claim.date, claim.id, claim.report, published)
    return Happening(claim.id, claim.type, slots, (claim.id,), 1, (turn,))


def write_reports(folder: Path, count: int) -> None:
    """So many short reports of talks."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = (
            f"Report {number}\n\npublished 2022-01-{number % 28 + 1:02}\n\nThe two sides held talks on "
            f"2022-01-{number % 28 + 1:02} in Geneva. It was meeting number {number}, said the hosts.\n"
        )
        (folder / f"report-{number:03}.txt").write_text(text, encoding="utf-8")


def span(text: str, words: str) -> Span:
    """The words in the text."""
    at = text.index(words)
    return Span.of(text, at, at + len(words))
