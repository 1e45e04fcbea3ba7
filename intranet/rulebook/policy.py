"""Who may say that a decision is not yet in the rules."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right


def may_note_debt(reader: Reader) -> Verdict:
    """Those who keep the register; the note changes neither the decision nor any rule."""
    return YES if reader.actor.has(Right.RECORD) else no("rulebook.only_members_note")
