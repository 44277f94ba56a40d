"""The commands that ask a dossier: forms of output, filters, pages, talk on standard error, exit codes."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main

ASKING = ("timeline", "events", "state", "conflicts", "sources", "problems", "actors", "review")


def run(*words: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, words)), input=stdin)


def rows(*words: object) -> list[dict[str, Any]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("name", ASKING)
def test_every_command_gives_json_lines_and_csv(dossier_file: Path, name: str) -> None:
    assert rows(name, dossier_file)
    result = run(name, dossier_file, "--csv")
    assert result.exit_code == 0
    table = list(csv.reader(StringIO(result.stdout)))
    assert len(table) > 1
    assert {len(row) for row in table} == {len(table[0])}


@pytest.mark.parametrize("name", [*ASKING, "judgements"])
def test_what_is_no_dossier_is_wrong_use(tmp_path: Path, name: str) -> None:
    text = tmp_path / "a\x1b[2J.txt"
    text.write_text("The talks went on.", encoding="utf-8")
    for path in (tmp_path / "none.dossier", text, tmp_path):
        result = run(name, path)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("Error: ")
        assert "\x1b" not in result.stderr
    assert run(name, text, "--json", "--csv").exit_code == 2


@pytest.mark.parametrize("name", ASKING)
def test_nothing_in_a_report_steers_the_terminal(dossier_file: Path, name: str) -> None:
    for form in ([], ["--json"], ["--csv"]):
        result = run(name, dossier_file, *form, stdin="")
        assert result.stdout
        for stream in (result.stdout, result.stderr):
            assert "\x1b" not in stream
            assert "\x9b" not in stream


def test_a_page_says_what_it_leaves_out_on_standard_error(dossier_file: Path) -> None:
    result = run("timeline", dossier_file, "--limit", 4)
    assert result.exit_code == 0
    assert "the latest 4 of 6 events with a date; 1 more have none; --page 2 goes back" in result.stderr
    assert "Call, held" not in result.stdout
    assert "page 2, 2 of 6" in run("timeline", dossier_file, "--limit", 4, "--page", 2).stderr
    assert run("timeline", dossier_file, "--limit", 4, "--quiet").stderr == ""
    assert run("timeline", dossier_file).stderr == ""
    assert "Call, held" in run("timeline", dossier_file, "--all").stdout
    assert run("timeline", dossier_file, "--all", "--limit", 3).exit_code == 2


def test_rows_are_all_unless_a_limit_is_set(dossier_file: Path) -> None:
    assert len(rows("timeline", dossier_file)) == 7
    assert len(rows("timeline", dossier_file, "--limit", 3)) == 3


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (["--party", "NOR"], 4),
        (["--party", "nor", "--party", "CHL"], 4),
        (["--party", "NOR", "--party", "KEN"], 0),
        (["--person", "holm"], 1),
        (["--place", "lisbon"], 1),
        (["--place", "KEN"], 1),
        (["--status", "held", "--status", "cancelled"], 4),
        (["--type", "proposal"], 1),
        (["--from", "2024-03-10"], 3),
        (["--to", "2024-03-05"], 3),
        (["--from", "2024-03-10", "--to", "2024-03"], 3),
        (["--text", "telephone"], 1),
        (["--negotiation", "kenya"], 3),
        (["--conflicts"], 1),
        (["--overdue"], 1),
    ],
)
def test_filters(dossier_file: Path, options: list[str], number: int) -> None:
    for name in ("timeline", "events"):
        assert len(rows(name, dossier_file, *options)) == number


@pytest.mark.parametrize(
    "options",
    [
        ["--from", "soon"],
        ["--to", "XXXX-01-02"],
        ["--as-of", "2024-02-30"],
        ["--status", "done"],
        ["--limit", "0"],
    ],
)
def test_a_filter_that_means_nothing_is_wrong_use(dossier_file: Path, options: list[str]) -> None:
    assert run("timeline", dossier_file, *options).exit_code == 2


def test_the_record_of_a_day(dossier_file: Path) -> None:
    (event,) = rows("events", dossier_file, "--as-of", "2024-03-05")
    assert (event["status"], event["date"]) == ("planned", "2024-03-05")


def test_an_empty_answer_says_so_and_is_no_failure(dossier_file: Path) -> None:
    result = run("events", dossier_file, "--party", "XXX")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no events\n")


def test_a_record_behind_its_judgements_says_so(dossier_file: Path, invented: Any) -> None:
    run("judge", dossier_file, "not-an-event", invented.claim("lake", "e2").id, "--later")
    for name in ("timeline", "explain"):
        words = [invented.happenings[0].id] if name == "explain" else []
        assert "not up to date" in run(name, *words, dossier_file).stderr
    assert run("timeline", dossier_file, "--quiet").stderr == ""


def test_an_event_of_a_dossier_is_explained(dossier_file: Path, invented: Any) -> None:
    event = invented.claim("courier", "e1").id
    result = run("explain", event[:8], dossier_file)
    assert result.exit_code == 0
    assert "against: 6 March 2024, 1 source: 4" in result.stdout
    (row,) = rows("explain", event, dossier_file)
    assert row["id"] == invented.happenings[0].id
    assert row["rules"] == {}
    assert "status.future  will plans" in run("explain", event, dossier_file, "--rules", "all").stdout
    assert "event,slot,value" in run("explain", event, dossier_file, "--csv").stdout
    assert run("explain", "0000", dossier_file).exit_code == 2


def test_of_many_negotiations_the_largest_are_shown(dossier_file: Path) -> None:
    result = run("state", dossier_file, "--limit", 1)
    assert "Chile and Norway: a quota" in result.stdout
    assert "Kenya" not in result.stdout
    assert "the 1 largest of 2 negotiations" in result.stderr
    assert len(rows("state", dossier_file)) == 2
    assert len(rows("state", dossier_file, "--limit", 1)) == 1
    assert "Kenya" in run("state", dossier_file, "--all").stdout
    assert run("state", dossier_file, "--all", "--limit", 1).exit_code == 2


def test_one_event_of_one_dossier_is_explained_at_a_time(dossier_file: Path) -> None:
    for words in (["--all", dossier_file], ["00", dossier_file, dossier_file]):
        result = run("explain", *words)
        assert result.exit_code == 2
        assert "name one event and one dossier" in result.stderr


def test_options_of_a_dossier_are_refused_for_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("The talks went on.", encoding="utf-8")
    for option in (["--json"], ["--rules", "all"], ["--as-of", "2024"]):
        result = run("explain", "00", report, *option)
        assert result.exit_code == 2
        assert "for an event of one dossier" in result.stderr


def test_a_decision_from_the_command_line(dossier_file: Path, invented: Any, tmp_path: Path) -> None:
    left, right = invented.claim("lake", "e2").id, invented.claim("lakeside", "e1").id
    made = run("judge", dossier_file, "same", left, right, "--who", "Ada", "--why", "one\x1b[2J call")
    assert made.exit_code == 0
    assert "are one event (Ada, " in made.stderr
    assert "\x1b" not in made.stderr
    (row,) = rows("judgements", dossier_file)
    assert (row["decision"], row["who"]) == ("same", "Ada")
    assert len(rows("events", dossier_file, "--party", "KEN", "--status", "held")) == 1
    undone = rows("judge", dossier_file, "undo", row["id"][:6])
    assert undone[0]["undoes"] == row["id"]
    assert "undone" in run("judgements", dossier_file).stdout
    exported = tmp_path / "decided.jsonl"
    exported.write_text(run("judgements", dossier_file, "--json").stdout, encoding="utf-8")
    again = run("judgements", dossier_file, "--import", exported)
    assert again.stderr == "0 of 2 judgements are new\n"


def test_judgements_go_into_another_dossier(dossier_file: Path, invented_file: Path, tmp_path: Path) -> None:
    event = rows("events", dossier_file)[0]["id"]
    run("judge", dossier_file, "correct", event, "place", "Porto", "Vell")
    lines = run("judgements", dossier_file, "--json").stdout
    other = tmp_path / "other.dossier"
    other.write_bytes(invented_file.read_bytes())
    brought = run("judgements", other, "--import", "-", stdin=lines)
    assert brought.stderr == "1 of 1 judgements are new\n"
    assert rows("events", other, "--place", "porto vell")[0]["standing"]["place"] == "judged"


def test_a_changed_judgement_is_refused_with_its_whole_file(dossier_file: Path) -> None:
    event = rows("events", dossier_file)[0]["id"]
    run("judge", dossier_file, "not-an-event", event, "--who", "Ada", "--later")
    run("judge", dossier_file, "correct", event, "place", "Porto", "--later")
    lines = run("judgements", dossier_file, "--json").stdout
    result = run("judgements", dossier_file, "--import", "-", stdin=lines.replace("Porto", "Paris"))
    assert result.exit_code == 2
    assert "it was changed" in result.stderr
    assert len(rows("judgements", dossier_file)) == 2
    assert run("judgements", dossier_file, "--import", "-", stdin=b"\xff").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["same", "{0}"],
        ["same", "{0}", "{0}"],
        ["correct", "{0}"],
        ["correct", "{0}", "date", "soon"],
        ["correct", "{0}", "colour", "red"],
        ["not-an-event", "zz"],
        ["undo", "0", "1"],
        ["undo", "0"],
        ["perhaps", "{0}"],
    ],
)
def test_a_decision_that_cannot_be_is_wrong_use(dossier_file: Path, invented: Any, words: list[str]) -> None:
    event = invented.happenings[0].id
    assert run("judge", dossier_file, *(word.format(event) for word in words)).exit_code == 2
    assert rows_of_none(dossier_file)


def rows_of_none(dossier_file: Path) -> bool:
    return run("judgements", dossier_file, "--json").stdout == ""


def test_who_decides_is_known_without_asking(
    dossier_file: Path, invented: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = invented.happenings[0].id
    monkeypatch.setenv("DRAGOMAN_WHO", "Bea")
    (by_name,) = rows("judge", dossier_file, "correct", event, "place", "Porto", "--later")
    assert by_name["who"] == "Bea"
    monkeypatch.delenv("DRAGOMAN_WHO")
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    (by_account,) = rows("judge", dossier_file, "correct", event, "place", "Porto", "--later")
    assert by_account["who"] == "ada"


def test_a_review_shows_the_pair_and_keeps_each_decision_at_once(dossier_file: Path, invented: Any) -> None:
    result = run("review", dossier_file, "--who", "Ada", stdin="?\nw\nboth by telephone\nd\n")
    assert result.exit_code == 0
    assert "1 of 1 · score 2.00" in result.stdout
    assert "no date on one side" in result.stdout
    assert "take back the last decision" in result.stderr
    (row,) = rows("judgements", dossier_file)
    assert (row["decision"], row["who"], row["why"]) == ("different", "Ada", "both by telephone")
    assert {anchor["claim"] for anchor in row["anchors"]} == {
        invented.matches[-1].left,
        invented.matches[-1].right,
    }
    assert "1 decision; 0 pairs left" in result.stderr


@pytest.mark.parametrize(
    ("typed", "decisions"),
    [
        ("s\n", ["same"]),
        ("u\n", []),
        ("q\n", []),
        ("", []),
        ("x\n\nd\n", ["different"]),
        ("n\nA\n", ["not-an-event"]),
        ("n\nC\nq\n", []),
        ("c\nB\nplace\nPorto\ns\n", ["correct", "same"]),
        ("c\nB\ndate\nsoon\nq\n", []),
        ("c\n\n\nq\n", []),
        ("z\nq\n", []),
        ("c\nA\nparties\nKEN; UGA\nz\nq\n", ["correct", "undo"]),
    ],
)
def test_keys_of_a_review(dossier_file: Path, typed: str, decisions: list[str]) -> None:
    result = run("review", dossier_file, "--later", stdin=typed)
    assert result.exit_code == 0, result.output
    lines = run("judgements", dossier_file, "--json").stdout.splitlines()
    assert [json.loads(line)["decision"] for line in lines] == decisions


def test_a_review_with_nothing_to_decide_says_so(dossier_file: Path) -> None:
    run("review", dossier_file, stdin="d\n")
    result = run("review", dossier_file, stdin="")
    assert "score" in result.stdout or "nothing waits for a decision" in result.stderr


@pytest.mark.parametrize("words", [["timeline"], ["explain", "{0}"], ["state"], ["events"]])
def test_asking_loads_no_language_model(invented_file: Path, invented: Any, words: list[str]) -> None:
    words = [word.format(invented.happenings[0].id) for word in words]
    code = (
        "import sys\nfrom dragoman.cli import main\n"
        f"try:\n    main({[*words, str(invented_file)]!r})\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "heavy = {'spacy', 'onnxruntime', 'trafilatura', 'numpy', 'alembic', 'pandas', 'polars', 'pyarrow'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
