"""The tables in words, for docs/store.md."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table

from dragoman.store.tables import DERIVED, METADATA, copies, judgement_anchors, judgements

_BEGIN, _END = "<!-- tables: made from the code; run make docs -->", "<!-- end of tables -->"
_KINDS = {
    "TEXT": "text",
    "INTEGER": "number",
    "BLOB": "bytes",
    "BOOLEAN": "yes/no",
    "DATE": "day",
    "FLOAT": "number",
}


def with_tables(page: str) -> str:
    """A page with the tables as they are now between its two marks."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n\n{describe()}\n{_END}{after}"


def describe() -> str:
    """All tables in Markdown, a line a column."""
    return "\n".join(line for title, tables in _parts() for line in (f"### {title}", "", *_lines(tables)))


def _parts() -> Iterator[tuple[str, list[Table]]]:
    decided = [judgements, judgement_anchors]
    derived = [copies, *(table for table in METADATA.tables.values() if table in DERIVED)]
    came = [t for t in METADATA.tables.values() if t not in decided and t not in derived]
    yield "What came in", came
    yield "What people decided", decided
    yield "What follows from both", derived


def _lines(tables: list[Table]) -> Iterator[str]:
    for table in tables:
        yield f"**{table.name}**: {table.comment}"
        yield ""
        yield "| column | | what |"
        yield "|---|---|---|"
        for column in table.columns:
            yield f"| `{column.name}` | {_kind(column)} | {column.comment} |"
        yield ""


def _kind(column: Column[object]) -> str:
    kind = _KINDS[str(column.type)]
    return f"{kind}, key" if column.primary_key else kind
