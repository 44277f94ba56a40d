"""The built wheel holds the package with its data and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_wheel_holds_all_data_and_nothing_but_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "dragoman"
    wanted = {
        f"dragoman/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "dragoman/data/language/network.onnx" in wanted
    assert wanted - names == set()
    assert [name for name in names if not name.startswith(("dragoman/", "dragoman-"))] == []
    assert wheel.stat().st_size < 40_000_000
