"""Who asks for a rule to be read, who says to have read it, and who sees who has not."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members.policy import may_see_profiles
from intranet.members.statuses import Audience, Right, Status, status_opens
from intranet.wiki.models import Page, PageKind


def asked_statuses(audience: str) -> frozenset[Status]:
    """The statuses whose people are asked to read a rule of this audience: those who work here or
    are members, and may read it. Sympathisers live under no rule of ours."""
    return frozenset(
        status
        for status in Status
        if status_opens(status, Audience.WORKERS) and status_opens(status, audience)
    )


def may_ask_for_reading(reader: Reader, page: Page) -> Verdict:
    """Members with a vote ask everybody to read a rule in use, or end the request."""
    if page.kind != PageKind.RULE:
        return no("readings.only_rules")
    if page.archived_at is not None:
        return no("wiki.archived")
    is_member = reader.actor.has(Right.VOTE)
    return YES if is_member else no("readings.only_members_ask")


def may_confirm_reading(reader: Reader, page: Page) -> Verdict:
    """Whoever works here or is a member, and may read the rule."""
    is_asked = reader.actor.status in asked_statuses(page.audience)
    return YES if is_asked else no("readings.not_asked")


def may_see_who_read(reader: Reader, page: Page) -> Verdict:
    """Members, employees and applicants see who has read a rule and who has not."""
    return first_refusal(may_see_profiles(reader), may_confirm_reading(reader, page))
