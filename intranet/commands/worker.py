"""intranet worker: conclude what is due and let reactions happen."""

from __future__ import annotations

import click

from intranet import create_app, worker


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and stop (for cron).")
def command(once: bool) -> None:
    """Conclude votes whose time is over, then index what changed."""
    app = create_app()
    if once:
        click.echo(f"done: {worker.work_once(app)}")
    else:
        worker.work(app)
