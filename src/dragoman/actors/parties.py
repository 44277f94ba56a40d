"""From the name of a party to its code, as people write it: "Russia", "rus", "European Union"."""

from __future__ import annotations

from functools import cache

from dragoman.actors.fold import fold
from dragoman.actors.tables import bodies, states


def party_code(text: str) -> str:
    """The code of the party that a name, adjective or code stands for; what no table knows stays as it is."""
    words = " ".join(text.split())
    return _codes().get(fold(words).removeprefix("the "), words)


def country_code(text: str) -> str | None:
    """The code of a country by its name or code, None where there is none of that name."""
    code = party_code(text)
    return code if code in states() else None


@cache
def _codes() -> dict[str, str]:
    """Codes by folded name; where two share a name the state goes before the body."""
    found: dict[str, str] = {}
    for body in bodies():
        if len(body.parties) == 1 and body.kind != "metonym":
            found |= {fold(name): body.parties[0] for name in (*body.aliases, body.name, body.parties[0])}
    for code, state in states().items():
        found |= {fold(name): code for name in (*state.adjectives, *state.aliases, state.name, code)}
    return found
