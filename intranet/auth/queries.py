"""Who is behind a session or a number, with the rights of this moment, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, bindparam, or_, select, true
from sqlalchemy.orm import Session

from intranet.auth.models import Account, SignIn
from intranet.auth.tokens import token_digest
from intranet.core import clock
from intranet.core.actor import Actor
from intranet.core.db import run
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.audience_queries import NAMED_IN, circles
from intranet.members.models import Cooperative, Person, StatusPeriod
from intranet.members.queries import CooperativeCard
from intranet.members.statuses import AUDIENCES, Audience, Right, Status, rights_of

SESSION_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class SignedIn:
    """An open session: its person, account and cooperative. Follows Flask-Login's protocol."""

    token: str
    sign_in_id: int
    account_id: int
    actor: Actor
    cooperative: CooperativeCard
    language: str | None
    ends_at: datetime
    last_seen_on: date | None = None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The value that Flask-Login keeps in the cookie."""
        return self.token


@dataclass(frozen=True)
class SessionLine:
    """An open session as its owner sees it."""

    id: int
    device: str
    created_at: datetime
    last_seen_on: date | None


@dataclass(frozen=True)
class AccountCard:
    """One's own account, with its open sessions, the latest first."""

    id: int
    email: str
    language: str | None
    is_administrator: bool
    sessions: tuple[SessionLine, ...]
    has_password: bool


_COLUMNS = (
    Person.id,
    Person.name,
    Account.id.label("account_id"),
    Account.is_administrator,
    Account.disabled_at,
    Account.language,
    StatusPeriod.status,
    StatusPeriod.starts_on,
    StatusPeriod.ends_on,
    Cooperative.name.label("cooperative_name"),
    Cooperative.locale,
    Cooperative.time_zone,
    Cooperative.accent,
    Cooperative.external_members,
    Cooperative.chat_url,
    Cooperative.rights,
    *NAMED_IN,
)


def _people(*more: Any) -> Select[*tuple[Any, ...]]:
    """People with account, cooperative and the statuses around a day, the latest first."""
    near = and_(
        StatusPeriod.person_id == Person.id,
        StatusPeriod.starts_on <= bindparam("tomorrow"),
        or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > bindparam("yesterday")),
    )
    return (
        select(*_COLUMNS, *more)
        .select_from(Person)
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(StatusPeriod, near)
        .join(Cooperative, true())
        .order_by(StatusPeriod.starts_on.desc())
    )


# Every request asks one of these two: they are built once.
_BY_NUMBER = _people().where(Person.id == bindparam("person_id"))
_BY_TOKEN = (
    _people(
        SignIn.id.label("sign_in_id"),
        SignIn.created_at.label("signed_in_at"),
        SignIn.last_seen_on,
    )
    .join(SignIn, SignIn.account_id == Account.id)
    .where(SignIn.token_digest == bindparam("token_digest"))
    .where(SignIn.ended_at.is_(None), SignIn.created_at > bindparam("oldest"))
    .where(Account.disabled_at.is_(None))
)


def _around(now: datetime) -> dict[str, date]:
    return {
        "yesterday": (now - timedelta(days=1)).date(),
        "tomorrow": (now + timedelta(days=1)).date(),
    }


def _actor_of(rows: Sequence[Row[Any]], now: datetime) -> Actor:
    first = rows[0]
    today = clock.local_day(now, ZoneInfo(first.time_zone))
    status = None
    for row in rows:
        is_today = row.starts_on and row.starts_on <= today
        if is_today and (row.ends_on is None or row.ends_on > today):
            status = Status(row.status)
            break
    rights = rights_of(status, first.rights) if status else frozenset()
    if first.is_administrator and first.disabled_at is None:
        rights |= {Right.ADMINISTER}
    audiences: frozenset[str] = AUDIENCES[status] if status else frozenset()
    if status and Audience.WORKERS in audiences:
        named_in = first.own_bodies, first.own_lists, first.bodies_of_statuses
        audiences |= circles(status, *named_in)
    return Actor(
        person_id=first.id, name=first.name, status=status, rights=rights, audiences=audiences
    )


def load_actor(session: Session, person_id: int, now: datetime) -> Actor:
    """The person with the rights of this moment. Raises NotFound for an unknown number."""
    rows = run(session, _BY_NUMBER, {"person_id": person_id, **_around(now)}).all()
    if not rows:
        raise NotFound
    return _actor_of(rows, now)


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The open session of a token, or None: ended, too old, or its account disabled."""
    asked = {"token_digest": token_digest(token), "oldest": now - SESSION_LASTS}
    rows = run(session, _BY_TOKEN, {**asked, **_around(now)}).all()
    if not rows:
        return None
    first = rows[0]
    card = CooperativeCard(
        first.cooperative_name,
        first.locale,
        first.time_zone,
        first.accent,
        is_set_up=True,
        external_members=first.external_members,
        chat_url=first.chat_url,
    )
    actor = _actor_of(rows, now)
    ends_at = first.signed_in_at + SESSION_LASTS
    return SignedIn(
        token,
        first.sign_in_id,
        first.account_id,
        actor,
        card,
        first.language,
        ends_at,
        first.last_seen_on,
    )


def own_account(reader: Reader) -> AccountCard:
    """The account of whoever reads, with its open sessions. Raises NotFound."""
    account = reader.session.scalars(
        select(Account).where(Account.person_id == reader.actor.person_id)
    ).one_or_none()
    if account is None:
        raise NotFound
    rows = reader.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
        .where(SignIn.created_at > reader.now - SESSION_LASTS)
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
    )
    sessions = tuple(
        SessionLine(row.id, row.device, row.created_at, row.last_seen_on) for row in rows
    )
    return AccountCard(
        account.id,
        account.email,
        account.language,
        account.is_administrator,
        sessions,
        bool(account.password_hash),
    )
