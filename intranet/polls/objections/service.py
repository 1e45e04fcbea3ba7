"""Lifting an objection."""

from __future__ import annotations

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.polls.models import Poll
from intranet.polls.objections.following import end
from intranet.polls.objections.models import Objection
from intranet.polls.objections.policy import may_lift_objection

LONGEST_BECAUSE = 4000


def lift_objection(tx: Transaction, objection_id: int, because: str = "") -> int:
    """Lift one's own objection, with a word on why if one wants; gives the poll's number.

    Without another ballot its author is then neither for nor against. Raises NotFound, Refused
    for anybody else and once the vote has ended, Invalid for words that are too long.
    """
    objection = tx.session.get(Objection, objection_id)
    if objection is None:
        raise NotFound
    tx.session.get_one(Poll, objection.poll_id, with_for_update=True)
    tx.require(may_lift_objection, objection)
    words = because.replace("\x00", "").strip()
    if len(words) > LONGEST_BECAUSE:
        raise Invalid(because="reason_too_long")
    end(tx, objection, words)
    return objection.poll_id
