"""Which procedures may change a rule, for the page of the rule."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.transaction import Reader
from intranet.polls import procedure_queries as procedures


@dataclass(frozen=True)
class Decider:
    """A procedure by which a rule may be changed."""

    key: str
    name: str
    body: str


def deciders_of(reader: Reader, layer: str | None, named: str) -> tuple[Decider, ...]:
    """The procedures in use that may change a rule of a rank, in one statement; `named` are the
    keys of those that it names, if it does. None for a page without a rank: it is no rule."""
    if layer is None:
        return ()
    keys = named.split()
    return tuple(
        Decider(card.key, card.name, card.body_name)
        for card in procedures.procedures(reader)
        if layer in card.layers and (not keys or card.key in keys)
    )
