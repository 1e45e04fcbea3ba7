"""Who leads a discussion, sums it up, and says where they stand."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.mandate_queries import holds_mandate
from intranet.polls import procedure_queries as procedures
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_comment_proposal, may_propose, may_read_proposal
from intranet.proposals.workflow import State


def may_lead_rounds(reader: Reader, proposal: Proposal) -> Verdict:
    """The author, and holders of a mandate of the body that decides, while it is discussed."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if proposal.state != State.DISCUSSION:
        return no("talks.not_in_discussion")
    if proposal.author_id == reader.actor.person_id:
        return may_propose(reader)
    body_id = procedures.procedure(reader, proposal.procedure_key).body_id
    return YES if holds_mandate(reader, body_id) else no("talks.author_or_facilitator")


def may_sum_up(reader: Reader, proposal: Proposal) -> Verdict:
    """The author, while it is discussed or voted on."""
    if proposal.author_id != reader.actor.person_id:
        return no("proposals.only_the_author")
    if proposal.state not in (State.DISCUSSION, State.VOTING):
        return no("proposals.discussion_is_over")
    return may_propose(reader)


def may_take_a_stance(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever may comment and did not write it, while it is discussed."""
    verdict = may_comment_proposal(reader, proposal)
    if not verdict:
        return verdict
    if proposal.state != State.DISCUSSION:
        return no("talks.not_in_discussion")
    if proposal.author_id == reader.actor.person_id:
        return no("talks.author_stands_for_it")
    return YES


def may_mark_as_read(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever may read a proposal that was submitted."""
    if not may_read_proposal(reader, proposal) or proposal.submitted_at is None:
        return no("proposals.unknown")
    return YES
