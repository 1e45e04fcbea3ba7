"""What is said about a proposal: of the whole, of a paragraph, of an objection."""

from __future__ import annotations

from intranet.core.markdown import TooLong
from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.discussions import effects as discussions
from intranet.polls.objections.queries import objection_named
from intranet.proposals import events
from intranet.proposals.kinds.amendment import changes_of
from intranet.proposals.models import Proposal
from intranet.proposals.passages import passages_of
from intranet.proposals.versions import latest
from intranet.wiki.rendering import render_text


def say(
    tx: Transaction,
    proposal: Proposal,
    text: str,
    reply_to_id: int | None,
    block_id: str | None,
) -> int:
    """Add a comment of whoever may speak, and give its number.

    Raises Invalid for a paragraph that the present wording does not hold.
    """
    version = latest(tx, proposal)
    objection = objection_named(tx, block_id or "", ("proposal", proposal.id))
    known = objection or block_id in passages_of(changes_of(version), version.text)
    if block_id and not known:
        raise Invalid(block="passage_unknown")
    assert tx.actor.person_id is not None  # noqa: S101
    said = discussions.Said(
        text=text,
        html=_rendered(tx, proposal, text),
        author_id=tx.actor.person_id,
        reply_to_id=reply_to_id,
        block_id=block_id,
        about_version=version.number,
    )
    comment_id = discussions.add_comment(tx, "proposal", proposal.id, said)
    if objection:
        tx.record(events.ObjectionAnswered(proposal.id, objection.id, comment_id))
    else:
        tx.record(events.ProposalCommented(proposal.id, comment_id))
    return comment_id


def _rendered(tx: Transaction, proposal: Proposal, text: str) -> str:
    try:
        return render_text(tx, text, proposal.audience)
    except TooLong as error:
        raise Invalid(text="comment_too_long") from error
