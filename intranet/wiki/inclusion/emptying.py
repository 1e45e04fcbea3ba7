"""What rules include of texts whose words must be removed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from intranet.core.policy import Conflict
from intranet.core.transaction import Transaction
from intranet.wiki.inclusion.models import FrozenInclusion
from intranet.wiki.models import Page, Revision, RevisionBlock
from intranet.wiki.revisions import drawn, keep_words, state_of


def empty_inclusions(tx: Transaction, digests: Collection[str]) -> None:
    """Draw again, without the words of these texts, the earlier texts of rules that include them.

    Raises Conflict naming a rule whose present or coming text includes one of them: there the
    words go by a decision first.
    """
    query = (
        select(FrozenInclusion)
        .join(Revision, Revision.id == FrozenInclusion.revision_id)
        .where(Revision.text_digest.in_(digests))
    )
    for frozen in tx.session.scalars(query).all():
        page = tx.session.get_one(Page, frozen.page_id)
        for revision in _revisions_with(tx, frozen):
            if revision.id >= (page.current_revision_id or 0):
                raise Conflict("redaction.still_in_use", page=page.title)
            state = state_of(tx.session, revision)
            made = drawn(tx.session, page, state.text, state.origins, removed=digests)
            keep_words(tx.session, revision.id, made)


def _revisions_with(tx: Transaction, frozen: FrozenInclusion) -> list[Revision]:
    """The revisions of the rule that hold the paragraph in which the inclusion stands."""
    block_id, _, words = frozen.place.partition(".")[0].partition(":")
    query = (
        select(Revision)
        .join(RevisionBlock, RevisionBlock.revision_id == Revision.id)
        .where(Revision.page_id == frozen.page_id, RevisionBlock.block_id == block_id)
        .where(RevisionBlock.text_digest.startswith(words))
    )
    return list(tx.session.scalars(query))
