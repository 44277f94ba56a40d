"""docs/exports.md tells every form, every column of the tables and every plot."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.export import FORMATS
from dragoman.export.describe import with_formats
from dragoman.export.ftm import FTM
from dragoman.export.plots import KINDS
from dragoman.export.tables import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exports.md"


def test_the_page_is_as_the_code_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_formats(page) == page, "stale; run make docs"
    assert page.count("made from the code") == 3


def test_every_form_has_a_section() -> None:
    titles = re.findall(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name for title in titles for name in title.split(" and ")}
    assert told >= set(FORMATS)


def test_every_column_form_and_plot_is_in_what_is_made() -> None:
    made = with_formats(PAGE.read_text(encoding="utf-8"))
    for table in TABLES:
        assert f"**{table.name}**" in made
        assert all(f"| `{column.name}` |" in made for column in table.columns)
    assert all(f"| `{name}` |" in made for name in (*FORMATS, *KINDS, FTM.name))
