"""Counting advice, at the closing and at every recount, apart from the votes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intranet.core.events import canonical
from intranet.polls import counting
from intranet.polls.advice.models import Advice, Advisor, AdvisoryOutcome
from intranet.polls.freezing import electorate_digest
from intranet.polls.models import Poll
from intranet.voting.counted import Counted, counted_from_json
from intranet.voting.types import CastBallot, Choice


def advisors(session: Session, poll_id: int) -> Sequence[int]:
    """The people whose advice was asked, by number."""
    query = select(Advisor.person_id).where(Advisor.poll_id == poll_id)
    return session.scalars(query.order_by(Advisor.person_id)).all()


def last_positions(session: Session, poll_id: int) -> list[CastBallot]:
    """The position of each advisor that counts: the last one."""
    last = select(func.max(Advice.id)).where(Advice.poll_id == poll_id)
    rows = session.scalars(
        select(Advice)
        .where(Advice.id.in_(last.group_by(Advice.advisor_id)))
        .order_by(Advice.advisor_id)
    )
    return [CastBallot(Choice(advice.option, advice.reason)) for advice in rows]


def count(session: Session, poll: Poll) -> Counted:
    """The advice counted as the vote is, by the same method. It decides nothing.

    Raises voting.types.InvalidCount.
    """
    asked = len(advisors(session, poll.id))
    return counting.count_as(poll, last_positions(session, poll.id), asked)


def keep_outcome(session: Session, poll: Poll) -> AdvisoryOutcome | None:
    """Count once and write it down beside the vote; None when nobody was asked."""
    asked = advisors(session, poll.id)
    if not asked:
        return None
    kept = AdvisoryOutcome(
        poll_id=poll.id,
        electorate_digest=electorate_digest(asked),
        positions_digest=counting.ballots_digest(last_positions(session, poll.id)),
        outcome=canonical(count(session, poll).to_json()),
    )
    session.add(kept)
    session.flush()
    return kept


def stored(session: Session, poll_id: int) -> Counted | None:
    """The advice as it was counted at the closing; None without any."""
    kept = session.get(AdvisoryOutcome, poll_id)
    return counted_from_json(json.loads(kept.outcome)) if kept else None
