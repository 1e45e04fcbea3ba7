"""The rounds in which names were gathered for a proposal."""

from __future__ import annotations

import json

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.polls.models import Poll, PollState, Procedure
from intranet.voting.election import Ranking, Verdict
from intranet.voting.methods.election_without_candidate import METHOD, after_two_rounds

ROUNDS = 2
"""How many times everybody writes a name before somebody is proposed."""


def named_rounds(reader: Reader, proposal_id: int) -> list[Ranking]:
    """The counted rounds that gathered names, the first one first."""
    stored = reader.session.scalars(
        select(Poll.outcome)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Poll.origin_kind == "proposal", Poll.origin_id == proposal_id)
        .where(Poll.state == PollState.CLOSED, Procedure.method == METHOD.key)
        .order_by(Poll.id)
    )
    rounds = [Ranking.from_json(json.loads(one or "{}")) for one in stored]
    return [one for one in rounds if one.verdict is Verdict.NAMED]


def side_by_side(rounds: list[Ranking]) -> Ranking | None:
    """The last round, with what changed since the one before; None before there is any."""
    if len(rounds) < ROUNDS:
        return rounds[-1] if rounds else None
    return after_two_rounds(rounds[-2], rounds[-1])


def names_in(ranking: Ranking) -> list[str]:
    """Who was named in this round or the one before, the most often first, then by name."""
    last = [name for group in ranking.order for name in group]
    earlier = [name for one in ranking.rounds for name in one.scores if name not in last]
    return last + sorted(set(earlier))
