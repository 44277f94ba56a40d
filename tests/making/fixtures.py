"""Where dossiers are made in tests: every test that asks for it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest

from dragoman.store import Store


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """One server a session."""
    binaries = postgres.find_binaries()
    if binaries is None and os.environ.get("CI") == "true":
        pytest.fail("no PostgreSQL server is installed, and CI must not go without; see .ci/run")
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt install postgresql)")
    with postgres.running(binaries) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new dossier can be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "test.dossier")
        return
    server: postgres.Server = request.getfixturevalue("server")
    with server.database() as url:
        yield url


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    """An empty dossier."""
    with Store.open(where, create=True) as found:
        yield found
