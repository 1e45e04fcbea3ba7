"""intranet serve: the web pages and the worker, together."""

from __future__ import annotations

import click

from intranet import worker
from intranet.serve import CannotServe, serve


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=5000, show_default=True, help="The port to listen on.")
def command(host: str, port: int) -> None:
    """Serve the intranet until Ctrl-C, after making or upgrading what it needs."""
    try:
        serve(host, port, worker.work)
    except CannotServe as error:
        raise click.ClickException(str(error)) from error
