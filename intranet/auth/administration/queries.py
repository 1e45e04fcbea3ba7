"""The accounts, as administrators see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from intranet.auth.models import Account, SignIn
from intranet.auth.policy import may_lose_power
from intranet.auth.resets import queries as resets
from intranet.auth.second_factor.models import SecondFactor
from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.members.models import Person, StatusPeriod
from intranet.members.queries import today


@dataclass(frozen=True)
class AccountLine:
    """An account with what an administrator may do with it."""

    id: int
    person_id: int
    name: str
    email: str
    status: str | None
    is_administrator: bool
    is_disabled: bool
    last_sign_in_at: datetime | None
    may_lose_power: Verdict
    asked_reset: resets.Asked | None
    has_second_factor: bool


def accounts(reader: Reader) -> list[AccountLine]:
    """Every account by name, with the status of today and the latest sign-in."""
    day = today(reader)
    current = and_(
        StatusPeriod.person_id == Person.id,
        StatusPeriod.starts_on <= day,
        or_(StatusPeriod.ends_on.is_(None), StatusPeriod.ends_on > day),
    )
    latest = (
        select(func.max(SignIn.created_at)).where(SignIn.account_id == Account.id).scalar_subquery()
    )
    rows = reader.session.execute(
        select(Account, Person.name, StatusPeriod.status, latest.label("latest"))
        .join(Person, Person.id == Account.person_id)
        .outerjoin(StatusPeriod, current)
        .order_by(Person.name)
    ).all()
    asked, factors = resets.asked(reader), _with_second_factor(reader)
    power = frozenset(
        row[0].id for row in rows if row[0].is_administrator and row[0].disabled_at is None
    )
    return [
        AccountLine(
            account.id,
            account.person_id,
            name,
            account.email,
            status,
            account.is_administrator,
            account.disabled_at is not None,
            last,
            may_lose_power(reader, account, power),
            asked.get(account.id),
            account.id in factors,
        )
        for account, name, status, last in rows
    ]


def _with_second_factor(reader: Reader) -> frozenset[int]:
    query = select(SecondFactor.account_id).where(SecondFactor.confirmed_at.is_not(None))
    return frozenset(reader.session.scalars(query))
