"""Invitations that wait, and the one behind a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from intranet.auth.letters import invitation_key
from intranet.auth.models import Account, Invitation
from intranet.auth.policy import may_accept, may_renew
from intranet.auth.tokens import token_digest
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.queries import PersonCard
from intranet.members.statuses import INVITABLE
from intranet.outbox import queries as outbox


@dataclass(frozen=True)
class InvitationCard:
    """An invitation as those who may invite see it. The link itself is known to nobody any more.

    `mail` says how far its letter is: `sent`, `waiting`, `given_up`; empty when none was written.
    """

    id: int
    name: str
    email: str
    invited_by: str | None
    created_at: datetime
    expires_at: datetime
    may_renew: bool = False
    mail: str = ""


def behind_link(reader: Reader, token: str) -> InvitationCard | None:
    """The invitation of a link that still works, or None."""
    row = reader.session.scalars(
        select(Invitation).where(Invitation.token_digest == token_digest(token))
    ).one_or_none()
    taken = row is not None and _has_account(reader, row)
    if row is None or not may_accept(reader, row, taken):
        return None
    return InvitationCard(row.id, row.name, row.email, None, row.created_at, row.expires_at)


def _has_account(reader: Reader, row: Invitation) -> bool:
    same = or_(Account.person_id == row.person_id, Account.email == row.email)
    return reader.session.scalars(select(Account.id).where(same)).first() is not None


def waiting(reader: Reader) -> list[InvitationCard]:
    """The invitations that were neither used nor are too old, the latest first."""
    day = members.today(reader)
    free = {card.id for card in members.people_with_status(reader, INVITABLE, day)}
    rows = reader.session.execute(
        select(Invitation, Person.name)
        .outerjoin(Person, Person.id == Invitation.invited_by_id)
        .where(Invitation.accepted_at.is_(None), Invitation.expires_at > reader.now)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    ).all()
    mails = outbox.letters(reader, [invitation_key(row.id) for row, _by in rows])
    return [
        InvitationCard(
            row.id,
            row.name,
            row.email,
            by,
            row.created_at,
            row.expires_at,
            _may_renew(reader, row, free),
            mails.get(invitation_key(row.id), ""),
        )
        for row, by in rows
    ]


def _may_renew(reader: Reader, row: Invitation, free: set[int]) -> bool:
    status = INVITABLE[0] if row.person_id in free else None
    return bool(may_renew(reader, row.invited_by_id, status))


def people_without_account(reader: Reader) -> list[PersonCard]:
    """The people the cooperative knows who cannot sign in, by name."""
    rows = reader.session.execute(
        select(Person.id, Person.name)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Account.id.is_(None))
        .order_by(Person.name)
    )
    return [PersonCard(row.id, row.name) for row in rows]
