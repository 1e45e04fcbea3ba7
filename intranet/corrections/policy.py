"""Who may mend the writing of a rule, and who may put the words back."""

from __future__ import annotations

from datetime import timedelta

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.wiki.corrections.models import Correction
from intranet.wiki.policy import may_write

REVOCABLE_FOR = timedelta(days=30)
"""How long any member may put the words back; afterwards they change by an amendment."""


def may_correct_rules(reader: Reader) -> Verdict:
    """Whoever works here or is a member may mend a slip of writing; everybody sees it."""
    return may_write(reader)


def may_revoke_correction(reader: Reader, correction: Correction) -> Verdict:
    """Any member with a vote, and its author, within thirty days and without having to convince."""
    is_mine = correction.person_id == reader.actor.person_id and bool(may_write(reader))
    if not is_mine and not reader.actor.has(Right.VOTE):
        return no("corrections.members_revoke")
    if reader.now >= correction.at + REVOCABLE_FOR:
        return no("corrections.too_late")
    return YES
