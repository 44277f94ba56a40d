"""The build: idempotent, resumable, on all cores, whatever happens to a process."""

from __future__ import annotations

import importlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fakes
import pytest
from dump import dump

from dragoman.dossier import Dossier
from dragoman.dossier.build import Built, Progress
from dragoman.dossier.read import MakeReader
from dragoman.errors import DragomanError, ModelError, UsageError
from dragoman.store import Store

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


def build(where: str | Path, *sources: Path, make: MakeReader = fakes.quick_reader, **options: Any) -> Built:
    with Dossier.open(where, create=True) as dossier:
        options = {"workers": 0, "derive_with": fakes.derive_alone, **options}
        return dossier.build(list(sources), make_reader=make, **options)


def dumped(where: str | Path) -> dict[str, list[tuple[Any, ...]]]:
    with Store.open(where) as store:
        return dump(store)


def numbers(built: Built) -> tuple[int, int, int, int, int]:
    return built.new, built.versions, built.unchanged, built.reread, len(built.problems)


def test_a_second_build_changes_nothing(where: str, tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 5)
    assert numbers(build(where, tmp_path / "reports")) == (5, 0, 0, 0, 0)
    before = dumped(where)
    assert numbers(build(where, tmp_path / "reports")) == (0, 0, 5, 0, 0)
    assert dumped(where) == before


def test_worker_processes_give_what_one_process_gives(where: str, tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 12)
    (tmp_path / "reports" / "empty.txt").write_text("")
    build(where, tmp_path / "reports", workers=2, make=fakes.slow_reader)
    build(tmp_path / "other", tmp_path / "reports")
    assert dumped(where) == dumped(tmp_path / "other")


def test_sources_are_added_at_any_time(where: str, tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "a", 2)
    fakes.write_reports(tmp_path / "b", 4)
    build(where, tmp_path / "a")
    built = build(where, tmp_path / "b")
    assert numbers(built) == (2, 0, 2, 0, 0), "two of them are the same reports at other addresses"
    assert built.events == 4
    with Store.open(where) as store, store.reading() as found:
        first = next(iter(found.reports()))
        assert [Path(address).parent.name for address in found.addresses(first)] == ["a", "b"]


def test_a_changed_file_is_a_new_version_and_the_old_one_is_kept(where: str, tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 2)
    build(where, tmp_path / "reports")
    (tmp_path / "reports" / "report-000.txt").write_text("They held talks on 2022-02-02 and 2022-02-03.")
    assert numbers(build(where, tmp_path / "reports")) == (0, 1, 1, 0, 0)
    with Dossier.open(where) as dossier:
        assert [happening.value("date") for happening in dossier.happenings()] == ["2022-01-02", "2022-02-02"]
        assert [report.current for report in dossier.reports().values()] == [False, True, True]


