"""intranet audit: verify the cooperative's memory, or take the journal away."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from intranet.audit.checks import CHECKS, Check, checks, seen
from intranet.audit.export_checks import export_checks, last_digest
from intranet.audit.exported import Exported, NoExport
from intranet.core import journal
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.migrate import ready

SHOWN = 20
WIDTH = max(len(name) for name, _ in CHECKS)


@click.group("audit")
def command() -> None:
    """Verify that nothing was changed behind the intranet's back."""


@command.command("verify")
@click.option(
    "--export",
    "path",
    type=click.Path(exists=True, path_type=Path),
    help="Verify this exported folder, or a ZIP file of it, without a database.",
)
@click.option("--digest", help="With --export: a digest kept elsewhere must be in the journal.")
def verify(path: Path | None, digest: str | None) -> None:
    """Check journal, texts, register and votes; code 1 when something does not fit."""
    if path is None:
        if digest:
            raise click.UsageError("--digest goes with --export")
        with ready().app_context():
            look = reader(SYSTEM)
            is_well = _say(checks(look))
            click.echo(seen(look))
    else:
        is_well = _verify_export(path, digest)
    sys.exit(0 if is_well else 1)


def _verify_export(path: Path, digest: str | None) -> bool:
    """Verify files alone: nothing of this installation is opened."""
    try:
        export = Exported(path)
    except NoExport as problem:
        raise click.ClickException(str(problem)) from problem
    is_well = _say(export_checks(export))
    if not export.is_whole:
        click.echo("no journal: this export was made for some readers, and proves only itself")
    elif is_well:
        click.echo(f"{len(export.lines)} events, the last digest is {last_digest(export)}")
        if digest and digest not in {line.digest for line in export.lines}:
            click.echo("WRONG  the digest that was kept is not in this journal")
            return False
    return is_well


def _say(found: Iterable[Check]) -> bool:
    """Print each check with its problems; whether there was none."""
    is_well = True
    for check in found:
        is_well = is_well and check.is_well
        wrong = f"WRONG  {check.name:{WIDTH}}  {len(check.problems)} wrong"
        click.echo(f"ok     {check.name}" if check.is_well else wrong)
        for problem in check.problems[:SHOWN]:
            click.echo(f"       - {problem}")
        if len(check.problems) > SHOWN:
            click.echo(f"       and {len(check.problems) - SHOWN} more")
    return is_well


@command.command("export")
def export() -> None:
    """Print the journal, one JSON object a line, each with its digest."""
    with ready().app_context():
        for line in journal.lines(reader(SYSTEM).session):
            click.echo(line)
