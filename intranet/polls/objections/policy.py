"""Who may lift an objection: its author, and nobody else."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls.models import Poll, Voter
from intranet.polls.objections.models import Objection, ObjectionEnd
from intranet.polls.policy import is_open


def may_lift_objection(reader: Reader, objection: Objection) -> Verdict:
    """Whoever raised it, while the vote is open and it is not lifted yet."""
    voter = reader.session.get_one(Voter, objection.voter_id)
    if voter.person_id != reader.actor.person_id:
        return no("objections.only_its_author")
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if reader.session.get(ObjectionEnd, objection.id) is not None:
        return no("objections.already_lifted")
    if not is_open(reader.session.get_one(Poll, objection.poll_id), reader):
        return no("objections.vote_has_ended")
    return YES
