"""dragoman export and dragoman plot, and the same from Python."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.dossier import Dossier, contents
from dragoman.errors import UsageError
from dragoman.export import FORMATS
from dragoman.export.plots import KINDS
from dragoman.store import Filter


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Three reports of a meeting each; the stand-in finds them on 10 January 2022."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"They held talks, for the {number}. time, at great length.\n")
    assert run("build", folder, "--into", tmp_path / "d", "--workers", "0").exit_code == 0
    return tmp_path / "d"


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_is_written_to_standard_output(dossier: Path, name: str) -> None:
    done = run("export", dossier, "--to", name)
    assert done.exit_code == 0
    assert done.stdout_bytes


def test_a_form_of_several_files_makes_a_folder(dossier: Path, tmp_path: Path) -> None:
    assert run("export", dossier, "--to", "csv", "--into", tmp_path / "tables").exit_code == 0
    assert (tmp_path / "tables" / "codebook.csv").exists()
    events = (tmp_path / "tables" / "events.csv").read_text(encoding="utf-8")
    assert "2022-01-10" in events


def test_what_is_left_out_is_told_beside_the_data(dossier: Path) -> None:
    done = run("export", dossier, "--to", "geojson")
    assert "no place that is known" in done.stderr
    assert json.loads(done.stdout)["type"] == "FeatureCollection"
    assert run("export", dossier, "--to", "geojson", "-q").stderr == ""


def test_a_filter_chooses_events_with_what_they_rest_on(dossier: Path) -> None:
    def kinds(*options: str) -> set[str]:
        done = run("export", dossier, "--to", "jsonl", *options)
        return {json.loads(line)["record"] for line in done.stdout.splitlines()}

    assert kinds("--since", "2022-01") >= {"report", "claim", "event"}
    assert kinds("--since", "2030") == {"about"}
    assert kinds("--party", "FRA") == {"about"}


def test_wrong_use_ends_with_two(dossier: Path, tmp_path: Path) -> None:
    assert run("export", dossier, "--to", "xlsx").exit_code == 2
    assert run("export", tmp_path / "none", "--to", "csv").exit_code == 2
    assert run("plot", dossier, "pie").exit_code == 2
    done = run("plot", dossier, "map", "--into", tmp_path / "map.gif")
    assert done.exit_code == 2
    assert ".svg or .png" in done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_every_plot_is_drawn(dossier: Path, tmp_path: Path, kind: str) -> None:
    done = run("plot", dossier, kind)
    assert done.exit_code == 0
    assert done.stdout.startswith("<svg ")
    assert run("plot", dossier, kind, "--into", tmp_path / "plot.svg", "--width", "600").exit_code == 0
    assert (tmp_path / "plot.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize("name", ["csv", "jsonl", "prov"])
def test_a_large_dossier_in_portions_is_the_same(
    dossier: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many events are held at once, the bytes are the same."""
    whole = run("export", dossier, "--to", name).stdout_bytes
    monkeypatch.setattr(contents, "_PORTION", 1)
    monkeypatch.setattr(contents, "_HELD", 0)
    assert run("export", dossier, "--to", name).stdout_bytes == whole


def test_the_same_from_python(dossier: Path, tmp_path: Path) -> None:
    with Dossier.open(dossier, readonly=True) as known:
        out = BytesIO()
        assert known.export("jsonl", out) == []
        assert out.getvalue() == run("export", dossier, "--to", "jsonl").stdout_bytes
        assert known.export("csv", tmp_path / "a.zip") == []
        assert known.plot("months", Filter(parties=("RUS",)))._repr_svg_().startswith("<svg ")
        with pytest.raises(UsageError):
            known.export("xlsx", out)
        with pytest.raises(UsageError):
            known.plot("pie")


def test_the_record_of_a_day_is_exported_alone(dossier: Path) -> None:
    with Dossier.open(dossier, readonly=True) as known:
        early, late = BytesIO(), BytesIO()
        known.export("jsonl", early, as_of=date(2021, 1, 1))
        known.export("jsonl", late, as_of=date(2022, 1, 10))
        assert b'"record": "event"' not in early.getvalue()
        assert b'"record": "event"' in late.getvalue()
        assert b'"as_of": "2021-01-01"' in early.getvalue()
        assert 'class="dg-today"' in known.plot("timeline", as_of=date(2022, 1, 10)).svg
