"""The examples as a dossier and as a site, each made once; the invented dossier as a site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from dragoman.dossier import Dossier
from dragoman.publish import Options, Published, publish

EXAMPLES = Path(__file__).parents[2] / "examples"
BASE = "https://record.example/geneva/"

Publish = Callable[..., Published]


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as a dossier that no test may change."""
    path = tmp_path_factory.mktemp("examples") / "examples.dossier"
    with Dossier.open(path, create=True) as dossier:
        dossier.build([EXAMPLES])
    return path


@pytest.fixture(scope="session")
def example_site(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as a site that no test may change."""
    site = tmp_path_factory.mktemp("example") / "site"
    with Dossier.open(examples_file, readonly=True) as dossier:
        publish(dossier, site, Options(title="Geneva and after", by="A. Reader", base_url=BASE))
    return site


@pytest.fixture
def examples(examples_file: Path) -> Iterator[Dossier]:
    """The examples as a dossier to ask."""
    with Dossier.open(examples_file, readonly=True) as dossier:
        yield dossier


@pytest.fixture
def invented_dossier(dossier_file: Path) -> Iterator[Dossier]:
    """The invented dossier, which a test may change."""
    with Dossier.open(dossier_file) as dossier:
        yield dossier


@pytest.fixture
def copied_site(example_site: Path, tmp_path: Path) -> Path:
    """A copy of the site of the examples that a test may change."""
    return Path(shutil.copytree(example_site, tmp_path / "site"))


def rows_of(site: Path, name: str) -> list[dict[str, Any]]:
    """The rows of one of the data files of a site."""
    return [json.loads(line) for line in (site / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def council_of(site: Path) -> str:
    """The id of the event of the examples on whose day the reports differ."""
    (event,) = [row for row in rows_of(site, "events") if row["conflicts"] == ["date"]]
    assert event["forum"] == "NATO-Russia Council"
    return str(event["id"])


def largest_of(site: Path) -> dict[str, Any]:
    """The negotiation with the most events."""
    return max(rows_of(site, "negotiations"), key=lambda row: len(row["happenings"]))


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def pages_of(site: Path) -> dict[str, html.HtmlElement]:
    """Every page of a site, parsed."""
    return {
        path: html.document_fromstring(data)
        for path, data in files_of(site).items()
        if path.endswith(".html")
    }
