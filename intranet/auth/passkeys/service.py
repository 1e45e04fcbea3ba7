"""Passkeys: adding a device, naming and removing it, and signing in with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import webauthn
from sqlalchemy import delete, select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from intranet.auth import effects, ownership, throttle
from intranet.auth import service as auth_service
from intranet.auth.events import PasskeyAdded, PasskeyRemoved
from intranet.auth.models import Account
from intranet.auth.passkeys.models import Challenge, Passkey
from intranet.auth.policy import may_attempt, may_open_by_passkey, may_use_account
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction

CHALLENGE_LASTS = timedelta(minutes=5)
LONGEST_NAME = 60
# What the library raises for an answer that is malformed, forged, nested without end, or for
# another site.
WRONG = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError)
Verified = TypeVar("Verified")


@dataclass(frozen=True)
class Site:
    """For which site keys are made: its host name, and its whole origin."""

    host: str
    origin: str


def creation_options(tx: Transaction, site: Site, cooperative: str) -> str:
    """What a browser needs to make a key for one's own account, as JSON."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    present = tx.session.scalars(
        select(Passkey.credential_id).where(Passkey.account_id == account.id)
    )
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=cooperative,
        user_id=f"account {account.id}".encode(),
        user_name=account.email,
        user_display_name=account.person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(known)) for known in present
        ],
    )
    _keep(tx, options.challenge, account.id)
    return webauthn.options_to_json(options)


def request_options(tx: Transaction, site: Site, where: str) -> str:
    """What a browser needs to sign in with any key it holds for this site, as JSON.

    Raises Refused with the seconds to wait after ten attempts in a minute from this place.
    """
    tx.keep_pages()
    counted = _keys(where)
    tx.require(may_attempt, throttle.seconds_to_wait(tx, counted))
    throttle.count(tx, counted)
    options = webauthn.generate_authentication_options(
        rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    _keep(tx, options.challenge, None)
    return webauthn.options_to_json(options)


def add(tx: Transaction, answer: str, name: str, site: Site) -> int:
    """Let a device open one's own account. Raises Invalid by field."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    plain = " ".join(name.split())[:LONGEST_NAME]
    challenge = _answered(tx, answer, account.id)
    made = _checked(
        lambda: webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    )
    credential_id = bytes_to_base64url(made.credential_id)
    taken = select(Passkey.id).where(Passkey.credential_id == credential_id)
    if tx.session.scalar(taken):
        raise Invalid(passkey="auth.passkey_known")
    key = Passkey(
        account_id=account.id,
        credential_id=credential_id,
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        name=plain,
        created_at=tx.now,
    )
    tx.session.add(key)
    tx.session.flush()
    effects.tell(tx, account.id, "passkey_added")
    tx.record(PasskeyAdded(account_id=account.id, passkey_id=key.id))
    return key.id


def rename(tx: Transaction, passkey_id: int, name: str) -> None:
    """Call one's own passkey otherwise. Raises NotFound for somebody else's."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    _own(tx, account, passkey_id).name = " ".join(name.split())[:LONGEST_NAME]


def remove(tx: Transaction, passkey_id: int) -> None:
    """Let a device open one's own account no longer. Raises NotFound for somebody else's."""
    account = ownership.own_account(tx)
    tx.require(may_use_account, account)
    tx.session.delete(_own(tx, account, passkey_id))
    effects.tell(tx, account.id, "passkey_removed")
    tx.record(PasskeyRemoved(account_id=account.id))


def sign_in(tx: Transaction, answer: str, site: Site, where: str, device: str) -> str:
    """Open a session for the holder of a key and give its token.

    The device has asked who holds it, so no further code is asked. Raises Refused with one
    reason for an unknown key, a wrong answer and a disabled account.
    """
    key = _behind(tx, answer)
    account = tx.session.get(Account, key.account_id) if key else None
    new_count = _count_of(tx, key, answer, site) if key and account else None
    tx.require(may_open_by_passkey, account, new_count is not None)
    assert key is not None  # noqa: S101
    assert new_count is not None  # noqa: S101
    key.sign_count, key.last_used_at = new_count, tx.now
    throttle.take_back(tx, _keys(where))
    return auth_service.open_session(tx, key.account_id, device)


def _count_of(tx: Transaction, key: Passkey, answer: str, site: Site) -> int | None:
    """The counter of the device when it answered rightly, else None."""
    try:
        challenge = _answered(tx, answer, None)
        return _checked(
            lambda: webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=base64url_to_bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
                require_user_verification=True,
            )
        ).new_sign_count
    except Invalid:
        return None


def _keys(where: str) -> tuple[str, ...]:
    return throttle.keys("passkey", f"passkey:{where}")[1:]


def _own(tx: Transaction, account: Account, passkey_id: int) -> Passkey:
    key = tx.session.get(Passkey, passkey_id)
    if key is None or key.account_id != account.id:
        raise NotFound
    return key


def _behind(tx: Transaction, answer: str) -> Passkey | None:
    try:
        said: Any = json.loads(answer)["id"]
    except WRONG:
        return None
    known = select(Passkey).where(Passkey.credential_id == str(said)).with_for_update()
    return tx.session.scalars(known).one_or_none()


def _keep(tx: Transaction, challenge: bytes, account_id: int | None) -> None:
    """Remember a question until it is answered, and forget the old ones."""
    tx.session.execute(delete(Challenge).where(Challenge.expires_at <= tx.now))
    digest = hashlib.sha256(challenge).hexdigest()
    until = tx.now + CHALLENGE_LASTS
    tx.session.add(Challenge(digest=digest, account_id=account_id, expires_at=until))


def _answered(tx: Transaction, answer: str, account_id: int | None) -> bytes:
    """The challenge that an answer says it answers: ours, of this account, and never again.

    Raises Invalid for any other one.
    """
    said = _checked(lambda: json.loads(answer)["response"]["clientDataJSON"])
    challenge = _checked(
        lambda: webauthn.helpers.parse_client_data_json(base64url_to_bytes(said)).challenge
    )
    kept = tx.session.get(Challenge, hashlib.sha256(challenge).hexdigest())
    if kept is None or kept.account_id != account_id or kept.expires_at <= tx.now:
        raise Invalid(passkey="auth.passkey_wrong")
    tx.session.delete(kept)
    return challenge


def _checked(verify: Callable[[], Verified]) -> Verified:
    """What a check gives. Raises Invalid for an answer that does not hold."""
    try:
        return verify()
    except WRONG as problem:
        raise Invalid(passkey="auth.passkey_wrong") from problem
