"""Who may write down that somebody became something else to the cooperative."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right


def may_change_status(reader: Reader) -> Verdict:
    """Employed members write down the changes of status that a decision of the register made."""
    return YES if reader.actor.has(Right.RECORD) else no("membership.only_members_change_status")
