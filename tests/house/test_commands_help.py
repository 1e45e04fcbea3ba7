"""Every command says what it does before it does anything."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from intranet.cli import group

PROMISED = {
    *("serve", "worker", "init", "demo"),
    *("import-wiki", "import-decisions", "search", "reindex"),
    *("count", "export", "backup", "restore"),
    *("audit", "permissions", "doctor"),
}


def commands(of: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in of.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = list(commands(group))


def test_the_promised_commands_are_there() -> None:
    assert {path[0] for path in COMMANDS} >= PROMISED


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_has_help(path: tuple[str, ...]) -> None:
    found: click.Command = group
    for name in path:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    assert found.help
    done = CliRunner().invoke(group, [*path, "--help"])
    assert done.exit_code == 0
    assert found.help.split("\n")[0][:30] in done.output


@pytest.mark.parametrize("path", [path for path in COMMANDS if len(path) == 1], ids=" ".join)
def test_an_unknown_option_is_a_wrong_use(path: tuple[str, ...]) -> None:
    assert CliRunner().invoke(group, [*path, "--no-such-option"]).exit_code == 2
