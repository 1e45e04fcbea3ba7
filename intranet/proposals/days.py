"""The days of a proposal: from when it would apply, when it would be reviewed, and when it ends."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.proposals.kinds.adoption import KIND as ADOPTION
from intranet.proposals.kinds.amendment import KIND as AMENDMENT
from intranet.proposals.kinds.choice import KIND as CHOICE
from intranet.proposals.kinds.kind import Issue
from intranet.proposals.kinds.new_rule import KIND as NEW_RULE
from intranet.proposals.kinds.repeal import KIND as REPEAL
from intranet.proposals.kinds.resolution import KIND as RESOLUTION
from intranet.proposals.models import OF_SEVERAL, Proposal, ProposalVersion
from intranet.wiki.models import Revision

_OF_RULES = frozenset({AMENDMENT.key, OF_SEVERAL, REPEAL.key})
MAY_BE_PAST = _OF_RULES | {ADOPTION.key, CHOICE.key, NEW_RULE.key, RESOLUTION.key}
"""The kinds that may apply from a past day. Who belongs to the cooperative, who holds a mandate,
how one decides and where rules stand never change for days that are over: votes relied on it."""


def newest_text(reader: Reader, proposal: Proposal) -> date | None:
    """The day from which the newest text of the rules that it changes applies, past or to come."""
    if proposal.kind not in _OF_RULES:
        return None
    pages = [page.id for page in proposal.pages]
    return reader.session.scalar(
        select(func.max(Revision.in_force_on)).where(Revision.page_id.in_(pages))
    )


def issues(
    reader: Reader, proposal: Proposal, version: ProposalVersion, counted_on: date
) -> list[Issue]:
    """What is wrong with its days, when the vote can be counted on `counted_on` at the earliest."""
    found = []
    if version.effective_on and version.effective_on < members.today(reader):
        found += _issues_of_past(reader, proposal, version, version.effective_on)
    if version.review_on and version.review_on <= counted_on:
        found.append(Issue("review_before_the_count", {"day": version.review_on}))
    if version.ends_on and version.ends_on <= counted_on:
        found.append(Issue("trial_ends_before_the_count", {"day": version.ends_on}))
    return found


def _issues_of_past(
    reader: Reader, proposal: Proposal, version: ProposalVersion, day: date
) -> list[Issue]:
    if proposal.kind not in MAY_BE_PAST:
        return [Issue("effect_never_past", {"day": day})]
    if not version.past_because:
        return [Issue("effective_in_the_past", {"day": day})]
    newest = newest_text(reader, proposal)
    if newest and day < newest <= members.today(reader):
        return [Issue("earlier_than_present_text", {"day": newest})]
    return []
