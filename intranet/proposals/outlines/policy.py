"""Who may say what a proposal is asked to say."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right


def may_write_outlines(reader: Reader) -> Verdict:
    """Members with a vote write the outlines of proposals; everybody sees who changed what."""
    return YES if reader.actor.has(Right.VOTE) else no("outlines.only_members_write")
