"""Removing words that name a person: the record keeps its number, dates and digests."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.texts import Removal, remove_text
from intranet.core.transaction import Transaction
from intranet.decisions.emptying import empty_shelves
from intranet.decisions.subjects import subject
from intranet.proposals.emptying import empty_suggestions, empty_wordings
from intranet.redaction.events import DecisionRedacted, RevisionRedacted
from intranet.redaction.policy import may_redact
from intranet.wiki.emptying import empty_renderings, refuse_standing_words
from intranet.wiki.models import Page, Revision
from intranet.wiki.visibility import visible


def redact_decision(tx: Transaction, number: str, because: str) -> None:
    """Empty the text of a decision, the wordings of the proposal that it came from, and what was
    suggested about it.

    Wherever else the very same text is kept (another decision, an earlier text of a page, the
    vote) it goes too. Raises NotFound, Refused, Invalid without a reason, Conflict when a page
    still says it or when nothing is left to remove.
    """
    tx.require(may_redact)
    decision, _shelf = subject(tx, number)
    refuse_standing_words(tx, number)
    digests = [one for one in (decision.text_digest, decision.text_voted_digest) if one]
    suggested: list[str] = []
    if decision.origin_kind == "proposal" and decision.origin_id is not None:
        suggested = empty_suggestions(tx, decision.origin_id)
        empty_wordings(tx, decision.origin_id)
    _remove(tx, [*digests, *suggested], because)
    tx.record(
        DecisionRedacted(
            decision.id,
            decision.number,
            decision.text_digest,
            decision.text_voted_digest,
            tuple(suggested),
        )
    )


def redact_revision(tx: Transaction, slug: str, number: int, because: str) -> None:
    """Empty an earlier text of a page. Raises as `redact_decision` does."""
    tx.require(may_redact)
    revision = tx.session.scalars(
        select(Revision)
        .join(Page, Page.id == Revision.page_id)
        .where(Page.slug == slug, Revision.number == number, visible(tx))
    ).one_or_none()
    if revision is None:
        raise NotFound
    _remove(tx, [revision.text_digest], because)
    tx.record(RevisionRedacted(revision.page_id, revision.id, revision.text_digest))


def _remove(tx: Transaction, digests: Sequence[str], because: str) -> None:
    reason = " ".join(because.split())
    if not reason:
        raise Invalid(because="removed_without_reason")
    removal = Removal(tx.now, None, reason)
    empty_renderings(tx, digests, reason)
    emptied = [remove_text(tx.session, one, removal, tx.actor.person_id) for one in digests]
    if not any(emptied):
        raise Conflict("redaction.nothing_left")
    empty_shelves(tx, digests)
