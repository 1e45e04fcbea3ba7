"""Letting somebody in: an invitation, its withdrawal, and its acceptance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from intranet.auth import effects, letters
from intranet.auth.credentials import is_address, plain_address
from intranet.auth.events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from intranet.auth.invitations.examination import LONGEST_NAME, Examination, Fate
from intranet.auth.invitations.lists import MOST_LINES, Row
from intranet.auth.models import Account, Invitation
from intranet.auth.passwords import weakness
from intranet.auth.policy import may_accept, may_give_account, may_invite, may_renew
from intranet.auth.queries import load_actor
from intranet.auth.tokens import new_token, token_digest
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import effects as members_effects
from intranet.members import queries as members_queries
from intranet.members.models import Person
from intranet.members.statuses import INVITABLE, Status
from intranet.outbox import effects as outbox

VALID_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Guest:
    """Who is invited: a new person with a name and a status, or one the cooperative knows."""

    email: str
    name: str = ""
    status: str = ""
    person_id: int | None = None


@dataclass(frozen=True)
class Handed:
    """An invitation just made, with the token of its link, which is kept nowhere.

    `is_mailed` says that the link is on its way by mail, so that nobody has to pass it on.
    """

    invitation_id: int
    name: str
    email: str
    token: str
    is_mailed: bool = False


def invite(tx: Transaction, guest: Guest, *, by_mail: bool = True) -> Handed:
    """Give somebody a way in, by mail where this installation sends mail and `by_mail` is so.

    A new person gets a status without a vote, from today: those with a vote come by a decision.
    An earlier unused invitation of the same person or address works no longer. Raises Refused,
    Invalid by field.
    """
    tx.require(may_invite if guest.person_id is None else may_give_account)
    email = plain_address(guest.email)
    errors = _errors(tx, guest, email)
    if errors:
        raise Invalid(**errors)
    person_id = _person(tx, guest)
    return _way_in(tx, person_id, email, by_mail)


def invite_all(
    tx: Transaction, rows: Iterable[Row], *, by_mail: bool = True
) -> list[tuple[Fate, Handed | None]]:
    """Invite the people of a list: what became of each line, with the link of those invited.

    A refused line stops no other one; nothing is done for lines beyond the 500th. Raises Refused.
    """
    tx.require(may_invite)
    known = Examination(tx)
    done: list[tuple[Fate, Handed | None]] = []
    for row in list(rows)[:MOST_LINES]:
        fate = known.fate(row)
        if fate.outcome == "refused":
            done.append((fate, None))
            continue
        guest = Guest(fate.email, row.name, row.status)
        person_id = fate.person_id or _person(tx, guest)
        done.append((fate, _way_in(tx, person_id, fate.email, by_mail)))
    return done


def renew(tx: Transaction, invitation_id: int, *, by_mail: bool = True) -> Handed:
    """Give a new link for an unused invitation; the earlier link works no longer.

    Raises NotFound, also when the person has an account by now; Refused.
    """
    earlier = tx.session.get(Invitation, invitation_id)
    if earlier is None or _has_account(tx, earlier.person_id, earlier.email):
        raise NotFound
    status = load_actor(tx.session, earlier.person_id, tx.now).status
    tx.require(may_renew, earlier.invited_by_id, status)
    return _way_in(tx, earlier.person_id, earlier.email, by_mail)


def _way_in(tx: Transaction, person_id: int, email: str, by_mail: bool) -> Handed:
    """Make the one link of a person that works. Whoever passes links on, by hand or by mail,
    takes them from here: the token is known in this transaction and in the letter alone."""
    for earlier in _open_invitations(tx, person_id, email):
        _end(tx, earlier)
    token = new_token()
    name = tx.session.get_one(Person, person_id).name
    invitation = Invitation(
        token_digest=token_digest(token),
        name=name,
        email=email,
        person_id=person_id,
        invited_by_id=tx.actor.person_id,
        created_at=tx.now,
        expires_at=tx.now + VALID_FOR,
    )
    tx.session.add(invitation)
    tx.session.flush()
    tx.record(PersonInvited(person_id=person_id, invitation_id=invitation.id))
    is_mailed = by_mail and _mail(tx, invitation, token)
    return Handed(invitation.id, name, email, token, is_mailed)


def _mail(tx: Transaction, invitation: Invitation, token: str) -> bool:
    letter = letters.of_invitation(tx, invitation, token)
    key = letters.invitation_key(invitation.id)
    return outbox.send_letter(tx, letter, key, invitation.person_id)


def _end(tx: Transaction, invitation: Invitation) -> None:
    """Make a link worthless, and send no letter any more that still waits with it."""
    invitation.expires_at = tx.now
    outbox.take_back(tx, letters.invitation_key(invitation.id))


def withdraw(tx: Transaction, invitation_id: int) -> None:
    """Make an unused link worthless. Twice changes nothing. Raises NotFound, Refused."""
    invitation = tx.session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound
    tx.require(may_invite)
    if invitation.accepted_at is None and invitation.expires_at > tx.now:
        _end(tx, invitation)
        tx.record(InvitationWithdrawn(invitation_id=invitation.id))


def accept(tx: Transaction, token: str, name: str, password: str | None) -> int:
    """Make the account of an invited person and give its number.

    The person may correct their name. None as password is for those whom the same command gives
    another way in. Raises Refused when the link was used, withdrawn or is
    older than 14 days; Invalid by field.
    """
    invitation = tx.session.scalars(
        select(Invitation).where(Invitation.token_digest == token_digest(token)).with_for_update()
    ).one_or_none()
    person_id = invitation.person_id if invitation else 0
    taken = invitation is not None and _has_account(tx, person_id, invitation.email)
    tx.require(may_accept, invitation, taken)
    assert invitation is not None  # noqa: S101
    errors = _name_error(name) | _password_error(tx, invitation.email, name, password)
    if errors:
        raise Invalid(**errors)
    tx.session.get_one(Person, person_id).name = " ".join(name.split())
    invitation.accepted_at = tx.now
    outbox.take_back(tx, letters.invitation_key(invitation.id))
    account_id = effects.add_account(tx, person_id, invitation.email, password)
    tx.record(InvitationAccepted(person_id=person_id, invitation_id=invitation.id))
    return account_id


def _has_account(tx: Transaction, person_id: int, email: str) -> bool:
    query = select(Account.id).where(or_(Account.person_id == person_id, Account.email == email))
    return tx.session.scalars(query).first() is not None


def _name_error(name: str) -> dict[str, str]:
    return {} if 0 < len(name.strip()) <= LONGEST_NAME else {"name": "members.name_length"}


def _password_error(tx: Transaction, email: str, name: str, password: str | None) -> dict[str, str]:
    house = members_queries.cooperative(tx.session).name
    weak = weakness(password, email, name, house) if password is not None else None
    return {"new_password": weak} if weak else {}


def _errors(tx: Transaction, guest: Guest, email: str) -> dict[str, str]:
    errors = {}
    if guest.person_id is None:
        errors = _name_error(guest.name)
        if guest.status not in INVITABLE:
            errors["status"] = "auth.status_by_decision"
    elif tx.session.get(Person, guest.person_id) is None:
        errors["person_id"] = "auth.unknown_person"
    if not is_address(email):
        errors["email"] = "auth.not_an_address"
    elif _has_account(tx, guest.person_id or 0, email):
        errors["email"] = "auth.has_account"
    return errors


def _person(tx: Transaction, guest: Guest) -> int:
    if guest.person_id is not None:
        return guest.person_id
    name = " ".join(guest.name.split())
    return members_effects.add_person(tx, name, Status(guest.status), members_queries.today(tx))


def _open_invitations(tx: Transaction, person_id: int, email: str) -> Sequence[Invitation]:
    query = select(Invitation).where(
        or_(Invitation.person_id == person_id, Invitation.email == email),
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > tx.now,
    )
    return tx.session.scalars(query).all()
