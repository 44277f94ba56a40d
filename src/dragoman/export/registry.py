"""All forms of export by name."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.errors import UsageError
from dragoman.export.contents import Format
from dragoman.export.csl import BIBTEX, CSL
from dragoman.export.csv_tables import CSV
from dragoman.export.ftm import FTM
from dragoman.export.geojson import GEOJSON
from dragoman.export.graph import GEXF, GRAPHML
from dragoman.export.ics import ICS
from dragoman.export.jsonl import JSONL
from dragoman.export.markdown import MARKDOWN
from dragoman.export.parquet import PARQUET
from dragoman.export.plover import PLOVER
from dragoman.export.prov import PROV
from dragoman.export.timelinejs import TIMELINEJS
from dragoman.export.webannotation import WEB_ANNOTATION

FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        CSV, PARQUET, JSONL, FTM, WEB_ANNOTATION, TIMELINEJS, GEOJSON, GEXF, GRAPHML, ICS, PLOVER, CSL,
        BIBTEX, MARKDOWN, PROV,
    )
}  # fmt: skip


def find_format(name: str) -> Format:
    """The form of that name; UsageError where there is none."""
    if name not in FORMATS:
        raise UsageError(f"no form of export is named {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]
