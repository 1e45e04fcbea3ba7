"""Who follows something: a page by itself or from above, a proposal by itself or by its body."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from intranet.core.transaction import Reader
from intranet.notices.watching.models import Watch, Watched
from intranet.polls.models import Procedure
from intranet.proposals.models import Proposal
from intranet.wiki.models import Page

DEEPEST = 50


def _people(reader: Reader, *conditions: object) -> list[int]:
    query = select(Watch.person_id).where(or_(*conditions)).distinct()  # type: ignore[arg-type]
    return list(reader.session.scalars(query.order_by(Watch.person_id)))


def followers_of_page(reader: Reader, page_id: int) -> list[int]:
    """Whoever follows a page, or a branch that it stands in."""
    above, step = [page_id], reader.session.get(Page, page_id)
    while step and step.parent_id and len(above) < DEEPEST:
        above.append(step.parent_id)
        step = reader.session.get(Page, step.parent_id)
    return _people(
        reader,
        and_(Watch.kind == Watched.PAGE, Watch.number == page_id),
        and_(Watch.kind == Watched.BRANCH, Watch.number.in_(above)),
    )


def followers_of_body(reader: Reader, body_id: int) -> list[int]:
    """Whoever follows a body."""
    return _people(reader, and_(Watch.kind == Watched.BODY, Watch.number == body_id))


def followers_of_proposal(reader: Reader, proposal_id: int) -> list[int]:
    """Whoever follows a proposal, a page it is about, or the body that decides it."""
    proposal = reader.session.get(Proposal, proposal_id)
    if proposal is None:
        return []
    bodies = select(Procedure.body_id).where(Procedure.key == proposal.procedure_key)
    pages = [page.id for page in proposal.pages]
    return _people(
        reader,
        and_(Watch.kind == Watched.PROPOSAL, Watch.number == proposal_id),
        and_(Watch.kind == Watched.BODY, Watch.number.in_(bodies)),
        and_(Watch.kind.in_((Watched.PAGE, Watched.BRANCH)), Watch.number.in_(pages)),
    )
