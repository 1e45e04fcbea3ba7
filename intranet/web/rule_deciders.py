"""Which procedures may change a rule, for the page of the rule."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.transaction import Reader
from intranet.polls import procedure_queries as procedures
from intranet.wiki.reading import PageView


@dataclass(frozen=True)
class Decider:
    """A procedure by which a rule may be changed."""

    key: str
    name: str
    body: str


def deciders_of(reader: Reader, page: PageView) -> tuple[Decider, ...]:
    """The procedures in use that may change a rule, in one statement; none for another page."""
    if not page.is_rule:
        return ()
    named = page.deciders.split()
    return tuple(
        Decider(card.key, card.name, card.body_name)
        for card in procedures.procedures(reader)
        if page.layer in card.layers and (not named or card.key in named)
    )
