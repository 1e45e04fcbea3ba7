"""The console script `intranet`: one file for each command in commands/."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import click

from intranet import commands
from intranet.config import UnsafeSettings
from intranet.migrate import DatabaseTooNew


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """The intranet of a worker cooperative."""


for found in iter_modules(commands.__path__):
    group.add_command(import_module(f"{commands.__name__}.{found.name}").command)


def main() -> None:
    """Run a command; what was foreseen ends with a sentence and exit code 2, never a trace."""
    try:
        group(prog_name="intranet")
    except (UnsafeSettings, DatabaseTooNew, PermissionError) as error:
        click.echo(f"intranet: {error}", err=True)
        sys.exit(2)
