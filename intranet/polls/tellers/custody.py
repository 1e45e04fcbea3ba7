"""The opening key of a box in the hands of tellers.

The key pair of a poll is made in memory. Its opening half is shared among the tellers, each share
is locked with the key that follows from that teller's words, and the half itself is forgotten. A
copy of everything the server keeps therefore opens nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from nacl.encoding import URLSafeBase64Encoder
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.polls import sealing
from intranet.polls.tellers import sharing
from intranet.polls.tellers.models import NEEDED, LockedPart, Teller


class WrongWords(ValueError):
    """These are not the words that this teller was given."""


def _key_of(seed: bytes) -> PrivateKey:
    """The key of a teller. The seed is random and whole, so that no slow digest is needed."""
    return PrivateKey(hashlib.blake2b(seed, digest_size=32, person=b"intranet teller").digest())


def locking_key(seed: bytes) -> str:
    """The half of a teller's key that locks: from it, the words cannot be found."""
    return _key_of(seed).public_key.encode(URLSafeBase64Encoder).decode()


def lock_new_key(session: Session, tellers: Sequence[Teller]) -> str:
    """Make a key pair, lock a share of its opening half for each teller, and give the sealing
    half. The opening half is in no file and in no table."""
    private = PrivateKey.generate()
    sealing_key = private.public_key.encode(URLSafeBase64Encoder).decode()
    shares = sharing.split(bytes(private), NEEDED, len(tellers))
    for (number, share), teller in zip(shares.items(), tellers, strict=True):
        lock = SealedBox(PublicKey(teller.locking_key.encode(), URLSafeBase64Encoder))
        session.add(
            LockedPart(
                sealing_key=sealing_key,
                number=number,
                person_id=teller.person_id,
                locking_key=teller.locking_key,
                box=lock.encrypt(share),
            )
        )
    sealing.expect_shares(sealing_key)
    return sealing_key


def is_held_by_tellers(session: Session, sealing_key: str | None) -> bool:
    """Whether tellers, and not the server, keep the opening key of this box."""
    held = select(LockedPart.number).where(LockedPart.sealing_key == sealing_key).limit(1)
    return sealing_key is not None and session.scalar(held) is not None


def unlock(locked: LockedPart, seed: bytes) -> bytes:
    """The share that a teller's words unlock. Raises WrongWords."""
    if locking_key(seed) != locked.locking_key:
        raise WrongWords
    return SealedBox(_key_of(seed)).decrypt(locked.box)


def opening_key(sealing_key: str, shares: dict[int, bytes]) -> bytes | None:
    """The opening key that these shares give; None while they are too few.

    Raises WrongWords when they are not shares of this key.
    """
    if len(shares) < NEEDED:
        return None
    key = sharing.join(shares)
    if PrivateKey(key).public_key.encode(URLSafeBase64Encoder).decode() != sealing_key:
        raise WrongWords
    return key
