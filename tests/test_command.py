"""The program as it runs: the same answer in every process, pipes that close, module and command alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PROGRAM = [sys.executable, "-m", "dragoman"]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603
        [*PROGRAM, *words], capture_output=True, check=False, env={**os.environ, **environment}
    )


def test_every_process_gives_the_same_record() -> None:
    words = ("read", str(EXAMPLES), "--json", "--quiet")
    first, second = (run(*words, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) >= 20


def test_a_reader_that_hangs_up_is_no_crash() -> None:
    for options in ([], ["--json"]):
        with subprocess.Popen(  # noqa: S603
            [*PROGRAM, "read", str(EXAMPLES), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert b"Traceback" not in process.stderr.read()


def test_output_that_the_terminal_cannot_show_is_replaced() -> None:
    report = str(EXAMPLES / "january-2022" / "mirror-translated.txt")
    latin = run("read", report, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert latin.returncode == 0, latin.stderr
    assert b"Lavrov and Blinken in Geneva" in latin.stdout
    assert "“".encode() not in latin.stdout
    rows = run("read", report, "--json", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert json.loads(rows.stdout.decode("utf-8"))["doc"] == "mirror-translated.txt"


def test_an_event_that_read_shows_can_be_explained() -> None:
    report = str(EXAMPLES / "january-2022" / "brussels-council.html")
    event = json.loads(run("read", report, "--json").stdout)["events"][0]
    told = run("explain", event["id"], report)
    assert told.returncode == 0
    assert event["id"].encode() in told.stdout
    for step in event["steps"]:
        assert step["rule"].encode() in told.stdout
