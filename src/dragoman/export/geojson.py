"""GeoJSON (RFC 7946): a feature for each event, a point where its place is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.export.contents import Contents, Format, Notes, one
from dragoman.export.places import spot
from dragoman.export.saying import title_of, web_address
from dragoman.model import CLAIM_SLOTS
from dragoman.output.happenings import brief_report_row, day_bounds, outlets_in_words, plain
from dragoman.output.rows import dumps
from dragoman.output.told import Told


def _lines(contents: Contents, notes: Notes) -> Iterator[str]:
    nowhere = 0
    yield '{"type": "FeatureCollection", "features": [\n'
    comma = ""
    for told in contents.told():
        feature = feature_of(told)
        nowhere += feature["geometry"] is None
        yield comma + dumps(feature)
        comma = ",\n"
    yield "\n]}\n"
    if nowhere:
        notes.append(f"{nowhere} events have no place that is known; their features have no geometry")


def feature_of(told: Told) -> dict[str, Any]:
    """One event as a feature, with its reports and the words that stand for it."""
    h = told.happening
    where = spot(h)
    point = {"type": "Point", "coordinates": [where.longitude, where.latitude]} if where else None
    earliest, latest = day_bounds(told.date)
    return {
        "type": "Feature",
        "id": h.id,
        "geometry": point,
        "properties": {
            "name": title_of(told),
            "type": h.type.value,
            **{name: plain(h.value(name)) for name in CLAIM_SLOTS},
            "earliest": earliest,
            "latest": latest,
            "located": where.exact if where else None,
            "sources": h.sources,
            "conflicts": list(h.conflicts),
            "overdue": h.overdue,
            "outlets": outlets_in_words(told),
            "words": [span.exact for claim in told.claims for span in claim.evidence],
            "reports": [{**brief_report_row(report), "url": web_address(report)} for report in told.told_by],
        },
    }


GEOJSON = Format(
    "geojson", "geojson", "application/geo+json", "events as points on a map (RFC 7946)", one(_lines)
)
