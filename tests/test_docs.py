"""The documents: what they show is what comes out, links lead somewhere, every field is told."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import dragoman
from dragoman.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_docs", ROOT / "tools" / "refresh_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SHOWN = [
    "README.md",
    *(f"docs/{name}.md" for name in ("tutorial", "cli", "dossier", "tutorial-dossier", "tutorial-face")),
]


@pytest.mark.parametrize("name", SHOWN)
def test_the_output_shown_is_the_output_there_is(refresh: ModuleType, name: str) -> None:
    assert name in refresh.PAGES
    text = (ROOT / name).read_text(encoding="utf-8")
    timed = re.compile(r"\d+\.\d s$", re.MULTILINE)
    assert timed.sub("", refresh.page(name, text)) == timed.sub("", text), "stale; run make docs"


def test_every_command_stands_in_the_reference_with_its_own_help() -> None:
    """The help is made from the code; that it is the present one is seen to above."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^\$ dragoman --help$", page, re.MULTILINE)
    told = re.findall(r"^\$ dragoman (\w+) --help$", page, re.MULTILINE)
    assert sorted(told) == sorted(COMMANDS)


def test_output_is_put_under_its_command(refresh: ModuleType) -> None:
    shell = "a\n```console\n$ echo one\nold\n$ echo two\n```\n"
    assert refresh.refreshed(shell) == "a\n```console\n$ echo one\none\n$ echo two\ntwo\n```\n"
    session = "```pycon\n>>> for i in (1, 2):\n...     i\n...\n"
    assert refresh.refreshed(f"{session}9\n```\n") == f"{session}1\n2\n```\n"


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda p: p.name)
def test_links_lead_to_files(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [
        p.name for p in sorted(ROOT.glob("docs/*.md")) if p.name != "README.md" and f"({p.name})" not in index
    ] == []


def test_every_field_of_a_row_is_told() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", page))
    for report in dragoman.read(ROOT / "examples" / "january-2022"):
        row = report.to_json()
        lists = ("events", "statements", "timexes", "mentions", "entities", "defects", "published_witnesses")
        fields = set(row).union(*(inner for name in lists for inner in row[name]))
        assert fields - told == set()
