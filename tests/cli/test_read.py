"""``dragoman read``: data on standard output, talk on standard error, exit codes as documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main

RUSSIAN = "Министр иностранных дел России встретился в Женеве с государственным секретарём США. " * 4


def run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, words)], input=stdin)


def written(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


class Wire(BaseHTTPRequestHandler):
    """A feed with one entry, and the page that it links to."""

    def do_GET(self) -> None:
        entry = "<item><title>T</title><link>/1</link><description>The talks began.</description></item>"
        pages = {
            "/feed": f"<rss><channel><title>Wire</title>{entry}</channel></rss>",
            "/1": "<html><body><h1>Talks</h1><p>The talks were long. The talks ended at last.</p></body>",
        }
        body = pages.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/xml" if self.path == "/feed" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Wire) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed"
        server.shutdown()
        thread.join()


def test_an_address_of_this_machine_is_not_fetched_without_leave(feed: str) -> None:
    result = run(feed)
    assert result.exit_code == 1
    assert "--allow-private" in result.stderr
    assert result.stdout == ""


def test_a_feed_is_read_from_its_address_and_its_links_only_where_asked(feed: str) -> None:
    result = run(feed, "--allow-private", "--json")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["events"]) == 1
    followed = json.loads(run(feed, "--allow-private", "--follow", "--json").stdout)
    assert (len(followed["events"]), followed["publisher"]) == (2, "Wire")


def test_the_environment_may_give_leave(feed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_ALLOW_PRIVATE", "yes")
    assert run(feed).exit_code == 0


def test_a_report_is_printed_as_a_timeline(tmp_path: Path) -> None:
    (path,) = written(tmp_path, report="Envoys meet\n\nThe talks were held in Geneva.")
    result = run(path)
    assert result.exit_code == 0
    assert "Meeting, held" in result.stdout
    assert "“talks” line 3" in result.stdout
    assert result.stderr == ""
    assert all(line == line.rstrip() for line in result.stdout.splitlines())


def test_json_is_one_object_a_report_on_a_line(tmp_path: Path) -> None:
    written(tmp_path, a="The talks went on.", b="Nothing happened here today.")
    result = run(tmp_path, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["doc"], len(row["events"])) for row in rows] == [("a.txt", 1), ("b.txt", 0)]
    assert result.exit_code == 0
    assert "2 reports, 1 event, 0 problems" in result.stderr


def test_standard_input_is_a_dash() -> None:
    result = run("-", "--json", stdin="The talks went on.".encode("utf-16"))
    assert json.loads(result.stdout)["events"][0]["evidence"] == ["talks"]


def test_a_report_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (good,) = written(tmp_path, good="The talks went on.")
    missing, empty = tmp_path / "missing.txt", tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run(missing, empty, good, "--json")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["error" in row for row in rows] == [True, True, False]
    assert "missing.txt: no such file" in result.stderr
    assert "empty.txt:" in result.stderr


def test_a_broken_line_of_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text('{"id": "a", "text": "The talks went on."}\n{"id": "b", \n', encoding="utf-8")
    result = run(path, "--quiet", "--json")
    assert result.exit_code == 1
    assert "reports.jsonl:2" in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_what_is_not_english_is_told(tmp_path: Path) -> None:
    (path,) = written(tmp_path, russian=RUSSIAN)
    result = run(path, "--json")
    assert result.exit_code == 1
    assert "only English is read" in result.stderr
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["stage"] == "language"


def test_the_timeline_runs_over_all_reports(tmp_path: Path) -> None:
    written(tmp_path, a="The talks went on.", b="More talks were held.")
    result = run(tmp_path, "--timeline", "--quiet")
    assert result.stdout.count("January 2022 ──") == 1
    assert result.stdout.count("Meeting, held") == 2
    assert result.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["x.txt", "--json", "--timeline"],
        ["x.txt", "--max-chars", "0"],
        ["x.txt", "--config", "/does/not/exist.toml"],
        ["x.txt", "--colour"],
    ],
)
def test_wrong_use_is_exit_code_2_and_nothing_is_read(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr


def test_the_longest_report_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = written(tmp_path, long="The talks went on. " * 10)
    assert run(path, "--max-chars", "100").exit_code == 1
    monkeypatch.setenv("DRAGOMAN_MAX_CHARS", "100")
    assert run(path).exit_code == 1
    assert run(path, "--max-chars", "1000").exit_code == 0


def test_nothing_in_a_report_or_its_name_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2Jb.txt"
    path.write_text("The \x1b]0;title\x07 talks [red]went[/red] on\x9b2J.", encoding="utf-8")
    for words in ([path], [path, "--json"], [path, "--timeline"], [tmp_path / "\x1b[2Jmissing"]):
        result = run(*words)
        for stream in (result.stdout, result.stderr):
            assert "\x1b" not in stream
            assert "\x9b" not in stream
            assert "\x07" not in stream
