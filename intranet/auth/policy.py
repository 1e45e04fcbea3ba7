"""Who may sign in, let others in, and look after the accounts."""

from __future__ import annotations

from intranet.auth.models import Account, Invitation, SignIn
from intranet.auth.resets.models import ResetLink
from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import INVITABLE, Right


def may_attempt(_reader: Reader, seconds_to_wait: int) -> Verdict:
    """Everybody, after fewer than ten failures in a minute for the address and from the place."""
    if seconds_to_wait:
        return no("auth.too_many_attempts", seconds=seconds_to_wait)
    return YES


def may_sign_in(_reader: Reader, account: Account | None) -> Verdict:
    """Whoever gives the password of an account that is not disabled."""
    if account is None or account.disabled_at is not None:
        return no("auth.wrong_credentials")
    return YES


def may_pass_code(_reader: Reader, account: Account | None, fits: bool) -> Verdict:
    """Whoever proved the password a moment ago and gives a code that was not used yet."""
    return YES if account is not None and fits else no("auth.wrong_code")


def may_open_by_passkey(_reader: Reader, account: Account | None, fits: bool) -> Verdict:
    """Whoever holds a device that was added to an account which is not disabled."""
    if account is None or account.disabled_at is not None or not fits:
        return no("auth.unknown_passkey")
    return YES


def may_open_by_identity(_reader: Reader, account: Account | None) -> Verdict:
    """Whoever the provider vouches for, once they linked it themselves; never by an address."""
    if account is None or account.disabled_at is not None:
        return no("auth.identity_unknown")
    return YES


def may_come_by_identity(_reader: Reader, opens_another: bool) -> Verdict:
    """Whoever the provider vouches for accepts an invitation without a password, unless that
    account of theirs opens another one here already."""
    return no("auth.identity_in_use") if opens_another else YES


def may_unlink(reader: Reader, account: Account, has_passkey: bool) -> Verdict:
    """Everybody unlinks their own account, while a password or a passkey still opens it."""
    asked = may_use_account(reader, account)
    if asked and not account.password_hash and not has_passkey:
        return no("auth.only_way_in")
    return asked


def may_use_account(reader: Reader, account: Account) -> Verdict:
    """Everybody changes the password, the language and the sessions of their own account only."""
    if account.person_id == reader.actor.person_id:
        return YES
    return no("auth.only_own_account")


def may_end_session(_reader: Reader, opened: SignIn, account_id: int) -> Verdict:
    """Everybody ends their own sessions, at any time, whatever their status."""
    return YES if opened.account_id == account_id else no("auth.only_own_account")


def may_invite(reader: Reader) -> Verdict:
    """Administrators, and members with a vote: letting somebody in decides nothing about status."""
    if reader.actor.has(Right.ADMINISTER) or reader.actor.has(Right.VOTE):
        return YES
    return no("auth.only_members_invite")


def may_renew(reader: Reader, invited_by_id: int | None, status: str | None) -> Verdict:
    """Administrators make a new link for an unused invitation; whoever made it also does, while
    the invited person has no vote: whoever uses a link acts in that person's name."""
    if reader.actor.has(Right.ADMINISTER):
        return YES
    if invited_by_id == reader.actor.person_id and status in INVITABLE:
        return may_invite(reader)
    return no("auth.only_inviter_renews")


def may_give_account(reader: Reader) -> Verdict:
    """Administrators alone invite somebody already known: whoever signs in then votes as them."""
    if reader.actor.has(Right.ADMINISTER):
        return YES
    return no("auth.only_administrators_give_accounts")


def may_accept(reader: Reader, invitation: Invitation | None, has_account: bool) -> Verdict:
    """Whoever holds the link: once, within 14 days, for a person without an account."""
    if invitation is None or invitation.accepted_at is not None or has_account:
        return no("auth.invitation_over")
    return YES if reader.now < invitation.expires_at else no("auth.invitation_over")


def may_administer(reader: Reader) -> Verdict:
    """Administrators look after accounts and the machine. It is a technical task without a vote."""
    return YES if reader.actor.has(Right.ADMINISTER) else no("auth.only_administrators")


def may_lose_power(reader: Reader, account: Account, administrators: frozenset[int]) -> Verdict:
    """Administrators disable accounts and unmake administrators, but never the last one."""
    asked = may_administer(reader)
    if asked and account.is_administrator and administrators <= {account.id}:
        return no("auth.last_administrator")
    return asked


def may_reset(reader: Reader, account: Account) -> Verdict:
    """Administrators hand a link for a new password over, for accounts that are not disabled.

    The owner is told, sees the time and the name, and keeps the second factor.
    """
    asked = may_administer(reader)
    if asked and account.disabled_at is not None:
        return no("auth.account_disabled")
    return asked


def may_answer_request(reader: Reader) -> Verdict:
    """The worker alone: a request says an address, and whether it is known is told to nobody."""
    return YES if reader.actor.is_system else no("auth.only_the_worker")


def may_choose_anew(reader: Reader, link: ResetLink | None, is_disabled: bool) -> Verdict:
    """Whoever holds the link: once, within an hour, for an account that is not disabled."""
    if link is None or link.used_at is not None or is_disabled or reader.now >= link.expires_at:
        return no("auth.reset_over")
    return YES
