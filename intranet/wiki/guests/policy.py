"""Who lets somebody outside read a page."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.wiki.policy import Subject, is_in_use, may_read_page


def may_invite_guests(reader: Reader, page: Subject) -> Verdict:
    """Members with a vote who may read the page, while it is in use."""
    return first_refusal(may_send_guests_away(reader, page), is_in_use(page))


def may_send_guests_away(reader: Reader, page: Subject) -> Verdict:
    """Members with a vote who may read the page, also once it was put away."""
    votes = YES if reader.actor.has(Right.VOTE) else no("wiki.only_members_set_audience")
    return first_refusal(may_read_page(reader, page), votes)
