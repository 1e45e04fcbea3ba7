"""Asking everybody to read a rule, and saying that one did."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.db import insert_once
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Transaction
from intranet.members.queries import today
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page
from intranet.wiki.readings.events import ReadingAsked, ReadingNoLongerAsked, RuleRead
from intranet.wiki.readings.models import Reading, ReadingRequest
from intranet.wiki.readings.policy import may_ask_for_reading, may_confirm_reading
from intranet.wiki.readings.texts import asked_text_of


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def _open_request(tx: Transaction, page_id: int) -> ReadingRequest | None:
    return tx.session.scalars(
        select(ReadingRequest).where(
            ReadingRequest.page_id == page_id, ReadingRequest.ended_at.is_(None)
        )
    ).one_or_none()


def ask_for_reading(tx: Transaction, page_id: int) -> None:
    """Ask everybody whom a rule concerns to say that they read it; asked twice, it is asked once.

    Raises NotFound, Refused.
    """
    page = _page(tx, page_id)
    tx.require(may_ask_for_reading, page)
    if _open_request(tx, page_id) is None:
        tx.session.add(
            ReadingRequest(page_id=page_id, asked_by_id=tx.actor.person_id, asked_at=tx.now)
        )
        tx.record(ReadingAsked(page_id))


def end_request(tx: Transaction, page_id: int) -> None:
    """Ask nobody to read this rule any more; what people said stays. Raises NotFound, Refused."""
    page = _page(tx, page_id)
    tx.require(may_ask_for_reading, page)
    request = _open_request(tx, page_id)
    if request is not None:
        request.ended_by_id, request.ended_at = tx.actor.person_id, tx.now
        tx.record(ReadingNoLongerAsked(page_id))


def confirm_reading(tx: Transaction, page_id: int, revision_id: int) -> None:
    """Write down that the actor read this text of a rule; said twice, it is kept once.

    Raises NotFound, Refused, and Conflict when nobody is asked any more or when another text came
    into force since the page was opened: one confirms only what one has seen.
    """
    page = _page(tx, page_id)
    tx.require(may_confirm_reading, page)
    if _open_request(tx, page_id) is None:
        raise Conflict("readings.no_longer_asked")
    if asked_text_of(tx.session, page_id, today(tx)) != revision_id:
        raise Conflict("readings.another_text")
    who = tx.actor.person_id
    if insert_once(tx.session, Reading, person_id=who, revision_id=revision_id, at=tx.now):
        tx.record(RuleRead(page_id, revision_id))
