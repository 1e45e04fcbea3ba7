"""Passwords: hashed with argon2id, checked in the same time whoever asks."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from intranet.auth.common_passwords import COMMON

SHORTEST = 10
LONGEST = 200

# OWASP's minimum for argon2id: a burst of sign-ins must not stop the readers.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _composed(password: str) -> str:
    """One form for each letter: some keyboards type an accent as a sign of its own."""
    return unicodedata.normalize("NFC", password)


def hash_password(password: str) -> str:
    """The argon2id hash of a password."""
    return _hasher.hash(_composed(password))


_nobody = hash_password("nobody has this password")


def is_password(stored: str | None, password: str) -> bool:
    """Whether the password fits the stored hash; None costs the same time and never fits."""
    try:
        return _hasher.verify(stored or _nobody, _composed(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def weakness(password: str, *known: str) -> str | None:
    """The code of what is wrong with a new password, or None.

    `known` are words everybody connects with the person: the name, the address, the cooperative.
    Length and rarity are asked, never a mixture of signs (NIST SP 800-63B, 5.1.1.2).
    """
    if len(password) < SHORTEST:
        return "auth.password_too_short"
    if len(password) > LONGEST:
        return "auth.password_too_long"
    plain = _composed(password).casefold().strip()
    expected = {_composed(word).casefold().strip() for word in known if word}
    if plain in COMMON or plain in expected or len(set(plain)) <= 2:
        return "auth.password_common"
    return None
