"""intranet invite: invite a list of people without a browser."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale

from intranet.auth.invitations import service
from intranet.auth.invitations.examination import Fate, examine
from intranet.auth.invitations.lists import Row, rows
from intranet.auth.invitations.service import Handed
from intranet.auth.letters import INVITATIONS
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader, transaction
from intranet.members.statuses import INVITABLE
from intranet.migrate import ready
from intranet.web import messages
from intranet.web.status_words import status_words

SAID = {
    "new": "invited",
    "again": "invited again, the earlier link stops working",
    "known": "gets the account of the person known by this name",
}


def _say(fate: Fate, link: str = "") -> None:
    who = f"line {fate.row.line}, {fate.row.name or fate.row.email}"
    if fate.refusal:
        click.echo(f"{who}: left out. {messages.field_error(fate.refusal)}")
    else:
        click.echo(f"{who}: {SAID[fate.outcome]}{': ' + link if link else ''}")


def _rehearse(found: list[Row]) -> None:
    fates = examine(reader(SYSTEM), found)
    for fate in fates:
        _say(fate)
    right = sum(not fate.refusal for fate in fates)
    click.echo(f"dry run: {right} would be invited, {len(fates) - right} left out")


def _invite(found: list[Row], base: str, by_mail: bool) -> None:
    with transaction(None) as tx:
        done: list[tuple[Fate, Handed | None]] = service.invite_all(tx, found, by_mail=by_mail)
    for fate, handed in done:
        _say(fate, _way(handed, base) if handed else "")
    invited = sum(handed is not None for _fate, handed in done)
    click.echo(f"{invited} invited, {len(done) - invited} left out")


def _way(handed: Handed, base: str) -> str:
    return "by mail" if handed.is_mailed else f"{base}{INVITATIONS}/{handed.token}"


@click.command("invite")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option(
    "--status",
    type=click.Choice([str(status) for status in INVITABLE]),
    help="The status of lines that name none.",
)
@click.option("--links", is_flag=True, help="Send no mail: print the links to pass on.")
def command(file: Path, dry_run: bool, status: str | None, links: bool) -> None:
    """Invite the people of FILE: by mail, or by a link printed for each, shown this once.

    Mail is sent by the worker where the settings name a mail server. Without one, or with
    --links, the links are printed.

    FILE has a line for each person, "Name <address>", or is a table in CSV with the columns name,
    email, status, body. A wrong line is left out and named. The links begin with the setting
    BASE_URL.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise click.ClickException(f"{file.name}: save the table in UTF-8") from problem
    app = ready()
    with app.app_context(), force_locale("en"):
        found = rows(text, status or "", status_words())
        if dry_run:
            _rehearse(found)
        else:
            base = app.extensions["settings"].base_url.rstrip("/")
            _invite(found, base, by_mail=not links)
