"""The example dossier and a dossier of hostile reports, each served to a test client."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from dragoman.dossier import Dossier
from dragoman.web import Serving, make_app

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "making")]

from fixtures import server, where  # noqa: E402 - beside these tests

__all__ = ["server", "where"]

TOKEN = "the-one-time-token"  # noqa: S105 - of a test
HERE = frozenset({"testserver"})

Serve = Callable[..., TestClient]


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


class Page:
    """A page as a person without script uses it: forms with their fields, sent by their buttons."""

    def __init__(self, client: TestClient, answer: Response) -> None:
        self.client = client
        self.answer = answer
        self.text = answer.text

    @classmethod
    def of(cls, client: TestClient, path: str) -> Page:
        """The page at a path."""
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        return cls(client, answer)

    def forms(self, action: str, **fields: str) -> list[dict[str, list[str]]]:
        """The forms with that action that hold these hidden fields."""
        found = []
        for form in re.findall(rf'<form[^>]* action="{action}"[^>]*>.*?</form>', self.text, re.DOTALL):
            values: dict[str, list[str]] = {}
            for tag in re.findall(r"<input[^>]*>", form):
                name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
                if (
                    name
                    and (value or "required" not in tag)
                    and ('type="radio"' not in tag or "checked" in tag)
                ):
                    values.setdefault(name[1], []).append(unescape(value[1]) if value else "")
            if all(value in values.get(key, []) for key, value in fields.items()):
                found.append(values)
        return found

    def send(self, action: str, *, change: dict[str, str | list[str]] | None = None, **fields: str) -> Page:
        """Send the first such form, with some values typed over; the page that comes of it."""
        forms = self.forms(action, **fields)
        assert forms, f"no form {action} with {fields}"
        values: dict[str, str | list[str]] = {**forms[0], **(change or {})}
        return Page(self.client, self.client.post(action, data=values))
