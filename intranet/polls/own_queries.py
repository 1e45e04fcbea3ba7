"""A voter's own ballots in an open vote, for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.polls.models import OpenBallot, Voter


@dataclass(frozen=True)
class OwnBallot:
    """One of the reader's ballots: what was chosen, and when."""

    option: str
    reason: str
    at: datetime


def my_ballots(reader: Reader, poll_id: int | None) -> list[OwnBallot]:
    """Every ballot that the reader gave in a vote, the latest first: that one counts.

    A secret vote has none to show: its ballots bear no name.
    """
    rows = reader.session.execute(
        select(OpenBallot.option, OpenBallot.reason, OpenBallot.cast_at)
        .join(Voter, Voter.id == OpenBallot.voter_id)
        .where(OpenBallot.poll_id == poll_id, Voter.person_id == reader.actor.person_id)
        .order_by(OpenBallot.id.desc())
    )
    return [OwnBallot(*row) for row in rows]
