"""Whatever comes in: nothing crashes or hangs, no report is lost silently, every span holds its words."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.evaluation.spans import span_faults
from dragoman.intake import Fetched, Media, read_sources
from dragoman.output import dumps, outcome_row
from dragoman.pipeline import Outcome, Pipeline

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PAGES = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
SHARED = Path(__file__).resolve().parents[2] / "shared"

often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

# Words that wake the rules, to be strung together in orders that no reporter would write.
FRAGMENTS = (
    "On December 17, 2021", "January 10", "Monday", "31 February", "10-12 January", "the 32nd of", "in 20220",
    "last week", "GENEVA, Jan. 10, 2022 (AP) -", "By A. Reporter", "Sergei Lavrov", "Foreign Minister",
    "Moscow", "the two sides", "his counterpart", "NATO-Russia Council", "met", "will meet", "rejected",
    "signed", "a draft treaty", "talks between", "and", "with", "said", "said that", "“", "”", '"', "'", "’s",
    "(", ")", "—", ".", "\n", "\n\n", "\t", "\u00a0", "\u200b", "\u202e", "😀", "é", "ﬁ",
    "<b>", "&nbsp;", "{", "\x1b[31m", "statementthat", "attacked back in .", "Source link",
    "Share on Facebook", "July 19, 2024", "", " " * 40,
)  # fmt: skip
sentences = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=60).map(" ".join)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.build()


def sound(outcome: Outcome) -> None:
    """A record or a reason; no stage failed; each span holds; the row can be written and read."""
    assert outcome.record is not None or outcome.problems
    assert [p.message for p in outcome.problems if "please report it" in p.message] == []
    if outcome.record is not None:
        assert [fault for fault in span_faults(outcome.record) if fault] == []
    row = dumps(outcome_row(outcome))
    assert json.loads(row)["doc"] == outcome.doc
    assert row.encode()


@often
@given(text=sentences | st.text())
def test_any_text(pipeline: Pipeline, text: str) -> None:
    sound(pipeline.read(Fetched("x", "x", Media.TEXT, text)))


@often
@given(text=sentences, title=sentences, published=st.text() | st.sampled_from(["2022-01-21", "soon"]))
def test_any_record(pipeline: Pipeline, text: str, title: str, published: str) -> None:
    sound(pipeline.read(Fetched("x", "x:1", Media.RECORD, text, title=title, published=published)))


@often
@given(
    text=sentences | st.text(), head=st.sampled_from(["<html><body><p>", "<!doctype html>", "<article><h1>"])
)
def test_any_page(pipeline: Pipeline, text: str, head: str) -> None:
    sound(pipeline.read(Fetched("x", "x.html", Media.HTML, head + text)))


def read_bytes(pipeline: Pipeline, content: bytes, name: str) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        outcomes = list(pipeline.read_all(read_sources([str(path)])))
    for outcome in outcomes:
        sound(outcome)
    return outcomes


@often
@given(content=st.binary() | sentences.map(lambda t: t.encode("utf-16", "surrogatepass")))
def test_any_bytes(pipeline: Pipeline, content: bytes) -> None:
    for name in ("x.txt", "x.html", "x.jsonl", "x.txt.gz"):
        assert read_bytes(pipeline, content, name)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | sentences,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
halves = sentences.map(lambda text: f"{text} \ud83d")  # half a surrogate pair, "\\ud83d" in JSON
rows = st.dictionaries(
    st.sampled_from(["id", "title", "published", "place", "url", "publisher", "language", "text", "other"]),
    values | halves,
)


# Lines that are no report, among them such as begin an object or array that never ends; all can be shown.
junk = st.sampled_from(["{", "[", "}", "]", '{"text": "', "[1]", "[{}", "{}", "null", ""]) | st.text(
    st.characters(exclude_categories=["C", "Z"]), max_size=20
)


def report_of(line: str) -> bool | None:
    """Whether a line is an object that gives a report; None for what is no object."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict):
        return None
    text, name = row.get("text"), row.get("id")
    named = name is None or (isinstance(name, str | int) and not isinstance(name, bool))
    return isinstance(text, str) and bool(text.strip()) and named


