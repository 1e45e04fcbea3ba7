"""How a page stands among people: who writes it, who looks after it, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from intranet.members.models import Person
from intranet.wiki.models import Page

_Owner = aliased(Person)
STANDING = (
    Page.writers,
    Page.has_own_rights,
    Page.is_draft,
    Page.owner_id,
    select(_Owner.name)
    .where(_Owner.id == Page.owner_id)
    .correlate(Page)
    .scalar_subquery()
    .label("owner"),
    Page.protected_because,
    Page.review_on,
)
"""The columns of the fields below."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Writers of a page beside everybody who may write, its owner, why it is protected, and the
    day on which it is looked at again. A draft is for its owner and those whom they chose."""

    writers: str
    has_own_rights: bool
    is_draft: bool
    owner_id: int | None
    owner: str | None
    protected_because: str | None
    review_on: date | None
