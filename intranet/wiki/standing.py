"""How a page stands among people: who writes it, who looks after it, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from intranet.discussions.models import Comment, Thread
from intranet.members.models import Person
from intranet.wiki.comments.models import SettledComment
from intranet.wiki.models import Page
from intranet.wiki.offers.models import OfferState, PageOffer

_Owner = aliased(Person)
STANDING = (
    Page.writers,
    Page.has_own_rights,
    Page.is_draft,
    Page.is_working,
    Page.owner_id,
    select(_Owner.name)
    .where(_Owner.id == Page.owner_id)
    .correlate(Page)
    .scalar_subquery()
    .label("owner"),
    Page.protected_because,
    Page.review_on,
    select(func.count())
    .select_from(Comment)
    .join(Thread, Thread.id == Comment.thread_id)
    .outerjoin(SettledComment, SettledComment.comment_id == Comment.id)
    .where(Thread.subject_kind == "page", Thread.subject_id == Page.id)
    .where(Comment.reply_to_id.is_(None), Comment.hidden_at.is_(None))
    .where(SettledComment.comment_id.is_(None))
    .correlate(Page)
    .scalar_subquery()
    .label("comments"),
    select(func.count())
    .where(PageOffer.page_id == Page.id, PageOffer.state == OfferState.WAITING)
    .correlate(Page)
    .scalar_subquery()
    .label("offers"),
)
"""The columns of the fields below."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Writers of a page beside everybody who may write, its owner, why it is protected, the day on
    which it is looked at again, how many comments are open and suggestions wait. A draft is for
    its owner and those whom they chose; a working text is still being written together."""

    writers: str
    has_own_rights: bool
    is_draft: bool
    is_working: bool
    owner_id: int | None
    owner: str | None
    protected_because: str | None
    review_on: date | None
    comments: int
    offers: int
