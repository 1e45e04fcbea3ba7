"""intranet search: ask the index from the command line, as the system."""

from __future__ import annotations

import json

import click

from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.transaction import reader
from intranet.members.statuses import Audience
from intranet.migrate import ready
from intranet.search import indexer
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from intranet.search.port import KINDS, Hit


def _plain(hit: Hit) -> dict[str, str]:
    return {
        "kind": hit.kind,
        "title": "".join(words for words, _ in hit.title),
        "url": hit.url,
        "source": hit.source,
        "snippet": "".join(words for words, _ in hit.snippet),
    }


@click.command("search")
@click.argument("words")
@click.option("--kind", type=click.Choice(KINDS), help="Only results of this kind.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(words: str, kind: str | None, limit: int, as_json: bool) -> None:
    """Find pages, decisions, proposals and comments, whoever may read them.

    What was written since the index was last brought up to date is indexed first.
    """
    question = f"{words} kind:{kind}" if kind else words
    with ready().app_context():
        indexer.bring_up_to_date(reader(SYSTEM))
        hits = backend_of(db.session()).find(
            parse_query(question), frozenset(map(str, Audience)), 0, limit
        )
    found = [_plain(hit) for hit in hits.hits]
    if as_json:
        click.echo(json.dumps({"results": found}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one['kind']:<9} {one['title']}\n          {one['url']}\n")
