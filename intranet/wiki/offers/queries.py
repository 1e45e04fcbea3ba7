"""Suggested changes of pages, for those who may read the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from intranet.core.merge import merge
from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.wiki.models import Page
from intranet.wiki.offers.models import OfferState, PageOffer
from intranet.wiki.offers.policy import may_answer_offer, may_withdraw_offer
from intranet.wiki.revisions import newest, revision_of, state_of
from intranet.wiki.visibility import listed, visible


@dataclass(frozen=True)
class OfferCard:
    """A suggested change as a list shows it."""

    id: int
    slug: str
    title: str
    author_id: int
    author: str
    at: datetime
    why: str
    state: str
    answered_at: datetime | None
    answered_by: str | None
    because: str | None

    @property
    def is_emptied(self) -> bool:
        """Whether its words were removed: without a reason nothing can be suggested."""
        return not self.why


@dataclass(frozen=True)
class OfferPage:
    """A suggested change: the text it starts from and the text it would leave. While it waits these
    are the present text, and that text with the change put in; `is_stale` when it does not fit."""

    card: OfferCard
    before: str
    after: str
    is_stale: bool
    answer: Verdict
    withdraw: Verdict


_Answerer = aliased(Person)


def _cards() -> Select[PageOffer, Page, str, str]:
    return (
        select(PageOffer, Page, Person.name, _Answerer.name)
        .join(Page, Page.id == PageOffer.page_id)
        .join(Person, Person.id == PageOffer.author_id)
        .outerjoin(_Answerer, _Answerer.id == PageOffer.answered_by_id)
    )


def _card(offer: PageOffer, page: Page, author: str, answered_by: str | None) -> OfferCard:
    return OfferCard(
        id=offer.id,
        slug=page.slug,
        title=page.title,
        author_id=offer.author_id,
        author=author,
        at=offer.at,
        why=offer.why,
        state=offer.state,
        answered_at=offer.answered_at,
        answered_by=answered_by,
        because=offer.because,
    )


def offers_on(reader: Reader, page_id: int) -> list[OfferCard]:
    """The suggestions for a page that the reader has been shown, those that wait first."""
    query = _cards().where(PageOffer.page_id == page_id)
    waits = PageOffer.state == OfferState.WAITING
    return [_card(*row) for row in reader.session.execute(query.order_by(~waits, -PageOffer.id))]


def offers_to_answer(reader: Reader) -> list[OfferCard]:
    """The suggestions that wait on pages which the reader looks after, the oldest first."""
    query = _cards().where(
        PageOffer.state == OfferState.WAITING,
        Page.owner_id == reader.actor.person_id,
        listed(reader),
    )
    return [_card(*row) for row in reader.session.execute(query.order_by(PageOffer.id))]


def offer_page(reader: Reader, offer_id: int) -> OfferPage:
    """One suggestion. Raises NotFound, also for those who may not read its page now."""
    row = reader.session.execute(
        _cards().where(PageOffer.id == offer_id, visible(reader))
    ).one_or_none()
    if row is None:
        raise NotFound
    offer, page = row[0], row[1]
    base = state_of(reader.session, revision_of(reader.session, page.id, offer.base_id)).text
    before, after, is_stale = base, offer.text, False
    if offer.state == OfferState.WAITING:
        present = state_of(reader.session, newest(reader.session, page.id)).text
        merged = merge(base, offer.text, present).text
        is_stale = merged is None
        if merged is not None:
            before, after = present, merged
    return OfferPage(
        card=_card(*row),
        before=before,
        after=after,
        is_stale=is_stale,
        answer=may_answer_offer(reader, page, offer),
        withdraw=may_withdraw_offer(reader, offer),
    )
