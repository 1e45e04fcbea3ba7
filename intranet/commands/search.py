"""intranet search: ask the index from the command line, as the system."""

from __future__ import annotations

import json

import click

from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.migrate import ready
from intranet.search import indexer, questions
from intranet.search.explaining import explained
from intranet.search.plan import plan_for
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
@click.option("--explain", is_flag=True, help="Say why each result stands where it stands.")
def command(words: str, kind: str | None, limit: int, *, as_json: bool, explain: bool) -> None:
    """Find pages, decisions, proposals and all that is said, whoever may read it.

    What was written since the index was last brought up to date is indexed first.
    """
    with ready().app_context():
        look = reader(SYSTEM)
        indexer.bring_up_to_date(look)
        question = questions.asked(look, f"{words} kind:{kind}" if kind else words)
        hits = questions.answer(look, question, 0, limit, facets=False)
    if as_json:
        found = [_plain(hit) for hit in hits.hits]
        click.echo(json.dumps({"results": found}, ensure_ascii=False))
        return
    if not hits.hits:
        click.echo("Nothing found.")
    if hits.hint and hits.hint.meant:
        click.echo(f"Did you mean: {hits.hint.meant}\n")
    plan = plan_for(question.query)
    for hit in hits.hits:
        one = _plain(hit)
        click.echo(f"{one['kind']:<9} {one['title']}\n          {one['url']}")
        for line in explained(plan, hit.found) if explain and hit.found else ():
            click.echo(f"          {line}")
        click.echo()
