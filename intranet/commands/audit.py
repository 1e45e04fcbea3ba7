"""intranet audit: verify the cooperative's memory, or take the journal away."""

from __future__ import annotations

import sys

import click

from intranet.audit.checks import CHECKS, checks, seen
from intranet.core import journal
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.migrate import ready

SHOWN = 20


@click.group("audit")
def command() -> None:
    """Verify that nothing was changed behind the intranet's back."""


@command.command("verify")
def verify() -> None:
    """Check journal, texts, register and votes; code 1 when something does not fit."""
    is_well = True
    width = max(len(name) for name, _ in CHECKS)
    with ready().app_context():
        look = reader(SYSTEM)
        for check in checks(look):
            is_well = is_well and check.is_well
            found = f"{check.name:{width}}  {len(check.problems)} wrong"
            click.echo(f"ok     {check.name}" if check.is_well else f"WRONG  {found}")
            for problem in check.problems[:SHOWN]:
                click.echo(f"       - {problem}")
            if len(check.problems) > SHOWN:
                click.echo(f"       and {len(check.problems) - SHOWN} more")
        click.echo(seen(look))
    sys.exit(0 if is_well else 1)


@command.command("export")
def export() -> None:
    """Print the journal, one JSON object a line, each with its digest."""
    with ready().app_context():
        for line in journal.lines(reader(SYSTEM).session):
            click.echo(line)