def test_what_cannot_be_read_is_told_once_however_often_it_is_tried(where: str, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    fakes.write_reports(folder, 1)
    (folder / "bad.txt").write_text("UNREADABLE")
    (folder / "empty.txt").write_text("")
    (folder / "part.txt").write_text("talks on 2022-01-10, read PARTLY")
    for new, problems in ((2, 3), (0, 2)):
        built = build(where, folder)
        assert (built.new, len(built.problems)) == (new, problems)
        with Dossier.open(where) as dossier:
            told = [(Path(problem.where).name, problem.stage) for problem in dossier.problems()]
            assert told == [("bad.txt", "text"), ("empty.txt", "intake"), ("part.txt", "events")]
    (folder / "bad.txt").write_text("talks on 2022-01-11")
    (folder / "empty.txt").unlink()
    build(where, folder)
    with Dossier.open(where) as dossier:
        assert [Path(problem.where).name for problem in dossier.problems()] == ["part.txt"]


def test_a_worker_that_is_killed_costs_its_report_alone(where: str, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    fakes.write_reports(folder, 8)
    (folder / "report-003.txt").write_text("KILL")
    (folder / "report-006.txt").write_text("KILL, talks on 2022-01-10")
    built = build(where, folder, workers=2, make=fakes.deadly_reader)
    assert (built.new, built.events) == (6, 6)
    assert [(Path(p.where).name, p.stage) for p in built.problems] == [
        ("report-003.txt", "worker"),
        ("report-006.txt", "worker"),
    ]
    assert "SIGKILL" in built.problems[0].message
    assert build(where, folder).new == 2, "another run reads them, if it can"
    with Dossier.open(where) as dossier:
        assert list(dossier.problems()) == []


def test_a_model_that_cannot_be_loaded_ends_the_build(tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 1)
    with pytest.raises(ModelError):
        build(tmp_path / "d", tmp_path / "reports", workers=1, make=fakes.no_reader)


def test_a_worker_that_cannot_begin_ends_the_build(tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 1)
    with pytest.raises(DragomanError, match="could begin"):
        build(tmp_path / "d", tmp_path / "reports", workers=1, make=fakes.broken_reader)


def test_modules_in_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of reports may hold anything, also what is called as a library is."""
    fakes.write_reports(tmp_path / "reports", 1)
    (tmp_path / "numpy.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if folder])
    assert build(tmp_path / "d", tmp_path / "reports", workers=1).new == 1


def test_a_script_in_the_working_folder_may_bring_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this process looks for modules in the working folder, its workers do so too."""
    fakes.write_reports(tmp_path / "reports", 1)
    (tmp_path / "readers_of_a_script.py").write_text(
        "from fakes import quick_reader as q\ndef make(s): return q(s)"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    module = importlib.import_module("readers_of_a_script")
    assert build(tmp_path / "d", tmp_path / "reports", workers=1, make=module.make).new == 1


def test_reading_anew_replaces_what_was_read(where: str, tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 3)
    build(where, tmp_path / "reports")
    before = dumped(where)
    assert numbers(build(where, tmp_path / "reports", reread=True)) == (0, 0, 0, 3, 0)
    assert dumped(where) == before


def test_progress_counts_every_report(tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "reports", 3)
    seen: list[Progress] = []
    build(tmp_path / "d", tmp_path / "reports", on_progress=seen.append)
    assert [progress.done for progress in seen] == [1, 2, 3, 3]
    assert seen[-1].new == 3


def start(where: str | Path, sources: Sequence[Path], make: str = "slow_reader") -> subprocess.Popen[bytes]:
    """A process that builds, with worker processes of its own."""
    return subprocess.Popen(  # noqa: S603 - a program of these tests
        [sys.executable, HERE / "build_process.py", str(where), make, *map(str, sources)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def kill_after(process: subprocess.Popen[bytes], reports: int, seconds: float) -> None:
    """Kill it when it has written so many reports, or is done, and some more time has passed."""
    assert process.stdout is not None
    for _ in range(reports):
        process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def count(where: str | Path) -> int:
    """How many reports there are."""
    try:
        with Dossier.open(where) as dossier:
            return len(dossier.reports())
    except UsageError:
        return 0


def test_a_build_killed_ten_times_gives_what_one_in_one_go_gives(where: str, tmp_path: Path) -> None:
    """At random moments, also while the dossier is made and while its events are computed."""
    folder = tmp_path / "reports"
    fakes.write_reports(folder, 40)
    (folder / "bad.txt").write_text("UNREADABLE")
    moments = random.Random(17)  # noqa: S311 - nothing secret
    held = []
    for _ in range(10):
        kill_after(start(where, [folder]), moments.randrange(6), moments.uniform(0, 0.1))
        held.append(count(where))
    assert held == sorted(held), "nothing that was written is lost"
    assert len(set(held)) >= 4, "the moments were such that most runs did something"
    process = start(where, [folder])
    _, said = process.communicate()
    assert process.returncode == 0, said
    build(tmp_path / "in one go", folder)
    assert dumped(where) == dumped(tmp_path / "in one go")


def test_two_processes_build_into_one_dossier_at_once(where: str, tmp_path: Path) -> None:
    fakes.write_reports(tmp_path / "a", 10)
    fakes.write_reports(tmp_path / "b", 16)
    both = [start(where, [tmp_path / name]) for name in ("a", "b")]
    for process in both:
        _, said = process.communicate()
        assert process.returncode == 0, said
    with Dossier.open(where) as dossier:
        assert len(dossier.reports()) == len(dossier.happenings()) == 16
        assert all(report.current for report in dossier.reports().values())
        found = dossier.verify().findings  # the events are the stand-in's; what came in must be whole
        assert {finding.what for finding in found} <= {"event", "match", "negotiation"}


def test_the_examples_are_built_with_the_real_reader(tmp_path: Path) -> None:
    with Dossier.open(tmp_path / "d", create=True) as dossier:
        built = dossier.build([EXAMPLES], workers=1)
        assert built.problems == ()
        assert built.new == len(dossier.reports()) >= 20
        assert 20 <= built.events <= built.claims
        assert len(dossier.happenings()) == built.events
        verified = dossier.verify()
        assert verified.findings == ()
        assert verified.claims == built.claims
        assert verified.spans > 1000
