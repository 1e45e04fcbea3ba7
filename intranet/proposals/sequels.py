"""Taking up a proposal that found its end: a vote is never opened again, a new one follows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.proposals import queries
from intranet.proposals.models import Proposal, Sequel
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.workflow import ENDED


@dataclass(frozen=True)
class Related:
    """The proposals linked with one, those that the reader may see: number and title."""

    before: tuple[tuple[int, str], ...]
    after: tuple[tuple[int, str], ...]


def take_up(tx: Transaction, proposal: Proposal, after_id: int | None) -> None:
    """Link a new proposal to the ended one that it takes up, if any. Raises NotFound, Conflict."""
    if after_id is None:
        return
    earlier = tx.session.get(Proposal, after_id)
    if earlier is None or not may_read_proposal(tx, earlier):
        raise NotFound
    if earlier.state not in ENDED:
        raise Conflict("proposals.not_ended")
    tx.session.add(Sequel(proposal_id=proposal.id, after_id=earlier.id))


def related(reader: Reader, proposal_id: int) -> Related:
    """What a proposal takes up, and what takes it up."""
    before = select(Sequel.after_id).where(Sequel.proposal_id == proposal_id)
    after = select(Sequel.proposal_id).where(Sequel.after_id == proposal_id)
    earlier, later = list(reader.session.scalars(before)), list(reader.session.scalars(after))
    titles = queries.titles(reader, [*earlier, *later]) if earlier or later else {}
    return Related(
        tuple((number, titles[number]) for number in earlier if number in titles),
        tuple((number, titles[number]) for number in later if number in titles),
    )
