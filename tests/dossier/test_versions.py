"""Versions of a report at one address: which counts does not hang on the order of sources."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

from dragoman.dossier import Dossier

URL = "https://harbour.example/talks"


def lines(folder: Path, name: str, published: str, place: str) -> Path:
    text = f"Ministers of Norway and Finland met in {place} on {published[8:]} January 2022 to talk of fish."
    path = folder / name
    path.write_text(
        json.dumps({"id": name, "url": URL, "published": published, "text": text}), encoding="utf-8"
    )
    return path


def current(where: Path) -> list[str]:
    with Dossier.open(where) as dossier:
        return [report.published or "" for report in dossier.reports().values() if report.current]


def test_of_versions_met_in_one_run_the_one_published_last_counts(tmp_path: Path) -> None:
    older = lines(tmp_path, "a.jsonl", "2022-01-11", "Oslo")
    newer = lines(tmp_path, "b.jsonl", "2022-01-12", "Helsinki")
    for number, order in enumerate(permutations([older, newer])):
        where = tmp_path / f"{number}.dossier"
        with Dossier.open(where, create=True) as dossier:
            dossier.build(list(order), workers=0)
        assert current(where) == ["2022-01-12"]


def test_a_page_that_changes_back_counts_as_it_is_now(tmp_path: Path) -> None:
    where, page = tmp_path / "d.dossier", tmp_path / "page.txt"
    first = "Norway and Finland met in Oslo on 3 March 2015.\n" * 2
    for text in (first, first.replace("3 March", "4 March"), first):
        page.write_text(text, encoding="utf-8")
        with Dossier.open(where, create=True) as dossier:
            dossier.build([page], workers=0)
            with dossier.store.reading() as found:
                now = [found.text(report.id) for report in found.reports(current=True).values()]
        assert now == [text]
