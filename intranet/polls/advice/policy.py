"""Who may give advice on a vote without having one."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls.advice.models import Advisor
from intranet.polls.models import Poll
from intranet.polls.policy import is_open


def may_advise(reader: Reader, poll: Poll, advisor: Advisor | None) -> Verdict:
    """Whoever was asked for advice when the vote opened and may still speak, while it is open."""
    if not is_open(poll, reader):
        return no("polls.closed")
    if advisor is None or advisor.person_id != reader.actor.person_id:
        return no("advice.not_asked")
    if not reader.actor.has(Right.COMMENT):
        return no("advice.may_not_speak")
    return YES
