"""The example dossier and a dossier of hostile reports, each served to a test client."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.dossier import Dossier
from dragoman.web import Serving, make_app

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "making")]

from browsing import browser, listen, windows  # noqa: E402 - beside these tests
from fixtures import server, where  # noqa: E402
from served import HERE, TOKEN, Serve  # noqa: E402

__all__ = ["browser", "listen", "server", "where", "windows"]


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of the example reports, read once."""
    path = tmp_path_factory.mktemp("example") / "example.dossier"
    with Dossier.open(path, create=True) as dossier:
        dossier.build([ROOT / "examples"], workers=1)
    return path


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> Iterator[Dossier]:
    """A copy of it that a test may change."""
    path = tmp_path / "example.dossier"
    with Dossier.open(example_file) as whole, whole.store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(example_file, path)
    with Dossier.open(path) as dossier:
        yield dossier


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
