"""What the page of a proposal says of a draw by lot."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.polls.draws import queries
from intranet.polls.draws.queries import SeedLine
from intranet.polls.models import Poll
from intranet.proposals.draws.policy import may_say_seed
from intranet.proposals.models import Proposal


@dataclass(frozen=True)
class DrawingRoom:
    """The seeds said for a vote, the one that two people said, and what this reader may do."""

    lines: tuple[SeedLine, ...]
    seed: str
    may_say: Verdict


def drawing_room(reader: Reader, proposal_id: int) -> DrawingRoom | None:
    """The draw of the last vote on a proposal; None when there is nothing to draw."""
    found = reader.session.get_one(Proposal, proposal_id)
    if found.poll_id is None:
        return None
    seed = reader.session.get_one(Poll, found.poll_id).seed or ""
    lines = queries.said(reader, found.poll_id)
    if not seed and not lines and not queries.awaits_seed(reader, found.poll_id):
        return None
    return DrawingRoom(tuple(lines), seed, may_say_seed(reader, found))
