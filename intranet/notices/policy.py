"""Who chooses what they are told, follows something, and ends mails."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.policy import may_enter


def may_choose(reader: Reader) -> Verdict:
    """Everybody who may come in chooses, for themselves alone, what they are told and how."""
    return may_enter(reader)


def may_stop_mail(_reader: Reader, person_id: int | None) -> Verdict:
    """Whoever holds the link of a mail ends mails of its kind, and can do nothing else with it."""
    return YES if person_id is not None else no("notices.link_unknown")
