"""Passwords are asked to be long and rare, never to hold a mixture of signs."""

from __future__ import annotations

import unicodedata

import pytest

from intranet.auth.common_passwords import COMMON
from intranet.auth.passwords import SHORTEST, hash_password, is_password, weakness


def test_a_password_fits_its_own_hash_only() -> None:
    stored = hash_password("tilleul rabot rayon")
    assert stored.startswith("$argon2id$")
    assert is_password(stored, "tilleul rabot rayon")
    assert not is_password(stored, "tilleul rabot rayons")


def test_nobody_has_no_password() -> None:
    assert not is_password(None, "nobody has this password")
    assert not is_password("", "nobody has this password")


def test_a_hash_that_is_none_never_fits() -> None:
    assert not is_password("not a hash", "anything at all")


def test_accents_fit_however_the_keyboard_composes_them() -> None:
    stored = hash_password(unicodedata.normalize("NFC", "été à la forêt"))
    assert is_password(stored, unicodedata.normalize("NFD", "été à la forêt"))


@pytest.mark.parametrize("password", ["tilleulrabot", "0000 0000 0001", "a b c d e f g h"])
def test_no_mixture_of_signs_is_asked(password: str) -> None:
    assert weakness(password) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("neuf sign", "auth.password_too_short"),
        ("x1" * 101, "auth.password_too_long"),
        ("motdepasse123", "auth.password_common"),
        ("MotDePasse123", "auth.password_common"),
        ("mot de passe", "auth.password_common"),
        ("aaaaaaaaaaaa", "auth.password_repeats"),
        ("tuvwxyz12345", "auth.password_sequence"),
        ("15/08/1998 1", "auth.password_date"),
        ("motdepasse2027", "auth.password_common"),
        ("Amel Benali", "auth.password_about_you"),
        ("Amel Benali 1", "auth.password_about_you"),
        ("amel@example.org ", "auth.password_about_you"),
    ],
)
def test_weak_passwords_are_named(password: str, code: str) -> None:
    assert weakness(password, "amel@example.org", "Amel Benali") == code


def test_the_list_holds_only_what_the_length_would_let_through() -> None:
    assert len(COMMON) > 150
    assert {word for word in COMMON if len(word) < SHORTEST} == set()
