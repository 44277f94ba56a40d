"""
What a dossier answers: a sequence of values that turns into rows, data frames, CSV, JSON lines and a page.

    >>> dossier.timeline().to_pandas()          # doctest: +SKIP

Data frames need their library, which Dragoman does not bring: it is imported when one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from rich.console import Console

from dragoman.errors import UsageError
from dragoman.output.form import Form, csv_text
from dragoman.output.rows import dumps

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

T = TypeVar("T")
Row = dict[str, Any]

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Answer(Sequence[T], Generic[T]):
    """
    Values of one kind with the ways to show them.

    Attributes:
        values: in order.
        form: how values of their kind are shown.
        total: how many there are in the dossier where these are a part of them, else how many these are.
        undated: for a page of a timeline: how many more have no date.
    """

    values: tuple[T, ...]
    form: Form[T]
    total: int = -1
    undated: int = 0

    def __post_init__(self) -> None:
        """Without a total these are all."""
        if self.total < 0:
            object.__setattr__(self, "total", len(self.values))

    def __iter__(self) -> Iterator[T]:
        """Value after value."""
        return iter(self.values)

    def __len__(self) -> int:
        """How many these are."""
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """The value at a place."""
        return self.values[index]

    def rows(self) -> list[Row]:
        """Plain dicts with one value a column; lists are joined with "; "."""
        return list(self.form.rows(self.values))

    def to_json(self) -> list[Row]:
        """The objects that ``--json`` prints, a line each."""
        return [self.form.row(value) for value in self.values]

    def json_lines(self) -> Iterator[str]:
        """The lines that ``--json`` prints, with their line feeds."""
        for value in self.values:
            yield dumps(self.form.row(value)) + "\n"

    def to_csv(self) -> str:
        """CSV, as ``--csv`` prints it; no cell that a spreadsheet would take for a formula."""
        return "".join(csv_text(self.form.columns, self.form.rows(self.values)))

    def to_pandas(self) -> pd.DataFrame:
        """A pandas data frame of the flat rows; UsageError where pandas is not installed."""
        frame: pd.DataFrame = _library("pandas").DataFrame(self.rows(), columns=list(self.form.columns))
        return frame

    def to_polars(self) -> pl.DataFrame:
        """A polars data frame of the flat rows; UsageError where polars is not installed."""
        frame: pl.DataFrame = _library("polars").DataFrame(self._columns(), infer_schema_length=None)
        return frame

    def to_arrow(self) -> pa.Table:
        """An Arrow table of the flat rows; UsageError where pyarrow is not installed."""
        table: pa.Table = _library("pyarrow").table(self._columns())
        return table

    def _columns(self) -> dict[str, list[Any]]:
        rows = self.rows()
        return {name: [row[name] for row in rows] for name in self.form.columns}

    def __str__(self) -> str:
        """As a terminal shows it, as plain text."""
        return drawn(self.form, self.values)

    def _repr_html_(self) -> str:
        return self.form.html(self.values)


def drawn(form: Form[T], values: Sequence[T]) -> str:
    """Values as a terminal of 100 columns shows them, without colour."""
    file = StringIO()
    console = Console(file=file, width=_WIDTH, markup=False, emoji=False, highlight=False, color_system=None)
    form.draw(console, values)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def _library(name: str) -> Any:
    """The library ``name``, imported now."""
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed; install it with: pip install {name}") from error
