"""What is left of earlier texts of pages when words must be removed."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from intranet.core.policy import Conflict
from intranet.core.transaction import Transaction
from intranet.wiki.corrections.models import Correction
from intranet.wiki.inclusion.emptying import empty_inclusions
from intranet.wiki.models import Page, ParagraphChange, Rendering, Revision, RevisionBlock
from intranet.wiki.offers.emptying import empty_offers

EMPTY = json.dumps({"toc": [], "facts": []})


def empty_renderings(tx: Transaction, digests: Collection[str], because: str) -> None:
    """Take the renderings of all revisions with these texts away, with the wordings of paragraphs
    that come from them, also those that a correction of the writing kept, and what was suggested
    on top of them.

    Raises Conflict naming the page where one of the texts still applies or will apply: there the
    words go by a new text first. A page in the trash cannot get one, and loses its last text.
    """
    _refuse_in_use(tx, Revision.text_digest.in_(digests))
    empty_inclusions(tx, digests)
    revisions = select(Revision.id).where(Revision.text_digest.in_(digests))
    tx.session.execute(
        update(Rendering)
        .where(Rendering.revision_id.in_(revisions))
        .values(html="", contents=EMPTY, plain="")
    )
    _empty_corrections(tx, digests)
    _empty_changes(tx, digests)
    empty_offers(tx, digests, because)


def _empty_corrections(tx: Transaction, digests: Collection[str]) -> None:
    """A correction keeps a paragraph of the text that it made and of the one before it."""
    before, after = aliased(Revision), aliased(Revision)
    made = (
        select(after.id)
        .outerjoin(before, and_(before.page_id == after.page_id, before.number == after.number - 1))
        .where(or_(after.text_digest.in_(digests), before.text_digest.in_(digests)))
    )
    corrections = update(Correction).where(Correction.revision_id.in_(made))
    tx.session.execute(corrections.values(old_text="", new_text=""))


def _empty_changes(tx: Transaction, digests: Collection[str]) -> None:
    """Empty what these revisions brought, and what the one after each says it took away."""
    emptied = aliased(Revision)
    follows = exists().where(
        emptied.page_id == Revision.page_id,
        emptied.number == Revision.number - 1,
        emptied.text_digest.in_(digests),
    )
    brought = select(Revision.id).where(Revision.text_digest.in_(digests))
    changes = update(ParagraphChange)
    tx.session.execute(changes.where(ParagraphChange.revision_id.in_(brought)).values(after=""))
    after_them = select(Revision.id).where(follows)
    tx.session.execute(changes.where(ParagraphChange.revision_id.in_(after_them)).values(before=""))


def refuse_standing_words(tx: Transaction, decision_number: str) -> None:
    """Raise Conflict naming a page whose present text has paragraphs from this decision."""
    written = select(RevisionBlock.revision_id).where(
        RevisionBlock.decision_number == decision_number
    )
    _refuse_in_use(tx, Revision.id.in_(written))


def _refuse_in_use(tx: Transaction, is_meant: object) -> None:
    later = aliased(Revision)
    newest = (
        select(func.max(later.id)).where(later.page_id == Page.id).correlate(Page).scalar_subquery()
    )
    query = (
        select(Page.title)
        .join(Revision, or_(Revision.id == Page.current_revision_id, Revision.id == newest))
        .where(is_meant, Page.trashed_at.is_(None))  # type: ignore[arg-type]
        .limit(1)
    )
    title = tx.session.scalar(query)
    if title is not None:
        raise Conflict("redaction.still_in_use", page=title)
