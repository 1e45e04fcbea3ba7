"""What the page of a proposal says of a decision taken alone after advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.polls.models import Poll
from intranet.proposals.advised import queries
from intranet.proposals.advised.policy import may_answer_advice
from intranet.proposals.advised.queries import AnswerCard
from intranet.proposals.models import Proposal


@dataclass(frozen=True)
class AdvisedRoom:
    """Whether the author is awaited and until when, what this reader may do, and what was decided
    each time, by poll."""

    is_awaited: bool
    answer_by: datetime | None
    may_answer: Verdict
    given: dict[int, AnswerCard]


def advised_room(reader: Reader, proposal_id: int) -> AdvisedRoom:
    """What was and is to be decided after advice on a proposal; nothing where none was asked."""
    found = reader.session.get_one(Proposal, proposal_id)
    poll = reader.session.get_one(Poll, found.poll_id) if found.poll_id else None
    verdict = may_answer_advice(reader, found)
    is_awaited = verdict.reason not in ("proposals.unknown", "advised.nothing_to_answer")
    closed_at = poll.closed_at if poll and is_awaited else None
    return AdvisedRoom(
        is_awaited,
        queries.answer_by(reader, closed_at) if closed_at else None,
        verdict,
        {one.poll_id: one for one in queries.answers(reader, proposal_id)},
    )
