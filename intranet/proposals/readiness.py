"""Everything still missing before members can vote, in the order to mend it."""

from __future__ import annotations

from datetime import datetime, timedelta

from intranet.core.markdown import TooLong
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.statuses import status_opens
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals import registry
from intranet.proposals.kinds.kind import Issue
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.wiki.rendering import render_text

# Below this number a secret result would tell who chose what.
SMALLEST_SECRET_ELECTORATE = 5


def earliest_opening(proposal: Proposal, procedure: ProcedureCard) -> datetime | None:
    """The instant from which the discussion has lasted long enough; None for a draft."""
    if proposal.submitted_at is None:
        return None
    return proposal.submitted_at + timedelta(hours=procedure.min_discussion_hours)


def issues_before_opening(
    reader: Reader, proposal: Proposal, version: ProposalVersion
) -> list[Issue]:
    """What is missing: text, base, procedure, discussion time, voters. Empty means ready."""
    procedure = procedures.procedure(reader, proposal.procedure_key)
    issues = registry.kind(proposal.kind).issues_before_opening(reader, proposal, version)
    try:
        render_text(reader, registry.kind(proposal.kind).voted_text(version), proposal.readers)
    except TooLong:
        issues.append(Issue("too_long_to_enter"))
    today = members.today(reader)
    if version.effective_on and version.effective_on < today:
        issues.append(Issue("effective_in_the_past", {"day": version.effective_on}))
    earliest = earliest_opening(proposal, procedure)
    if earliest and reader.now < earliest:
        issues.append(Issue("discussion_too_short", {"moment": earliest}))
    roll = procedures.voters_of(reader, procedure)
    if any(not status_opens(person.status, proposal.readers) for person in roll):
        issues.append(Issue("voters_cannot_read", {"body": procedure.body_name}))
    voters = len(roll)
    if voters == 0:
        issues.append(Issue("nobody_votes", {"body": procedure.body_name}))
    elif procedure.secret and voters < SMALLEST_SECRET_ELECTORATE:
        issues.append(Issue("too_few_for_secrecy", {"fewest": SMALLEST_SECRET_ELECTORATE}))
    return issues
