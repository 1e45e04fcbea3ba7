"""A code beside the password: setting it up, signing in with it, and taking it away."""

from __future__ import annotations

from sqlalchemy import delete, select

from intranet.auth import effects, ownership, throttle
from intranet.auth import service as auth_service
from intranet.auth.credentials import Proof
from intranet.auth.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from intranet.auth.models import Account
from intranet.auth.policy import may_administer, may_attempt, may_pass_code, may_use_account
from intranet.auth.second_factor import codes
from intranet.auth.second_factor.models import RecoveryCode, SecondFactor
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction


def begin(tx: Transaction) -> None:
    """Prepare the seed of one's own account, which counts once a code confirms it."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    if tx.session.get(SecondFactor, account.id) is None:
        new = SecondFactor(account_id=account.id, salt=codes.new_salt(), created_at=tx.now)
        tx.session.add(new)


def confirm(tx: Transaction, proof: Proof | None, code: str, secret: str) -> list[str]:
    """Ask for a code from now on, and give the recovery codes, which are kept nowhere.

    Raises Invalid for a wrong password or code, Conflict when it is set or not begun.
    """
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    factor = tx.session.get(SecondFactor, account.id, with_for_update=True)
    if factor is None or factor.confirmed_at is not None:
        raise Conflict("auth.second_factor_moved")
    ownership.check_password(account, proof)
    step = codes.step_of(secret, factor.salt, code, tx.now, factor.last_step)
    if step is None:
        raise Invalid(password_code="auth.wrong_code")  # noqa: S106
    factor.confirmed_at, factor.last_step = tx.now, step
    effects.tell(tx, account.id, "second_factor_set")
    tx.record(SecondFactorSet(account_id=account.id))
    return _new_codes(tx, account.id)


def renew_codes(tx: Transaction, proof: Proof | None) -> list[str]:
    """Give new recovery codes; the earlier ones work no longer. Raises Invalid, Conflict."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    ownership.check_password(account, proof)
    if not ownership.asks_code(tx, account.id):
        raise Conflict("auth.second_factor_moved")
    tx.record(RecoveryCodesMade(account_id=account.id))
    return _new_codes(tx, account.id)


def remove(tx: Transaction, proof: Proof | None) -> None:
    """Ask for one's password alone again. Raises Invalid for a wrong password."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    ownership.check_password(account, proof)
    _remove(tx, account.id)


def remove_for(tx: Transaction, account_id: int) -> None:
    """Take the second factor from an account whose owner lost it, as an administrator.

    The owner is told. Twice changes nothing. Raises NotFound, Refused.
    """
    if tx.session.get(Account, account_id) is None:
        raise NotFound
    tx.require(may_administer)
    _remove(tx, account_id)


def attempt(tx: Transaction, account_id: int) -> None:
    """Count an attempt at a code before it is looked at.

    Raises Refused with the seconds to wait after five attempts in fifteen minutes.
    """
    tx.keep_pages()
    counted = throttle.code_keys(account_id)
    tx.require(may_attempt, throttle.seconds_to_wait(tx, counted, throttle.CODES))
    throttle.count(tx, counted, throttle.CODES)


def sign_in(
    tx: Transaction, waiting: ownership.Waiting, code: str, secret: str, where: str, device: str
) -> str:
    """Open a session for whoever proved a password and now gives a code; its token.

    Raises Refused for a wrong or used code, or when the password changed meanwhile.
    """
    account = ownership.still_waiting(tx, waiting)
    factor = tx.session.get(SecondFactor, account.id, with_for_update=True) if account else None
    step = codes.step_of(secret, factor.salt, code, tx.now, factor.last_step) if factor else None
    recovered = step is None and account is not None and _use_code(tx, account.id, code)
    tx.require(may_pass_code, account, step is not None or recovered)
    assert account is not None  # noqa: S101
    assert factor is not None  # noqa: S101
    if step is not None:
        factor.last_step = step
    else:
        effects.tell(tx, account.id, "recovery_code_used")
        tx.record(RecoveryCodeUsed(account_id=account.id))
    throttle.take_back(tx, (*throttle.code_keys(account.id), *throttle.keys(account.email, where)))
    return auth_service.open_session(tx, account.id, device)


def _use_code(tx: Transaction, account_id: int, code: str) -> bool:
    """Use a recovery code up; whether it was one."""
    row = tx.session.scalars(
        select(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
        .where(RecoveryCode.digest == codes.recovery_digest(code))
        .with_for_update()
    ).one_or_none()
    if row is not None:
        row.used_at = tx.now
    return row is not None


def _new_codes(tx: Transaction, account_id: int) -> list[str]:
    tx.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    made = codes.recovery_codes()
    for code in made:
        tx.session.add(RecoveryCode(account_id=account_id, digest=codes.recovery_digest(code)))
    return made


def _remove(tx: Transaction, account_id: int) -> None:
    factor = tx.session.get(SecondFactor, account_id)
    if factor is None:
        return
    was_set = factor.confirmed_at is not None
    tx.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    tx.session.delete(factor)
    if was_set:
        effects.tell(tx, account_id, "second_factor_removed")
        tx.record(SecondFactorRemoved(account_id=account_id))
