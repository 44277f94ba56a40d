"""All forms of export by name."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.errors import UsageError
from dragoman.export.contents import Format
from dragoman.export.csv_tables import CSV
from dragoman.export.geojson import GEOJSON
from dragoman.export.jsonl import JSONL

FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        CSV,
        JSONL,
        GEOJSON,
    )
}


def find_format(name: str) -> Format:
    """The form of that name; UsageError where there is none."""
    if name not in FORMATS:
        raise UsageError(f"no form of export is named {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]
