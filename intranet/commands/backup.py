"""intranet backup: one file that holds everything, made while the intranet runs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from intranet import config
from intranet.backups.making import CannotBackUp, make_backup
from intranet.backups.manifest import BadBackup

SUFFIX = ".tar.gz"


@click.command("backup")
@click.argument("target", metavar="FILE.tar.gz|DIR", type=click.Path(path_type=Path))
@click.option("--with-secrets", is_flag=True, help="The secret key too: keep such a file locked.")
def command(target: Path, with_secrets: bool) -> None:
    """Back up database, files and settings, whole and checked, while members go on working.

    In a folder, the file is named after this moment. No search index and no key of a secret vote
    is kept. `intranet restore` makes an instance of the file.
    """
    file = _file(target)
    try:
        settings = config.load(config.instance_folder())
        made = make_backup(settings, file, with_secrets=with_secrets, told=_progress)
    except CannotBackUp as error:
        raise click.UsageError(str(error)) from error
    except BadBackup as error:
        raise click.ClickException(f"No backup was kept: {error}.") from error
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    size = file.stat().st_size / 1024
    click.echo(f"{file}: {size:.0f} KB, {made.events} events, the last digest is {made.digest}")
    for digest in made.missing_files:
        click.echo(f"WRONG: the file {digest} is missing or altered, so it is not in the backup.")
    if made.open_secret_polls:
        click.echo(
            f"Secret votes under way: {made.open_secret_polls}. They cannot be counted from a "
            "backup, which never holds their keys."
        )


def _file(target: Path) -> Path:
    if target.is_dir():
        target = target / f"intranet-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
    if not target.name.endswith(SUFFIX):
        raise click.UsageError(f"{target} is no folder and does not end in {SUFFIX}.")
    if target.exists():
        raise click.UsageError(f"{target} exists already: a backup never replaces another one.")
    if not target.parent.is_dir():
        raise click.UsageError(f"There is no folder {target.parent}.")
    return target.absolute()


def _progress(left: int, pages: int) -> None:
    if pages and sys.stderr.isatty():
        click.echo(f"\rcopied {100 * (pages - left) // pages} %", nl=not left, err=True)
