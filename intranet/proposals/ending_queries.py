"""How proposals that were not adopted found their end, and the reasons given."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.polls.models import OpenBallot, Poll
from intranet.proposals.models import Proposal
from intranet.proposals.visibility import visible
from intranet.proposals.workflow import ENDED, State

MOST_REASONS = 3
AGAINST = frozenset({"against", "objection", "block", "disagree_not_involved"})


@dataclass(frozen=True)
class Ending:
    """Why a proposal was not adopted.

    `reason` is what its author said who withdrew or annulled it; `counts` are the numbers of the
    count by option; `reasons` the words of some who stood against in an open vote.
    """

    state: str
    on: date | None
    reason: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    reasons: tuple[str, ...] = ()


def endings(reader: Reader, proposal_ids: Collection[int]) -> dict[int, Ending]:
    """Of these proposals, those that found an end without adoption and that the reader may see."""
    if not proposal_ids:
        return {}
    refused = [str(state) for state in ENDED if state is not State.ADOPTED]
    rows = reader.session.execute(
        select(Proposal, Poll.outcome)
        .outerjoin(Poll, Poll.id == Proposal.poll_id)
        .where(Proposal.id.in_(proposal_ids), Proposal.state.in_(refused), visible(reader))
    ).all()
    raised = _reasons(reader, [row[0].poll_id for row in rows if row[0].poll_id])
    zone = members.cooperative(reader.session).zone
    return {
        proposal.id: Ending(
            proposal.state,
            proposal.concluded_at.astimezone(zone).date() if proposal.concluded_at else None,
            proposal.ended_because or "",
            _counts(outcome),
            tuple(raised.get(proposal.poll_id or 0, [])[:MOST_REASONS]),
        )
        for proposal, outcome in rows
    }


def _counts(outcome: str | None) -> tuple[tuple[str, int], ...]:
    """The numbers of a stored count of a text; a ranking of options has none of these."""
    told = json.loads(outcome) if outcome else {}
    counts = told.get("counts")
    return tuple(counts.items()) if isinstance(counts, dict) else ()


def _reasons(reader: Reader, poll_ids: Collection[int]) -> dict[int, list[str]]:
    """The reasons of those who stood against in an open vote, by poll: of each voter the last
    ballot."""
    rows = reader.session.execute(
        select(OpenBallot.poll_id, OpenBallot.voter_id, OpenBallot.option, OpenBallot.reason)
        .where(OpenBallot.poll_id.in_(poll_ids))
        .order_by(OpenBallot.id)
    )
    last = {(poll_id, voter): (option, reason) for poll_id, voter, option, reason in rows}
    found: dict[int, list[str]] = {}
    for (poll_id, _voter), (option, reason) in last.items():
        if option in AGAINST and reason.strip():
            found.setdefault(poll_id, []).append(reason.strip())
    return found
