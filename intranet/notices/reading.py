"""Looking at the house as one of its people: with their rights and language of this moment."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.auth.queries import load_actor
from intranet.core.transaction import Reader
from intranet.members.policy import may_enter
from intranet.members.queries import cooperative


@dataclass(frozen=True)
class Addressee:
    """Somebody who can be written to: the address of their account, and their language."""

    person_id: int
    name: str
    email: str
    language: str


def as_person(look: Reader, person_id: int) -> Reader:
    """A Reader with the rights that somebody has now."""
    return Reader(look.session, load_actor(look.session, person_id, look.now), look.now)


def addressee(reader: Reader) -> Addressee | None:
    """Who is looking, as somebody to write to; None for those whom nothing is told: without an
    account that works, or without a status of today that reads."""
    account = reader.session.scalars(
        select(Account).where(
            Account.person_id == reader.actor.person_id, Account.disabled_at.is_(None)
        )
    ).one_or_none()
    if account is None or not may_enter(reader):
        return None
    language = account.language or cooperative(reader.session).locale
    return Addressee(account.person_id, reader.actor.name, account.email, language)
