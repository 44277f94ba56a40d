"""``dragoman serve`` and ``dragoman users``: what they print, and what they refuse."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.dossier import Dossier

WORD = "correct horse battery\n"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "small.dossier"
    Dossier.open(path, create=True).close()
    return path


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.json"
    assert (
        CliRunner()
        .invoke(main, ["users", str(path), "add", "ada", "--role", "reviewer"], input=WORD)
        .exit_code
        == 0
    )
    return path


def test_it_prints_an_address_that_lets_one_in_once(dossier: Path) -> None:
    command = [sys.executable, "-m", "dragoman", "serve", str(dossier), "--port", "0", "--who", "ada"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout
        assert server.stderr
        address = server.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        assert "opens it once" in server.stderr.readline()
        with httpx.Client(follow_redirects=True, transport=httpx.HTTPTransport(retries=20)) as client:
            page = client.get(address)
            assert page.status_code == 200
            assert "State of play" in page.text
            assert "ada" in page.text
        assert httpx.get(address).status_code == 403
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "--team FILE"),  # noqa: S104 - refused
        (["--team", "nowhere.json"], "cannot be read"),
        (["--port", "1", "--host", "203.0.113.7", "--team", "TEAM"], "cannot serve there"),
    ],
)
def test_wrong_use_is_told(dossier: Path, team: Path, options: list[str], said: str) -> None:
    given = [str(team) if option == "TEAM" else option for option in options]
    result = CliRunner().invoke(main, ["serve", str(dossier), *given])
    assert result.exit_code == 2
    assert said in result.stderr


def test_there_must_be_a_dossier(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none.dossier")])
    assert result.exit_code == 2
    assert "no such dossier" in result.stderr


def test_users_are_added_listed_and_removed(team: Path) -> None:
    run = CliRunner()
    assert run.invoke(main, ["users", str(team), "add", "ben"], input=WORD).exit_code == 0
    assert run.invoke(main, ["users", str(team), "list"]).stdout == "ada\treviewer\nben\treader\n"
    assert run.invoke(main, ["users", str(team), "remove", "ada"]).exit_code == 0
    assert run.invoke(main, ["users", str(team), "list"]).stdout == "ben\treader\n"
    assert team.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["add", "ben"], "short\n"), (["add"], WORD), (["remove", "nobody"], ""), (["list", "ada"], "")],
)
def test_wrong_use_of_users_is_told(team: Path, arguments: list[str], word: str) -> None:
    result = CliRunner().invoke(main, ["users", str(team), *arguments], input=word)
    assert result.exit_code == 2
    assert result.stderr
