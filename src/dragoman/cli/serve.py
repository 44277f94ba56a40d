"""``dragoman serve``: a dossier in the browser."""

from __future__ import annotations

import logging
import os
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from dragoman.cli.asking import dossier_argument, opened, who_decides
from dragoman.cli.shared import NothingRead, tell
from dragoman.errors import UsageError

_PORT = 8421


@click.command(
    "serve",
    epilog="""
    \b
    Examples:
      dragoman serve geneva.dossier                    opens the browser; for one person, on this machine
      dragoman serve geneva.dossier --no-open          prints the address alone
      dragoman users team.json add ada --role reviewer
      dragoman serve geneva.dossier --team team.json --host 0.0.0.0 --name dossier.example.org --secure
    """,
)
@dossier_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes a free one."
)
@click.option(
    "--team",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of named users, as 'dragoman users' makes it; without it one person, by a one-time address.",
)
@click.option("--name", "names", multiple=True, help="Another name under which the server may be called.")
@click.option("--secure", is_flag=True, help="A proxy before it speaks HTTPS: cookies go over that alone.")
@click.option(
    "--who", help="Who decides, without --team.  [default: DRAGOMAN_WHO, else the name of the account]"
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option("-v", "--verbose", is_flag=True, help="Log every request.")
def command(
    dossier: str,
    *,
    host: str,
    port: int,
    team: Path | None,
    names: tuple[str, ...],
    secure: bool,
    who: str | None,
    no_open: bool,
    verbose: bool,
) -> None:
    """
    Show a dossier in the browser: state of play, timeline, every line with its words; review it there.

    Without --team one person gets in, once, by the address that is printed, and only from this machine.
    Nothing is asked of any other host. Exit code 2 where there is no such dossier.
    """
    import uvicorn  # noqa: PLC0415 - other commands do without

    from dragoman.web import Serving, make_app  # noqa: PLC0415
    from dragoman.web.guard import all_hosts  # noqa: PLC0415
    from dragoman.web.serving import LOOPBACK, check_bind  # noqa: PLC0415
    from dragoman.web.team import Team  # noqa: PLC0415

    try:
        users = Team(team) if team else None
        check_bind(host, users)
    except UsageError as error:
        raise NothingRead(str(error)) from error
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, stream=sys.stderr)
    serving = Serving(
        team=users,
        who="" if users else who_decides(who),
        hosts=all_hosts(host, names, LOOPBACK),
        secure=secure,
    )
    with opened(dossier, writing=_writable(dossier)) as known, _bound(host, port) as bound:
        address = _address(host, bound.getsockname()[1])
        entrance = address if users else f"{address}/enter?token={serving.token}"
        click.echo(entrance)
        tell(_note(known.store.readonly, users is not None, host, secure=secure))
        if not no_open and _has_browser():
            webbrowser.open(entrance)
        config = uvicorn.Config(
            make_app(known, serving),
            log_config=None,
            access_log=verbose,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        with suppress(KeyboardInterrupt):  # uvicorn raises it anew when it has closed everything
            uvicorn.Server(config).run(sockets=[bound])


def _writable(dossier: str) -> bool:
    """Whether decisions can be kept; what is no file is asked when something is decided."""
    path = Path(dossier)
    return not path.exists() or (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def _bound(host: str, port: int) -> socket.socket:
    """A socket at the address; what is wrong with it is said before anything starts."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unbound(host, port, error) from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
    except OSError as error:
        bound.close()
        raise _unbound(host, port, error) from error
    return bound


def _unbound(host: str, port: int, error: OSError) -> NothingRead:
    return NothingRead(f"{host}:{port}: cannot serve there: {error.strerror}; --port 0 takes a free port")


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)  # noqa: S104 - shown only
    return f"http://{shown}:{port}"


def _note(readonly: bool, team: bool, host: str, *, secure: bool) -> str:
    from dragoman.web.serving import is_loopback  # noqa: PLC0415

    parts = ["the address opens it for its team" if team else "the address opens it once"]
    if readonly:
        parts.append("the file cannot be written, so nothing can be decided")
    if team and not secure and not is_loopback(host):
        parts.append("passwords travel as they are: put a proxy with HTTPS before it and give --secure")
    return f"{'; '.join(parts)}. Ctrl-C ends it."


def _has_browser() -> bool:
    """Whether there is a screen to open a browser on, and a person before it."""
    if not sys.stderr.isatty():
        return False
    return sys.platform in {"win32", "darwin"} or any(
        os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY")
    )
