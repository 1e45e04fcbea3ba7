"""intranet import-wiki: bring a folder of Markdown files into the wiki."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy import select, text

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader, transaction
from intranet.members.statuses import Audience
from intranet.migrate import ready
from intranet.wiki.import_plan import PlannedPage, plan
from intranet.wiki.imports import service as importing
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.models import Page
from intranet.wiki.source_files import read_folder

BATCH = 50


@click.command("import-wiki")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--parent", metavar="SLUG", help="The page below which the pages are put.")
@click.option(
    "--audience",
    type=click.Choice([str(kind) for kind in Audience]),
    default=str(Audience.WORKERS),
    show_default=True,
    help="Who may read the pages.",
)
def command(folder: Path, dry_run: bool, parent: str | None, audience: str) -> None:
    """Bring every text below FOLDER (.md, .txt) into the wiki as a page.

    Folders become parent pages, links between files become links between pages, headers are kept.
    A second run changes nothing; a page changed by hand keeps its changes.
    """
    app = ready()
    with app.app_context():
        found = read_folder(folder)
        planned = plan(found)
        report = Report(skipped=list(found.skipped))
        target = Target(audience, _page_id(parent))
        if dry_run:
            for page in planned:
                importing.count(report, importing.step_for(reader(SYSTEM), page))
        else:
            _import(planned, target, report)
    for path, reason in report.skipped:
        click.echo(f"skipped {path}: {reason}")
    click.echo(report.summary())


def _page_id(slug: str | None) -> int | None:
    if slug is None:
        return None
    query = select(Page.id).where(Page.slug == slug)
    found = reader(SYSTEM).session.scalars(query).one_or_none()
    if found is None:
        raise click.BadParameter(f"there is no page {slug}", param_hint="--parent")
    return found


def _import(planned: list[PlannedPage], target: Target, report: Report) -> None:
    changed: list[int] = []
    for start in range(0, len(planned), BATCH):
        with transaction(None) as tx:
            changed += importing.bring_in(tx, planned[start : start + BATCH], target, report)
        _progress("read", min(start + BATCH, len(planned)), len(planned))
    with transaction(None) as tx:
        waiting = importing.pages_to_draw(tx, changed)
    for start in range(0, len(waiting), BATCH):
        with transaction(None) as tx:
            importing.draw_pages(tx, waiting[start : start + BATCH])
        _progress("drawn", min(start + BATCH, len(waiting)), len(waiting))
    if changed:
        # Without it the database plans its queries for the tables as they were before.
        with transaction(None) as tx:
            tx.session.execute(text("ANALYZE"))


def _progress(word: str, done: int, total: int) -> None:
    if total > BATCH and sys.stderr.isatty():
        click.echo(f"\r{word} {done} of {total}", nl=done == total, err=True)
