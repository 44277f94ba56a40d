"""``dragoman users``: who may use a served dossier."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dragoman.cli.shared import NothingRead, tell
from dragoman.errors import UsageError


@click.command(
    "users",
    epilog="""
    \b
    Examples:
      dragoman users team.json add ada --role reviewer   asks for the password
      dragoman users team.json add ben < password.txt    takes it from a pipe
      dragoman users team.json list
      dragoman users team.json remove ben
    """,
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("action", type=click.Choice(["add", "remove", "list"]))
@click.argument("name", required=False)
@click.option(
    "--role",
    type=click.Choice(["reader", "reviewer"]),
    default="reader",
    show_default=True,
    help="A reader sees everything, a reviewer decides too.",
)
def command(file: Path, action: str, name: str | None, *, role: str) -> None:
    """
    Name who may use a served dossier; FILE is what 'dragoman serve --team' takes.

    Passwords are kept as argon2 hashes. Adding a name again sets its password and role anew; a running
    server takes changes up at once.
    """
    from dragoman.web import team  # noqa: PLC0415 - other commands do without

    if (name is None) != (action == "list"):
        raise click.UsageError("'list' takes no name, 'add' and 'remove' take one")
    try:
        if action == "list":
            for user in team.users(file):
                click.echo(f"{user.name}\t{user.role.value}")
        elif action == "remove":
            team.remove_user(file, str(name))
            tell(f"{name} is out")
        else:
            team.add_user(file, str(name), _password(), team.Role(role))
            tell(f"{name} is in, as {role}")
    except UsageError as error:
        raise NothingRead(str(error)) from error


def _password() -> str:
    """A password typed twice on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")
