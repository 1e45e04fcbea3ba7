"""Deciding alone after advice: the author adopts, rewords or gives up, and answers the advice."""

from __future__ import annotations

import json

from intranet.core.policy import Invalid, NotFound
from intranet.core.texts import text_digest
from intranet.core.transaction import Transaction
from intranet.polls.models import Poll
from intranet.proposals.advised.events import AdviceAnswered
from intranet.proposals.advised.models import AdvisedDecision, Choice
from intranet.proposals.advised.policy import may_answer_advice, may_lapse_unanswered
from intranet.proposals.enactment import enact, release
from intranet.proposals.events import ProposalRefused, ProposalWithdrawn, VotingEnded
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.steps import take
from intranet.voting.methods.advice_process import decided
from intranet.voting.outcome import Outcome

LONGEST_ANSWER = 20_000


def _proposal(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def answer_advice(tx: Transaction, proposal_id: int, choice: str, typed: str) -> Choice:
    """Decide, and say how the advice was taken into account. Adopting enters the text in the
    register as it was shown to those asked; nothing else does.

    Raises Refused, Invalid for a choice or an answer that is missing or too long.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_answer_advice, proposal)
    chosen, answer = _checked(choice, typed)
    assert proposal.poll_id is not None and tx.actor.person_id is not None  # noqa: S101, PT018
    one = AdvisedDecision(
        poll_id=proposal.poll_id,
        proposal_id=proposal.id,
        person_id=tx.actor.person_id,
        choice=chosen,
        answer=answer,
        at=tx.now,
    )
    tx.session.add(one)
    tx.session.flush()
    tx.record(AdviceAnswered(proposal.id, one.poll_id, chosen.value, text_digest(answer)))
    _CAUSES[chosen](tx, proposal)
    return chosen


def _checked(choice: str, typed: str) -> tuple[Choice, str]:
    answer = typed.replace("\x00", "").replace("\r\n", "\n").strip()
    errors = {} if choice in list(Choice) else {"choice": "advised_choice_missing"}
    if not any(sign.isalnum() for sign in answer):
        errors["answer"] = "advised_answer_missing"
    elif len(answer) > LONGEST_ANSWER:
        errors["answer"] = "advised_answer_too_long"
    if errors:
        raise Invalid(**errors)
    return Choice(choice), answer


def _adopt(tx: Transaction, proposal: Proposal) -> None:
    """The stored outcome of the advice stays what it is; the register says who decided."""
    stored = tx.session.get_one(Poll, proposal.poll_id).outcome
    advice = Outcome.from_json(json.loads(stored or "{}"))
    enact(tx, proposal, decided(advice, tx.actor.name))


def _revise(tx: Transaction, proposal: Proposal) -> None:
    release(tx, proposal)
    take(proposal, "revise")
    assert proposal.poll_id is not None  # noqa: S101
    tx.record(VotingEnded(proposal.id, proposal.poll_id, "revise"))


def _give_up(tx: Transaction, proposal: Proposal) -> None:
    release(tx, proposal)
    take(proposal, "give_up")
    proposal.concluded_at = tx.now
    tx.record(ProposalWithdrawn(proposal.id))


_CAUSES = {Choice.ADOPT: _adopt, Choice.REVISE: _revise, Choice.GIVE_UP: _give_up}


def lapse_unanswered(tx: Transaction, proposal_id: int) -> None:
    """End a proposal whose author decided nothing in time. Raises Refused before that."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_lapse_unanswered, proposal)
    release(tx, proposal)
    take(proposal, "lapse")
    proposal.concluded_at = tx.now
    tx.record(ProposalRefused(proposal.id, "lapse"))
