"""Who suggests a change of a page, and who answers."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.wiki.models import PageKind
from intranet.wiki.offers.models import OfferState, PageOffer
from intranet.wiki.policy import Subject, is_in_use, may_read_page, may_revise


def may_offer(reader: Reader, page: Subject) -> Verdict:
    """Whoever may read an ordinary page in use and take part in discussions."""
    speaks = YES if reader.actor.has(Right.COMMENT) else no("wiki.you_do_not_comment")
    is_rule = page.kind == PageKind.RULE
    ordinary = no("wiki.rules_change_by_amendment") if is_rule else YES
    return first_refusal(may_read_page(reader, page), speaks, ordinary, is_in_use(page))


def _waits(offer: PageOffer) -> Verdict:
    return YES if offer.state == OfferState.WAITING else no("wiki.offer_answered")


def may_answer_offer(reader: Reader, page: Subject, offer: PageOffer) -> Verdict:
    """Whoever may revise the page, while the suggestion waits."""
    return first_refusal(may_revise(reader, page), _waits(offer))


def may_withdraw_offer(reader: Reader, offer: PageOffer) -> Verdict:
    """Whoever made it, while it waits."""
    own = offer.author_id == reader.actor.person_id
    return first_refusal(YES if own else no("wiki.not_your_offer"), _waits(offer))
