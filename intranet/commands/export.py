"""intranet export: leave with the cooperative's memory."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy.orm import Session

from intranet.core.db import db
from intranet.export.folder import Folder
from intranet.export.whole import reader_like, write_all
from intranet.members.statuses import Audience
from intranet.migrate import ready

EVERY = 100


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--audience",
    type=click.Choice([str(one) for one in Audience]),
    default=str(Audience.MEMBERS),
    show_default=True,
    help="For whom: only what these people may read.",
)
@click.option("--every-text", is_flag=True, help="The earlier texts of pages too.")
def command(folder: Path, audience: str, every_text: bool) -> None:
    """Write everything as Markdown, CSV and JSON into FOLDER, which must not exist yet.

    The same database gives the same files, to the byte. Drafts stay with their authors.
    """
    if folder.exists():
        raise click.UsageError(f"{folder} exists already: name a new folder.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    tell, written = _counting()
    try:
        with ready().app_context():
            _see_one_moment(db.session())
            write_all(
                reader_like(Audience(audience)), Folder(unfinished, tell), every_text=every_text
            )
            db.session.remove()
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    click.echo(f"{folder}: {written()} files")


def _see_one_moment(session: Session) -> None:
    """SQLite shows one moment to a whole transaction; PostgreSQL must be asked to."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _counting() -> tuple[Callable[[str], None], Callable[[], int]]:
    """What is called after each file, saying now and then how many there are; and their number."""
    files: list[str] = []

    def tell(path: str) -> None:
        files.append(path)
        if len(files) % EVERY == 0 and sys.stderr.isatty():
            click.echo(f"\r{len(files)} files", nl=False, err=True)

    return tell, lambda: len(files)
