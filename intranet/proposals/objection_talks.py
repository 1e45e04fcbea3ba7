"""The objections to a proposal, each with what was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intranet.core.transaction import Reader
from intranet.discussions.queries import CommentCard
from intranet.polls.objections import queries
from intranet.polls.objections.queries import ObjectionCard, Standing


@dataclass(frozen=True)
class ObjectionTalk:
    """An objection and the comments about it, the oldest first."""

    objection: ObjectionCard
    comments: tuple[CommentCard, ...]

    @property
    def state(self) -> str:
        """Where it stands: an open one that somebody else spoke to is being answered."""
        others = [one for one in self.comments if one.author_id != self.objection.person_id]
        if self.objection.standing is Standing.OPEN and others:
            return "answered"
        return self.objection.standing.value


def talks(
    reader: Reader, rounds: Sequence[int], comments: Sequence[CommentCard]
) -> list[ObjectionTalk]:
    """The objections of all rounds of a proposal, the oldest first, with their conversations."""
    found = [card for poll_id in rounds for card in queries.objections(reader, poll_id)]
    return [
        ObjectionTalk(card, tuple(one for one in comments if one.block_id == card.block_id))
        for card in found
    ]
