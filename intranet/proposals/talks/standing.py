"""Which round of a discussion is open: for the permissions of proposals."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.proposals.talks.models import RoundKind, TalkRound


def open_round(reader: Reader, proposal_id: int) -> TalkRound | None:
    """The round that is open, if any."""
    query = select(TalkRound).where(
        TalkRound.proposal_id == proposal_id, TalkRound.closed_at.is_(None)
    )
    return reader.session.scalars(query).one_or_none()


def takes_amendments(reader: Reader, proposal_id: int) -> bool:
    """Whether amendments are taken now: a discussion led in rounds has a round for them."""
    query = select(TalkRound.kind, TalkRound.closed_at).where(TalkRound.proposal_id == proposal_id)
    rounds = reader.session.execute(query).all()
    return not rounds or any(
        kind == RoundKind.AMENDMENTS and closed_at is None for kind, closed_at in rounds
    )
