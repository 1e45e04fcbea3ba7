"""Passwords: hashed with argon2id, checked in the same time whoever asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from intranet.auth.common_passwords import COMMON

SHORTEST = 10
LONGEST = 200
# Enough to judge a password by; the work grows with the square of the length.
JUDGED = 64
GOOD_ENOUGH = 3
OUR_WORDS = sorted(COMMON)
WEAK_BY = {
    "repeat": "auth.password_repeats",
    "sequence": "auth.password_sequence",
    "spatial": "auth.password_keyboard",
    "date": "auth.password_date",
}

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
    """Whether the password fits the stored hash; no hash costs the same time and never fits."""
    try:
        return _hasher.verify(stored or _nobody, _composed(password)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def weakness(password: str, *known: str) -> str | None:
    """The code of what is wrong with a new password, or None.

    `known` are words everybody connects with the person: the name, the address, the cooperative.
    Length and rarity are asked, never a mixture of signs (NIST SP 800-63B, 5.1.1.2). Rarity is
    zxcvbn's estimate, with our list of French favourites: more than 10^8 guesses, its score 3.
    """
    if len(password) < SHORTEST:
        return "auth.password_too_short"
    if len(password) > LONGEST:
        return "auth.password_too_long"
    plain = _composed(password).casefold().strip()
    about = {_composed(word).casefold().strip() for word in known if word}
    if plain in about:
        return "auth.password_about_you"
    if plain in COMMON:
        return "auth.password_common"
    about |= {part for word in about for part in re.split(r"[\W_]+", word) if len(part) > 2}
    found = zxcvbn(plain[:JUDGED], user_inputs=sorted(about) + OUR_WORDS)
    return None if found["score"] >= GOOD_ENOUGH else _reason(found["sequence"], about)


def _reason(sequence: Sequence[Mapping[str, Any]], about: set[str]) -> str:
    """What makes a password easy to guess: the longest part of it that a list or a rule gives."""
    part = max(sequence, key=lambda match: len(match["token"]))
    if part["pattern"] == "dictionary" and part.get("matched_word") in about:
        return "auth.password_about_you"
    return WEAK_BY.get(part["pattern"], "auth.password_common")
