"""
Measures with their floors: one table a person reads, and whether anything fell below.

A floor is what the repository has once reached and must not lose; a goal is where we are going. Both stand
in ``evaluation/floors.toml``. Re-pinning raises floors; lowering one takes a flag of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dragoman.errors import UsageError


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: the set it was measured on, its name, its value, and whether less is better."""

    group: str
    name: str
    value: float
    less_is_better: bool = False

    @property
    def key(self) -> str:
        """Its name in the file of floors."""
        return f"{self.group}: {self.name}"

    def meets(self, bound: float | None) -> bool:
        """Whether the value is as good as ``bound``; None bounds nothing."""
        if bound is None:
            return True
        return self.value <= bound + 1e-9 if self.less_is_better else self.value >= bound - 1e-9


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors and goals by a measure's key, and the digests of the data they were measured on."""

    floors: Mapping[str, float] = field(default_factory=dict)
    goals: Mapping[str, float] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Floors:
        """The floors of a TOML file; none where the file is not there."""
        if not path.is_file():
            return cls()
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"{path}: no TOML file: {error}") from error
        return cls(table.get("floors", {}), table.get("goals", {}), table.get("digests", {}))

    def below(self, measures: Iterable[Measure]) -> list[Measure]:
        """Measures that miss their floor."""
        return [measure for measure in measures if not measure.meets(self.floors.get(measure.key))]

    def missing(self, measures: Iterable[Measure]) -> list[str]:
        """Floors that no measure stands for: a figure must not vanish unseen."""
        known = {measure.key for measure in measures}
        return [key for key in self.floors if key not in known]

    def pinned(self, measures: Iterable[Measure], digests: Mapping[str, str], *, lower: bool) -> Floors:
        """Floors at what was measured (three digits, to the safe side); none is lowered without ``lower``."""
        floors = dict(self.floors)
        for measure in measures:
            old = floors.get(measure.key)
            rounded = (ceil if measure.less_is_better else floor)(measure.value * 1000) / 1000
            if old is None or lower or measure.meets(old):
                floors[measure.key] = rounded
        return Floors(floors, self.goals, {**self.digests, **digests})

    def to_toml(self) -> str:
        """The file's text."""
        lines = [
            "# What `make eval` must not fall below, and where we are going. `make pin` writes this file and",
            "# raises floors to what was measured; lowering one takes `make pin LOWER=--lower` and a reason.",
        ]
        for name, table in (("floors", self.floors), ("goals", self.goals), ("digests", self.digests)):
            lines += ["", f"[{name}]"]
            lines += [f'"{key}" = {_value(value)}' for key, value in table.items()]
        return "\n".join(lines) + "\n"


def _value(value: float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def print_table(console: Console, measures: Sequence[Measure], floors: Floors) -> None:
    """All measures in one table; what misses its floor is marked."""
    table = Table(title="Dragoman against its gold files and bench sets", title_justify="left")
    table.add_column("set")
    table.add_column("measure")
    for heading in ("value", "floor", "goal"):
        table.add_column(heading, justify="right")
    table.add_column("")
    last = ""
    for measure in measures:
        bound, goal = floors.floors.get(measure.key), floors.goals.get(measure.key)
        mark = "" if measure.meets(bound) else "[red]below its floor[/red]"
        if not mark and goal is not None:
            mark = "[green]goal met[/green]" if measure.meets(goal) else "[yellow]to do[/yellow]"
        if last not in {"", measure.group}:
            table.add_section()
        name = measure.name + (" (less is better)" if measure.less_is_better else "")
        shown = "" if measure.group == last else measure.group
        table.add_row(shown, name, _number(measure.value), _number(bound), _number(goal), mark)
        last = measure.group
    console.print(table)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if value < 10 and value != int(value) else f"{value:g}"
