"""The forms of export in words, for docs/exports.md."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.export.plots import KINDS as PLOTS
from dragoman.export.registry import FORMATS
from dragoman.export.tables import KINDS, TABLES

_MARKS = {
    "formats": "<!-- formats: made from the code; run make docs -->",
    "columns": "<!-- columns: made from the code; run make docs -->",
    "plots": "<!-- plots: made from the code; run make docs -->",
}
_END = "<!-- end -->"


def with_formats(page: str) -> str:
    """A page with the forms, the tables' columns and the plots as they are now, each between its marks."""
    for name, lines in {"formats": _formats, "columns": _columns, "plots": _plots}.items():
        before, mark, rest = page.partition(_MARKS[name])
        _, end, after = rest.partition(_END)
        if mark and end:
            page = f"{before}{mark}\n\n{chr(10).join(lines())}\n\n{_END}{after}"
    return page


def _formats() -> Iterator[str]:
    yield "| `--to` | what | files | needs |"
    yield "|---|---|---|---|"
    for form in FORMATS.values():
        files = f"several `.{form.extension}`" if form.many else f"`.{form.extension}`"
        needs = f"`pip install 'dragoman[{form.needs}]'`" if form.needs else ""
        yield f"| `{form.name}` | {form.what} | {files} | {needs} |"


def _plots() -> Iterator[str]:
    yield "| kind | what |"
    yield "|---|---|"
    for name, kind in PLOTS.items():
        yield f"| `{name}` | {kind.what} |"


def _columns() -> Iterator[str]:
    for n, table in enumerate(TABLES):
        if n:
            yield ""
        yield f"**{table.name}**: {table.what}"
        yield ""
        yield "| column | | what |"
        yield "|---|---|---|"
        for column in table.columns:
            yield f"| `{column.name}` | {KINDS[column.kind]} | {column.what} |"
