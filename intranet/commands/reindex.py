"""intranet reindex: build the search index anew."""

from __future__ import annotations

import logging

import click

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.migrate import ready
from intranet.search import indexer


@click.command("reindex")
def command() -> None:
    """Build the search index anew from the database; pages stay open meanwhile."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with ready().app_context():
        look = reader(SYSTEM)
        event = indexer.rebuild(look)
        look.session.rollback()
        count = indexer.catch_up(look, event)
    click.echo(f"indexed {count}")
