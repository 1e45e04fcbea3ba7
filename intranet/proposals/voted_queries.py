"""The text of a vote as it was frozen at the opening, for the pages of its ballots."""

from __future__ import annotations

from intranet.core.texts import text_of
from intranet.core.transaction import Reader
from intranet.polls.models import Poll
from intranet.proposals.models import Proposal
from intranet.proposals.queries import of_poll
from intranet.wiki.rendering import render_text


def voted_html(reader: Reader, poll_id: int) -> str:
    """The frozen text as safe HTML. Raises NotFound for whoever may not read its proposal."""
    proposal = reader.session.get_one(Proposal, of_poll(reader, poll_id))
    source = text_of(reader.session, reader.session.get_one(Poll, poll_id).text_digest)
    return render_text(reader, source, proposal.audience)
