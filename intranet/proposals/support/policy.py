"""Who may name co-authors, and who may second a proposal."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.proposals.models import Proposal
from intranet.proposals.policy import is_author, is_co_author, may_propose, may_read_proposal
from intranet.proposals.workflow import State


def may_name_co_authors(reader: Reader, proposal: Proposal) -> Verdict:
    """The author, until the text is put to the vote."""
    if not is_author(reader, proposal):
        return no("proposals.only_the_author")
    if proposal.state not in (State.DRAFT, State.DISCUSSION):
        return no("proposals.text_is_frozen")
    return may_propose(reader)


def may_end_co_authorship(reader: Reader, proposal: Proposal, person_id: int) -> Verdict:
    """The author and the co-author themselves, until the text is put to the vote."""
    if reader.actor.person_id == person_id and is_co_author(reader, proposal):
        is_open = proposal.state in (State.DRAFT, State.DISCUSSION)
        return YES if is_open else no("proposals.text_is_frozen")
    return may_name_co_authors(reader, proposal)


def may_second(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever may propose, while it is discussed, except those who wrote it."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if proposal.state != State.DISCUSSION:
        return no("proposals.not_in_discussion")
    if is_author(reader, proposal) or is_co_author(reader, proposal):
        return no("support.authors_do_not_second")
    return may_propose(reader)
