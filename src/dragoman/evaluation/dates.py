"""How well dates are found and resolved: war narratives, and development reports under a false page date."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dragoman.model import Record, Timex
from dragoman.model.edtf import Edtf, bounds, compatible

WIKIWARS = Path("bench/timex_wikiwars_en.jsonl")
GOLD, TEXTS = Path("gold/dev.jsonl"), Path("gold/dev_texts.jsonl")

FALSE_BY_DAYS = 911  # how much later than the true date the page is rendered
OWN_TIME_DAYS = 14  # a full date of the text this near to publication is one of the report's own time

Row = Mapping[str, Any]


def score_wikiwars(
    shared: Path, find: Callable[[Row], Iterable[Timex]], *, misses: list[str] | None = None
) -> dict[str, Any]:
    """
    Precision, recall and F1 of time expressions on WikiWars (Mazur and Dale, EMNLP 2010).

    ``strict`` counts exact extents, ``lenient`` those that share a character with a gold extent,
    ``value`` exact extents
    with the gold's TIMEX2 value. Gold expressions without a value count and cannot be right.

    Args:
        shared: folder of the shared data.
        find: the time expressions of one row (``id``, ``text``), offsets into its ``text``.
        misses: filled with a line for every expression that is not right.

    Returns:
        ``{"documents": n, "strict": prf, "lenient": prf, "value": prf}``.
    """
    count: Counter[str] = Counter()
    for row in _rows(shared / WIKIWARS):
        gold = {(timex["start"], timex["end"]): timex["value"] for timex in row["timexes"]}
        found = {(timex.span.start, timex.span.end): timex.value for timex in find(row)}
        count.update(documents=1, gold=len(gold), predicted=len(found))
        count["strict"] += len(gold.keys() & found.keys())
        count["value"] += sum(1 for span, value in found.items() if value and gold.get(span) == value)
        count["lenient found"] += _touching(found, gold)
        count["lenient gold"] += _touching(gold, found)
        if misses is not None:
            for start, end in sorted(gold.keys() | found.keys()):
                told, got = gold.get((start, end), "nothing"), found.get((start, end), "nothing")
                if told != got:
                    misses.append(f"{row['id']}: {row['text'][start:end]!r} is {told}, found as {got}")
    return {
        "documents": count["documents"],
        "strict": _prf(count["strict"], count["strict"], count["predicted"], count["gold"]),
        "lenient": _prf(count["lenient found"], count["lenient gold"], count["predicted"], count["gold"]),
        "value": _prf(count["value"], count["value"], count["predicted"], count["gold"]),
    }


def _touching(ones: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> int:
    """How many spans of ``ones`` share a character with one of ``others``."""
    covered = {place for start, end in others for place in range(start, end)}
    return sum(1 for start, end in ones if not covered.isdisjoint(range(start, end)))


def _prf(found: int, met: int, predicted: int, gold: int) -> dict[str, float]:
    precision = found / predicted if predicted else 0.0
    recall = met / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


@dataclass(slots=True)
class _Counts:
    """Sums over the reports."""

    full: int = 0
    follow: int = 0
    same: int = 0
    open: int = 0
    changed: int = 0
    own_time: int = 0
    own_time_kept: int = 0
    false_published: int = 0
    examples: list[str] = field(default_factory=list)


def score_false_dates(shared: Path, read: Callable[[Row], Record]) -> dict[str, Any]:
    """
    What a false page date does to the dates of the development reports that have a date of publication.

    Each report is read three times: with its true date stated; without it, under a line with a
    rendering date 911 days
    later; and with that later date stated as if it were true. A full date (a day, of a time
    expression or an event)
    follows the false date where the second reading gives what the third gives and the first does not.

    Args:
        shared: folder of the shared data.
        read: the record of one row (``id``, ``title``, ``text``, ``published``).

    Returns:
        ``full`` dates with the true date; of them the shares that ``follow`` the false date, stay
        the ``same``, fall ``open`` or
        become something else (``changed``); ``own_time``: gold event dates that the first reading
        carries, in reports whose
        text holds a full date of its own time, and the share of them that the second still
        carries (``own_time_kept``);
        ``false_published``: reports whose date of publication is the false one; ``examples`` of
        dates that follow.
    """
    counts = _Counts()
    gold = {row["doc"]: row for row in _rows(shared / GOLD)}
    documents = 0
    for row in _rows(shared / TEXTS):
        if not row.get("published") or row["id"] not in gold:
            continue
        documents += 1
        true_day = date.fromisoformat(row["published"])
        false_day = true_day + timedelta(days=FALSE_BY_DAYS)
        header = f"{false_day:%B} {false_day.day}, {false_day.year}\n\n"
        plain = {key: value for key, value in row.items() if key in {"id", "title", "text"}}
        headed = {**plain, "text": header + row["text"]}
        true = read({**plain, "published": row["published"]})
        page = read(headed)
        wrong = read({**plain, "published": false_day.isoformat()})
        _compare(true, page, wrong, row, gold[row["id"]], counts)
        counts.false_published += page.published.edtf == false_day.isoformat()
    full, own = max(counts.full, 1), max(counts.own_time, 1)
    return {
        "documents": documents,
        "full": counts.full,
        "follow": round(counts.follow / full, 4),
        "same": round(counts.same / full, 4),
        "open": round(counts.open / full, 4),
        "changed": round(counts.changed / full, 4),
        "own_time": counts.own_time,
        "own_time_kept": round(counts.own_time_kept / own, 4),
        "false_published": counts.false_published,
        "examples": counts.examples,
    }


def _compare(true: Record, page: Record, wrong: Record, row: Row, gold: Row, counts: _Counts) -> None:
    """Count one report."""
    told, headed, believed = (_by_place(record, row["text"]) for record in (true, page, wrong))
    for place, dates in told.items():
        for edtf in dates:
            if not _is_day(edtf):
                continue
            counts.full += 1
            now, false = headed.get(place, frozenset()), believed.get(place, frozenset())
            if edtf in now:
                counts.same += 1
            elif any(_is_day(other) and other in false for other in now):
                counts.follow += 1
                counts.examples.append(f"{row['id']}: {place[2]!r}: {edtf} became {sorted(now)}")
            elif all(not _is_day(other) for other in now):
                counts.open += 1
            else:
                counts.changed += 1
                counts.examples.append(f"{row['id']}: {place[2]!r}: {edtf} changed to {sorted(now)}")
    if not _holds_own_time(true, row):
        return
    carried = {timex.edtf for timex in true.timexes} | {true.published.edtf}
    kept = {timex.edtf for timex in page.timexes} | {page.published.edtf}
    for event in gold["events"]:
        if _is_day(event["date"]) and event["date"] in carried:
            counts.own_time += 1
            if event["date"] in kept:
                counts.own_time_kept += 1
            else:
                counts.examples.append(f"{row['id']}: {event['date']} is no longer told")


Place = tuple[int, int, str]


def _by_place(record: Record, text: str) -> dict[Place, frozenset[str]]:
    """
    Dates by the place of their words in the row's text, so that readings of it with other lines above
    agree.
    """
    shift = max(record.document.text.find(text[:200]), 0)
    found: dict[Place, frozenset[str]] = {}
    for timex in record.timexes:
        place = (timex.span.start - shift, timex.span.end - shift, timex.span.exact)
        if timex.edtf and place[0] >= 0:
            found[place] = frozenset({timex.edtf})
    for event in record.events:
        if event.date.value and event.evidence:
            span = event.evidence[0]
            place = (span.start - shift, span.end - shift, f"{event.type}: {span.exact}")
            found[place] = found.get(place, frozenset()) | {event.date.value}
    return found


def _is_day(edtf: str | None) -> bool:
    """Whether a date is one day of a known year."""
    value = Edtf.parse(edtf)
    return value is not None and value.year_known and not value.interval and value.days == 1


def _holds_own_time(record: Record, row: Row) -> bool:
    """Whether the text itself gives a full date near publication."""
    limits = bounds(row["published"])
    if limits is None:
        return False
    day = limits[0]
    near = f"{day - timedelta(OWN_TIME_DAYS)}/{day + timedelta(OWN_TIME_DAYS)}"
    told = [timex.edtf for timex in record.timexes if timex.anchor == ""]
    told += [witness.edtf for witness in record.published.witnesses if witness.span is not None]
    return any(_is_day(edtf) and compatible(edtf, near) for edtf in told)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
