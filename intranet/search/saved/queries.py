"""The questions that somebody keeps, and who is behind the address of a feed."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.core.transaction import Reader
from intranet.search.saved.models import SavedSearch


@dataclass(frozen=True)
class SavedCard:
    """A question as its person sees it; `feed_number` is 0 while its feed has no address."""

    id: int
    person_id: int
    question: str
    feed_number: int


def of_person(reader: Reader) -> list[SavedCard]:
    """The questions of the person who reads, the newest first."""
    rows = reader.session.scalars(
        select(SavedSearch)
        .where(SavedSearch.person_id == reader.actor.person_id)
        .order_by(SavedSearch.id.desc())
    )
    return [_card(row) for row in rows]


def _card(row: SavedSearch) -> SavedCard:
    number = row.feed_number if row.feed_is_open else 0
    return SavedCard(row.id, row.person_id, row.question, number)


def mark(secret: str, card: SavedCard) -> str:
    """The part of a feed's address that nobody can guess: it follows from the secret of the
    installation, so that the database alone gives no address away."""
    said = f"feed of a search {card.id} {card.person_id} {card.feed_number}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()[:40]


def behind_address(reader: Reader, secret: str, number: int, marked: str) -> SavedCard | None:
    """The question behind the address of a feed; None for an address that leads nowhere,
    and for that of somebody whose account is closed."""
    row = reader.session.scalar(
        select(SavedSearch)
        .join(Account, Account.person_id == SavedSearch.person_id)
        .where(SavedSearch.id == number, SavedSearch.feed_is_open, Account.disabled_at.is_(None))
    )
    if row is None:
        return None
    card = _card(row)
    return card if hmac.compare_digest(mark(secret, card), marked) else None
