"""Which text of a rule is to be read: the last one that a decision brought into force."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from intranet.wiki.models import Page, Revision, RevisionKind


def asked_text(on: date) -> ScalarSelect[int | None]:
    """For a query on pages: the revision to be read on a day.

    Only a decision makes a text that is to be read again: a corrected slip of the pen is none.
    """
    newest = (
        select(func.max(Revision.number))
        .where(
            Revision.page_id == Page.id,
            Revision.kind == RevisionKind.ENACTED,
            Revision.in_force_on <= on,
        )
        .correlate(Page)
        .scalar_subquery()
    )
    return (
        select(Revision.id)
        .where(Revision.page_id == Page.id, Revision.number == newest)
        .correlate(Page)
        .scalar_subquery()
    )


def asked_text_of(session: Session, page_id: int, on: date) -> int | None:
    """The revision of a rule to be read on a day; None while none is in force."""
    return session.scalar(select(asked_text(on)).select_from(Page).where(Page.id == page_id))
