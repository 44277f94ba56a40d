"""Where the places of the record lie, as far as the tables know."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.data import read_rows
from dragoman.model import Happening

# Letters that no decomposition turns into a plain one.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "’": "'"})


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A point of the globe.

    Attributes:
        latitude, longitude: degrees north and east, WGS 84, to a hundredth.
        exact: "place" where the town or site itself is known; "country" where only the country is, and the
            point is the seat of its government.
        name: of the town.
        country: ISO 3166-1 alpha-3.
    """

    latitude: float
    longitude: float
    exact: str
    name: str
    country: str


def spot(happening: Happening) -> Spot | None:
    """Where a happening is told to be, None where nothing is told or known."""
    return find_spot(happening.text("place"), happening.text("country"))


def find_spot(place: str | None, country: str | None) -> Spot | None:
    """
    Where a place lies.

    A place without its country is found where one country alone has a town of that name; a country
    without a place that is known lies where its government sits.
    """
    if place:
        towns = [town for town in _towns().get(_plain(place), ()) if country in {None, town.country}]
        if len(towns) == 1:
            return towns[0]
    if country and (place is None or _plain(place) not in _towns()) and (seat := _seats().get(country)):
        return Spot(seat.latitude, seat.longitude, "country", seat.name, country)
    return None


def _plain(name: str) -> str:
    """A name as it is looked up: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


@cache
def _table() -> tuple[tuple[Spot, bool], ...]:
    rows = read_rows("export", "places.tsv", titled=True)
    return tuple(
        (Spot(float(latitude), float(longitude), "place", name, country), seat == "yes")
        for name, country, latitude, longitude, seat in rows
    )


@cache
def _towns() -> dict[str, tuple[Spot, ...]]:
    found: dict[str, dict[str, Spot]] = {}
    for town, _ in _table():
        found.setdefault(_plain(town.name), {}).setdefault(town.country, town)
    for kind, name, _, country, aliases in _aliased():
        known = found.get(_plain(name), {}).get(country)
        if known is not None and kind in {"city", "site"}:
            for alias in filter(None, aliases.split("|")):
                found.setdefault(_plain(alias), {}).setdefault(country, known)
    return {name: tuple(towns.values()) for name, towns in found.items()}


def _aliased() -> Iterator[list[str]]:
    """The rows of the actors' table of places, each with all of its cells."""
    for row in read_rows("actors", "places.tsv", titled=True):
        yield [*row, *[""] * (5 - len(row))]


@cache
def _seats() -> dict[str, Spot]:
    return {town.country: town for town, seat in _table() if seat}
