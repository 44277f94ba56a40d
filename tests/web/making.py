"""Dossiers that tests share: made once a run, also by several workers, and copied for who changes them."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from served import ROOT

from dragoman.dossier import Dossier

CORPORA = ROOT.parent / "shared" / "corpora"
# Neighbouring lines tell of the same days, so that reports differ and pairs are left unsure; some of each
# other source. 64 reports, read in 10 s by one core.
PART = {
    "kremlin": (*range(450, 460), *range(744, 754), *range(785, 795), *range(1000, 1012), *range(1156, 1165)),
    "wikinews": tuple(range(0, 20, 4)),
    "voa": tuple(range(0, 478, 60)),
}


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The file of that name, which the workers of a run share: who asks first makes it, the others wait."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            draft = shared / f"draft-{name}"
            make(draft)
            copied(draft, path)
    return path


def copied(source: Path, target: Path) -> Path:
    """A copy of a dossier, whole also where another process has it open."""
    draft = target.with_name(f"{target.name}.part")
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as one,
        closing(sqlite3.connect(draft)) as other,
    ):
        one.backup(other)
    return draft.rename(target)


def build(path: Path, *sources: Path) -> None:
    """Read sources into a new dossier."""
    with Dossier.open(path, create=True) as dossier:
        dossier.build(list(sources), workers=1)


def build_part(path: Path) -> None:
    """Read the chosen lines of the corpora into a new dossier."""
    folder = path.with_name(f"{path.name}-reports")
    folder.mkdir()
    for name, numbers in PART.items():
        lines = (CORPORA / f"{name}.jsonl").read_bytes().splitlines(keepends=True)
        (folder / f"{name}.jsonl").write_bytes(b"".join(lines[number] for number in numbers))
    build(path, folder)
