"""
Run what the documents show and put the real output under it.

A fenced block marked ``console`` holds commands (lines that start with ``$ ``), each followed by its
output; one marked ``pycon`` holds a Python session. ``refresh_docs.py`` rewrites the output in place,
``refresh_docs.py --check`` exits 1 where it differs. A test does the same check. Commands run in the
repository's root; those of a page that makes files run in a folder of their own that holds the examples.
"""

from __future__ import annotations

import code
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dragoman.export.describe import with_formats
from dragoman.store.describe import with_tables

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md", "docs/tutorial.md", "docs/cli.md", "docs/dossier.md", "docs/tutorial-dossier.md",
    "docs/tutorial-face.md",
)  # fmt: skip
MAKE_FILES = frozenset({"docs/dossier.md", "docs/tutorial-dossier.md", "docs/tutorial-face.md"})
WIDTH = 88
# Pages of which a part is made from the code itself.
DESCRIBED = {"docs/store.md": with_tables, "docs/exports.md": with_formats}

_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str, text: str) -> str:
    """A page with the output of all its commands as it is now, run where the page's commands run."""
    if name not in MAKE_FILES:
        return refreshed(text)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder).resolve()
        shutil.copytree(ROOT / "examples", here / "examples")
        return refreshed(text, here)


def refreshed(text: str, folder: Path = ROOT) -> str:
    """A text with the output of all its commands as it is now, run in ``folder``."""
    return _BLOCK.sub(lambda match: f"```{match[1]}\n{_SHOWN[match[1]](match[2], folder)}```", text)


def _console(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{output(command, folder)}" for command in commands)


def output(command: str, folder: Path = ROOT) -> str:
    """What a shell command prints, run in ``folder``, as a terminal of our width shows it."""
    env = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    done = subprocess.run(  # noqa: S602 - the documents' own commands
        command, shell=True, cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def _pycon(block: str, folder: Path) -> str:
    """A session replayed; a statement goes on over lines that start with ``... ``."""
    session, shown, pending = code.InteractiveConsole(), [], []
    for line in block.splitlines():
        if not line.startswith((">>> ", "... ", "...")):
            continue
        shown.append(line)
        pending.append(line[4:])
        with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.chdir(folder):
            more = session.runsource("\n".join(pending) + ("\n" if line.rstrip() == "..." else ""))
        if not more:
            pending = []
            shown += printed.getvalue().splitlines()
    return "".join(f"{line}\n" for line in shown)


_SHOWN = {"console": _console, "pycon": _pycon}


def main() -> int:
    """Rewrite the pages, or with ``--check`` say which are stale."""
    stale = 0
    for name in (*PAGES, *DESCRIBED):
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = DESCRIBED[name](old) if name in DESCRIBED else page(name, old)
        if new != old:
            stale += 1
            print(f"{name} {'is stale; run make docs' if '--check' in sys.argv else 'rewritten'}")  # noqa: T201
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
