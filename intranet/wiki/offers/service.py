"""Suggesting a change of a page, and answering."""

from __future__ import annotations

from intranet.core.blocks import split_blocks
from intranet.core.merge import merge
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members.models import Person
from intranet.wiki.endings import with_endings_of
from intranet.wiki.events import PageRevised
from intranet.wiki.models import Page, RevisionKind
from intranet.wiki.offers.events import (
    PageOfferAccepted,
    PageOfferDeclined,
    PageOfferMade,
    PageOfferWithdrawn,
)
from intranet.wiki.offers.models import OfferState, PageOffer
from intranet.wiki.offers.policy import may_answer_offer, may_offer, may_withdraw_offer
from intranet.wiki.policy import may_read_page
from intranet.wiki.redrawing import redraw_including
from intranet.wiki.revisions import Writing, append, identified, newest, revision_of, state_of
from intranet.wiki.typed import (
    TextChange,
    clean_summary,
    clean_text,
    is_emptied,
    refuse_shrinking,
)


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def _offer(tx: Transaction, offer_id: int) -> tuple[PageOffer, Page]:
    offer = tx.session.get(PageOffer, offer_id, with_for_update=True)
    if offer is None:
        raise NotFound
    return offer, _page(tx, offer.page_id)


def offer_change(tx: Transaction, page_id: int, change: TextChange) -> int:
    """Suggest a text on top of the revision that was opened; gives the number of the suggestion.

    Raises NotFound, Refused, and Invalid when nothing differs, the whole text would go, or no
    reason is given.
    """
    page = _page(tx, page_id)
    tx.require(may_offer, page)
    base = revision_of(tx.session, page_id, change.base_revision_id)
    before = state_of(tx.session, base).text
    text, why = with_endings_of(before, clean_text(change.text)), clean_summary(change.summary)
    if text == before:
        raise Invalid(text="wiki.nothing_suggested")
    refuse_shrinking(before, text, confirmed=True)
    if not why:
        raise Invalid(summary="wiki.reason_missing")
    offer = PageOffer(
        page_id=page_id,
        base_id=base.id,
        author_id=tx.actor.person_id or 0,
        at=tx.now,
        text=text,
        why=why,
        state=OfferState.WAITING,
    )
    tx.session.add(offer)
    tx.session.flush()
    tx.record(PageOfferMade(page_id, offer.id))
    return offer.id


def accept_offer(tx: Transaction, offer_id: int) -> int:
    """Put a suggested change into the page, paragraph by paragraph, as a revision of whoever
    suggested it; gives the number of the revision.

    What others changed since in other paragraphs stays. Raises NotFound, Refused, and Conflict
    when the same paragraph changed since: nothing is stored, and the suggestion still waits.
    """
    offer, page = _offer(tx, offer_id)
    tx.require(may_answer_offer, page, offer)
    head = newest(tx.session, page.id)
    present = state_of(tx.session, head)
    base = state_of(tx.session, revision_of(tx.session, page.id, offer.base_id))
    text = merge(base.text, offer.text, present.text).text
    if text is None or is_emptied(present.text, text):
        raise Conflict("wiki.offer_is_stale")
    revision_id = head.id
    if text != present.text:
        pieces = split_blocks(text)
        origins = identified(present, pieces)
        said = _credited(tx, offer)
        writing = Writing(RevisionKind.EDITED, pieces, origins, offer.author_id, said)
        page.current_revision_id = revision_id = append(tx, page, head, writing)
        tx.record(PageRevised(page.id, revision_id))
        redraw_including(tx, page)
    _answer(tx, offer, OfferState.ACCEPTED, revision_id=revision_id)
    tx.record(PageOfferAccepted(page.id, offer.id, revision_id))
    return revision_id


def _credited(tx: Transaction, offer: PageOffer) -> str:
    """The reason as its author gave it, and who took the change in."""
    accepted_by = tx.session.get_one(Person, tx.actor.person_id).name if tx.actor.is_known else ""
    return f"{offer.why} · ✓ {accepted_by}"[:300]


def _answer(
    tx: Transaction,
    offer: PageOffer,
    state: OfferState,
    because: str | None = None,
    revision_id: int | None = None,
) -> None:
    offer.state, offer.because, offer.revision_id = state, because, revision_id
    offer.answered_at, offer.answered_by_id = tx.now, tx.actor.person_id


def decline_offer(tx: Transaction, offer_id: int, reason: str) -> None:
    """Decline a suggested change, for a reason that its author reads.

    Raises NotFound, Refused, Invalid without a reason.
    """
    offer, page = _offer(tx, offer_id)
    tx.require(may_answer_offer, page, offer)
    said = clean_summary(reason)
    if not said:
        raise Invalid(reason="wiki.reason_missing")
    _answer(tx, offer, OfferState.DECLINED, said)
    tx.record(PageOfferDeclined(page.id, offer.id))


def withdraw_offer(tx: Transaction, offer_id: int) -> None:
    """Take one's own suggestion back; it stays readable. Raises NotFound, Refused."""
    offer, page = _offer(tx, offer_id)
    tx.require(may_withdraw_offer, offer)
    _answer(tx, offer, OfferState.WITHDRAWN)
    tx.record(PageOfferWithdrawn(page.id, offer.id))
