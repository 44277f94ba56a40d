"""All defects of a report: what its surface shows and what its sense shows."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.defects.dates import find_date_conflicts
from dragoman.defects.duplicate import find_duplicates
from dragoman.defects.headline import find_unsupported_headline
from dragoman.defects.lost import find_lost_words
from dragoman.defects.names import find_name_variants
from dragoman.defects.opinion import find_opinions
from dragoman.model import Actors, Chronology, Defect, Event, Parsed, Statement
from dragoman.statements.quotation import find_quotations
from dragoman.text.defects import find_surface_defects


def find_defects(
    parsed: Parsed,
    chronology: Chronology,
    actors: Actors,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> tuple[Defect, ...]:
    """
    The faults of codebook section 4, in order of the text, each with its words and what is wrong with them.

    Fused and lost words and broken quotations come from the text's surface, the rest from its sense. A
    fault counts only where its words leave little doubt: a false alarm costs a reader more than a miss.

    Limit: of one event with two dates only agreements with a title are seen.
    """
    quotations = find_quotations(parsed.document)
    found = [
        *find_surface_defects(parsed.document),
        *find_lost_words(parsed),
        *find_unsupported_headline(parsed),
        *find_name_variants(parsed, actors),
        *find_duplicates(parsed, chronology, actors),
        *find_opinions(parsed, statements, quotations),
        *find_date_conflicts(parsed, chronology, events),
    ]
    return _merged(found)


def _merged(found: Sequence[Defect]) -> tuple[Defect, ...]:
    """Defects in order; of two of a kind that overlap, the earlier found one stays."""
    kept: list[Defect] = []
    for defect in sorted(found, key=lambda d: (d.span.start, d.span.end)):
        last = next((d for d in reversed(kept[-8:]) if d.kind is defect.kind), None)
        if last is None or not last.span.overlaps(defect.span):
            kept.append(defect)
    return tuple(kept)
