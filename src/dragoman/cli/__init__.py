"""
The command ``dragoman``: one file a command, loaded when it is called.

Data goes to standard output, talk to standard error. Exit codes: 0 all was read; 1 some reports were
not, or not in full (each is named on standard error); 2 wrong use, nothing was read.
"""

from __future__ import annotations

import gc
from importlib import import_module

import click

# Allocations between two looks for rubbish. Importing makes thousands of things that stay; looking them
# through again and again takes a sixth of the time in which a command starts.
_RARELY = 50_000

COMMANDS = (
    "read", "build", "timeline", "events", "state", "explain", "conflicts", "sources", "problems", "actors",
    "review", "judge", "judgements", "compare", "export", "plot", "publish", "serve", "users", "verify",
)  # fmt: skip


class _Lazy(click.Group):
    """A group whose commands are imported on use, so that ``--help`` and ``--version`` answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        gc.set_threshold(_RARELY)
        command = import_module(f"dragoman.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command


@click.group(
    "dragoman",
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all was read; 1 some reports were not, or not in full; 2 wrong use.",
)
@click.version_option(package_name="dragoman")
def main() -> None:
    """Read reports of international negotiations into a record, each line with its words."""
