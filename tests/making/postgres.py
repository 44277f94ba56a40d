"""A PostgreSQL server of the tests' own: started on first use, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SERVERS = ("postgres", "nobody")  # initdb refuses to run as root; any other user will do


def find_binaries() -> Path | None:
    """The folder with initdb and postgres, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    for name in ("initdb", "pg_ctl"):
        if found := shutil.which(name):
            folders.append(Path(found).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def server_user() -> str | None:
    """Whom the server runs as where the tests run as root; None for whoever runs them."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in SERVERS if name in known), None)


class Server:
    """A server that listens on a socket in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, empty database."""
        name = f"d{uuid.uuid4().hex}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        yield self._url(name)
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return f"postgresql://tests@/{name}?host={self.folder}"


@contextmanager
def running(binaries: Path) -> Iterator[Server]:
    """A server in a temporary folder; nothing of it is left behind."""
    user = server_user()
    # Not below pytest's folder, which other users cannot enter; short, for a socket has 107 bytes for it.
    with tempfile.TemporaryDirectory(prefix="dragoman-pg-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        run_as: dict[str, str] = {"user": user} if user else {}
        options = "--no-locale --encoding=UTF8 --auth=trust --username=tests --no-sync".split()
        subprocess.run(  # noqa: S603
            [binaries / "initdb", "-D", data, *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **run_as,  # type: ignore[call-overload]
        )
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
        flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603
                [binaries / "postgres", "-D", data, *flags],
                stdout=log,
                stderr=log,
                cwd=folder,
                **run_as,  # type: ignore[call-overload]
            )
        try:
            wait_until_ready(folder, server)
            yield Server(folder)
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as it takes connections; RuntimeError with its log where it ends instead."""
    while server.poll() is None:
        try:
            psycopg.connect(f"postgresql://tests@/postgres?host={folder}", connect_timeout=10).close()
        except psycopg.OperationalError:
            continue
        return
    raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace"))
