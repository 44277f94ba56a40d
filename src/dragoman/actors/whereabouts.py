"""Places: in which state a city lies, and at which city a site stands."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from dragoman.actors.fold import fold, slug
from dragoman.actors.gazetteer import Sense, gazetteer
from dragoman.actors.tables import cities
from dragoman.model import Entity, EntityKind, Reason

# A city this many times larger than its namesakes needs no context.
_MUCH_LARGER = 4


@dataclass(frozen=True, slots=True)
class Where:
    """A place as the record names it, with the rule that found its state."""

    name: str
    country: str | None
    granularity: str
    rule: str


def place_of(
    text: str, sense: Sense | None, *, stated: str | None, mentioned: Container[str], label: str
) -> Where:
    """
    The place that a name stands for.

    Args:
        text: the name as the report has it.
        sense: what the tables know of it, if anything.
        stated: the state that the report names right after it ("Santiago, Chile").
        mentioned: states that the report names; they decide between namesakes.
        label: GPE or LOC.
    """
    if sense is not None:
        if sense.kind == "state":
            return Where(sense.name, sense.country, "country", "actor.place.state")
        if sense.kind == "metonym":
            return Where(sense.city, sense.country, "city", "actor.place.metonym")
        if sense.kind in {"capital", "city"}:
            other = None if stated else _namesake(text, sense, mentioned)
            rule = "actor.place.city-of-mentioned-state" if other else f"actor.place.{sense.kind}"
            return Where(text, stated or other or sense.country, "city", rule)
        if sense.kind == "site":
            return Where(sense.city or text, sense.country, "city", "actor.place.site")
        return Where(text, sense.country, "region", "actor.place.region")
    if stated:
        return Where(text, stated, "city", "actor.place.stated")
    rows = cities().get(fold(text), ())
    here = [row for row in rows if row[0] in mentioned]
    if here:
        return Where(text, here[0][0], "city", "actor.place.city-of-mentioned-state")
    if rows and (len(rows) == 1 or rows[0][1] >= _MUCH_LARGER * rows[1][1]) and label == "GPE":
        return Where(text, rows[0][0], "city", "actor.place.largest-city")
    if rows and label == "GPE":
        return Where(text, None, "city", "actor.place.several-cities")
    return Where(text, None, "region" if label == "LOC" else "", "actor.place.unknown")


def _namesake(text: str, sense: Sense, mentioned: Container[str]) -> str | None:
    """Another state with a city of this name, where the report names that one and not the known one."""
    if sense.country in mentioned:
        return None
    return next((country for country, _ in cities().get(fold(text), ()) if country in mentioned), None)


def locate(words: str) -> Entity | None:
    """
    The place that a dateline or metadata names ("The Kremlin, Moscow", "Sochi"), None for none known.

    The most exact known place counts, a city before a region; a site stands for its city.

    Args:
        words: the place as given.
    """
    order = {"city": 0, "region": 1, "country": 2}
    found: list[Where] = []
    for start, end, _, sense in gazetteer().find(words):
        if sense.kind in {"capital", "metonym", "city", "site", "region", "area", "state"} and (
            sense.country or sense.kind == "area"
        ):
            found.append(place_of(words[start:end], sense, stated=None, mentioned=(), label="GPE"))
    if not found:
        parts = [part.strip() for part in words.split(",")]
        found = [
            place_of(part, None, stated=None, mentioned=(), label="GPE")
            for part in parts
            if fold(part) in cities()
        ]
    if not found:
        return None
    where = min(found, key=lambda one: order.get(one.granularity, 3))
    if where.granularity == "country" and where.country is not None:
        return Entity(
            f"state:{where.country}",
            EntityKind.STATE,
            where.name,
            (where.country,),
            country=where.country,
            granularity="country",
        )
    return Entity(
        f"place:{slug(where.name)}",
        EntityKind.PLACE,
        where.name,
        country=where.country,
        granularity=where.granularity,
        reasons=(Reason(where.rule, f"named as “{words}”"),),
    )
