"""The scores of dates: counted on small sets written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dragoman.evaluation.dates import score_false_dates, score_wikiwars
from dragoman.model import Actors, Published, Reason, Record, Span, Timex, TimexType
from dragoman.testing import make_document

TEXT = "The council met on 3 May 1921 and again in June."


def timex(text: str, words: str, value: str, edtf: str | None = None) -> Timex:
    start = text.find(words)
    span = Span.of(text, start, start + len(words))
    return Timex(span, 0, 1, TimexType.DATE, value, edtf, Reason("timex.test", "given"))


def write(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_narratives_are_scored_by_extent_and_value(tmp_path: Path) -> None:
    """Of two gold expressions one is found with its value, the other a word too long."""
    gold = [
        {"start": 19, "end": 29, "text": "3 May 1921", "value": "1921-05-03"},
        {"start": 43, "end": 47, "text": "June", "value": "1921-06"},
    ]
    write(tmp_path / "bench" / "timex_wikiwars_en.jsonl", {"id": "a", "text": TEXT, "timexes": gold})
    misses: list[str] = []
    found = [timex(TEXT, "3 May 1921", "1921-05-03"), timex(TEXT, "in June", "1921-06")]
    scores = score_wikiwars(tmp_path, lambda _: found, misses=misses)
    assert scores["strict"] == scores["value"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert scores["lenient"]["f1"] == 1.0
    assert len(misses) == 2


def read_believing(row: Any) -> Record:
    """A reader that takes the first line for the date of publication, as a careless one would."""
    text, day = row["text"], row.get("published")
    if day is None:
        day = "2022-10-31" if text.startswith("October 31, 2022") else None
    found = [timex(text, "Monday", "", day), timex(text, "3 May 1921", "", "1921-05-03")]
    document = make_document(text)
    return Record(document, Published(day, "stated"), tuple(found), Actors((), {}), (), (), ())


def test_dates_that_follow_a_false_page_date_are_counted(tmp_path: Path) -> None:
    """Of the two full dates one follows the line 911 days later, the other is the text's own."""
    text = "They met on Monday as on 3 May 1921."
    write(
        tmp_path / "gold" / "dev.jsonl",
        {"doc": "a", "published": "2020-05-03", "events": [{"date": "2020-05-03"}]},
    )
    write(
        tmp_path / "gold" / "dev_texts.jsonl",
        {"id": "a", "title": None, "text": text, "published": "2020-05-03"},
    )
    scores = score_false_dates(tmp_path, read_believing)
    assert (scores["documents"], scores["full"]) == (1, 2)
    assert (scores["follow"], scores["same"], scores["open"], scores["changed"]) == (0.5, 0.5, 0.0, 0.0)
    assert scores["false_published"] == 1
    assert (scores["own_time"], scores["own_time_kept"]) == (1, 0.0)
    assert len(scores["examples"]) == 2
