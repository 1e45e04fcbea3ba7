"""Who decides after advice was given, and until when."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.polls.models import Poll
from intranet.proposals.advised import queries as advised
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_propose, may_read_proposal
from intranet.proposals.workflow import State


def may_answer_advice(reader: Reader, proposal: Proposal) -> Verdict:
    """The author alone, from the count of the advice until two weeks later."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if not _waits(reader, proposal):
        return no("advised.nothing_to_answer")
    if proposal.author_id != reader.actor.person_id:
        return no("advised.only_the_author")
    return no("advised.too_late") if _is_over(reader, proposal) else may_propose(reader)


def may_lapse_unanswered(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever asks, once the time to decide is over."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if not _waits(reader, proposal):
        return no("advised.nothing_to_answer")
    return YES if _is_over(reader, proposal) else no("advised.answer_is_awaited")


def _waits(reader: Reader, proposal: Proposal) -> bool:
    if proposal.state != State.VOTING or proposal.poll_id is None:
        return False
    return advised.awaits_answer(reader, proposal.poll_id)


def _is_over(reader: Reader, proposal: Proposal) -> bool:
    closed_at = reader.session.get_one(Poll, proposal.poll_id).closed_at
    return closed_at is not None and reader.now >= advised.answer_by(reader, closed_at)
