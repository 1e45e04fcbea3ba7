"""Who may plan what a decision asks for, and say that it is done."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.decisions.statuses import ADOPTED
from intranet.members.statuses import Right


def may_move_actions(reader: Reader) -> Verdict:
    """Whoever works here says that an action is done, undone, or in other hands: each step bears
    their name."""
    return YES if reader.actor.has(Right.WRITE) else no("actions.only_workers")


def may_plan_action(reader: Reader, result: str) -> Verdict:
    """Whoever works here, on a decision that was adopted: what was refused asks for nothing."""
    adopted = YES if result == ADOPTED else no("actions.only_what_was_adopted")
    return first_refusal(may_move_actions(reader), adopted)
