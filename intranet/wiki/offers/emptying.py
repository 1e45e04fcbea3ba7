"""What is left of suggested changes when the words of the texts they were made for are removed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from intranet.core.texts import text_digest
from intranet.core.transaction import Transaction
from intranet.wiki.models import Revision
from intranet.wiki.offers.events import PageOfferDeclined
from intranet.wiki.offers.models import OfferState, PageOffer


def empty_offers(tx: Transaction, digests: Collection[str], because: str) -> None:
    """Empty what was suggested on top of these texts, or became one of them: a suggestion is a
    whole text, so it says the same words again. One that waits is declined for this reason; who
    suggested, when, and what was answered stay."""
    revisions = select(Revision.id, Revision.page_id).where(Revision.text_digest.in_(digests))
    found = tx.session.execute(revisions).all()
    texts, pages = {row.id for row in found}, {row.page_id for row in found}
    for offer in tx.session.scalars(select(PageOffer).where(PageOffer.page_id.in_(pages))).all():
        if {offer.base_id, offer.revision_id} & texts or text_digest(offer.text) in digests:
            _empty(tx, offer, because)


def _empty(tx: Transaction, offer: PageOffer, because: str) -> None:
    offer.text = offer.why = ""
    if offer.because is not None:
        offer.because = because
    if offer.state == OfferState.WAITING:
        offer.state, offer.because = OfferState.DECLINED, because
        offer.answered_at, offer.answered_by_id = tx.now, tx.actor.person_id
        tx.record(PageOfferDeclined(offer.page_id, offer.id))