@often
@given(
    lines=st.lists(
        rows.map(json.dumps) | sentences.map(lambda text: json.dumps({"text": text})) | junk,
        min_size=1,
        max_size=6,
    )
)
def test_any_json_lines_lose_no_line(pipeline: Pipeline, lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        path.write_bytes("\n".join(lines).encode())
        read = list(read_sources([str(path)]))
    held = [line for line in lines if line.strip()]  # blank lines hold nothing
    told = [report_of(line) for line in held]
    fetched = [found for found in read if isinstance(found, Fetched)]
    if len(held) == 1 and held[0].startswith("["):
        return  # an array stands for as many reports as it holds
    assert len(fetched) == told.count(True)
    if any(good is not None for good in told):
        assert len(read) == len(held)
    else:
        assert read  # one value that breaks somewhere is one error
    for outcome in pipeline.read_all(read):
        sound(outcome)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The same with some runs cut, doubled, moved, and some bytes changed."""
    for _ in range(chance.randint(1, 6)):
        if not content:
            break
        at, to = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        to = min(to, at + 400)
        kind = chance.randrange(5)
        if kind == 0:
            content = content[:at] + content[to:]
        elif kind == 1:
            content = content[:to] + content[at:to] + content[to:]
        elif kind == 2:
            content = content[to:] + content[:to]
        elif kind == 3:
            content = content[:at] + bytes(chance.randrange(256) for _ in range(8)) + content[at:]
        else:
            content = content[: len(content) // 2 + at // 2]
    return content


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_damaged_pages(pipeline: Pipeline, page: Path) -> None:
    chance = random.Random(page.name)  # noqa: S311 - the same damage in every run
    for _ in range(6):
        assert read_bytes(pipeline, damaged(page.read_bytes(), chance), page.name)


@pytest.mark.parametrize(
    "pattern",
    [
        "“",
        '"a ',
        "(",
        "said ",
        "January 10, ",
        "1/2/",
        "A. ",
        "\n",
        "x",
        "he said. ",
        "Moscow and ",
        "met with ",
        "talks between ",
        "The envoys met in Geneva. ",
        "Lavrov and Blinken agreed. ",
        "He rejected it. ",
    ],
)
def test_time_is_bounded_by_length(pipeline: Pipeline, pattern: str) -> None:
    def seconds(length: int) -> float:
        text = "Talks were held in Geneva. " + pattern * (length // len(pattern))
        started = time.process_time()
        sound(pipeline.read(Fetched("x", "x", Media.TEXT, text)))
        return time.process_time() - started

    short = seconds(4_000)
    # Four times the length takes four times the time, a square would take sixteen times; what is short
    # counts as a third of a second, so that the clock's noise stays out.
    assert seconds(16_000) < 8 * max(short, 0.3)


def varied(length: int) -> str:
    """Sentences such as the rules look for, in changing order, with changing days and names."""
    chance = random.Random(length)  # noqa: S311 - the same text in every run
    told: list[str] = []
    size = 0
    while size < length:
        name = chance.choice("ABCDEFGHKLM") + chance.choice(["lov", "nek", "dar", "mirov", "sen"])
        told.append(
            chance.choice(["", "Later, ", "In Geneva, ", f"On January {chance.randint(1, 28)}, 2022, "])
            + chance.choice(
                [
                    "Lavrov and Blinken agreed. ", "the envoys met in Geneva. ", f"{name} rejected it. ",
                    f"“It is a draft,” {name} said. ", f"{name} will meet his counterpart in Moscow.\n\n",
                ]
            )
        )  # fmt: skip
        size += len(told[-1])
    return "".join(told)


def test_time_grows_with_the_length_of_a_long_report(pipeline: Pipeline) -> None:
    def seconds(length: int) -> float:
        text = varied(length)
        started = time.process_time()
        sound(pipeline.read(Fetched("x", "x", Media.TEXT, text)))
        return time.process_time() - started

    seconds(1_000)  # what is loaded once is loaded
    # Four times the length takes four times the time; a square would take sixteen times.
    assert seconds(160_000) < 6 * seconds(40_000)


CONFLICTING = """<html><head><meta name="pubdate" content="2022-03-03">
<meta name="dc.date" content="2022-02-02">
<meta property="article:published_time" content="2022-01-01T10:00:00Z"></head><body><h1>Envoys meet</h1>
<p>The envoys of Norway and Chile met in Bergen on Monday and agreed to open talks.</p></body></html>"""


def test_dates_of_a_page_that_disagree_come_strongest_first_in_every_process(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(CONFLICTING, encoding="utf-8")
    rows = []
    for seed in ("1", "2", "3"):
        told = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "dragoman", "read", str(page), "--json"],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        rows.append(told.stdout)
    assert rows[0] == rows[1] == rows[2]
    stated = [w["edtf"] for w in json.loads(rows[0])["published_witnesses"] if w["kind"] == "stated"]
    assert [day[:10] for day in stated] == ["2022-01-01", "2022-02-02", "2022-03-03"]


@pytest.mark.parametrize("name", ["voa", "wikinews", "kremlin", "whitehouse", "russian", "greek"])
def test_spans_hold_in_real_reports(pipeline: Pipeline, name: str) -> None:
    path = SHARED / "corpora" / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip("needs the corpora in ../shared")
    reports = [report for number, report in enumerate(read_sources([str(path)])) if number % 97 == 0]
    for outcome in pipeline.read_all(reports):
        sound(outcome)
