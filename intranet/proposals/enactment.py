"""What adoption causes: a numbered decision, its links, and the effects of the kind."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete

from intranet.core.actor import SYSTEM
from intranet.core.events import canonical
from intranet.core.transaction import Reader, Transaction
from intranet.decisions import effects as register
from intranet.members import queries as members
from intranet.polls.effects import frozen_procedure
from intranet.polls.models import Poll
from intranet.proposals import registry
from intranet.proposals.kinds.kind import Enactment
from intranet.proposals.models import HeldBlock, Proposal, ProposalVersion
from intranet.proposals.versions import latest
from intranet.voting.outcome import Outcome
from intranet.wiki import rules


def _entry(
    tx: Transaction, proposal: Proposal, version: ProposalVersion, outcome: Outcome
) -> register.Entry:
    poll = tx.session.get_one(Poll, proposal.poll_id)
    body = members.body(tx, poll.procedure.body_id)
    today = members.today(tx)
    return register.Entry(
        body_id=body.id,
        body_code=body.code,
        title=version.title,
        text=registry.kind(proposal.kind).voted_text(version),
        result="adopted",
        decided_on=today,
        effective_on=max(version.effective_on or today, today, _pending(tx, proposal) or today),
        review_on=version.review_on,
        origin_kind="proposal",
        origin_id=proposal.id,
        outcome=canonical(outcome.to_json()),
        procedure=canonical(frozen_procedure(poll.procedure)),
        electorate_size=outcome.registered,
        text_voted_digest=poll.text_digest,
        audience=proposal.readers,
    )


def _as_system(tx: Transaction) -> Reader:
    """Whoever asks for the count, its consequences are read from the records as they are."""
    return Reader(tx.session, SYSTEM, tx.now)


def _pending(tx: Transaction, proposal: Proposal) -> date | None:
    """The day from which a text of the rule adopted meanwhile applies, when it is still to come:
    two votes on one page may end in any order, and the later text builds on the earlier."""
    if proposal.kind != "amendment" or proposal.page_id is None:
        return None
    return rules.rule_text(_as_system(tx), proposal.page_id).pending_from


def adopt(tx: Transaction, proposal: Proposal, outcome: Outcome) -> str:
    """Enter the decision, link it to those it changes, let the kind act, and give the number."""
    version = latest(tx, proposal)
    kind = registry.kind(proposal.kind)
    entry = _entry(tx, proposal, version, outcome)
    links = kind.links(_as_system(tx), proposal, version)
    entered = register.enter(tx, entry)
    for link_kind, number in links:
        register.link(tx, entered.number, number, link_kind)
    assert entry.effective_on is not None  # noqa: S101
    kind.enact(tx, proposal, version, Enactment(entered.number, entry.effective_on))
    return entered.number


def release(tx: Transaction, proposal: Proposal) -> None:
    """Let go of the paragraphs that the vote held still."""
    tx.session.execute(delete(HeldBlock).where(HeldBlock.proposal_id == proposal.id))
