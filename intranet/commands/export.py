"""intranet export: leave with the cooperative's memory."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale
from sqlalchemy.orm import Session

from intranet.core.db import db
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.export.folder import Folder
from intranet.export.leaving import leaving, write_texts
from intranet.export.site import write_site
from intranet.export.site_words import site_words
from intranet.export.whole import reader_like, write_all
from intranet.members.queries import cooperative
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
@click.option(
    "--form",
    type=click.Choice(("whole", "pages", "site")),
    default="whole",
    show_default=True,
    help="The whole memory, or the pages as Markdown with their files, or as a site.",
)
@click.option("--branch", metavar="SLUG", help="With pages or site: this page and those below.")
def command(folder: Path, audience: str, every_text: bool, form: str, branch: str | None) -> None:
    """Write everything as Markdown, CSV and JSON into FOLDER, which must not exist yet.

    The same database gives the same files, to the byte. Drafts stay with their authors.

    --form pages writes the pages as `intranet import-wiki` brings them back, with their files;
    --form site writes plain HTML pages: open index.html.
    """
    if branch and form == "whole":
        raise click.UsageError("--branch needs --form pages or --form site.")
    if folder.exists():
        raise click.UsageError(f"{folder} exists already: name a new folder.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    tell, written = _counting()
    try:
        with ready().app_context():
            _see_one_moment(db.session())
            look, target = reader_like(Audience(audience)), Folder(unfinished, tell)
            if form == "whole":
                write_all(look, target, every_text=every_text)
            else:
                _write_pages(look, target, form, branch)
            db.session.remove()
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    click.echo(f"{folder}: {written()} files")


def _write_pages(look: Reader, folder: Folder, form: str, branch: str | None) -> None:
    """The pages alone, in one of the two forms that hold nothing else."""
    try:
        pages = leaving(look, branch)
    except NotFound:
        raise click.BadParameter(f"there is no page {branch}", param_hint="--branch") from None
    if form == "pages":
        write_texts(look, folder, pages)
        return
    card = cooperative(look.session)
    in_use = [one for one in pages if not one.page.archived_at]
    style = Path(current_app.static_folder or "") / "pdf" / "site.css"
    with force_locale(card.locale):
        home = str(current_app.extensions["settings"].base_url).rstrip("/")
        write_site(look, folder, in_use, site_words(look, card, home), style)


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
