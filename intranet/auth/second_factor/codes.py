"""Codes of a second factor: those an application shows, and those kept on paper (pure)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

import pyotp

PERIOD = timedelta(seconds=30)
DRIFT = 1
RECOVERY_CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_salt() -> str:
    """What makes the seed of one account unlike any other."""
    return secrets.token_hex(16)


def seed(secret: str, salt: str) -> str:
    """The seed of an account in base32, made of the secret of the installation and its salt."""
    made = hmac.new(secret.encode(), f"second factor {salt}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:20]).decode()


def address(secret: str, salt: str, email: str, cooperative: str) -> str:
    """What the square picture says to an application (otpauth, six digits every 30 seconds)."""
    code = pyotp.TOTP(seed(secret, salt))
    return code.provisioning_uri(name=email, issuer_name=cooperative.replace(":", " "))


def step_of(secret: str, salt: str, code: str, now: datetime, after: int) -> int | None:
    """The step of time whose code this is, or None: wrong, or not later than the step `after`.

    One step before and one after now are heard, as clocks drift (RFC 6238, 5.2).
    """
    typed = "".join(code.split())
    known = pyotp.TOTP(seed(secret, salt))
    present = int(now.timestamp()) // int(PERIOD.total_seconds())
    for step in range(present - DRIFT, present + DRIFT + 1):
        shown = known.generate_otp(step)
        if hmac.compare_digest(shown.encode(), typed.encode()) and step > after:
            return step
    return None


def recovery_codes() -> list[str]:
    """New recovery codes: sixteen signs each, too many to guess even from their digests."""
    return [
        "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_digest(code: str) -> str:
    """What is kept of a recovery code, however it is typed: case, spaces and hyphens are free."""
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
