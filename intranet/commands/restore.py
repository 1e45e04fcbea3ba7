"""intranet restore: an instance out of a backup."""

from __future__ import annotations

import os
from pathlib import Path

import click

from intranet.backups.manifest import SECRET_KEY, BadBackup
from intranet.backups.restoring import NotEmpty, restore
from intranet.config import instance_folder
from intranet.migrate import DatabaseTooNew

ELSEWHERE = ("INTRANET_DATABASE_URL", "DATABASE_URL")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Restore the backup FILE into an instance folder that is missing or empty.

    INTRANET_INSTANCE names the folder. Checksums, database and journal are verified first.
    """
    named = [name for name in ELSEWHERE if name in os.environ]
    if named:
        raise click.UsageError(f"{named[0]} names another database: take it away first.")
    instance = instance_folder()
    try:
        held = restore(file, instance)
    except NotEmpty as error:
        raise click.UsageError(str(error)) from error
    except (BadBackup, DatabaseTooNew) as error:
        raise click.ClickException(f"{file.name} was not restored: {error}") from error
    click.echo(
        f"{instance}: restored what was backed up at {held.made_at} (version {held.version})"
    )
    click.echo(f"Events: {held.events}. Last digest: {held.digest}")
    for name, known in held.files.items():
        click.echo(f"  {name}, {known.bytes} bytes")
    if SECRET_KEY not in held.files:
        click.echo("The secret key was not backed up: a new one is made, everybody signs in again.")
    if held.open_secret_polls:
        click.echo(
            f"Secret votes under way: {held.open_secret_polls}. Their keys are in no backup, so "
            "they cannot be counted: annul them and vote again."
        )
    click.echo("The search index is built anew when the intranet starts.")
