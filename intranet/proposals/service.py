"""From a draft to the vote: what a person may do with a proposal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.decisions.reviews import effects as reviews
from intranet.discussions import effects as discussions
from intranet.members.statuses import Audience
from intranet.polls import effects as polls
from intranet.polls import procedure_queries as procedures
from intranet.polls import rounds
from intranet.polls.draws import queries as draws
from intranet.polls.procedure_models import Custody
from intranet.polls.tellers.events import TellersSought
from intranet.proposals import events, registry
from intranet.proposals.enactment import (
    follow_count,
    keep_for_a_second_vote,
    release,
)
from intranet.proposals.kinds.choice import ballot_of
from intranet.proposals.models import Proposal
from intranet.proposals.planning.plans import forget_plan
from intranet.proposals.policy import (
    may_choose_procedure,
    may_comment_proposal,
    may_conclude,
    may_end_round,
    may_open_voting,
    may_propose,
    may_read_proposal,
    may_reword,
    may_submit,
    may_withdraw,
)
from intranet.proposals.readiness import check_length, issues_before_opening
from intranet.proposals.sequels import take_up
from intranet.proposals.steps import take
from intranet.proposals.suggestions import opening as suggestions
from intranet.proposals.talks import service as talks
from intranet.proposals.talks.reading import keep_read
from intranet.proposals.versions import Wording, add_version, checked, latest, says_the_same
from intranet.proposals.workflow import State

Ending = Callable[[Transaction, int, str], None]
"""A command that ends a proposal, with the reason its author gives."""


@dataclass(frozen=True)
class NewProposal:
    """What somebody begins to propose; `page_id` is the rule an amendment would change, or the page
    that an adoption would make a rule, of the rank `layer`; `after_id`, what it takes up again;
    `review_id`, the review of a decision that asks for it."""

    kind: str
    wording: Wording
    procedure_key: str
    page_id: int | None = None
    audience: str = Audience.WORKERS
    layer: str | None = None
    after_id: int | None = None
    review_id: int | None = None


def _proposal(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def _choose(tx: Transaction, key: str) -> None:
    """Raise Refused, or Invalid, when a procedure cannot be chosen by this person now."""
    card = procedures.procedure(tx, key)
    tx.require(may_choose_procedure, card)
    if card.retired:
        raise Invalid(procedure="procedure_retired")


def draft(tx: Transaction, new: NewProposal) -> int:
    """Begin a proposal that only its author sees, and give its number. Raises Invalid."""
    tx.require(may_propose)
    kind = registry.kind(new.kind)
    wording = checked(tx, new.wording)
    _choose(tx, new.procedure_key)
    audience = new.audience
    if new.page_id is not None:
        audience = kind.page_audience(tx, new.page_id)
    assert tx.actor.person_id is not None  # noqa: S101
    proposal = Proposal(
        kind=new.kind,
        state=State.DRAFT,
        title=new.wording.title.strip(),
        author_id=tx.actor.person_id,
        procedure_key=new.procedure_key,
        page_id=new.page_id,
        layer=new.layer,
        audience=audience,
        created_at=tx.now,
    )
    tx.session.add(proposal)
    tx.session.flush()
    add_version(tx, proposal, 1, wording)
    take_up(tx, proposal, new.after_id)
    if new.review_id is not None:
        reviews.follow_up(tx, new.review_id, "proposal", proposal.id)
    tx.record(events.ProposalDrafted(proposal.id))
    return proposal.id


def reword(
    tx: Transaction,
    proposal_id: int,
    wording: Wording,
    base_number: int,
    procedure_key: str | None = None,
    audience: str | None = None,
) -> int:
    """Write a new version, or none when nothing changed; gives the number that counts now.

    Who decides can be chosen anew, which makes a version too; and, except when it is about a page,
    who may read.

    `base_number` is the version the author started from. Raises Conflict when another one came
    meanwhile, Invalid for what cannot be accepted.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_reword, proposal)
    wording = checked(tx, wording)
    current = latest(tx, proposal)
    if current.number != base_number:
        raise Conflict("proposals.newer_version", number=current.number)
    if procedure_key and procedure_key != proposal.procedure_key:
        _choose(tx, procedure_key)
        proposal.procedure_key = procedure_key
    was = proposal.audience
    if audience and proposal.page_id is None:
        proposal.audience = Audience(audience)
    decided_otherwise = (current.procedure_key or proposal.procedure_key) != proposal.procedure_key
    if says_the_same(current, wording) and not decided_otherwise:
        if proposal.audience != was:
            tx.record(events.ProposalReworded(proposal.id, current.number))
        return current.number
    add_version(tx, proposal, current.number + 1, wording)
    forget_plan(tx, proposal.id)
    keep_read(tx, proposal.id, current.number + 1)
    tx.record(events.ProposalReworded(proposal.id, current.number + 1))
    return current.number + 1


