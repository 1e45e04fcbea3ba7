"""Making and ending links by which somebody outside reads one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from intranet.auth.tokens import new_token, token_digest
from intranet.core.policy import Invalid, NotFound
from intranet.core.text import UnusableLine, clean_line
from intranet.core.transaction import Transaction
from intranet.members.queries import today
from intranet.wiki.guests.events import PageGuestInvited, PageGuestSentAway
from intranet.wiki.guests.models import PageGuestLink
from intranet.wiki.guests.policy import may_invite_guests, may_send_guests_away
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page

LONGEST_NAME = 120
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Invited:
    """A link that was just made. Its token is shown once and kept nowhere."""

    link_id: int
    token: str


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def invite_guest(tx: Transaction, page_id: int, guest: str, ends_on: date | None) -> Invited:
    """Make a link by which somebody outside reads one page until a day, that day included.

    Raises NotFound, Refused, and Invalid for a missing name or a day that is past or more than a
    year away.
    """
    page = _page(tx, page_id)
    tx.require(may_invite_guests, page)
    try:
        name = clean_line(guest, LONGEST_NAME)
    except UnusableLine as problem:
        raise Invalid(guest="wiki.guest_unnamed") from problem
    day = today(tx)
    if ends_on is None or not day <= ends_on <= day + LONGEST:
        raise Invalid(ends_on="wiki.guest_day")
    token = new_token()
    link = PageGuestLink(
        page_id=page.id,
        token_digest=token_digest(token),
        guest=name,
        audience=page.audience,
        at=tx.now,
        by_id=tx.actor.person_id,
        ends_on=ends_on,
    )
    tx.session.add(link)
    tx.session.flush()
    tx.record(PageGuestInvited(page.id, link.id))
    return Invited(link.id, token)


def send_guest_away(tx: Transaction, page_id: int, link_id: int) -> None:
    """End a link at once. Twice changes nothing. Raises NotFound, Refused."""
    page = _page(tx, page_id)
    tx.require(may_send_guests_away, page)
    link = tx.session.get(PageGuestLink, link_id, with_for_update=True)
    if link is None or link.page_id != page_id:
        raise NotFound
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by_id = tx.now, tx.actor.person_id
        tx.record(PageGuestSentAway(page_id, link_id))
