"""Data flows one way: a room imports the model, the errors and the rooms above it, nothing else."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import dragoman

ROOT = Path(dragoman.__file__).parent

# From the first stage to the last; a room may import itself and what stands before it.
ORDER = [
    "errors", "model", "settings", "data", "intake", "text", "language", "temporal", "actors", "events",
    "statements", "defects", "testing", "pipeline", "output", "reconcile", "store", "export", "dossier",
    "publish", "web", "api", "evaluation", "cli",
]  # fmt: skip


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "dragoman" else [f"dragoman.{a.name}" for a in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("dragoman.")}
    return rooms


def test_imports_point_back_along_the_stages() -> None:
    faults = []
    for path in sorted(ROOT.rglob("*.py")):
        room = room_of(path)
        if room in {"__init__", "__main__"}:
            continue
        allowed = set(ORDER[: ORDER.index(room) + 1]) if room in ORDER else set()
        extra = imported_rooms(path) - allowed
        faults += [f"{path.relative_to(ROOT)} imports {name}" for name in sorted(extra)]
    assert faults == []


def test_the_model_knows_only_the_standard_library() -> None:
    for path in sorted((ROOT / "model").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                assert top == "dragoman" or top in sys.stdlib_module_names, f"{path.name}: {name}"
