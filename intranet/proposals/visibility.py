"""Which proposals somebody may know of: one condition for every list, feed and search."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, true

from intranet.core.transaction import Reader
from intranet.proposals.models import OF_SEVERAL, Proposal, ProposalPage
from intranet.proposals.support.models import CoAuthor
from intranet.wiki import visibility as wiki
from intranet.wiki.models import Page


def shown(reader: Reader) -> ColumnElement[bool]:
    """The condition that a proposal was submitted and is for the reader's eyes."""
    audiences = wiki.audiences(reader)
    return and_(
        Proposal.submitted_at.is_not(None), Proposal.audience.in_(audiences), _page_is_known(reader)
    )


def visible(reader: Reader) -> ColumnElement[bool]:
    """The condition that the reader may know of a proposal, as `may_read_proposal` says it."""
    if reader.actor.is_system:
        return true()
    together = select(CoAuthor.proposal_id).where(CoAuthor.person_id == reader.actor.person_id)
    by_me = or_(Proposal.author_id == reader.actor.person_id, Proposal.id.in_(together))
    mine = and_(by_me, _page_is_known(reader))
    return shown(reader) if reader.actor.person_id is None else or_(mine, shown(reader))


def _page_is_known(reader: Reader) -> ColumnElement[bool]:
    """A proposal quotes the page it is about, so nobody reads it who may not read that page."""
    pages = select(Page.id).where(wiki.visible(reader))
    closed = select(ProposalPage.proposal_id).where(ProposalPage.page_id.not_in(pages))
    known = or_(Proposal.page_id.is_(None), Proposal.page_id.in_(pages))
    return and_(known, or_(Proposal.kind != OF_SEVERAL, Proposal.id.not_in(closed)))
