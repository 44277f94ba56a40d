"""Well-known names in a form that is not theirs: "Anthony" for "Antony"."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from dragoman.actors.fold import words
from dragoman.actors.tables import Term, holders
from dragoman.model import Defect, DefectKind, Parsed

# Parties whose holders' names are written in Latin letters at home, so that one spelling is the standard
# one; names from other scripts are spelled in many sound ways. From the states' official languages.
_LATIN = frozenset(
    "USA GBR CAN AUS NZL IRL FRA DEU ITA ESP PRT NLD BEL LUX AUT CHE POL CZE SVK HUN ROU HRV SVN EST LVA "
    "LTU FIN SWE NOR DNK ISL MLT ALB MEX BRA ARG CHL COL PER VEN CUB BOL ECU URY PRY CRI PAN GTM HND SLV NIC "
    "DOM HTI ZAF KEN NGA GHA NATO EU".split()
)
_LEAST_LETTERS = 5
_LONG = 8


def find_name_variants(parsed: Parsed) -> list[Defect]:
    """
    Full names of office holders with one letter changed, added or lost, each form once.

    The name must be that of one holder in the table but for one word, and that word must be near the
    standard one and no listed spelling (so "Tony" for "Antony" passes, "Anthony" doesn't). Names whose
    home script is not Latin are left alone, and so are marks ("Erdogan"), case and hyphens.
    """
    found, seen = [], set()
    for name in parsed.names:
        if name.label != "PER" or name.end_token - name.start_token < 2:
            continue
        span = parsed.span(name.start_token, name.end_token)
        key = words(span.exact)
        if len(key) < 2 or key in seen:
            continue
        seen.add(key)
        standard = standard_form(key)
        if standard is not None:
            found.append(Defect(DefectKind.NAME_VARIANT, span, f"the standard form is {standard}"))
    return found


def standard_form(name: tuple[str, ...]) -> str | None:
    """The standard form of a (folded) name that is a near miss of it, None for a right or unknown name."""
    table = holders()
    if table.named(" ".join(name)):
        return None
    near = {
        term.name
        for word in {name[0], name[-1]}
        for term in table.surnamed(word)
        if term.party in _LATIN and _near(name, term)
    }
    return near.pop() if len(near) == 1 else None


def _near(name: tuple[str, ...], term: Term) -> bool:
    return any(_one_word_off(name, words(form)) for form in (term.name, *term.variants))


def _one_word_off(name: tuple[str, ...], form: tuple[str, ...]) -> bool:
    if len(name) != len(form):
        return False
    pairs = [(left, right) for left, right in zip(name, form, strict=True) if left != right]
    if len(pairs) != 1:
        return False
    left, right = pairs[0]
    if min(len(left), len(right)) < _LEAST_LETTERS or left[0] != right[0]:
        return False
    return OSA.distance(left, right) <= (2 if min(len(left), len(right)) >= _LONG else 1)
