"""The openings that are planned, each with the instant at which its vote begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from intranet.core.transaction import Reader, Transaction
from intranet.proposals.models import PlannedOpening


@dataclass(frozen=True)
class Plan:
    """When a vote opens and ends; `was_missed` when it could not open at its time."""

    opens_at: datetime
    closes_at: datetime
    was_missed: bool


def plan_of(reader: Reader, proposal_id: int) -> Plan | None:
    """The planned opening of a proposal, if there is one."""
    found = reader.session.get(PlannedOpening, proposal_id)
    return Plan(found.opens_at, found.closes_at, bool(found.missed)) if found else None


def due(reader: Reader) -> list[int]:
    """The proposals whose vote is to be opened now."""
    query = (
        select(PlannedOpening.proposal_id)
        .where(PlannedOpening.opens_at <= reader.now, PlannedOpening.missed.is_(None))
        .order_by(PlannedOpening.opens_at)
    )
    return list(reader.session.scalars(query))


def forget_plan(tx: Transaction, proposal_id: int) -> None:
    """Give a planned opening up, if there is one."""
    tx.session.execute(delete(PlannedOpening).where(PlannedOpening.proposal_id == proposal_id))
