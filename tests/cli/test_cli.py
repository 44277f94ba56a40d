"""The command as a program: version, help with examples, pipes."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import click
import pytest
from click.testing import CliRunner

from dragoman.cli import COMMANDS, main


def test_the_version_is_the_packages() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"dragoman, version {version('dragoman')}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_examples_and_every_option_its_words(name: str) -> None:
    command: click.Command = import_module(f"dragoman.cli.{name}").command
    assert command.name == name
    assert "Examples:" in (command.epilog or "")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_an_unknown_command_is_wrong_use() -> None:
    result = CliRunner().invoke(main, ["reed"])
    assert result.exit_code == 2
    assert "No such command 'reed'" in result.output


def test_help_answers_without_the_language_models_libraries() -> None:
    code = (
        "import sys\nfrom dragoman.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "assert not {'spacy', 'onnxruntime', 'trafilatura'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: S603
