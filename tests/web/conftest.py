"""The example dossier and a dossier of hostile reports, each served to a test client."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.dossier import Dossier
from dragoman.web import Serving, make_app

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "making")]

from browsing import address, browser, listen, open_page, windows  # noqa: E402 - beside these tests
from fixtures import server, where  # noqa: E402
from making import CORPORA, PART, build, build_part, copied, made_once  # noqa: E402
from served import HERE, TOKEN, Serve  # noqa: E402

__all__ = ["address", "browser", "listen", "open_page", "server", "where", "windows"]


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of the example reports, read once."""
    return made_once(tmp_path_factory, "example.dossier", lambda path: build(path, ROOT / "examples"))


@pytest.fixture(scope="session")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of the corpora that DRAGOMAN_CORPUS names, else one of a fixed part of them."""
    if named := os.environ.get("DRAGOMAN_CORPUS"):
        return Path(named).resolve(strict=True)
    if missing := [name for name in PART if not (CORPORA / f"{name}.jsonl").exists()]:
        pytest.skip(f"{CORPORA} has no {', '.join(missing)}, and DRAGOMAN_CORPUS names no dossier")
    return made_once(tmp_path_factory, "corpus.dossier", build_part)


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    """A copy of it that a test may change."""
    with Dossier.open(copied(example_file, tmp_path / "example.dossier")) as dossier:
        yield dossier


@pytest.fixture(params=["example", "corpus"])
def dossier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Dossier]:
    """A copy of the example dossier, then one of the corpora's, that a test may change."""
    path = copied(request.getfixturevalue(f"{request.param}_file"), tmp_path / f"{request.param}.dossier")
    with Dossier.open(path) as opened:
        yield opened
    for left in tmp_path.glob(f"{path.name}*"):  # the whole corpora are too large to keep
        left.unlink()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a dossier and lets the client in, unless it is to stay outside."""
    opened: list[TestClient] = []

    def served(dossier: Dossier, serving: Serving | None = None, *, inside: bool = True) -> TestClient:
        app = make_app(dossier, serving or Serving(token=TOKEN, who="ada", hosts=HERE))
        client = TestClient(app)
        client.__enter__()
        opened.append(client)
        if inside:
            assert client.get(f"/enter?token={TOKEN}").status_code == 200
        return client

    yield served
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(example: Dossier, serve: Serve) -> TestClient:
    """The example dossier, served to one person who is in."""
    return serve(example)
