"""Whoever guesses learns nothing from the answer or from how long it takes."""

from __future__ import annotations

import time

import pytest

from intranet.auth import credentials
from intranet.auth.models import Account
from intranet.auth.passwords import hash_password
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from tests.cast import PASSWORD, Cast, acting


def prove(email: str, password: str) -> credentials.Proof | None:
    return credentials.prove(reader(SYSTEM), email, password)


@pytest.fixture
def guarded(cast: Cast) -> Cast:
    """The cast, with a password of Amel's that costs as much to check as those of the product."""
    with acting(None) as tx:
        account = tx.session.query(Account).filter_by(person_id=cast.amel).one()
        account.password_hash = hash_password(PASSWORD)
    return cast


def cost(email: str) -> float:
    """The processor time of a wrong password, in seconds: the least of several tries."""
    tries = []
    for _ in range(9):
        start = time.thread_time()
        assert prove(email, "faux") is None
        tries.append(time.thread_time() - start)
    return min(tries)


def test_unknown_and_known_take_the_same_time(guarded: Cast) -> None:
    known, unknown = cost("amel@example.org"), cost("personne@example.org")
    assert abs(known - unknown) <= max(0.010, 0.12 * max(known, unknown))


def test_a_disabled_account_takes_the_same_time(guarded: Cast) -> None:
    with acting(None) as tx:
        tx.session.query(Account).filter_by(person_id=guarded.amel).one().disabled_at = tx.now
    known, unknown = cost("amel@example.org"), cost("personne@example.org")
    assert abs(known - unknown) <= max(0.010, 0.12 * max(known, unknown))


def test_a_proof_names_the_account_and_its_hash(cast: Cast) -> None:
    proof = prove(" AMEL@example.org", PASSWORD)
    assert proof is not None
    with acting(None) as tx:
        account = tx.session.get_one(Account, proof.account_id)
        assert account.person_id == cast.amel
        assert account.password_hash == proof.password_hash


@pytest.mark.parametrize(
    ("email", "fits"),
    [
        ("amel@example.org", True),
        (" Amel.B@sous.example.org ", True),
        ("amel", False),
        ("amel@example", False),
        ("a b@example.org", False),
        ("@example.org", False),
        ("a@b@example.org", False),
        ("x" * 250 + "@example.org", False),
    ],
)
def test_an_address_is_known_by_its_shape(email: str, fits: bool) -> None:
    assert credentials.is_address(email) is fits