def submit(tx: Transaction, proposal_id: int) -> None:
    """Show a draft to the others, for discussion."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_submit, proposal)
    take(proposal, "submit")
    proposal.submitted_at = tx.now
    discussions.open_thread(tx, "proposal", proposal.id)
    tx.record(events.ProposalSubmitted(proposal.id))
    procedure = procedures.procedure(tx, proposal.procedure_key)
    if procedure.course.custody is Custody.TELLERS:
        tx.record(TellersSought(proposal.id))


def comment_proposal(
    tx: Transaction,
    proposal_id: int,
    text: str,
    reply_to_id: int | None = None,
    block_id: str | None = None,
) -> int:
    """Say something on the whole, on a paragraph or on an objection, and give its number.

    Raises Invalid for a paragraph that the present wording does not hold.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_comment_proposal, proposal)
    return talks.say(tx, proposal, text, reply_to_id, block_id)


def open_voting(tx: Transaction, proposal_id: int, closes_at: datetime) -> int:
    """Freeze text, procedure and electorate, and ask everybody on the roll. Gives the poll.

    Raises Conflict with the first issue that remains, Invalid when the vote would be too short.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_open_voting, proposal)
    version = latest(tx, proposal)
    issues = issues_before_opening(tx, proposal, version)
    if issues:
        raise Conflict("proposals.not_ready")
    procedure = procedures.procedure(tx, proposal.procedure_key)
    check_length(tx, procedure, closes_at)
    kind = registry.kind(proposal.kind)
    kind.hold(tx, proposal, version)
    suggestions.let_fall(tx, proposal)
    roll = procedures.voters_of(tx, procedure)
    opening = polls.Opening(
        origin_kind="proposal",
        origin_id=proposal.id,
        title=version.title,
        text=kind.voted_text(version),
        procedure_id=procedure.id,
        voters=[person.id for person in roll],
        closes_at=closes_at,
        candidates=ballot_of(procedure, version, roll),
        seats=version.seats,
        advisors=[person.id for person in procedures.advisors_of(tx, procedure, proposal.readers)],
    )
    poll_id = polls.open_poll(tx, opening)
    forget_plan(tx, proposal.id)
    proposal.poll_id = poll_id
    take(proposal, "open_voting")
    tx.record(events.VotingOpened(proposal.id, poll_id))
    return poll_id


def _end_round(tx: Transaction, proposal: Proposal, step: str, because: str) -> None:
    if not because.strip():
        raise Invalid(because="reason_missing")
    assert proposal.poll_id is not None  # noqa: S101
    if not draws.awaits_seed(tx, proposal.poll_id):
        polls.cancel_poll(tx, proposal.poll_id, because.strip())
    release(tx, proposal)
    take(proposal, step)
    tx.record(events.VotingEnded(proposal.id, proposal.poll_id, step))


def take_back_to_discussion(tx: Transaction, proposal_id: int, because: str) -> None:
    """End the round without a result, to reword the text; the positions given stay visible, with
    the reason. Raises Invalid without one."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_end_round, proposal)
    _end_round(tx, proposal, "revise", because)


def annul(tx: Transaction, proposal_id: int, because: str) -> None:
    """End a vote for ever without a result; everything stays, with the reason, for all to see."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_end_round, proposal)
    _end_round(tx, proposal, "annul", because)
    proposal.concluded_at, proposal.ended_because = tx.now, because.strip()
    polls.return_proxies(tx, "proposal", proposal.id)


def withdraw(tx: Transaction, proposal_id: int, because: str = "") -> None:
    """Take a proposal back before the vote; once it was discussed, a reason is asked for."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_withdraw, proposal)
    if proposal.state != State.DRAFT and not because.strip():
        raise Invalid(because="reason_missing")
    forget_plan(tx, proposal.id)
    take(proposal, "withdraw")
    proposal.concluded_at, proposal.ended_because = tx.now, because.strip()
    polls.return_proxies(tx, "proposal", proposal.id)
    tx.record(events.ProposalWithdrawn(proposal.id))


def conclude(tx: Transaction, proposal_id: int, opening_key: bytes | None = None) -> None:
    """Count the vote and cause what follows; done once, whoever asks and however often.

    `opening_key` is given where tellers keep it, once enough of them gave their words.

    Adopted: the register gets its decision, and the rules their new words, in this transaction.
    Otherwise, as its procedure says: more time, a second convocation, the wider body, or the end.
    A count that decides nothing brings the proposal back to discussion, a tie that a draw is to
    separate waits for it, and advice waits for the author who asked for it.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_conclude, proposal, opening_key is not None)
    assert proposal.poll_id is not None  # noqa: S101
    if rounds.extend(tx, proposal.poll_id) or keep_for_a_second_vote(tx, proposal):
        return
    follow_count(tx, proposal, polls.close_poll(tx, proposal.poll_id, opening_key))
