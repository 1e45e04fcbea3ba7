"""intranet import-wiki: bring a folder or a ZIP file of texts into the wiki."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask_babel import force_locale
from sqlalchemy import select

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.members.statuses import Audience
from intranet.migrate import ready
from intranet.web import messages
from intranet.wiki.formats.raw import Unusable
from intranet.wiki.imports.foreseeing import foresee
from intranet.wiki.imports.reading import Form, form_of, found_in, opened
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.imports.worker import BATCH, Load, carry_out
from intranet.wiki.models import Page
from intranet.wiki.source_files import Found

FORMS = ("auto", *(str(form) for form in Form))


@click.command("import-wiki")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--parent", metavar="SLUG", help="The page below which the pages are put.")
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default="auto",
    show_default=True,
    help="Which program wrote the files.",
)
@click.option(
    "--audience",
    type=click.Choice([str(kind) for kind in Audience]),
    default=str(Audience.WORKERS),
    show_default=True,
    help="Who may read the pages.",
)
def command(source: Path, dry_run: bool, parent: str | None, form: str, audience: str) -> None:
    """Bring every text of SOURCE, a folder or a ZIP file, into the wiki as a page.

    Reads Markdown (also what Outline, Obsidian or this intranet export), the portable ZIP of
    BookStack, and the data folder of DokuWiki (pages and media). Documents of word processors
    (.docx) need the program pandoc.

    Folders become parent pages, links between files become links between pages, headers are kept,
    pictures and other files lie beside the pages that show them. A second run changes nothing; a
    page changed by hand keeps its changes; rules never change.
    """
    app = ready()
    with app.app_context():
        target = Target(audience, _page_id(parent))
        most = int(app.extensions["settings"].max_file_megabytes) * 1024 * 1024
        try:
            with opened(source) as gathered:
                chosen = form_of(gathered) if form == "auto" else Form(form)
                report = _imported(found_in(gathered, chosen), target, most, dry_run=dry_run)
        except Unusable as problem:
            with force_locale("en"):
                raise click.ClickException(messages.field_error(problem.reason.code)) from problem
        _tell(report)


def _imported(found: Found, target: Target, most: int, *, dry_run: bool) -> Report:
    if dry_run:
        return foresee(reader(SYSTEM), found, most).report
    return carry_out(Load(found, target, None, most), _progress)


def _tell(report: Report) -> None:
    with force_locale("en"):
        for path, reason in report.skipped:
            said = messages.hint(reason.code, {"detail": reason.detail})
            click.echo(f"skipped {path}: {said}")
    if report.files:
        click.echo(f"files laid beside pages: {report.files}")
    click.echo(report.summary())


def _page_id(slug: str | None) -> int | None:
    if slug is None:
        return None
    query = select(Page.id).where(Page.slug == slug)
    found = reader(SYSTEM).session.scalars(query).one_or_none()
    if found is None:
        raise click.BadParameter(f"there is no page {slug}", param_hint="--parent")
    return found


def _progress(word: str, done: int, total: int) -> None:
    if total > BATCH and sys.stderr.isatty():
        click.echo(f"\r{word} {done} of {total}", nl=done == total, err=True)
