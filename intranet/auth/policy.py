"""Who may sign in, and who may let others in."""

from __future__ import annotations

from intranet.auth.models import Account
from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right


def may_sign_in(_reader: Reader, account: Account | None) -> Verdict:
    """Whoever gives the password of an account that is not disabled."""
    if account is None or account.disabled_at is not None:
        return no("auth.wrong_credentials")
    return YES


def may_sign_out(_reader: Reader) -> Verdict:
    """Everybody, at any time."""
    return YES


def may_invite(reader: Reader) -> Verdict:
    """Administrators, and members with a vote: letting somebody in decides nothing about status."""
    if reader.actor.has(Right.ADMINISTER) or reader.actor.has(Right.VOTE):
        return YES
    return no("auth.only_members_invite")
