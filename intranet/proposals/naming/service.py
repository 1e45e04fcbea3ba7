"""Proposing one of the people named, by consent."""

from __future__ import annotations

from datetime import datetime

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.polls import effects as polls
from intranet.polls import procedure_queries as procedures
from intranet.proposals import events
from intranet.proposals.models import Proposal
from intranet.proposals.naming.policy import may_propose_person
from intranet.proposals.naming.rounds import named_rounds, names_in, side_by_side
from intranet.proposals.options import as_ticked_list
from intranet.proposals.planning.plans import forget_plan
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.readiness import check_length
from intranet.proposals.steps import take
from intranet.proposals.versions import latest


def propose_person(tx: Transaction, proposal_id: int, name: str, closes_at: datetime) -> int:
    """Ask for consent on one of the people named, under the procedure that the names were gathered
    for. Gives the poll; its adoption chooses the person, its end without one goes on discussing.

    Raises Refused, Invalid for somebody whom nobody named or a vote of a wrong length, Conflict
    when the procedure of the consent is out of use or asks nobody.
    """
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    tx.require(may_propose_person, proposal)
    gathered = side_by_side(named_rounds(tx, proposal.id))
    if gathered is None or name not in names_in(gathered):
        raise Invalid(person="person_missing")
    key = procedures.procedure(tx, proposal.procedure_key).course.consent
    consent = procedures.procedure(tx, key)
    if consent.retired or consent.secret:
        raise Conflict("proposals.consent_out_of_use")
    check_length(tx, consent, closes_at)
    version = latest(tx, proposal)
    opening = polls.Opening(
        origin_kind="proposal",
        origin_id=proposal.id,
        title=version.title,
        text=f"{version.text.strip()}\n\n{as_ticked_list((name,), (name,))}",
        procedure_id=consent.id,
        voters=[person.id for person in procedures.voters_of(tx, consent)],
        closes_at=closes_at,
    )
    proposal.poll_id = polls.open_poll(tx, opening)
    forget_plan(tx, proposal.id)
    take(proposal, "open_voting")
    tx.record(events.VotingOpened(proposal.id, proposal.poll_id))
    return proposal.poll_id
