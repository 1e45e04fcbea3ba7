"""Attempts to guess a password, counted by address and by place in windows of a minute."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from intranet.auth.models import Throttle
from intranet.core.transaction import Reader, Transaction

MOST_FAILURES = 10
WINDOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """How many attempts are heard in which time."""

    most: int
    window: timedelta


PASSWORDS = Limit(MOST_FAILURES, WINDOW)
# Six digits are guessed sooner than a password.
CODES = Limit(5, timedelta(minutes=15))
KEPT = timedelta(hours=1)
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def place(address: str | None) -> str:
    """The part of a network address that one place shares: IPv6 hands out 64 bits at once."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def keys(email: str, where: str) -> tuple[str, str]:
    """The two keys under which an attempt is counted; addresses themselves are not kept."""
    return tuple(  # type: ignore[return-value]
        f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"
        for kind, value in (("address", email.strip().casefold()), ("place", where))
    )


def code_keys(account_id: int) -> tuple[str]:
    """The key under which attempts at the second factor of an account are counted."""
    return (f"code:{account_id}",)


def seconds_to_wait(reader: Reader, counted: Iterable[str], limit: Limit = PASSWORDS) -> int:
    """How many seconds until another attempt is heard, 0 for at once."""
    full = reader.session.scalars(
        select(Throttle.window_starts_at)
        .where(Throttle.key.in_(list(counted)), Throttle.failures >= limit.most)
        .where(Throttle.window_starts_at > reader.now - limit.window)
        # A clock that was set back must not make anybody wait for the day it came from.
        .where(Throttle.window_starts_at <= reader.now)
    ).all()
    if not full:
        return 0
    return max(1, _whole_seconds(max(full) + limit.window - reader.now))


def _whole_seconds(span: timedelta) -> int:
    return -(-span // timedelta(seconds=1))


def count(tx: Transaction, counted: Iterable[str], limit: Limit = PASSWORDS) -> None:
    """Count one attempt under each key, in the running window or a new one."""
    insert = INSERTS[tx.session.get_bind().dialect.name]
    for key in sorted(counted):
        new = insert(Throttle).values(key=key, window_starts_at=tx.now, failures=0)
        tx.session.execute(new.on_conflict_do_nothing())
        row = tx.session.get_one(Throttle, key, with_for_update=True)
        if not tx.now - limit.window < row.window_starts_at <= tx.now:
            row.window_starts_at, row.failures = tx.now, 0
        row.failures += 1
    tx.session.execute(delete(Throttle).where(Throttle.window_starts_at < tx.now - KEPT))


def take_back(tx: Transaction, counted: Iterable[str]) -> None:
    """Uncount one attempt that turned out to be right."""
    for key in sorted(counted):
        row = tx.session.get(Throttle, key, with_for_update=True)
        if row is not None and row.failures > 0:
            row.failures -= 1
