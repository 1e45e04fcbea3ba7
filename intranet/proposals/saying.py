"""What is said about a proposal: of the whole, of a paragraph, of an objection."""

from __future__ import annotations

from intranet.core.markdown import TooLong
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader
from intranet.polls.objections.models import Objection
from intranet.polls.objections.queries import objection_named
from intranet.proposals.kinds.amendment import changes_of
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.passages import passages_of
from intranet.wiki.rendering import render_text


def objection_meant(
    reader: Reader, proposal: Proposal, version: ProposalVersion, block_id: str | None
) -> Objection | None:
    """The objection that a comment is about; None for the whole and for a paragraph.

    Raises Invalid for a paragraph that the present wording does not hold.
    """
    if not block_id:
        return None
    objection = objection_named(reader, block_id, ("proposal", proposal.id))
    if objection is None and block_id not in passages_of(changes_of(version), version.text):
        raise Invalid(block="passage_unknown")
    return objection


def rendered(reader: Reader, proposal: Proposal, text: str) -> str:
    """The words of a comment as safe HTML. Raises Invalid when they are too long."""
    try:
        return render_text(reader, text, proposal.audience)
    except TooLong as error:
        raise Invalid(text="comment_too_long") from error
