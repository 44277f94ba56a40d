"""JSON lines: every line gives a report or a fault that names the file and the line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from dragoman.errors import IntakeError
from dragoman.intake import Fetched, read_sources

TEXT = "Envoys of Norway and Chile met in Bergen."


def rows_of(
    tmp_path: Path, content: str | bytes, name: str = "r.jsonl", **options: int
) -> list[Fetched | IntakeError]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_sources([path], **options))


def one_fault(tmp_path: Path, line: str) -> str:
    (row,) = rows_of(tmp_path, line)
    assert isinstance(row, IntakeError)
    assert row.where.endswith("r.jsonl:1") or row.where.endswith("r.jsonl")
    return row.message


def test_all_fields_of_a_record_are_kept(tmp_path: Path) -> None:
    given = {
        "id": "n1",
        "title": "Envoys meet",
        "published": "2021-03-03",
        "place": "Bergen",
        "url": "https://x.example/1",
        "publisher": "Courier",
        "language": "en",
        "text": TEXT,
        "note": 5,
    }
    (row,) = rows_of(tmp_path, json.dumps(given))
    assert isinstance(row, Fetched)
    for field in ("id", "title", "published", "place", "url", "publisher", "language"):
        assert getattr(row, field) == given[field]
    assert row.content == TEXT
    assert row.origin.endswith("r.jsonl:1")


def test_bad_lines_are_named_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": TEXT})
    lines = [
        good,
        "{broken",
        "",
        good.replace('"a"', '"b"'),
        "[1]",
        '{"id": "c"}',
        good.replace('"a"', '"d"'),
    ]
    rows = rows_of(tmp_path, "\r\n".join(lines))
    assert [row.id for row in rows if isinstance(row, Fetched)] == ["a", "b", "d"]
    assert [row.where.rpartition(":")[2] for row in rows if isinstance(row, IntakeError)] == ["2", "5", "6"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "a", "text": "x"', "does not parse as JSON"),
        ('{"id": "a"}', "has no 'text'"),
        ('{"id": "a", "body": "x"}', "'body': rename"),
        ('{"id": "a", "Text": "x"}', "'Text': rename"),
        ('{"text": null}', "'text' is null"),
        ('{"text": ["x"]}', "'text' is a list"),
        ('{"text": " \\n "}', "'text' is empty"),
        ('{"id": ["a"], "text": "x"}', "'id' is a list"),
        ("[]", "the array is empty"),
        ("{}", "no fields at all"),
        ('"x"', "is a string, not an object"),
        ("7", "is a int, not an object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "does not parse as JSON"),
    ],
)
def test_each_fault_says_what_is_wrong(tmp_path: Path, line: str, says: str) -> None:
    assert says in one_fault(tmp_path, line)


def test_one_object_or_array_over_several_lines_is_read(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, json.dumps({"id": "a", "text": TEXT}, indent=2), "one.json")
    assert isinstance(row, Fetched)
    assert row.id == "a"
    rows = rows_of(
        tmp_path, json.dumps([{"text": TEXT}, {"id": "b", "text": TEXT}, 3], indent=1), "many.json"
    )
    assert [row.id for row in rows if isinstance(row, Fetched)] == ["many.json:1", "b"]
    assert [row.where.rpartition("/")[2] for row in rows if isinstance(row, IntakeError)] == ["many.json:3"]


def test_a_record_without_id_is_named_by_file_and_line(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, (json.dumps({"text": TEXT}) + "\n") * 2)
    assert [row.id for row in rows if isinstance(row, Fetched)] == ["r.jsonl:1", "r.jsonl:2"]


def test_a_field_of_the_wrong_kind_is_left_out_and_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (row,) = rows_of(tmp_path, json.dumps({"id": 7, "text": TEXT, "title": ["x"], "published": 20210303}))
    assert isinstance(row, Fetched)
    assert (row.id, row.title, row.published) == ("7", None, None)
    assert len(row.notes) == 2
    assert "'published' is a int" in caplog.text


def test_halves_of_characters_and_controls_are_replaced_one_for_one(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, r'{"id": "a\ud800", "text": "a\ud800b\u0000c\u0007d \ud83d\ude00 x"}')
    assert isinstance(row, Fetched)
    assert row.content == "a\ufffdb c d \U0001f600 x"
    assert row.id == "a\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_json_lines_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    lines = "".join(
        json.dumps({"id": name, "text": f"{TEXT} Ærø – “{name}”"}, ensure_ascii=False) + "\n" for name in "ab"
    )
    rows = rows_of(tmp_path, lines.encode(encoding))
    assert [(row.id, row.content) for row in rows if isinstance(row, Fetched)] == [
        (name, f"{TEXT} Ærø – “{name}”") for name in "ab"
    ]


def test_a_line_over_the_limit_is_passed_over_and_its_neighbours_are_read(tmp_path: Path) -> None:
    good, long = (
        json.dumps({"id": name, "text": text}) for name, text in (("a", TEXT), ("b", "x " * 8_000_000))
    )
    rows = rows_of(tmp_path, f"{good}\n{long}\n{good}\n", max_characters=1000)
    assert [type(row) for row in rows] == [Fetched, IntakeError, Fetched]
    assert isinstance(rows[1], IntakeError)
    assert rows[1].where.endswith(":2")
    assert "16,0" in rows[1].message


def test_twenty_megabytes_of_small_reports_are_streamed(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT * 50}) + "\n"
    count = 20_000_000 // len(line) + 1
    started = time.perf_counter()
    rows = rows_of(tmp_path, line * count)
    assert len(rows) == count
    assert all(isinstance(row, Fetched) for row in rows)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("first", ["{", "[", '{"text": "cut', "[1]", '[{"text": "in an array"}]', "[\n{"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_bad_first_line_takes_no_good_line_with_it(tmp_path: Path, first: str, encoding: str) -> None:
    good = [json.dumps({"id": f"n{i}", "text": TEXT}) for i in range(3)]
    lines = [*first.split("\n"), good[0], "", "}", *good[1:]]
    rows = rows_of(tmp_path, "\n".join(lines).encode(encoding))
    assert [row.id for row in rows if isinstance(row, Fetched)] == ["n0", "n1", "n2"]
    faults = [row.where.rpartition(":")[2] for row in rows if isinstance(row, IntakeError)]
    bad = [str(n) for n, line in enumerate(lines, 1) if line and line not in good]
    assert faults == bad


def test_a_bad_first_line_of_a_large_file_takes_no_good_line_with_it(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT, "other": "x" * 10_000})
    rows = rows_of(tmp_path, "\n".join(["[", *[good] * 400]), max_characters=1_000)
    assert [type(row) for row in rows] == [IntakeError, *[Fetched] * 400]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_bytes_of_a_line_come_along_without_its_end(tmp_path: Path, end: str) -> None:
    lines = [json.dumps({"text": f"{TEXT} “{n}”", "other": n}, ensure_ascii=False) for n in range(3)]
    rows = rows_of(tmp_path, (end.join(lines) + end).encode("utf-8-sig"))
    assert [row.original for row in rows if isinstance(row, Fetched)] == [line.encode() for line in lines]


def test_the_bytes_of_a_row_do_not_depend_on_how_the_array_is_laid_out(tmp_path: Path) -> None:
    row = {"text": f"{TEXT} Ærø", "id": "a", "more": [1, {"z": None, "b": 2.5}]}
    turned = dict(reversed(row.items()))
    layouts = [json.dumps([row]), json.dumps([turned], indent=2), json.dumps([row], ensure_ascii=False)]
    originals = {
        found.original
        for content in layouts
        for found in rows_of(tmp_path, content, "many.json")
        if isinstance(found, Fetched)
    }
    assert [json.loads(original) for original in originals] == [row]
