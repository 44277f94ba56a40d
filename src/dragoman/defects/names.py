"""Well-known names in a form that is not theirs: "Anthony" for "Antony"."""

from __future__ import annotations

from dragoman.actors import standard_name
from dragoman.model import Actors, Defect, DefectKind, Parsed


def find_name_variants(parsed: Parsed, actors: Actors) -> list[Defect]:
    """
    Full names of office holders with a letter changed, added or lost, each form once.

    The table of office holders knows the standard form and the listed ones; marks ("Erdogan"), case and
    hyphens make no difference.
    """
    found, seen = [], set()
    for mention in actors.mentions:
        words = mention.span.exact
        if mention.label != "PER" or words in seen:
            continue
        seen.add(words)
        standard = standard_name(words)
        if standard is not None:
            span = parsed.span(mention.start_token, mention.end_token)
            found.append(Defect(DefectKind.NAME_VARIANT, span, f"the standard form is {standard}"))
    return found
