"""Planning the opening of a vote, and opening it when its time has come."""

from __future__ import annotations

from datetime import datetime

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.polls import procedure_queries as procedures
from intranet.proposals import events
from intranet.proposals import service as proposals
from intranet.proposals.models import PlannedOpening, Proposal
from intranet.proposals.planning.plans import forget_plan
from intranet.proposals.policy import may_open_voting, may_read_proposal
from intranet.proposals.readiness import LONGEST_VOTE, earliest_closing, issues_before_opening
from intranet.proposals.versions import latest


def _proposal(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def plan_opening(
    tx: Transaction, proposal_id: int, opens_at: datetime, closes_at: datetime
) -> None:
    """Say when the vote opens and ends; a plan made before is replaced.

    Raises Conflict when something would still be missing then, Invalid for times that make no
    sense. The roll is drawn up at the opening. A new wording gives the plan up.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_open_voting, proposal)
    if opens_at <= tx.now:
        raise Invalid(opens_at="opening_in_the_past")
    if opens_at > tx.now + LONGEST_VOTE:
        raise Invalid(opens_at="opening_too_late")
    procedure = procedures.procedure(tx, proposal.procedure_key)
    if closes_at < earliest_closing(tx, opens_at, procedure):
        raise Invalid(closes_at="vote_too_short")
    if closes_at > opens_at + LONGEST_VOTE:
        raise Invalid(closes_at="vote_too_long")
    if issues_before_opening(tx, proposal, latest(tx, proposal), opens_at):
        raise Conflict("proposals.not_ready")
    forget_plan(tx, proposal.id)
    tx.session.add(
        PlannedOpening(proposal_id=proposal.id, opens_at=opens_at, closes_at=closes_at, missed=None)
    )
    tx.record(events.OpeningPlanned(proposal.id, opens_at.isoformat()))


def give_up_plan(tx: Transaction, proposal_id: int) -> None:
    """Open no vote at the planned time."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_open_voting, proposal)
    if tx.session.get(PlannedOpening, proposal.id) is None:
        raise Conflict("proposals.no_plan")
    forget_plan(tx, proposal.id)
    tx.record(events.OpeningUnplanned(proposal.id))


def open_planned(tx: Transaction, proposal_id: int) -> bool:
    """Open a vote whose planned time has come; tells whether it opened.

    The planned end stays, unless too little time would be left because the worker stood still:
    then the vote lasts as long as it was planned to. When something is missing, nothing opens, and
    the plan says so.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_open_voting, proposal)
    plan = tx.session.get(PlannedOpening, proposal_id, with_for_update=True)
    if plan is None or plan.missed or plan.opens_at > tx.now:
        return False
    issues = issues_before_opening(tx, proposal, latest(tx, proposal))
    if issues:
        plan.missed = issues[0].code
        tx.record(events.OpeningMissed(proposal.id, plan.missed))
        return False
    closes_at = plan.closes_at
    if closes_at < earliest_closing(tx, tx.now, procedures.procedure(tx, proposal.procedure_key)):
        closes_at = tx.now + (plan.closes_at - plan.opens_at)
    proposals.open_voting(tx, proposal_id, closes_at)
    return True
