"""intranet worker: conclude what is due and let reactions happen."""

from __future__ import annotations

import click

from intranet import worker
from intranet.migrate import ready


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and stop (for cron).")
def command(once: bool) -> None:
    """Conclude votes whose time is over, then index what changed."""
    app = ready()
    if once:
        click.echo(f"done: {worker.work_once(app)}")
    else:
        worker.work(app)
