"""Giving advice on an open vote."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction
from intranet.polls import casting
from intranet.polls.advice.events import AdviceGiven
from intranet.polls.advice.models import Advice, Advisor
from intranet.polls.advice.policy import may_advise
from intranet.polls.models import Poll


def give_advice(tx: Transaction, poll_id: int, raw: Mapping[str, str]) -> None:
    """Say, or say anew, what one thinks of a text under vote; shown beside the vote, never in it.

    Raises NotFound, Refused (not asked, closed), or Invalid when the form says nothing clear.
    """
    poll = tx.session.get(Poll, poll_id, with_for_update=True)
    if poll is None:
        raise NotFound
    advisor = tx.session.scalars(
        select(Advisor).where(Advisor.poll_id == poll_id, Advisor.person_id == tx.actor.person_id)
    ).one_or_none()
    tx.require(may_advise, poll, advisor)
    assert advisor is not None  # noqa: S101
    choice = casting.choice_in(poll, raw)
    advisor.has_answered = True
    advice = Advice(
        poll_id=poll.id,
        advisor_id=advisor.id,
        option=choice.option,
        reason=choice.reason,
        given_at=tx.now,
    )
    tx.session.add(advice)
    tx.session.flush()
    tx.record(AdviceGiven(poll.id, advice.id))
