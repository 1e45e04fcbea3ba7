"""Proposals as the register names them: what a decision came from, and what a review led to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.proposals.models import Proposal
from intranet.proposals.visibility import shown


@dataclass(frozen=True)
class OriginCard:
    """A proposal that was submitted: its title, state and author."""

    id: int
    title: str
    state: str
    author: str
    author_id: int


def submitted(reader: Reader, proposal_ids: Collection[int]) -> dict[int, OriginCard]:
    """Those of these proposals that everybody with the reader's rights may see: no draft."""
    if not proposal_ids:
        return {}
    rows = reader.session.execute(
        select(Proposal.id, Proposal.title, Proposal.state, Person.name, Proposal.author_id)
        .join(Person, Person.id == Proposal.author_id)
        .where(Proposal.id.in_(proposal_ids), shown(reader))
    )
    return {row.id: OriginCard(*row) for row in rows}
