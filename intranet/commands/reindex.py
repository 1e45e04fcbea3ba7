"""intranet reindex: build the search index anew."""

from __future__ import annotations

import logging

import click

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader, transaction
from intranet.migrate import ready
from intranet.search import indexer


@click.command("reindex")
def command() -> None:
    """Build the search index anew from the database; pages stay open meanwhile.

    Also after another SEARCH_BACKEND was chosen. What cannot be read is named and left out.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    with ready().app_context():
        look = reader(SYSTEM)
        event = indexer.rebuild(look, lambda number: click.echo(f"{number} documents so far"))
        look.session.rollback()
        count = indexer.catch_up(look, event)
        look.session.rollback()
        with transaction(None) as tx:
            indexer.settled(tx, event)
    click.echo(f"indexed {count}")
